"""What came before a mandate and what came of it: each a link, earlier ones left of later ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.drawing import pictures
from tests.web.drawing.pictures import FRAME, HOSTILE, Box, boxes, inside, of_class, overlaps, title_of, words_of
from web.drawing.lineage import draw_lineage
from web.drawing.shapes import Ancestor, Descent, Lineage


def lineage(members: str, *ties: str, this: str = "") -> Lineage:
    """Members and ties by letters: "ab" is a before b."""
    every = tuple(Ancestor(id, f"Mandate {id}", "in force", f"/mandates/{id}", id == this) for id in members)
    return Lineage(FRAME, every, tuple(Descent(one[0], one[1], f"{one[0]} to {one[1]}") for one in ties))


def placed(told: Lineage) -> dict[str, Box]:
    root = pictures.read(draw_lineage(told))
    names = (title_of(one).split(" · ")[0].removeprefix("Mandate ") for one in of_class(root, "d-member"))
    return dict(zip(names, boxes(root, "d-node"), strict=True))


def test_each_member_leads_to_its_page():
    root = pictures.read(draw_lineage(lineage("abc", "ab", "bc")))
    assert [one.attrib["href"] for one in root.iter(f"{pictures.SVG}a")] == ["/mandates/a", "/mandates/b", "/mandates/c"]
    assert [one.attrib["aria-label"] for one in root.iter(f"{pictures.SVG}a")] == ["Mandate a", "Mandate b", "Mandate c"]


def test_what_came_earlier_stands_to_the_left():
    ties = ("ac", "bc", "cd", "ad", "de")
    at = placed(lineage("edcba", *ties))
    assert all(at[one[0]].right < at[one[1]].left for one in ties)


@pytest.mark.parametrize("members", ["abcx", "xabc", "cbax"])
def test_what_comes_from_nothing_stands_beside_what_came_of_it(members: str):
    at = placed(lineage(members, "ab", "bc", "xc"))
    assert at["a"].right < at["b"].left < at["c"].left
    assert at["x"].left == at["b"].left


def test_the_one_whose_page_it_is_is_marked_and_each_tie_is_said():
    root = pictures.read(draw_lineage(lineage("abc", "ab", "bc", this="b")))
    assert len(of_class(root, "d-this")) == 1
    assert "a to b" in words_of(root)
    assert "b to c" in words_of(root)


def test_a_tie_that_leaves_the_earlier_in_force_is_broken():
    told = Lineage(FRAME, lineage("ab").members, (Descent("a", "b", "cites", whole=False),))
    assert len(of_class(pictures.read(draw_lineage(told)), "d-tie-beside")) == 1


@pytest.mark.parametrize("ties", [("ab", "ba"), ("ab", "bc", "ca"), ("aa", "ab"), ("ax", "ab"), ("ab", "ab")])
def test_a_circle_or_a_tie_to_nobody_hides_no_member(ties: tuple[str, ...]):
    at = placed(lineage("abc", *ties))
    assert sorted(at) == ["a", "b", "c"]


def test_one_alone_has_no_lineage():
    assert draw_lineage(lineage("")) is None
    assert draw_lineage(lineage("a")) is None


def test_what_people_wrote_is_words():
    every = Ancestor("a", HOSTILE, HOSTILE, "/m"), Ancestor("b", HOSTILE)
    svg = draw_lineage(Lineage(FRAME, every, (Descent("a", "b", HOSTILE),)))
    pictures.read(svg)
    assert svg is not None
    assert "<script" not in svg


LETTERS = "abcdefgh"
TIES = st.lists(st.builds(Descent, st.sampled_from(LETTERS), st.sampled_from(LETTERS), st.text(max_size=40)), max_size=14).map(
    tuple
)


@settings(max_examples=40, deadline=None)
@given(TIES, st.text(max_size=90))
def test_any_lineage_is_whole(ties: tuple[Descent, ...], name: str):
    root = pictures.read(draw_lineage(Lineage(FRAME, tuple(Ancestor(id, name, name) for id in LETTERS), ties)))
    found = boxes(root, "d-node")
    assert len(found) == len(LETTERS)
    assert overlaps(found) == []
    assert inside(root, found)
    drawn = {(one.earlier, one.later, one.label, one.whole) for one in ties if one.earlier != one.later}
    assert len(of_class(root, "d-descent")) == len(drawn)
