"""Functions drawn from unit to unit: each once, none hidden, and what nobody has seen by whoever sees no colour."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from structure.responsible import heirs_in, responsible
from tests.structure.reading.case_files import DAY, read, real
from tests.web.drawing import pictures
from tests.web.drawing.pictures import FRAME, HOSTILE, boxes, inside, of_class, overlaps, title_of, words_of
from web.drawing.flow import draw_flow
from web.drawing.shapes import Carried, Flow, FlowLabels, Place

LABELS = FlowLabels("Before", "After", "New", "Nobody has these", "Ended in order", "stays", "goes elsewhere")
PLACES = tuple(Place(f"U{number}", f"Unit {number}") for number in range(5))
IDS = tuple(place.id for place in PLACES)


def flow(*functions: Carried, grouped: bool = False) -> Flow:
    return Flow(FRAME, LABELS, PLACES, PLACES, functions, grouped)


def fn(id: str, origins: str = "", destinations: str = "", **more: object) -> Carried:
    return replace(Carried(id, f"Function {id}", tuple(origins.split()), tuple(destinations.split())), **more)


def real_flow(on: date = DAY) -> Flow:
    """Where the functions of 2015 went."""
    case = read(real())
    after, heirs = case.attempt().timeline.end, heirs_in(case.planned)
    before = case.before
    ids = sorted(id for org in (before, after) for id, one in org.functions.items() if one.live)
    functions = []
    for id in dict.fromkeys(ids):
        was = before.functions.get(id)
        told = after.functions[id].origin if id in after.functions else None
        origins = was.owners if was is not None and was.live else (told,) if told else ()
        name = (was or after.functions[id]).name
        functions.append(Carried(id, name, tuple(origins), responsible(after, heirs, id, on).units))
    names = [tuple(Place(id, unit.name) for id, unit in sorted(org.units.items())) for org in (before, after)]
    return Flow(FRAME, LABELS, names[0], names[1], tuple(functions))


@pytest.fixture(scope="module")
def of_2015() -> Flow:
    return real_flow()


def test_every_function_of_2015_is_drawn_once(of_2015: Flow):
    root = pictures.read(draw_flow(of_2015))
    drawn = sorted(title_of(one) for one in of_class(root, "d-function"))
    assert len(drawn) > 40
    assert drawn == sorted(one.name for one in of_2015.functions)


def test_the_units_of_2015_lie_in_the_picture_and_over_no_other(of_2015: Flow):
    for grouped in (False, True):
        root = pictures.read(draw_flow(replace(of_2015, grouped=grouped)))
        found = boxes(root, "d-block")
        assert len(found) >= len(of_2015.before) + len(of_2015.after)
        assert overlaps(found) == []
        assert inside(root, found)


def test_an_orphan_is_hatched_signed_and_said():
    root = pictures.read(draw_flow(flow(fn("1", "U0"), fn("2", "U0", "U1"))))
    (orphan,) = of_class(root, "d-orphan")
    assert title_of(orphan) == "Function 1"
    assert "!" in words_of(orphan)
    assert [one.attrib["stroke"] for one in of_class(orphan, "d-band")] == [f"url(#{FRAME.id}-hatch)"]
    assert "Nobody has these" in words_of(root)
    assert len(of_class(root, "d-block-orphan")) == 1


def test_what_was_ended_in_order_is_no_orphan():
    root = pictures.read(draw_flow(flow(fn("1", "U0", ended=True))))
    assert of_class(root, "d-orphan") == []
    assert "×" in words_of(of_class(root, "d-ended")[0])
    assert "Ended in order" in words_of(root)


def test_each_way_of_a_function_has_its_sign_and_the_legend_has_those_that_are_there():
    root = pictures.read(draw_flow(flow(fn("1", "U0", "U0"), fn("2", "U0", "U1"), fn("3", "", "U1"))))
    signs = {fate: words_of(of_class(root, f"d-{fate}")[0])[0] for fate in ("kept", "moved", "new")}
    assert signs == {"kept": "=", "moved": "→", "new": "+"}
    assert all(said in words_of(root) for said in ("= stays", "→ goes elsewhere", "+ New"))
    assert "Nobody has these" not in words_of(root)


def test_a_divided_function_is_one_with_several_bands():
    root = pictures.read(draw_flow(flow(fn("1", "U0", "U1 U2", note="in two"))))
    (one,) = of_class(root, "d-function")
    assert len(of_class(one, "d-band")) == 2
    assert "in two" in words_of(one)


def test_functions_that_were_merged_arrive_together():
    both = fn("1", "U0", "U2", into="The whole"), fn("2", "U1", "U2", into="The whole")
    root = pictures.read(draw_flow(flow(*both)))
    assert len(of_class(root, "d-function")) == 2
    ends = {one.attrib["d"].rsplit(" ", 1)[-1] for one in of_class(root, "d-band") if one.attrib["d"].count(",") > 2}
    assert len(ends) == 1
    assert words_of(root).count("The whole") == 1
    assert "1, 2" in words_of(root)


def test_a_function_has_the_same_number_on_both_sides():
    root = pictures.read(draw_flow(flow(fn("1", "U0", "U1"), fn("2", "U3", "U0"))))
    for one in of_class(root, "d-function"):
        number = one.attrib["id"].removeprefix(f"{FRAME.id}-f")
        assert words_of(one).split().count(number) >= 2


def test_a_unit_that_nobody_named_is_drawn_under_its_id():
    assert "unknown" in words_of(pictures.read(draw_flow(flow(fn("1", "unknown", "U1")))))


def test_grouped_bands_count_their_functions_and_name_them():
    root = pictures.read(draw_flow(flow(fn("1", "U0", "U1"), fn("2", "U0", "U1"), fn("3", "U0"), grouped=True)))
    found = {title_of(one): words_of(one) for one in of_class(root, "d-group")}
    assert found == {
        "Unit 0 → Unit 1 (2): Function 1; Function 2": "→ 2 2",
        "Unit 0 → Nobody has these (1): Function 3": "! 1 1",
    }


def test_links_lead_to_units_and_functions_of_the_same_door():
    one = replace(fn("1", "U0", "U1"), href="/functions/1")
    root = pictures.read(draw_flow(replace(flow(one), before=(Place("U0", "Unit 0", href="/units/U0"),))))
    assert {link.attrib["href"] for link in root.iter(f"{pictures.SVG}a")} == {"/functions/1", "/units/U0"}


def test_without_a_function_there_is_no_picture():
    assert draw_flow(flow()) is None


def test_what_people_wrote_is_words():
    hostile = Carried("1", HOSTILE, ("U0",), ("U1",), HOSTILE, into=HOSTILE)
    labels = FlowLabels(*[HOSTILE] * 7)
    for grouped in (False, True):
        told = replace(flow(hostile, fn("2", "U0"), grouped=grouped), labels=labels, before=(Place("U0", HOSTILE, HOSTILE),))
        svg = draw_flow(told)
        pictures.read(svg)
        assert svg is not None
        assert "<script" not in svg


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    units = st.lists(st.sampled_from(IDS), max_size=3, unique=True).map(tuple)
    names = st.text(max_size=120)
    carried = st.builds(
        Carried, st.uuids().map(str), names, units, units, names, ended=st.booleans(), into=st.sampled_from(["", "W"])
    )
    functions = draw(st.lists(carried, min_size=1, max_size=12, unique_by=lambda one: one.id))
    places = tuple(Place(id, draw(names)) for id in IDS)
    return Flow(FRAME, LABELS, places, places, tuple(functions), draw(st.booleans()))


@settings(max_examples=25, deadline=None)
@given(flows())
def test_any_flow_is_whole(any_flow: Flow):
    root = pictures.read(draw_flow(any_flow))
    found = boxes(root, "d-block")
    assert overlaps(found) == []
    assert inside(root, found)
    if not any_flow.grouped:
        assert len(of_class(root, "d-function")) == len(any_flow.functions)
        orphans = [one for one in any_flow.functions if not one.destinations and not one.ended]
        assert len(of_class(root, "d-orphan")) == len(orphans)


def test_the_same_flow_is_the_same_picture_in_every_process():
    program = (
        "import hashlib; from web.drawing.flow import draw_flow; from web.drawing.shapes import *; "
        "places = tuple(Place(f'U{n}', f'Unit {n}') for n in range(5)); "
        "functions = tuple(Carried(f'{n}', f'F{n}', (f'U{n % 5}',), (f'U{n * 3 % 5}',)) for n in range(30)); "
        "drawn = draw_flow(Flow(Frame('a', 'b', 'c'), FlowLabels(*'abcdefg'), places, places, functions)); "
        "print(hashlib.sha256(drawn.encode()).hexdigest())"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) == 65


def test_150_functions_are_one_picture():
    functions = [fn(str(number), f"U{number % 5}", f"U{number * 7 % 5}") for number in range(150)]
    root = pictures.read(draw_flow(flow(*functions)))
    assert len(of_class(root, "d-function")) == 150
    assert overlaps(boxes(root, "d-block")) == []
