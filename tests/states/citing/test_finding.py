"""All citations of a text: where they stand, the longest of each place, none twice; and no text is slow."""

import time
from itertools import pairwise

import pytest

from policies.citations import load
from policies.pack import PACKS
from states.citing.parsing import find_all, parse

OAS = load(PACKS / "oas" / "citations.toml")
TEXT = """OEA/Ser.G
CP/doc.5190/16 rev. 1
The Council, recalling resolutions AG/RES. 2876 (XLV-O/15), AG/RES.
1 (XLVII-E/14) rev. 1 and CP/RES. 1051 (2017/15), and having seen (CP/CAAP-3175/12 add. 1-a), decides
to add 3 chairs to room E 12, as Executive Order 08-01 Rev. 9 and E.O. 05-7, Rev. No. 1, say. En el doc. XAG/RES. 5 no.
Véase la Orden Ejecutiva N.º 04\u201301 corr. 1; CP\u00ad/doc.5191/16, add. 1 a report of 2016; and AG/RES. (XLV-0/15).
"""


def test_every_citation_of_a_text_is_found_in_order():
    assert [found.citation.canonical for found in find_all(TEXT, OAS)] == [
        "OEA/Ser.G",
        "CP/doc.5190/16 rev. 1",
        "AG/RES. 2876 (XLV-O/15)",
        "AG/RES. 1 (XLVII-E/14) rev. 1",
        "CP/RES. 1051 (2017/15)",
        "CP/CAAP-3175/12 add. 1.a",
        "Executive Order No. 08-01 rev. 9",
        "Executive Order No. 05-07 rev. 1",
        "Executive Order No. 04-01 corr. 1",
        "CP/doc.5191/16 add. 1",
        "AG/RES. ____ (XLV-O/15)",
    ]


def test_what_stands_at_a_place_reads_as_what_was_found_there():
    for found in find_all(TEXT, OAS):
        assert parse(TEXT[found.start : found.end], OAS) == found.citation


def test_places_hold_where_signs_that_are_not_seen_were_passed_over():
    text = "x\u200b\u00ad, CP\u00ad/doc.51\u00ad90/16\u00ad, y"
    (found,) = find_all(text, OAS)
    assert text[found.start : found.end] == "CP\u00ad/doc.51\u00ad90/16"


def test_nothing_found_overlaps_or_goes_back():
    found = [*find_all(TEXT * 3, OAS)]
    assert len(found) == 33
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_brackets_around_a_citation_are_not_its_own():
    text = "(see CP/doc.5190/16 rev. 1) and (AG/RES. 2876 XLV-O/15)"
    assert [text[found.start : found.end] for found in find_all(text, OAS)] == ["CP/doc.5190/16 rev. 1", "AG/RES. 2876 XLV-O/15"]


PROSE = ("the cp and 12/15 of them", "AG 12", "Note that sn is 4", "room E", "eo ipso", "C. 12/2", "page 5190/16")


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_citation(text: str):
    assert [*find_all(text, OAS)] == []


HOSTILE = {
    "spaces": "AG" + " " * 1_000_000,
    "openings": "AG/RES. " * 125_000,
    "digits": "AG/RES. " + "1" * 1_000_000,
    "lines": "AG/RES. " + "_ " * 500_000,
    "roman": "AG/RES. 1 (" + "X " * 500_000,
    "brackets": "AG/RES. 1 " + "(" * 1_000_000,
    "suffixes": "CP/doc.1/16" + " rev. 1" * 60_000,
    "commas": "CP/doc.1/16" + "," * 1_000_000,
    "shelves": "OEA/Ser.D/" + "I." * 500_000,
    "dots": "CP/doc." + "." * 1_000_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_megabyte_meant_to_be_slow_is_read_in_seconds(kind: str):
    """Anything worse than linear would take hours on these: the bound is wide, for a busy machine."""
    before = time.process_time()
    for _ in find_all(HOSTILE[kind], OAS):
        pass
    assert time.process_time() - before < 20
