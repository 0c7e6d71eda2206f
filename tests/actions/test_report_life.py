"""A report's life on a real PostgreSQL: opened on its day, released by itself unless it is held, and by nobody's leave."""

import hashlib
from datetime import date
from itertools import product
from uuid import UUID

import pytest

from actions.kernel.actor import NotAllowed
from actions.kernel.callers import HouseProcess
from actions.kernel.kind import Nothing
from actions.kernel.move import move, open_kind
from actions.kinds.report_opening import NothingToCorrect, ReportExists, ReportNotDue
from actions.kinds.report_shapes import Wanted
from policies.refusal import Refusal
from policies.reports import NoSuchReport
from records import report as records
from records.matters import NotFound
from reports.shape import Report
from states.machine import MoveRefused, NoSuchMove
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.report_life import does, open_to_review, released, row_of, small_report, swept, wanted, written


def events(stage: OmbudsStage, matter: UUID) -> list[object]:
    return [row[0] for row in stage.rows("SELECT trigger FROM event WHERE matter_id = :m ORDER BY seq", m=matter)]


def everything(stage: OmbudsStage) -> list[object]:
    tables = ("matter", "event", "report", "report_draft", "released_report", "report_words", "clock", "ledger_entry")
    return [stage.rows(f"SELECT coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM {table} t") for table in tables]


def test_the_flow_opens_it_on_its_day_and_its_holder_answers_for_it(ombuds_office: OmbudsStage) -> None:
    matter = wanted(ombuds_office)
    row = row_of(ombuds_office, matter)
    assert (row.state, row.edition, row.from_on, row.to_on) == ("wanted", "2015.1", date(2015, 1, 1), date(2015, 12, 31))
    answers = ombuds_office.rows("SELECT person_id FROM responsibility WHERE matter_id = :m", m=matter)
    assert answers == [(ombuds_office.people["head"],)]


NOT_OPENED: dict[str, tuple[dict[str, str], type[Refusal]]] = {
    "before its day": ({"kind": "ombuds", "period": "2016"}, ReportNotDue),
    "a period the pack does not report": ({"kind": "ombuds", "period": "2016-Q1"}, NoSuchReport),
    "a report of the other database": ({"kind": "mandates", "period": "2016-H1"}, NoSuchReport),
    "a second one": ({"kind": "ombuds", "period": "2015"}, ReportExists),
    "a correction of what is not out": (
        {"kind": "ombuds", "period": "2015", "corrects": "2015.1", "because": "figures_wrong"},
        NothingToCorrect,
    ),
}


def test_what_is_not_due_is_not_opened_and_nothing_is_written(ombuds_office: OmbudsStage) -> None:
    wanted(ombuds_office)
    before = everything(ombuds_office)
    for told, refused in NOT_OPENED.values():
        with pytest.raises(refused):
            open_kind(ombuds_office.flows, "report", Wanted.model_validate(told), by=HouseProcess())
    first = Wanted(kind="ombuds", period="2016-H1")
    with pytest.raises(NotAllowed):  # a first edition is the flow's to open
        open_kind(ombuds_office.desk, "report", first, by=ombuds_office.callers["head"])
    assert everything(ombuds_office) == before


def test_a_clean_draft_lies_open_for_the_policys_days_and_goes_out_by_itself(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    swept(ombuds_office, date(2016, 9, 15))
    assert (row_of(ombuds_office, matter).state, released(ombuds_office)) == ("in_review", [])
    swept(ombuds_office, date(2016, 9, 19))  # ten working days after 1 September are over on the 16th: Labor Day is none
    assert events(ombuds_office, matter) == ["open", "draft_clean", "release"]
    (out,) = released(ombuds_office)
    assert (out.series, out.edition, out.kind, out.matter_id) == ("ombuds", "2015.1", "ombuds", matter)
    assert out.object == small_report(row_of(ombuds_office, matter)).written()
    assert out.sha256 == hashlib.sha256(out.object.encode()).hexdigest()


def test_held_it_stays_and_let_go_it_goes_out_two_days_later(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    does(ombuds_office, "head", matter, "hold", reason="figures_wrong")
    swept(ombuds_office, date(2016, 12, 1))
    assert (row_of(ombuds_office, matter).state, released(ombuds_office)) == ("held", [])
    told = ombuds_office.rows("SELECT DISTINCT outcome, person_id FROM rung_fired WHERE rung = 'chair'")
    assert told == [("told", ombuds_office.people["chair"])]  # it never lies silently
    assert ombuds_office.rows("SELECT count(*) FROM outbox") == [(0,)]  # and no mail comes of what happens here
    does(ombuds_office, "head", matter, "let_go")
    swept(ombuds_office, date(2016, 12, 6))
    assert events(ombuds_office, matter) == ["open", "draft_clean", "hold", "let_go", "release"]
    assert len(released(ombuds_office)) == 1


def test_why_it_is_held_stands_in_no_history_and_in_no_ledger(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    does(ombuds_office, "head", matter, "hold", reason="somebody_at_risk")
    assert row_of(ombuds_office, matter).held_for == "somebody_at_risk"
    kept = ombuds_office.rows("SELECT facts::text FROM event UNION ALL SELECT body FROM ledger_entry")
    assert not any("somebody_at_risk" in str(row[0]) for row in kept)


def test_nobody_but_its_holder_holds_changes_or_releases_it(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    before = everything(ombuds_office)
    for who in ("officer_a", "alternate"):
        with pytest.raises((NotAllowed, MoveRefused)):
            does(ombuds_office, who, matter, "hold", reason="other")
    for who in ("head", "officer_a", "alternate"):
        with pytest.raises(NotAllowed):
            does(ombuds_office, who, matter, "release")
    with pytest.raises(MoveRefused):
        does(ombuds_office, "head", matter, "hold")
    with pytest.raises(NotAllowed):
        move(ombuds_office.flows, matter, "hold", Nothing(), by=HouseProcess())
    assert everything(ombuds_office) == before


DROPPED = {"choices": [{"act": "drop", "table": "received"}]}


def test_a_clean_draft_is_not_put_aside_without_a_hold(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    before = everything(ombuds_office)
    for trigger, told in (("redraft", DROPPED), ("merge_with_next", {})):
        with pytest.raises(NoSuchMove):
            does(ombuds_office, "head", matter, trigger, **told)
    assert everything(ombuds_office) == before
    does(ombuds_office, "head", matter, "hold", reason="figures_wrong")
    before = everything(ombuds_office)
    for who, (trigger, told) in product(("officer_a", "alternate"), (("redraft", DROPPED), ("merge_with_next", {}))):
        with pytest.raises((NotAllowed, MoveRefused)):
            does(ombuds_office, who, matter, trigger, **told)
    assert everything(ombuds_office) == before
    assert does(ombuds_office, "head", matter, "redraft", **DROPPED).state == "wanted"
    written(ombuds_office, matter)
    does(ombuds_office, "head", matter, "hold", reason="figures_wrong")
    does(ombuds_office, "head", matter, "let_go")
    with pytest.raises(NoSuchMove):
        does(ombuds_office, "head", matter, "redraft", **DROPPED)


def test_what_the_attacker_finds_somebody_in_is_drafted_again(ombuds_office: OmbudsStage) -> None:
    matter = wanted(ombuds_office)
    written(ombuds_office, matter, clean=False)
    swept(ombuds_office, date(2016, 12, 1))
    assert (row_of(ombuds_office, matter).state, released(ombuds_office)) == ("unsafe", [])
    with pytest.raises(MoveRefused):
        does(ombuds_office, "head", matter, "redraft")
    does(ombuds_office, "head", matter, "redraft", **DROPPED)
    assert row_of(ombuds_office, matter).choices == DROPPED["choices"]
    written(ombuds_office, matter)
    assert row_of(ombuds_office, matter).state == "in_review"


def test_a_period_too_small_goes_into_the_next_one(ombuds_office: OmbudsStage) -> None:
    matter = wanted(ombuds_office)
    written(ombuds_office, matter, clean=False)
    does(ombuds_office, "head", matter, "merge_with_next")
    swept(ombuds_office, date(2017, 2, 1))
    following = row_of(ombuds_office, wanted(ombuds_office, period="2016"))
    assert (following.merged, following.from_on, following.to_on) == (["2015"], date(2015, 1, 1), date(2016, 12, 31))
    assert released(ombuds_office) == []


def test_what_the_next_report_has_begun_without_is_not_merged_into_it(ombuds_office: OmbudsStage) -> None:
    matter = wanted(ombuds_office, period="2015-H1")  # words alone wait for nobody
    written(ombuds_office, matter, clean=False)
    wanted(ombuds_office, period="2015-H2")
    with pytest.raises(MoveRefused, match="it_may_be_merged"):
        does(ombuds_office, "head", matter, "merge_with_next")


def correction(stage: OmbudsStage, corrects: str = "2015.1", who: str = "head") -> UUID:
    told = Wanted(kind="ombuds", period="2015", corrects=corrects, because="figures_wrong")
    return open_kind(stage.desk, "report", told, by=stage.callers[who]).id


def test_a_correction_is_a_new_edition_and_what_is_out_stays(ombuds_office: OmbudsStage) -> None:
    first = open_to_review(ombuds_office)
    swept(ombuds_office, date(2016, 9, 20))
    for who in ("officer_a", "alternate"):
        with pytest.raises(NotAllowed):
            correction(ombuds_office, who=who)
    second = correction(ombuds_office)
    row = row_of(ombuds_office, second)
    assert (row.edition, row.corrects, row.because) == ("2015.2", "2015.1", "figures_wrong")
    with pytest.raises(NothingToCorrect):  # one at a time
        correction(ombuds_office)
    written(ombuds_office, second, count=13)
    swept(ombuds_office, date(2016, 10, 10))
    assert [out.edition for out in released(ombuds_office)] == ["2015.1", "2015.2"]
    assert row_of(ombuds_office, first).state == "released"
    with pytest.raises(NothingToCorrect):  # only the newest
        correction(ombuds_office)


def test_the_tenth_edition_comes_after_the_ninth(ombuds_office: OmbudsStage) -> None:
    open_to_review(ombuds_office)
    swept(ombuds_office, date(2016, 9, 20))
    for _ in range(7):
        does(ombuds_office, "head", correction(ombuds_office), "withdraw")
    for number, day in ((9, date(2016, 10, 20)), (10, date(2016, 11, 20))):
        matter = correction(ombuds_office, released(ombuds_office)[-1].edition)
        assert row_of(ombuds_office, matter).edition == f"2015.{number}"
        written(ombuds_office, matter)
        swept(ombuds_office, day)
    with pytest.raises(NothingToCorrect):
        correction(ombuds_office, "2015.9")
    assert row_of(ombuds_office, correction(ombuds_office, "2015.10")).edition == "2015.11"
    with ombuds_office.as_owner.open() as books:
        numbers = [row.number for row in records.by_period(books, "ombuds", "2015")]
        assert numbers == [row.number for row in records.every(books, "ombuds")] == list(range(1, 12))


def test_a_correction_that_is_not_needed_is_withdrawn_and_a_first_edition_never(ombuds_office: OmbudsStage) -> None:
    first = open_to_review(ombuds_office)
    with pytest.raises(MoveRefused, match="it_is_a_correction"):
        does(ombuds_office, "head", first, "withdraw")
    swept(ombuds_office, date(2016, 9, 20))
    second = correction(ombuds_office)
    does(ombuds_office, "head", second, "withdraw")
    assert row_of(ombuds_office, second).state == "withdrawn"
    assert row_of(ombuds_office, correction(ombuds_office)).edition == "2015.3"  # its number is not given twice


def test_the_annex_is_the_alternates_and_the_ombudsperson_never_learns_of_it(ombuds_office: OmbudsStage) -> None:
    annex = open_to_review(ombuds_office, kind="annex")
    assert row_of(ombuds_office, annex).state == "awaiting"
    before = everything(ombuds_office)
    for who in ("head", "officer_a"):
        for trigger in ("approve", "redraft", "annotate"):
            told = {"section": "cases", "text": {}} if trigger == "annotate" else {}
            with pytest.raises(NotFound):  # as for an id that never was
                does(ombuds_office, who, annex, trigger, **told)
    assert everything(ombuds_office) == before
    swept(ombuds_office, date(2016, 12, 1))
    assert released(ombuds_office) == []  # time does not send it
    does(ombuds_office, "alternate", annex, "approve")
    assert [(out.kind, out.edition) for out in released(ombuds_office)] == [("annex", "2015.1")]


def test_the_annex_is_there_every_period(ombuds_office: OmbudsStage) -> None:
    annex = wanted(ombuds_office, kind="annex")
    written(ombuds_office, annex, clean=False)
    with pytest.raises(MoveRefused, match="it_may_be_merged"):
        does(ombuds_office, "alternate", annex, "merge_with_next")


def test_what_is_out_is_final(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    swept(ombuds_office, date(2016, 9, 20))
    for trigger in ("hold", "redraft", "let_go", "merge_with_next"):
        with pytest.raises(NoSuchMove):
            does(ombuds_office, "head", matter, trigger)
    assert Report.read(released(ombuds_office)[0].object).edition == "2015.1"
