"""Whole texts in four languages: what each paragraph asks of whom by when, typed here by hand from the text."""

from datetime import date

import pytest

from tests.fixtures.resolutions import NAMES, paragraph, read, text_of

SG, GS, PC, GA, MS = "secretary_general", "general_secretariat", "permanent_council", "general_assembly", "member_states"

EXPECTED = {
    # text, number: verb, addressees, due day, year it falls in, sunset, reports to, how often
    ("en_task", "1"): ("instruct", (SG,), date(2015, 7, 31), 2015, None, (PC,), None),
    ("en_task", "2"): ("authorize", (PC,), None, None, None, (), None),
    ("en_reports", "1"): ("note", (GS,), None, None, None, (), None),
    ("en_reports", "1.a"): ("request", (GS,), date(2014, 12, 1), 2014, None, (), None),
    ("en_reports", "1.b"): ("request", (GS,), None, None, None, (PC, MS), "quarterly"),
    ("en_reports", "1.c"): ("request", (GS,), None, None, None, (), None),
    ("en_reports", "2"): ("reaffirm", (), None, None, None, (), None),
    ("en_reports", "3"): ("request", (PC,), None, 2015, None, (GA,), None),
    ("en_reports", "4"): ("instruct", (), None, None, None, (), None),
    ("en_again", "1"): ("reaffirm", (), None, None, None, (), None),
    ("en_again", "2"): ("request", (PC,), None, 2016, None, (GA,), None),
    ("en_again", "3"): ("repeal", (), None, None, None, (), None),
    ("es_recursos", "1"): ("authorize", (), None, None, date(2015, 11, 21), (), None),
    ("es_recursos", "2"): ("instruct", (GS,), date(2015, 10, 1), 2015, None, (PC,), None),
    ("es_recursos", "3"): ("request", (SG, MS), None, None, None, (PC,), "quarterly"),
    ("es_recursos", "4"): ("decide", (), None, None, date(2015, 12, 31), (), None),
    ("es_recursos", "5"): ("thank", (MS,), None, None, None, (), None),
    ("es_cursos", "1"): ("urge", (MS,), None, None, None, (), None),
    ("es_cursos", "2"): ("instruct", (GS,), None, None, None, (), None),
    ("es_cursos", "2.a"): ("instruct", (GS,), None, None, None, (), None),
    ("es_cursos", "2.b"): ("instruct", (GS,), date(2013, 11, 30), 2013, None, ("administrative_committee",), None),
    ("es_cursos", "3"): ("repeal", (), None, None, None, (), None),
    ("pt_prazos", "1"): ("instruct", (SG,), date(2015, 7, 31), 2015, None, (PC,), None),
    ("pt_prazos", "2"): ("request", (GS,), date(2015, 12, 15), 2015, None, (), None),
    ("pt_prazos", "3"): ("request", (PC,), None, 2016, None, (GA,), None),
    ("pt_prazos", "4"): ("recognize", (), None, None, None, (), None),
    ("pt_revisao", "1"): ("approve", (), None, None, date(2017, 9, 30), (), None),
    ("pt_revisao", "2"): ("urge", (MS,), date(2015, 12, 31), 2015, None, (), None),
    ("pt_revisao", "3"): ("request", (GS, "inspector_general"), None, None, None, (PC,), "semiannual"),
    ("fr_rapport", "1"): ("instruct", (SG,), date(2015, 7, 31), 2015, None, (PC,), None),
    ("fr_rapport", "2"): ("request", (PC,), None, 2016, None, (GA,), None),
    ("fr_rapport", "3"): ("thank", (MS,), None, None, None, (), None),
    ("fr_delais", "1"): ("authorize", (SG,), None, None, date(2016, 1, 29), (), None),
    ("fr_delais", "2"): ("request", (GS,), None, None, None, (PC,), "annual"),
    ("fr_delais", "3"): ("urge", (MS,), None, None, None, (), None),
    ("fr_delais", "4"): ("request", (GS,), None, None, None, (), None),
}


def test_every_paragraph_of_every_text_is_expected_and_no_other():
    found = [(name, one.number) for name in NAMES for one in read(name).extract.paragraphs]
    assert sorted(found) == sorted(EXPECTED)


@pytest.mark.parametrize(("name", "number"), EXPECTED, ids="-".join)
def test_a_paragraph_says_what_it_says_and_nothing_else(name: str, number: str):
    one = paragraph(name, number)
    due = (one.due.day, one.due.in_year) if one.due else (None, None)
    sunset = one.sunset.day if one.sunset else None
    assert (one.verb, one.addressees, *due, sunset, one.reports_to, one.every) == EXPECTED[name, number]


HEADS = {
    "en_task": ("en", "AG/RES. 2876 (XLV-O/15)", date(2015, 6, 15)),
    "en_reports": ("en", "AG/RES. 9001 (XLIV-O/14)", date(2014, 6, 4)),
    "en_again": ("en", "AG/RES. 9008 (XLV-O/15)", date(2015, 6, 15)),
    "es_recursos": ("es", "CP/RES. 9002 (2017/15)", date(2015, 5, 20)),
    "es_cursos": ("es", "AG/RES. 9003 (XLIII-O/13)", date(2013, 6, 5)),
    "pt_prazos": ("pt", "AG/RES. 9004 (XLV-O/15)", date(2015, 6, 15)),
    "pt_revisao": ("pt", "CP/RES. 9005 (2036/15)", date(2015, 9, 30)),
    "fr_rapport": ("fr", "AG/RES. 9006 (XLV-O/15)", date(2015, 6, 15)),
    "fr_delais": ("fr", "CP/RES. 9007 (2040/15)", None),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_text_tells_its_language_its_symbol_and_its_day(name: str):
    extract = read(name).extract
    assert extract.symbol is not None
    assert (extract.language, extract.symbol.canonical, extract.adopted) == HEADS[name]
    assert extract.warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_preamble_and_annex_are_kept_apart_and_places_are_those_of_the_text(name: str):
    text, extract = text_of(name), read(name).extract
    assert all(extract.preamble.end <= one.place.start < one.place.end <= extract.after.start for one in extract.paragraphs)
    assert ("what no paragraph asks" in text[extract.after.start :]) == (name == "en_reports")
    for one in extract.paragraphs:
        for term in (one.due, one.sunset, one.review):
            assert term is None or text[term.start : term.end].strip() == text[term.start : term.end] != ""
        if one.task:
            assert text[one.task.start : one.task.end] in text[one.place.start : one.place.end]


def test_the_task_of_2015_stands_in_its_place():
    text, one = text_of("en_task"), paragraph("en_task", "1")
    assert one.task is not None
    assert one.due is not None
    assert " ".join(text[one.task.start : one.task.end].split()) == (
        "to submit to the Permanent Council, by July 31, 2015, adjustments to the organizational structure of the General "
        "Secretariat aligned with the Strategic Vision"
    )
    assert text[one.due.start : one.due.end] == "by July 31, 2015"


def test_by_whose_hands_is_the_text_s_own_words_and_goes_for_the_items_below():
    text = text_of("en_reports")
    for number in ("1.a", "1.b"):
        through = paragraph("en_reports", number).through
        assert through is not None
        assert " ".join(text[through.start : through.end].split()) == "its Department for Effective Public Management"


def test_a_review_at_a_session_has_a_year_and_no_day():
    review = paragraph("es_recursos", "4").review
    assert review is not None
    assert (review.day, review.in_year) == (None, 2016)
