"""The register beneath its door: times of a text on a mandate's clock, many at once, one reader an edition."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from actions.kinds.house import GivenDay, GivenPeriod
from actions.paragraphs import NewText, TextRegistered, reader_of, register_text
from actions.paragraphs_mandates import DayBeyondCalendars, given
from policies.pack import PACKS, Pack, load_pack
from states.due import add_months
from states.registering.terms import Term
from tests.fixtures.offices import Stage
from tests.fixtures.resolutions import text_of

ADOPTED = date(2015, 5, 26)
TERMS = {
    "a day": (Term(0, 1, day=date(2015, 7, 31)), "excluded", GivenDay(on=date(2015, 7, 31))),
    "before a day": (Term(0, 1, day=date(2015, 7, 31), excluded=True), "excluded", GivenDay(on=date(2015, 7, 30))),
    "180 days in force": (
        Term(0, 1, count=180, unit="calendar_days", since=ADOPTED).worked_out(None, counted=True),
        "counted",
        GivenPeriod(start=ADOPTED, count=180, first_day="counted"),
    ),
    "weeks": (
        Term(0, 1, count=2, unit="weeks", since=ADOPTED).worked_out(None, counted=False),
        "excluded",
        GivenPeriod(start=ADOPTED, count=14),
    ),
    "a year": (
        Term(0, 1, count=1, unit="years", since=ADOPTED).worked_out(None, counted=False),
        "excluded",
        GivenPeriod(start=ADOPTED, count=12, unit="months"),
    ),
    "months with their first day counted": (
        Term(0, 1, count=6, unit="months", since=ADOPTED).worked_out(None, counted=True),
        "counted",
        GivenDay(on=date(2015, 11, 25)),
    ),
    "working days": (Term(0, 1, count=60, unit="working_days", since=ADOPTED), "excluded", None),
    "a period without a beginning": (Term(0, 1, count=60, unit="calendar_days"), "excluded", None),
    "a year alone": (Term(0, 1, year=2016), "excluded", None),
    "nothing": (None, "excluded", None),
}


@pytest.mark.parametrize("what", TERMS)
def test_a_time_of_a_text_comes_to_the_clock_as_the_text_says_it(what: str):
    term, first_day, expected = TERMS[what]
    assert given(term, first_day) == expected


@settings(max_examples=60)
@for_all(
    since=st.dates(date(1990, 1, 1), date(2050, 1, 1)),
    count=st.integers(1, 60),
    unit=st.sampled_from(["calendar_days", "weeks", "months", "years"]),
    counted=st.booleans(),
)
def test_the_clock_comes_to_the_day_that_the_reader_worked_out(since: date, count: int, unit: str, counted: bool):
    term = Term(0, 1, count=count, unit=unit, since=since).worked_out(None, counted=counted)
    found = given(term, "counted" if counted else "excluded")
    if isinstance(found, GivenPeriod):
        last = add_months(found.start, found.count) if found.unit == "months" else None
        last = last or date.fromordinal(found.start.toordinal() + found.count - (found.first_day == "counted"))
        assert last == term.day
    else:
        assert found == GivenDay(on=term.day)


def test_a_day_that_no_calendar_has_is_refused_and_not_dropped():
    with pytest.raises(DayBeyondCalendars) as refused:
        given(Term(0, 1, day=date(1935, 1, 1)), "excluded")
    assert refused.value.params == {"day": date(1935, 1, 1)}


def test_of_many_who_paste_one_text_at_once_one_registers_it(house_office: Stage):
    told = NewText(text=text_of("en_task"), body="GA", source="written for tests")
    together = Barrier(4)

    def paste(_: int) -> str:
        together.wait()
        try:
            return register_text(house_office.office, told, by=house_office.people["planner"]).symbol
        except TextRegistered as refused:
            return refused.code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(paste, range(4)))
    assert answers == ["AG/RES. 2876 (XLV-O/15)", *["text_registered"] * 3]
    assert house_office.rows("SELECT count(*) FROM register_text") == [(1,)]


def test_a_reader_is_made_once_an_edition():
    pack = load_pack(PACKS / "oas")
    assert reader_of(pack) is reader_of(Pack.from_text(pack.canonical()))
