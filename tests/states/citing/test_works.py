"""Expressions of one work: known as such, and in order."""

from itertools import pairwise

from policies.citations import load
from policies.pack import PACKS
from states.citing.citation import Citation
from states.citing.parsing import parse

OAS = load(PACKS / "oas" / "citations.toml")


def read(text: str) -> Citation:
    return parse(text, OAS)


def test_expressions_of_one_work_share_their_work_and_nothing_else():
    first, second = read("CP/doc.1112/80 rev. 4"), read("CP/doc.1112/80 rev. 4 corr. 1")
    assert first.work == second.work
    assert first.same_work(second)
    assert first != second


def test_expressions_are_ordered_from_the_base_to_the_last_correction():
    corrected = ["", " corr. 1", " corr. 2", " add. 1", " add. 1.a", " add. 1.b"]
    revised = [" rev. 1", " rev. 1 corr. 1", " rev. 2", " rev. 10", " rev. 10 corr. 2"]
    expressions = [read(f"CP/doc.1112/80{step}") for step in corrected + revised]
    assert all(one.order < other.order for one, other in pairwise(expressions))


def test_resolutions_of_special_sessions_begin_again_at_one():
    assert not read("AG/RES. 1 (XLVII-E/14)").same_work(read("AG/RES. 1 (L-E/15)"))
    assert read("AG/RES. 1 (XLVII-E/14) rev. 1").same_work(read("AG/RES. 1 (XLVII-E/14)"))


def test_numbers_that_begin_again_each_year_are_works_of_their_year():
    assert not read("EO 05-1").same_work(read("EO 08-1"))
    assert read("EO 08-01 Rev. 7").same_work(read("Executive Order No. 08-1 Rev. 9"))
    assert read("CP/doc.5190").same_work(read("CP/doc.5190/16"))


def test_a_lost_number_is_the_same_work_as_no_other():
    assert not read("AG/RES. ____ (XLV-O/15)").same_work(read("AG/RES. ____ (XLV-O/15)"))


def test_a_shelf_mark_needs_no_number_to_be_the_same():
    assert read("OEA/Ser.D/I.1.2 rev. 21").same_work(read("OEA/Ser.D/I.1.2 rev. 22"))
    assert not read("OEA/Ser.D/I.1.2").same_work(read("OEA/Ser.D/I.1.3"))


def test_a_suffix_without_a_number_counts_as_the_first():
    assert read("CP/doc.1/16 corr.").order < read("CP/doc.1/16 corr. 2").order
