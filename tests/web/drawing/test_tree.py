"""The organisation as a tree: every unit once, under its head, and what happened to it told by sign and words."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from structure.organisation import Organisation
from tests.structure.reading.case_files import read, real
from tests.web.drawing import pictures
from tests.web.drawing.pictures import FRAME, HOSTILE, boxes, inside, of_class, overlaps, title_of, words_of
from web.drawing.shapes import Mark, Tree, Trees, TreeUnit
from web.drawing.tree import SIGNS, draw_trees

MARKS: tuple[Mark, ...] = ("created", "abolished", "renamed", "moved", "merged", "split", "changed", "suspended")


def unit(id: str, *heads: str, mark: Mark = "", said: str = "", href: str = "") -> TreeUnit:
    return TreeUnit(id, f"Unit {id}", heads, mark, said, href)


def trees(before: tuple[TreeUnit, ...], after: tuple[TreeUnit, ...] | None = None, **more: object) -> Trees:
    return Trees(FRAME, Tree("Before", before), None if after is None else Tree("After", after), **more)


def tree_of(org: Organisation, heading: str) -> Tree:
    live = (one for _, one in sorted(org.units.items()) if one.is_live)
    return Tree(heading, tuple(TreeUnit(one.id, one.name, one.heads) for one in live))


def test_the_house_of_2015_is_drawn_whole_before_and_after():
    case = read(real())
    before, after = tree_of(case.before, "Before"), tree_of(case.attempt().timeline.end, "After")
    root = pictures.read(draw_trees(Trees(FRAME, before, after)))
    drawn = [title_of(one) for one in of_class(root, "d-unit")]
    assert sorted(drawn) == sorted(one.name for one in (*before.units, *after.units))
    assert overlaps(boxes(root, "d-node")) == []
    assert inside(root, boxes(root, "d-node"))
    assert of_class(root, "d-dotted"), "secretariats have two heads"


def test_a_unit_stands_below_its_head_and_further_in():
    root = pictures.read(draw_trees(trees((unit("2", "1"), unit("3", "2"), unit("1")))))
    found = dict(zip((title_of(one) for one in of_class(root, "d-unit")), boxes(root, "d-node"), strict=True))
    tops = [found[f"Unit {id}"].top for id in "123"]
    lefts = [found[f"Unit {id}"].left for id in "123"]
    assert tops == sorted(tops)
    assert lefts == sorted(set(lefts))


def test_each_mark_has_a_sign_of_its_own_and_its_words():
    units = tuple(unit(mark, mark=mark, said=f"it was {mark}") for mark in MARKS)
    root = pictures.read(draw_trees(trees(units, legend=tuple((mark, f"means {mark}") for mark in MARKS))))
    signs = []
    for mark in MARKS:
        (one,) = of_class(root, f"d-of-{mark}")
        assert f"it was {mark}" in words_of(one)
        assert f"means {mark}" in words_of(root)
        signs.append(words_of(of_class(one, "d-sign")[0]) or of_class(one, "d-sign")[0].text)
    assert len(set(signs)) == len(MARKS)
    assert signs == [SIGNS[mark] for mark in MARKS if mark]
    (waiting,) = of_class(root, "d-of-suspended")
    assert of_class(waiting, "d-hatched")


def test_what_changed_is_joined_to_what_it_became():
    before = unit("1", mark="renamed"), unit("2"), unit("3", mark="merged")
    after = unit("1", mark="renamed"), unit("2"), unit("4", mark="created")
    assert len(of_class(pictures.read(draw_trees(trees(before, after))), "d-join")) == 1
    assert len(of_class(pictures.read(draw_trees(trees(before, after, became=(("3", "4"), ("9", "4"))))), "d-join")) == 2


def test_a_further_head_is_a_dotted_line_and_is_told():
    root = pictures.read(
        draw_trees(trees((unit("1"), unit("2"), unit("3", "1", "2"), unit("4", "1", "2")), further_head="also under"))
    )
    assert len(of_class(root, "d-tip")) == 2
    assert "also under" in words_of(root)


def test_lines_of_further_heads_that_run_beside_each_other_are_apart():
    units = unit("1"), unit("2"), unit("3"), unit("4", "1", "2", "3"), unit("5", "1", "2", "3")
    root = pictures.read(draw_trees(trees(units)))
    spines = {one.attrib["d"].rsplit("M", 1)[-1].split(",")[0] for one in of_class(root, "d-dotted") if "V" in one.attrib["d"]}
    assert len(spines) == 2
    assert inside(root, boxes(root, "d-node"))


@pytest.mark.parametrize("units", [(unit("1", "2"), unit("2", "1")), (unit("1", "1"),), (unit("1", "nobody"),)])
def test_a_circle_or_an_unknown_head_hides_no_unit(units: tuple[TreeUnit, ...]):
    root = pictures.read(draw_trees(trees(units)))
    assert len(of_class(root, "d-unit")) == len(units)


def test_units_lead_to_their_pages_and_are_large_enough_to_hit():
    root = pictures.read(draw_trees(trees((unit("1", href="/structure/units/1"),))))
    assert [one.attrib["href"] for one in root.iter(f"{pictures.SVG}a")] == ["/structure/units/1"]
    assert all(one.foot - one.top >= 24 for one in boxes(root, "d-node"))


def test_without_a_unit_there_is_no_picture():
    assert draw_trees(trees(())) is None
    assert draw_trees(trees((), ())) is None
    assert draw_trees(trees((), (unit("1"),))) is not None


def test_what_people_wrote_is_words():
    one = TreeUnit("1", HOSTILE, (), "renamed", HOSTILE)
    told = Trees(FRAME, Tree(HOSTILE, (one,)), Tree(HOSTILE, (one,)), (), (("renamed", HOSTILE),), HOSTILE)
    svg = draw_trees(told)
    pictures.read(svg)
    assert svg is not None
    assert "<script" not in svg


IDS = st.sampled_from([f"U{number}" for number in range(8)])
UNITS = st.lists(
    st.builds(
        TreeUnit, IDS, st.text(max_size=120), st.lists(IDS, max_size=3).map(tuple), st.sampled_from(MARKS), st.text(max_size=60)
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one.id,
).map(tuple)


@settings(max_examples=25, deadline=None)
@given(UNITS, UNITS)
def test_any_two_trees_are_whole(before: tuple[TreeUnit, ...], after: tuple[TreeUnit, ...]):
    told = replace(trees(before, after), further_head="also under")
    root = pictures.read(draw_trees(told))
    assert len(of_class(root, "d-unit")) == len(before) + len(after)
    swatches = len(told.legend)
    found = boxes(root, "d-node")
    assert len(found) == len(before) + len(after) + swatches
    assert overlaps(found) == []
    assert inside(root, found)
