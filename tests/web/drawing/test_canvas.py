"""What every picture is made of: names and sizes, escaped words, links that stay at the door, words that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from tests.web.drawing import pictures
from tests.web.drawing.pictures import HOSTILE, SVG
from web.drawing.canvas import NotLocalError, linked, picture, rect, tag
from web.drawing.crossing import crossings, ordered
from web.drawing.letters import lines_of, one_line, plain, width
from web.drawing.shapes import Frame

INSIDE = rect(0, 0, 10, 10, "d-node")


def test_a_wide_picture_scrolls_in_a_region_that_takes_the_focus():
    root = pictures.read(picture(Frame("a", "Title", "What"), 800, 100, INSIDE))
    (region,) = root
    assert region.attrib == {"class": "drawing-scroll", "role": "region", "aria-labelledby": "a-title", "tabindex": "0"}


def test_a_picture_grows_with_the_readers_letters():
    image = next(pictures.read(picture(Frame("a", "Title", "What"), 800, 100, INSIDE)).iter(f"{SVG}svg"))
    assert (image.attrib["width"], image.attrib["height"], image.attrib["viewBox"]) == ("50rem", "6.2rem", "0 0 800 100")


@pytest.mark.parametrize("id", ["", "1a", "a b", 'a"b', "ä", "a\n"])
def test_an_id_is_never_made_of_words(id: str):
    with pytest.raises(ValueError, match="id"):
        picture(Frame(id, "Title", "What"), 1, 1)


@pytest.mark.parametrize(
    "href", ["https://a.example/", "//a.example", "javascript:alert(1)", "/\\a.example", "mailto:a", "data:,", "x"]
)
def test_a_link_elsewhere_is_refused(href: str):
    with pytest.raises(NotLocalError):
        linked(href, "Name", INSIDE)


@pytest.mark.parametrize("href", ["/structure/units/U1", "?as_of=2015-12-11", "#unit"])
def test_a_link_of_the_door_is_one(href: str):
    assert f'href="{href}"' in linked(href, "Name", INSIDE)
    assert linked("", "Name", INSIDE) == INSIDE


def test_links_in_a_picture_can_be_reached_by_who_cannot_see_it():
    plain_one, with_link = (picture(Frame("a", "b", "c"), 1, 1, one) for one in (INSIDE, linked("/a", "Name", INSIDE)))
    roles = [next(pictures.read(one).iter(f"{SVG}svg")).attrib["role"] for one in (plain_one, with_link)]
    assert roles == ["img", "group"]


def test_titles_and_descriptions_are_escaped():
    pictures.read(picture(Frame("a", HOSTILE, HOSTILE), 1, 1, INSIDE))


@given(st.text())
def test_any_words_are_words(written: str):
    root = pictures.read(picture(Frame("a", "b", "c"), 1, 1, tag("text", written, aria_label=written)))
    text = next(root.iter(f"{SVG}text"))
    assert (text.text or "") == text.attrib["aria-label"] == plain(written)
    assert not isinstance(plain(written), Markup)


@given(st.text(max_size=200), st.floats(40, 400), st.integers(1, 4), st.booleans())
def test_lines_fit_and_lose_nothing_unless_they_are_cut(written: str, room: float, most: int, bold: bool):
    lines = lines_of(written, room, 12, most=most, bold=bold)
    assert len(lines) <= most
    assert all(width(line, 12, bold=bold) <= room for line in lines)
    if lines and not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == plain(written).replace(" ", "")


def test_a_name_that_is_too_long_is_cut_with_an_ellipsis():
    assert one_line("Secretariat for External Relations", 120, 12) == "Secretariat for E…"
    assert lines_of("Secretariat for External Relations", 120, 12) == ("Secretariat for", "External Relations")
    assert lines_of("Secretariat for External Relations", 90, 12) == ("Secretariat", "for External…")
    assert lines_of("  ", 100, 12) == ()


def test_columns_are_ordered_so_that_fewer_lines_cross():
    columns = [["a", "b", "c"], ["x", "y", "z"]]
    ties = [("a", "z"), ("b", "y"), ("c", "x")]
    after = {left: [right] for left, right in ties}
    assert crossings(columns, after) == 3
    assert crossings(ordered(columns, ties), after) == 0
    assert ordered(columns, []) == columns


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(10, 15)), max_size=15))
def test_an_order_never_crosses_more_than_the_one_given(ties: list[tuple[int, int]]):
    columns = [[*range(6)], [*range(10, 16)]]
    after = {left: [right for one, right in ties if one == left] for left, _ in ties}
    found = ordered(columns, ties)
    assert [sorted(column) for column in found] == columns
    assert crossings(found, after) <= crossings(columns, after)


def test_the_best_order_seen_is_kept_when_a_later_sweep_makes_it_worse():
    columns = [[*range(5)], [*range(10, 15)]]
    after = {0: [10], 1: [12, 13, 14], 2: [10, 12], 3: [10, 11, 14], 4: [12, 14]}
    found = ordered(columns, [(left, right) for left, every in after.items() for right in every])
    assert (crossings(columns, after), crossings(found, after)) == (16, 8)
