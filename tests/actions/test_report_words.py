"""The holder's words: sealed until somebody else has read them, added by her own act, and never a figure changed by them."""

from datetime import date

import pytest

from actions.kernel.actor import NotAllowed
from actions.kinds.report_shapes import Annotate
from actions.kinds.report_texts import NobodyReadsWords, NoSuchSection, read, worded
from policies.refusal import Refusal
from records import report as records
from records.vault import Unreadable
from reports.shape import Report
from states.machine import MoveRefused
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.report_life import (
    CHECKLIST,
    WORDS,
    does,
    open_to_review,
    published,
    read_by,
    released,
    row_of,
    said,
    small_report,
    swept,
    wanted,
    written,
)

SPANISH = "La gente esperó demasiado."


def drafts(stage: OmbudsStage, matter: object) -> list[Report]:
    query = "SELECT object FROM report_draft WHERE matter_id = :m ORDER BY number"
    return [Report.read(str(row[0])) for row in stage.rows(query, m=matter)]


def test_words_that_were_read_go_out_with_the_same_figures(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    said(ombuds_office, matter, en=WORDS, es=SPANISH)
    read_by(ombuds_office, matter)
    published(ombuds_office, matter)
    plain, hers = drafts(ombuds_office, matter)
    assert worded(hers, {}).written() == plain.written() == small_report(row_of(ombuds_office, matter)).written()
    swept(ombuds_office, date(2016, 9, 20))
    (out,) = released(ombuds_office)
    (words,) = Report.read(out.object).chapters[1].words
    assert (words.section, words.text) == ("systemic_issues", {"en": WORDS, "es": SPANISH})


def test_until_she_publishes_them_her_words_are_sealed_to_each_reader_alone(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    said(ombuds_office, matter)
    rows = ombuds_office.rows("SELECT reader, words_sealed FROM report_words")
    readers = {ombuds_office.people[who] for who in ("head", "officer_a", "officer_b", "alternate")}
    assert {reader for reader, _ in rows} == readers
    for table in ("report_words", "report", "event", "ledger_entry", "report_draft"):
        assert not any(WORDS in str(row[0]) for row in ombuds_office.rows(f"SELECT t::text FROM {table} t")), table
    with ombuds_office.desk.open() as books:
        officer, other = ombuds_office.callers["officer_a"], ombuds_office.callers["officer_b"]
        officer.enter(books, matter)
        assert read(books, matter, 1, officer.person, officer.pair) == {("systemic_issues", "en"): WORDS}
        assert read(books, matter, 1, other.person, other.pair) == {}, "the rows of another reader are not seen"
        with pytest.raises(Unreadable):
            read(books, matter, 1, officer.person, other.pair)
    swept(ombuds_office, date(2016, 9, 20))
    assert WORDS not in released(ombuds_office)[0].object, "what nobody read and nobody published does not go out"


def test_words_nobody_else_has_read_are_not_published(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    said(ombuds_office, matter)
    with pytest.raises(MoveRefused, match="the_words_were_read"):
        published(ombuds_office, matter)
    read_by(ombuds_office, matter)
    said(ombuds_office, matter, section="introduction", en="One more sentence.")
    with pytest.raises(MoveRefused, match="the_words_were_read"):  # what was read is not what stands now
        published(ombuds_office, matter)
    assert len(drafts(ombuds_office, matter)) == 1


INCOMPLETE = {
    "with a point left open": {"version": 1, "checked": CHECKLIST[:-1]},
    "of an older version": {"version": 2, "checked": CHECKLIST},
}


def test_a_reading_that_is_not_whole_is_none(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    said(ombuds_office, matter)
    for told in INCOMPLETE.values():
        with pytest.raises(MoveRefused, match="the_checklist_is_complete"):
            does(ombuds_office, "officer_a", matter, "read_words", **told)
    assert row_of(ombuds_office, matter).words_read is None


def test_who_wrote_it_is_not_who_reads_it(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    said(ombuds_office, matter)
    with pytest.raises(NotAllowed):
        read_by(ombuds_office, matter, who="head")
    ombuds_office.appoint("second", "case_officer")
    with pytest.raises(MoveRefused, match="there_are_words"):  # nothing was sealed to somebody who came later
        read_by(ombuds_office, matter, who="second")
    with pytest.raises(NotAllowed):
        said(ombuds_office, matter, who="officer_a")


def test_her_new_figures_need_a_new_reading(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    said(ombuds_office, matter)
    read_by(ombuds_office, matter)
    published(ombuds_office, matter)
    does(ombuds_office, "head", matter, "hold", reason="figures_wrong")
    does(ombuds_office, "head", matter, "redraft", choices=[{"act": "drop", "table": "received"}])
    assert written(ombuds_office, matter, count=20) == 3
    with pytest.raises(MoveRefused, match="the_words_were_read"):
        published(ombuds_office, matter)
    read_by(ombuds_office, matter)
    published(ombuds_office, matter)
    assert drafts(ombuds_office, matter)[-1].tables[0].cells[0].count == 20
    assert drafts(ombuds_office, matter)[-1].chapters[1].words[0].text == {"en": WORDS}


def test_words_that_were_taken_back_leave_the_report(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    said(ombuds_office, matter)
    read_by(ombuds_office, matter)
    published(ombuds_office, matter)
    does(ombuds_office, "head", matter, "annotate", section="systemic_issues", text={})
    published(ombuds_office, matter)
    assert drafts(ombuds_office, matter)[-1] == drafts(ombuds_office, matter)[0]


def test_a_report_of_words_alone_waits_for_them_and_for_her(ombuds_office: OmbudsStage) -> None:
    matter = wanted(ombuds_office, period="2016-H1")
    written(ombuds_office, matter)
    swept(ombuds_office, date(2016, 12, 1))
    assert row_of(ombuds_office, matter).state == "awaiting"
    with pytest.raises(MoveRefused, match="it_says_something"):
        does(ombuds_office, "head", matter, "approve")
    said(ombuds_office, matter)
    read_by(ombuds_office, matter, who="alternate")
    published(ombuds_office, matter)
    with pytest.raises(MoveRefused, match="its_holder_acts"):
        does(ombuds_office, "alternate", matter, "approve")
    does(ombuds_office, "head", matter, "approve")
    assert Report.read(released(ombuds_office)[0].object).chapters[1].words[0].text == {"en": WORDS}


ELSEWHERE = {
    "in a chapter there is not": {"section": "gossip", "text": {"en": WORDS}},
    "in a chapter of figures": {"section": "cases", "text": {"en": WORDS}},
    "in a language of no reader": {"section": "introduction", "text": {"de": WORDS}},
}


def test_words_stand_in_a_chapter_and_a_language_of_the_house(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    for told in ELSEWHERE.values():
        with pytest.raises(NoSuchSection) as refused:
            does(ombuds_office, "head", matter, "annotate", **told)
        assert WORDS not in str(refused.value.params)
    assert ombuds_office.rows("SELECT count(*) FROM report_words") == [(0,)]


def test_where_nobody_would_read_them_no_words_are_taken(ombuds_office: OmbudsStage) -> None:
    annex = open_to_review(ombuds_office, kind="annex")  # it has an introduction, and no second reader
    with pytest.raises(NobodyReadsWords):
        said(ombuds_office, annex, who="alternate", section="introduction")
    assert ombuds_office.rows("SELECT count(*) FROM report_words") == [(0,)]
    assert row_of(ombuds_office, annex).words_version == 0


def test_what_is_late_is_settled_before_she_acts(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    ombuds_office.to_day(date(2016, 9, 20))
    with pytest.raises(Refusal):
        does(ombuds_office, "head", matter, "hold", reason="other")
    assert released(ombuds_office) == [], "what is refused writes nothing; the sweep releases it"
    swept(ombuds_office, date(2016, 9, 21))
    assert [out.released_on for out in released(ombuds_office)] == [date(2016, 9, 17)]


def test_no_act_shows_what_she_wrote() -> None:
    told = Annotate.model_validate({"section": "introduction", "text": {"en": WORDS}})
    assert WORDS not in f"{told!r} {told} {told.model_dump()}"


def test_a_draft_of_the_desk_counts_as_clean_by_the_process_alone(ombuds_office: OmbudsStage) -> None:
    matter = wanted(ombuds_office)
    with ombuds_office.as_owner.open() as books:
        row = records.detail(books, matter)
        kept = {"made_by": records.DESK, "clean": True, "findings": {}, "utility": {}}
        records.add_draft(books, matter, small_report(row).written(), **kept)
        assert records.fresh_draft(books, matter) is None
