"""Numbers without a gap, symbols as the house writes them, steps of a language in order, and until when one is needed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.citations import CitationForms
from policies.documents import DocumentRules
from policies.pack import Pack, load_pack, pack_folder
from policies.refusal import Refusal
from states import documents
from states.citing.parsing import parse
from states.documents import Counter, Place

PACK: Pack = load_pack(pack_folder("oas"))
TODAY = date(2015, 9, 30)
NOW = datetime(2015, 9, 30, 17, tzinfo=UTC)
EMPTY = Counter(0, 0)


def rules() -> DocumentRules:
    assert PACK.documents is not None
    return PACK.documents


def forms() -> CitationForms:
    assert PACK.citations is not None
    return PACK.citations


@given(st.lists(st.none() | st.integers(1, 40), max_size=30))
def test_whatever_is_told_the_numbers_given_here_have_no_gap_and_none_comes_twice(asked: list[int | None]):
    counter, given_out = EMPTY, []
    for told in asked:
        try:
            number, counter = documents.numbered(counter, told)
        except (documents.NumberLeavesGap, documents.NumberTaken):
            continue
        if number >= counter.first:
            given_out.append(number)
    assert given_out == list(range(counter.first, counter.last + 1))[: len(given_out)]
    assert not given_out or given_out[-1] == counter.last


def test_a_register_begins_where_it_is_told_and_older_documents_stay_below_it():
    number, counter = documents.numbered(EMPTY, 5139)
    assert (number, counter) == (5139, Counter(5139, 5139))
    assert documents.numbered(counter, None) == (5140, Counter(5139, 5140))
    assert documents.numbered(counter, 4687) == (4687, counter)
    with pytest.raises(documents.NumberLeavesGap) as gap:
        documents.numbered(counter, 5141)
    assert gap.value.params == {"number": "5141", "next": "5140"}
    with pytest.raises(documents.NumberTaken):
        documents.numbered(counter, 5139)


SYMBOLS = {
    "council_document": (5139, Place(2015), "CP/doc.5139/15"),
    "council_resolution": (1051, Place(2015, 2017), "CP/RES. 1051 (2017/15)"),
    "council_minutes": (2036, Place(2015, 2036), "CP/ACTA 2036/15"),
    "council_summary": (1433, Place(2004, 1433), "CP/SA.1433/04"),
    "council_information": (5067, Place(2004), "CP/INF.5067/04"),
    "administrative_committee": (3175, Place(2012), "CP/CAAP-3175/12"),
    "general_committee": (1849, Place(2010), "CP/CG-1849/10"),
    "assembly_document": (5240, Place(2012), "AG/doc.5240/12"),
    "assembly_resolution": (2876, Place(2015, session="XLV-O"), "AG/RES. 2876 (XLV-O/15)"),
    "assembly_declaration": (80, Place(2015, session="XLV-O"), "AG/DEC. 80 (XLV-O/15)"),
}


@pytest.mark.parametrize("code", SYMBOLS)
def test_a_symbol_is_written_as_the_real_ones_are_and_read_back(code: str):
    number, place, symbol = SYMBOLS[code]
    series = rules().series[code]
    documents.require_place(series, place, forms(), TODAY)
    assert documents.symbol_of(series, number, place, forms()) == symbol
    read = parse(symbol, forms())
    assert (read.canonical, read.number, read.year, read.warnings) == (symbol, number, place.year, ())


def test_suffixes_are_written_one_behind_the_other():
    once = documents.suffixed("CP/doc.1112/80", "rev", 4, forms())
    twice = documents.suffixed(once, "corr", 1, forms())
    assert twice == "CP/doc.1112/80 rev. 4 corr. 1"
    assert parse(twice, forms()).canonical == twice


def test_each_special_session_is_a_circle_of_its_own_and_regular_ones_are_one():
    series = rules().series["assembly_resolution"]
    circles = [
        documents.circle_of("assembly_resolution", series, Place(year, session=session))
        for year, session in ((2014, "XLIV-O"), (2015, "XLV-O"), (2014, "XLVII-E"), (2015, "L-E"))
    ]
    assert circles[0] == circles[1]
    assert len(set(circles)) == 3
    yearly = series.model_copy(update={"numbers": "yearly"})
    assert documents.circle_of("x", yearly, Place(2014)) != documents.circle_of("x", yearly, Place(2015))


@pytest.mark.parametrize(
    ("code", "place", "refusal"),
    [
        ("council_resolution", Place(2015), documents.PartMissing),
        ("council_minutes", Place(2015), documents.PartMissing),
        ("assembly_resolution", Place(2015), documents.PartMissing),
        ("assembly_resolution", Place(2015, session="XLV-Q"), documents.NoSession),
        ("assembly_resolution", Place(2015, session="IIX-O"), documents.NoSession),
        ("council_document", Place(2015, session="XLV-O"), documents.NoSession),
        ("council_document", Place(2016), documents.YearWrong),
        ("council_document", Place(1947), documents.YearWrong),
    ],
    ids=["no_meeting", "no_meeting_to_number_by", "no_session", "no_such_mark", "not_roman", "no_sessions_here", "ahead", "old"],
)
def test_what_a_symbol_cannot_say_is_refused_by_name(code: str, place: Place, refusal: type[Refusal]):
    with pytest.raises(refusal):
        documents.require_place(rules().series[code], place, forms(), TODAY)


@pytest.mark.parametrize(
    ("suffix", "upon", "stands"),
    [("rev", None, True), ("corr", "rev", True), ("rev", "rev", False), ("corr", "corr", False), ("bis", None, False)],
)
def test_a_suffix_stands_where_the_pack_lets_it(suffix: str, upon: str | None, stands: bool):
    if stands:
        documents.require_suffix(suffix, upon, rules())
    else:
        with pytest.raises(documents.SuffixNotHere):
            documents.require_suffix(suffix, upon, rules())


DAY = timedelta(days=1)
ASKED: documents.Steps = {"requested": NOW - 3 * DAY}
HERE: documents.Steps = {**ASKED, "received": None, "revised": NOW - DAY}


@pytest.mark.parametrize(
    ("done", "step", "at", "refusal"),
    [
        ({}, "received", NOW, documents.StepsBefore),
        (ASKED, "distributed", NOW, documents.StepsBefore),
        (ASKED, "requested", NOW, documents.StepDone),
        (ASKED, "received", NOW - 4 * DAY, documents.StepBackwards),
        (HERE, "distributed", NOW - 2 * DAY, documents.StepBackwards),
        (HERE, "distributed", NOW + timedelta(microseconds=1), documents.NotYet),
        (HERE, "distributed", None, documents.InstantNeeded),
    ],
    ids=["first_missing", "two_missing", "twice", "backwards", "backwards_past_an_unknown", "ahead", "no_hour"],
)
def test_a_step_out_of_its_place_is_refused_by_name(
    done: documents.Steps, step: documents.Step, at: datetime | None, refusal: type[Refusal]
):
    with pytest.raises(refusal) as refused:
        documents.require_step("fr", rules().way("fr", "es"), done, step, at, NOW)
    assert refused.value.params["language"] == "fr"


def test_steps_in_order_are_taken_and_an_unknown_instant_stays_unknown():
    documents.require_step("fr", rules().way("fr", "es"), {}, "requested", NOW, NOW)
    documents.require_step("fr", rules().way("fr", "es"), ASKED, "received", None, NOW)
    documents.require_step("fr", rules().way("fr", "es"), HERE, "distributed", NOW, NOW)


def test_nobody_asks_for_the_translation_of_the_original():
    documents.require_step("es", rules().way("es", "es"), {}, "received", NOW, NOW)
    with pytest.raises(documents.StepNotOfLanguage):
        documents.require_step("es", rules().way("es", "es"), {}, "requested", NOW, NOW)


def test_a_correction_comes_after_the_distribution_and_after_the_one_before():
    out = HERE | {"distributed": NOW - DAY}
    documents.require_correction("fr", out, None, NOW, NOW)
    for done, last, at, refusal in (
        (HERE, None, NOW, documents.NotDistributed),
        (out, None, NOW + DAY, documents.NotYet),
        (out, None, NOW - 2 * DAY, documents.CorrectionBackwards),
        (out, NOW - DAY / 2, NOW - DAY / 2 - timedelta(seconds=1), documents.CorrectionBackwards),
    ):
        with pytest.raises(refusal):
            documents.require_correction("fr", done, last, at, NOW)


def test_what_is_missing_is_what_did_not_go_out():
    assert documents.missing(rules(), {"es": {**HERE, "distributed": NOW}, "fr": HERE}) == ("en", "pt", "fr")


def test_languages_are_needed_the_longest_wait_before_the_discussion():
    assert documents.needed_by(NOW, PACK.decisions) == NOW - timedelta(hours=12)
    assert documents.needed_by(NOW, None) == NOW
    assert documents.needed_by(None, PACK.decisions) is None
