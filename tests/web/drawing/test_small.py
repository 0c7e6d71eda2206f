"""The two small pictures of a matter's page: its stages, and a clock's line. Both are as wide as a phone."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.drawing import pictures
from tests.web.drawing.pictures import FRAME, HOSTILE, SVG, of_class, title_of, words_of
from web.drawing.ladder import draw_ladder
from web.drawing.shapes import Ladder, Moment, Passage, Rung, Stage, StatesMap
from web.drawing.states_map import draw_states

DAY = date(2026, 11, 22)
PHONE = 320 - 2 * 16
"""Pixels between the margins of a page on the smallest phone."""


def moment(label: str, days: int) -> Moment:
    return Moment(DAY + timedelta(days), f"day {days}", label)


def rung(days: int, fired: bool) -> Rung:
    return Rung(DAY + timedelta(days), f"day {days}", f"rung {days}", fired, "sent" if fired else "to come")


def clock(**other: object) -> Ladder:
    rungs = rung(-3, True), rung(2, False), rung(9, False)
    return replace(Ladder(FRAME, moment("start", -10), moment("today", 0), moment("due", 5), rungs, late="late"), **other)


def stops(ladder: Ladder) -> list[str]:
    """What the line tells, from above down."""
    found = of_class(pictures.read(draw_ladder(ladder)), "d-stage")
    heights = [float(next(one.iter(f"{SVG}text")).attrib["y"]) for one in found]
    assert heights == sorted(heights)
    return [title_of(one).split(" · ")[0] for one in found]


def stages_of(labels: Sequence[str], current: int) -> tuple[Stage, ...]:
    """Stages that follow one another: those before the current one are passed."""
    every: list[Stage] = []
    for place, label in enumerate(labels):
        passage: Passage = "here" if place == current else "passed" if place < current else "ahead"
        every.append(Stage(label, passage))
    return tuple(every)


def test_a_line_of_stages_is_drawn_once_for_a_phone_and_once_for_a_desk():
    root = pictures.read(draw_states(StatesMap(FRAME, stages_of(["One", "Two", "Three"], 1), "now")))
    wide, narrow = root.findall(f"{SVG}svg")
    assert "d-wide" in wide.attrib["class"]
    assert "d-narrow" in narrow.attrib["class"]
    assert float(narrow.attrib["viewBox"].split()[2]) <= PHONE
    assert [title_of(one) for one in of_class(wide, "d-stage")] == ["One", "Two · now", "Three"]
    assert [title_of(one) for one in of_class(narrow, "d-stage")] == ["One", "Two · now", "Three"]


def test_each_passage_has_a_shape_of_its_own():
    every = tuple(Stage(passage, passage) for passage in ("passed", "here", "ahead", "not_taken"))
    root = pictures.read(draw_states(StatesMap(FRAME, every, "now")))
    shapes = [
        tuple(part.attrib.get("class") for part in one if part.tag != f"{SVG}text") for one in of_class(root, "d-stage")[:4]
    ]
    assert len({tuple(kind.split()[-1] for kind in shape[1:] if kind) for shape in shapes}) == 4
    assert words_of(root).count("now") == 2


def test_many_stages_go_on_in_a_second_row():
    root = pictures.read(draw_states(StatesMap(FRAME, stages_of([f"Stage {n}" for n in range(14)], 3), "now")))
    wide = root.findall(f"{SVG}svg")[0]
    assert float(wide.attrib["viewBox"].split()[2]) <= 608
    assert len({float(one.attrib["cy"]) for one in of_class(wide, "d-stop")}) == 3


def test_without_a_stage_there_is_no_picture():
    assert draw_states(StatesMap(FRAME, (), "now")) is None


def test_a_clocks_line_tells_all_in_the_order_of_the_days():
    assert stops(clock()) == ["start", "rung -3", "today", "rung 2", "due", "rung 9"]


def test_a_clock_that_is_late_is_hatched_and_says_so():
    late = clock(today=moment("today", 8))
    root = pictures.read(draw_ladder(late))
    assert len(of_class(root, "d-late")) == 1
    assert "late" in words_of(root).split()
    assert stops(late) == ["start", "rung -3", "rung 2", "due", "today", "rung 9"]


def test_on_the_day_it_is_due_a_clock_is_not_late():
    root = pictures.read(draw_ladder(clock(today=moment("today", 5))))
    assert of_class(root, "d-late") == []
    assert "late" not in words_of(root).split()


def test_a_clock_that_was_stopped_has_no_today_and_nothing_to_come():
    assert stops(clock(stopped=moment("done", -1))) == ["start", "rung -3", "done", "due"]
    assert of_class(pictures.read(draw_ladder(clock(stopped=moment("done", -1)))), "d-late") == []


def test_a_clock_without_a_due_day_says_why():
    root = pictures.read(draw_ladder(clock(due=None, open_end="It is paused")))
    assert "It is paused" in words_of(root)
    assert of_class(root, "d-due") == []


def test_fired_and_to_come_have_shapes_and_words():
    root = pictures.read(draw_ladder(clock()))
    by_name = {title_of(one).split(" · ")[0]: one for one in of_class(root, "d-stage")}
    assert of_class(by_name["rung -3"], "d-fired")
    assert "sent" in words_of(by_name["rung -3"])
    assert of_class(by_name["rung 2"], "d-to-come")
    assert "to come" in words_of(by_name["rung 2"])


def test_what_people_wrote_is_words():
    hostile = Moment(DAY, HOSTILE, HOSTILE)
    told = Ladder(FRAME, hostile, hostile, None, (Rung(DAY, HOSTILE, HOSTILE, True, HOSTILE),), None, HOSTILE, HOSTILE)
    for svg in (draw_ladder(told), draw_states(StatesMap(FRAME, (Stage(HOSTILE, "here", HOSTILE),), HOSTILE))):
        pictures.read(svg)
        assert svg is not None
        assert "<script" not in svg


OFFSETS = st.integers(-400, 400)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(OFFSETS, st.booleans()), max_size=8), OFFSETS, st.none() | OFFSETS, st.none() | OFFSETS)
def test_any_clocks_words_are_apart_and_on_the_picture(
    rungs: list[tuple[int, bool]], start: int, due: int | None, stopped: int | None
):
    told = clock(
        rungs=tuple(rung(*one) for one in rungs),
        start=moment("start", start),
        due=None if due is None else moment("due", due),
        stopped=None if stopped is None else moment("done", stopped),
    )
    root = pictures.read(draw_ladder(told))
    view = next(root.iter(f"{SVG}svg")).attrib["viewBox"].split()
    feet = [float(one.attrib["y"]) for one in root.iter(f"{SVG}text")]
    assert float(view[2]) <= PHONE
    assert feet == sorted(feet)
    assert all(later - earlier >= 15 for earlier, later in itertools.pairwise(feet))
    assert feet[0] > 0
    assert feet[-1] < float(view[3])
