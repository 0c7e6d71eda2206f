"""What breaks an invariant of a series is said, and what is written is kept as it is written."""

import pytest

from policies.citations import load
from policies.pack import PACKS
from states.citing.parsing import NotACitation, parse
from web.messages import LANGUAGES, Messages

OAS = load(PACKS / "oas" / "citations.toml")
MESSAGES = {language: Messages(language) for language in LANGUAGES}

DOUBTFUL = {
    "AG/RES. 2876 (XLIV-O/15)": ["session_against_year"],
    "AG/RES. 2876 (XLV-0/14)": ["session_against_year", "letters_repaired"],
    "AG/RES. 2876 (IIX-O/15)": ["session_not_a_number"],
    "AG/RES. 2876 (XLV-O)": ["year_missing"],
    "AG/RES. 2876": ["session_missing"],
    "AG/RES. 2876/15": ["session_missing"],
    "AG/RES. 2876 (2015)": ["session_missing"],
    "AG/RES. 1 (XLVII-E/15)": [],
    "AG/RES. 2876 (XLV/15)": ["session_mark_missing"],
    "AG/RES. 2876 (XLV/14)": ["session_mark_missing"],
    "AG/RES. ____ (XLV-O/15)": ["number_lost"],
    "AG/RES. 2876 (XLV-0/15)": ["letters_repaired"],
    "AG/RES. 35 (1-O/71)": ["letters_repaired"],
    "CP/RES. 1051 (2017/15)": [],
    "CP/RES. 1051 (2017/17)": ["meeting_taken_for_year"],
    "CP/RES. 1051 (2015/15)": ["meeting_taken_for_year"],
    "CP/RES. 1051 (2017)": ["meeting_alone"],
    "CP/RES. 1051/15": ["meeting_missing"],
    "CP/RES. 1051": ["meeting_missing"],
    "CP/RES. 1051 (____/15)": ["meeting_lost"],
    "CP/RES. 1051 (2017/16)": ["meeting_against_year"],
    "CP/RES. 1061 (2063/15)": ["meeting_against_year"],
    "CP/RES. 1061 (16/2063)": ["meeting_against_year", "year_out_of_range"],
    "CP/doc.5190": ["year_missing"],
    "CP/doc.5190/1916": ["year_out_of_range"],
    "CP/doc.5190/16 corr.": ["suffix_without_number"],
    "CP/XYZ-12/15": ["organ_unknown"],
    "SN-40/15-18": ["years_apart"],
    "OEA/Ser.G": [],
}


@pytest.mark.parametrize("written", DOUBTFUL)
def test_each_doubt_is_said_once_and_in_every_language(written: str):
    warnings = parse(written, OAS).warnings
    assert [warning.key for warning in warnings] == [f"citing.{name}" for name in DOUBTFUL[written]]
    for warning in warnings:
        assert all("{" not in messages.say(warning) for messages in MESSAGES.values())


def test_a_year_is_written_without_signs_between_its_digits():
    (warning,) = parse("AG/RES. 2876 (XLIV-O/15)", OAS).warnings
    assert MESSAGES["en"].say(warning) == "Session and year do not fit: session XLIV-O was in 2014, and the citation says 2015."


SESSIONS = {1: "I", 2: "II", 11: "XI", 25: "XXV", 28: "XXVIII", 34: "XXXIV", 37: "XXXVII", 40: "XL", 44: "XLIV", 47: "XLVII"}


@pytest.mark.parametrize("number", SESSIONS)
def test_an_ordinary_session_is_its_year_less_1970(number: int):
    """The specimens of domain.md 7.2, and the same sessions a year off."""
    roman = SESSIONS[number]
    right, wrong = (f"AG/RES. 5 ({roman}-O/{(1970 + number + off) % 100:02})" for off in (0, 1))
    assert parse(right, OAS).warnings == ()
    assert [warning.key for warning in parse(wrong, OAS).warnings] == ["citing.session_against_year"]


def test_two_digits_of_a_year_are_never_before_the_house_was():
    years = {"48": 1948, "71": 1971, "99": 1999, "00": 2000, "26": 2026, "47": 2047}
    assert {yy: parse(f"CP/doc.1/{yy}", OAS).year for yy in years} == years


def test_a_doubt_makes_no_other_citation():
    assert parse("AG/RES. 2876 (XLV-0/15)", OAS) == parse("AG/RES. 2876 (XLV-O/15)", OAS)


def test_a_session_without_its_mark_is_the_one_its_year_fits_and_else_stays_as_it_stands():
    fits, other = (parse(f"AG/RES. 2876 (XLV/{year})", OAS) for year in (15, 14))
    assert fits.canonical == "AG/RES. 2876 (XLV-O/15)"
    assert fits.same_work(parse("AG/RES. 2876 (XLV-O/15)", OAS))
    assert (other.canonical, other.session) == ("AG/RES. 2876 (XLV/14)", "XLV")
    assert parse(other.canonical, OAS) == other
    with pytest.raises(NotACitation):
        parse("AG/RES. 5 (11/15)", OAS)
