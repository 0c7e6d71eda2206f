"""Bars, changes and marked days on an axis of years."""

import itertools
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.drawing import pictures
from tests.web.drawing.pictures import FRAME, HOSTILE, Box, boxes, inside, of_class, overlaps, title_of, words_of
from web.drawing.shapes import Change, Span, Timeline, TimelineRow
from web.drawing.timeline import draw_timeline
from web.drawing.timeline_places import PLOT, Note, axis_of, in_lanes, years_of

D = date


def row(*spans: Span, changes: tuple[Change, ...] = (), label: str = "Name", href: str = "") -> TimelineRow:
    return TimelineRow(label, spans, changes, href)


def test_years_are_on_the_axis():
    root = pictures.read(draw_timeline(Timeline(FRAME, (row(Span(D(2013, 5, 1), D(2016, 5, 1), "A")),))))
    assert {"2014", "2015", "2016"} <= set(words_of(root).split())


def test_centuries_are_told_in_steps_and_a_few_weeks_by_their_year():
    long = axis_of(Timeline(FRAME, (row(Span(D(1890, 1, 1), D(2020, 1, 1), "A")),)))
    years = years_of(long)
    assert {int(year) % 20 for _, year in years} == {0}
    assert all(b - a >= 40 for (a, _), (b, _) in itertools.pairwise(years))
    short = axis_of(Timeline(FRAME, (row(Span(D(2015, 6, 1), D(2015, 7, 1), "A")),), D(2015, 6, 1), D(2015, 7, 1)))
    assert years_of(short) == [(PLOT[0], "2015")]


def test_spans_that_follow_each_other_share_a_line_and_those_that_overlap_do_not():
    spans = (
        Span(D(2010, 1, 1), D(2012, 1, 1), "A"),
        Span(D(2012, 1, 1), D(2014, 1, 1), "B"),
        Span(D(2011, 1, 1), D(2013, 1, 1), "C"),
    )
    root = pictures.read(draw_timeline(Timeline(FRAME, (row(*spans),))))
    found = {title_of(one): boxes(one, "d-bar")[0] for one in of_class(root, "d-span")}
    assert found["A"].top == found["B"].top != found["C"].top
    assert abs(found["A"].right - found["B"].left) < 0.2


def test_a_bar_whose_end_nobody_knows_reaches_the_edge_and_is_pointed():
    root = pictures.read(
        draw_timeline(Timeline(FRAME, (row(Span(None, None, "Always"), Span(D(2015, 1, 1), D(2016, 1, 1), "B")),)))
    )
    shapes = {title_of(one): of_class(one, "d-bar")[0].tag.removeprefix(pictures.SVG) for one in of_class(root, "d-span")}
    assert shapes == {"Always": "path", "B": "rect"}


def test_what_is_planned_is_told_from_what_is():
    root = pictures.read(draw_timeline(Timeline(FRAME, (row(Span(D(2015, 1, 1), D(2016, 1, 1), "B", planned=True)),))))
    assert len(of_class(root, "d-planned")) == 1


def test_today_and_the_day_shown_are_lines_with_words():
    told = Timeline(
        FRAME,
        (row(Span(D(2010, 1, 1), D(2017, 1, 1), "A")),),
        None,
        None,
        Change(D(2016, 1, 1), "today"),
        Change(D(2015, 1, 1), "shown"),
    )
    root = pictures.read(draw_timeline(told))
    assert {title_of(one): words_of(one) for one in of_class(root, "d-day")} == {"today": "today", "shown": "shown"}


def test_a_day_beyond_the_axis_has_no_line():
    told = Timeline(FRAME, (row(),), D(2015, 1, 1), D(2016, 1, 1), Change(D(2030, 1, 1), "today"))
    assert of_class(pictures.read(draw_timeline(told)), "d-day") == []


def test_what_happened_is_marked_and_written_or_only_told_on_pointing():
    one = row(Span(D(2010, 1, 1), None, "A"), changes=(Change(D(2012, 1, 1), "renamed in 2012"),))
    root = pictures.read(draw_timeline(Timeline(FRAME, (one,))))
    assert [title_of(mark) for mark in of_class(root, "d-point")] == ["renamed in 2012"]
    assert "renamed in 2012" in words_of(root)
    quiet = pictures.read(draw_timeline(Timeline(FRAME, (one,), changes_named=False)))
    assert [title_of(mark) for mark in of_class(quiet, "d-point")] == ["renamed in 2012"]
    assert "renamed in 2012" not in words_of(quiet)


def test_a_label_that_has_no_room_in_its_bar_is_written_beneath():
    spans = Span(D(2000, 1, 1), D(2015, 1, 1), "Long"), Span(D(2015, 1, 1), D(2015, 2, 1), "A short vacancy")
    root = pictures.read(draw_timeline(Timeline(FRAME, (row(*spans),))))
    assert all("A short vacancy" not in words_of(one) for one in of_class(root, "d-span"))
    assert "A short vacancy" in words_of(root)


def test_without_a_row_there_is_no_picture():
    assert draw_timeline(Timeline(FRAME, ())) is None


def test_what_people_wrote_is_words():
    hostile = row(Span(None, None, HOSTILE), changes=(Change(D(2015, 1, 1), HOSTILE),), label=HOSTILE, href="/u?a=1&b=<")
    svg = draw_timeline(Timeline(FRAME, (hostile,), today=Change(D(2016, 1, 1), HOSTILE)))
    root = pictures.read(svg)
    assert svg is not None
    assert "<script" not in svg
    assert next(root.iter(f"{pictures.SVG}a")).attrib["href"] == "/u?a=1&b=<"


DAYS = st.dates(D(1900, 1, 1), D(2100, 1, 1))
SPANS = st.builds(
    lambda since, days, label, open_: Span(since, None if open_ else since + timedelta(days), label),
    DAYS,
    st.integers(1, 9000),
    st.text(max_size=50),
    st.booleans(),
)
ROWS = st.builds(
    TimelineRow,
    st.text(max_size=80),
    st.lists(SPANS, max_size=4).map(tuple),
    st.lists(st.builds(Change, DAYS, st.text(max_size=60)), max_size=5).map(tuple),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=4).map(tuple), st.none() | DAYS, st.none() | DAYS)
def test_any_timeline_is_whole(rows: tuple[TimelineRow, ...], since: date | None, until: date | None):
    root = pictures.read(draw_timeline(Timeline(FRAME, rows, since, until)))
    found = boxes(root, "d-bar")
    assert inside(root, found)
    assert overlaps(found) == [] or all(
        one.right - one.left <= 3.1 or other.right - other.left <= 3.1 for one, other in overlaps(found)
    )
    if since is None and until is None:
        assert len(of_class(root, "d-span")) == sum(len(one.spans) for one in rows)
        assert len(of_class(root, "d-point")) == sum(len(one.changes) for one in rows)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(210, 780), st.floats(10, 500), st.booleans()), max_size=9))
def test_what_is_written_of_days_never_lies_over_other_words(told: list[tuple[float, float, bool]]):
    notes = [Note(at, "", at - wide - 5 if left else at + 5, wide) for at, wide, left in told]
    lanes = in_lanes(notes)
    assert lanes <= len(notes)
    assert overlaps([Box(one.start, one.lane, one.end, one.lane + 1) for one in notes]) == []
