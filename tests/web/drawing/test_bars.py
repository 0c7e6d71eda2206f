"""Bars of a report: a number's length, one box for all that is not said, and nothing of what was written gets out of its text."""

import re

from web.drawing.bars import Bar, draw_bars
from web.drawing.shapes import Frame

FRAME = Frame("chart-x", "Title", "Twelve came, too few left")


def widths(drawn: str) -> list[float]:
    return [float(found) for found in re.findall(r'<rect [^>]*width="([0-9.]+)"', drawn)]


def test_bars_are_as_long_as_their_numbers_and_none_has_no_bar():
    drawn = draw_bars(FRAME, [Bar("a", "", "40", 40), Bar("b", "", "20", 20), Bar("c", "", "0", 0)])
    long, half = widths(drawn)
    assert abs(long - 2 * half) < 0.2
    assert long < 288


def test_the_longest_bar_leaves_room_for_its_whole_number():
    for said, count in (("412", 412), ("533", 533), ("+ 1,043", 1043), ("31", 31)):
        assert f">{said}<" in draw_bars(FRAME, [Bar("a", "", said, count), Bar("b", "", "1", 1)])


def test_what_is_not_said_has_one_length_whatever_is_behind_it():
    drawn = draw_bars(FRAME, [Bar("a", "", "40", 40), Bar("b", "", "too few to say", None), Bar("c", "", "5 to 9", None)])
    assert len(set(widths(drawn)[1:])) == 1
    assert drawn.count("d-bar-unsaid") == 2


def test_parts_of_one_thing_stand_under_one_name():
    drawn = draw_bars(FRAME, [Bar("Here", "women", "4", 4), Bar("Here", "men", "6", 6), Bar("There", "women", "1", 1)])
    assert (drawn.count(">Here<"), drawn.count(">women<")) == (1, 2)


def test_names_are_escaped_and_the_picture_is_named():
    drawn = draw_bars(FRAME, [Bar("<script>", "", "7", 7, "in")])
    assert "<script>" not in drawn
    assert 'aria-labelledby="chart-x-title chart-x-desc"' in drawn
    assert "d-bar-in" in drawn


def test_nothing_to_draw_is_an_empty_picture():
    assert widths(draw_bars(FRAME, [])) == []
