"""A mediation: from the proposal to a settlement that is kept, and what nobody can read afterwards."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from actions.desk_seats import assign, seat
from actions.kernel.kind import Payload
from actions.kinds.complaint_acts import PAYLOADS as ACTS_OF_CASE
from actions.kinds.mediation import KIND
from actions.newcomers import seat_newcomers
from actions.sealing import Reader
from records import sealed
from records.matters import NotFound
from records.vault import CHOICE, DRAFT, NOTE
from states.clocks import OPEN
from states.complaint import ClosingGround
from states.machine import MoveRefused
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by, state

TO, TEXT = "The head of unit", "Would you talk with her, with somebody's help?"


def begun(stage: OmbudsStage, *further: str) -> Guest:
    """A complaint in inquiry, or further."""
    guest = come(stage)
    opened_by(stage, "head", guest.matter)
    for trigger in ("acknowledge", "screen", "inquire", *further):
        at_desk(stage, "head", guest.matter, trigger)
    return guest


def proposed(guest: Guest) -> UUID:
    at_desk(guest.stage, "head", guest.matter, "propose_mediation", to=TO, text=TEXT)
    query = "SELECT id FROM matter JOIN link ON from_id = id WHERE kind = 'mediation' AND to_id = :c ORDER BY opened_at"
    return UUID(str(guest.stage.rows(query, c=guest.matter)[-1][0]))


def asked(guest: Guest, *, agrees: bool) -> UUID:
    """She answered, and the office acted on it."""
    mediation = proposed(guest)
    guest.does("answer_mediation", agrees=agrees)
    at_desk(guest.stage, "head", mediation, "act_on_answer")
    return mediation


def agreed(guest: Guest) -> UUID:
    mediation = asked(guest, agrees=True)
    at_desk(guest.stage, "head", mediation, "agree", other_side=True)
    return mediation


def after_second_answer(stage: OmbudsStage, mediation: UUID) -> date:
    query = "SELECT due_on FROM clock WHERE matter_id = :m AND name = 'second_answer'"
    due = stage.rows(query, m=mediation)[0][0]
    assert isinstance(due, date)
    return due + timedelta(days=1)


def texts(stage: OmbudsStage, who: str, matter: UUID) -> list[tuple[str, str, str]]:
    """What somebody at the desk can open of a matter: slot, visibility and text."""
    slots = {slot.name: slot for slot in (DRAFT, NOTE, CHOICE)}
    with stage.desk.open() as books:
        reader = Reader(books, matter, stage.callers[who].enter(books, matter))
        rows = sealed.texts(books, matter, list(slots))
        return [(row.slot, row.visibility, reader.open(row, slots[row.slot]).text) for row in rows]


TABLES = (
    *("matter", "event", "clock", "pause", "responsibility", "complaint", "mediation", "consent", "case_spell", "case_mark"),
    *("sealed_text", "sealed_draft", "seat", "epoch", "read_log", "queue_line"),
)
VARYING = {"id", "matter_id", "recorded_at", "started_at", "opened_at", "made_at", "from_at", "facts_of", "next_at", "sealed"}
VARYING |= {"key_sealed", "old_key_sealed", "identity_key_sealed", "public", "roster", "comer_id"}


def record(stage: OmbudsStage, case: UUID, mediation: UUID) -> dict[str, list[dict[str, Any]]]:
    """Every row of a case and its mediation, and of the ledger, but for ids and instants; sealed bytes by their length."""
    found = {}
    for table in (*TABLES, "ledger_entry"):
        key = "id" if table == "matter" else "matter_id"
        rows = stage.rows(f"SELECT to_jsonb(t) FROM {table} t WHERE {key} IN (:c, :m)", c=case, m=mediation)
        found[table] = sorted((_plain(table, row[0], case) for row in rows), key=str)
    return found


def _plain(table: str, row: dict[str, Any], case: UUID) -> dict[str, Any]:
    whose = "case" if row.get("matter_id", row.get("id")) == str(case) else "mediation"
    kept = {name: value for name, value in row.items() if name not in VARYING}
    if table == "sealed_text":
        kept["bytes"] = len(row["sealed"])
    if table == "event":
        kept["facts"] = sorted(row["facts"])
    if table == "ledger_entry":
        return {"whose": whose, "body": row["body"].replace(row["matter_id"], "")}
    return {"whose": whose} | kept


def test_the_whole_way_holds_no_limit_and_s38_s41_nobody_from_outside_is_named_in_clear(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, begun(ombuds_office)
    before = stage.rows("SELECT name, due_on, status FROM clock WHERE matter_id = :m ORDER BY name", m=guest.matter)
    mediation = agreed(guest)
    (served,) = [text for slot, visibility, text in texts(stage, "head", mediation) if visibility == "served"]
    assert served == f'{{"to": "{TO}", "text": "{TEXT}"}}'
    for wrong, unmet in (
        ({}, ("a_mediator_is_named", "no_conflict_was_found")),
        ({"mediator": stage.people["chair"], "no_conflict": True}, ("a_mediator_is_named",)),
        ({"mediator": stage.people["head"], "outside": "Ms Roe", "no_conflict": True}, ("a_mediator_is_named",)),
        ({"mediator": stage.people["head"]}, ("no_conflict_was_found",)),
    ):
        with pytest.raises(MoveRefused) as refused:
            at_desk(stage, "head", mediation, "choose_mediator", **wrong)
        assert refused.value.unmet == unmet
    at_desk(stage, "head", mediation, "choose_mediator", outside="Ms Roe", no_conflict=True)
    assert stage.rows("SELECT mediator_id, outside FROM mediation") == [(None, True)]
    assert "Ms Roe" not in str(stage.rows("SELECT facts FROM event"))
    at_desk(stage, "head", mediation, "hold_session", note="Both came.")
    at_desk(stage, "head", mediation, "hold_session", on=date(2016, 9, 1))
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", mediation, "settle")
    assert refused.value.unmet == ("the_settlement_is_on_file",)
    at_desk(stage, "head", mediation, "settle", text="He says sorry.")
    at_desk(stage, "head", mediation, "check_settlement")
    assert at_desk(stage, "head", mediation, "confirm_kept", text="He did.").state == "kept"
    # limits still run: nothing of all that touched a clock of her case
    query = "SELECT name, due_on, status FROM clock WHERE matter_id = :m ORDER BY name"
    assert stage.rows(query, m=guest.matter) == before
    assert stage.rows("SELECT count(*) FROM pause") == [(0,)]
    # counted: proposed, agreed, settled, kept
    assert stage.rows("SELECT began, outcome FROM case_spell WHERE kind = 'mediation'") == [("received", "kept")]
    marks = stage.rows("SELECT mark FROM case_mark WHERE matter_id = :m ORDER BY seq", m=mediation)
    assert [row[0] for row in marks] == ["agreed", "settled", "settlement_kept"]


def test_after_a_no_the_record_is_the_same_whoever_said_it(ombuds_office: OmbudsStage):
    stage, hers, theirs = ombuds_office, begun(ombuds_office), begun(ombuds_office)
    rounds = [(hers.matter, asked(hers, agrees=False)), (theirs.matter, asked(theirs, agrees=True))]
    for _, mediation in rounds:
        with pytest.raises(MoveRefused) as refused:
            at_desk(stage, "head", mediation, "note_no_agreement")
        assert refused.value.unmet == ("the_time_to_answer_is_over",)
    # while the round lasts it is the office's to know: only with her yes did anything go out
    assert [texts(stage, "head", mediation) for _, mediation in rounds] == [
        [],
        [("draft", "served", f'{{"to": "{TO}", "text": "{TEXT}"}}')],
    ]
    with pytest.raises(MoveRefused) as refused:  # the other side's yes is no agreement where she said no
        at_desk(stage, "head", rounds[0][1], "agree", other_side=True)
    assert refused.value.unmet == ("both_sides_agree",)
    first, second = (record(stage, *each) for each in rounds)
    assert [table for table in first if first[table] != second[table]] == ["sealed_text"]
    stage.to_day(after_second_answer(stage, rounds[0][1]))
    for _, mediation in rounds:
        at_desk(stage, "head", mediation, "note_no_agreement")
    first, second = (record(stage, *each) for each in rounds)
    assert first == second
    assert not [table for table in ("event", "clock", "seat", "ledger_entry", "queue_line") if not first[table]]
    assert first["case_spell"][1]["outcome"] == "not_taken_up"
    assert not [row for row in first["sealed_text"] if row["slot"] == "choice" or row["whose"] == "mediation"]
    assert not [row for row in first["case_mark"] if "consent" in row["mark"]]
    assert hers.sees().mediations[0].said == theirs.sees().mediations[0].said


def test_nothing_goes_out_before_she_answered_and_her_silence_ends_it(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, begun(ombuds_office)
    mediation = proposed(guest)
    with pytest.raises(Exception, match="act_on_answer"):
        at_desk(stage, "head", mediation, "act_on_answer")
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", guest.matter, "propose_mediation", to=TO, text=TEXT)
    assert refused.value.unmet == ("no_mediation_is_open",)
    assert texts(stage, "head", mediation) == []
    stage.to_day(date(2016, 10, 20))
    with pytest.raises(MoveRefused) as late:
        guest.does("answer_mediation", agrees=True)
    assert late.value.unmet == ("a_mediation_is_proposed",)
    with pytest.raises(MoveRefused) as late:
        guest.does("stop_mediation")
    assert late.value.unmet == ("a_mediation_goes_on",)
    another = proposed(guest)
    assert (state(stage, mediation), state(stage, another)) == ("not_taken_up", "proposed")


def test_she_answers_otherwise_stops_at_any_time_and_withdrawing_ends_it(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, begun(ombuds_office)
    mediation = proposed(guest)
    guest.does("answer_mediation", agrees=True)
    guest.does("answer_mediation", agrees=False)
    assert guest.sees().mediations[0].agrees is False
    stage.to_day(date(2016, 9, 2))
    at_desk(stage, "head", mediation, "act_on_answer")
    assert date(2016, 9, 2) in [day for _, day in guest.sees().opened_by], "a no was opened as a yes is"
    assert texts(stage, "head", mediation) == []
    guest.does("answer_mediation", agrees=True)
    at_desk(stage, "head", mediation, "agree", other_side=True)
    assert stage.rows("SELECT count(*) FROM sealed_text WHERE slot = 'choice'") == [(0,)]
    guest.does("stop_mediation")
    assert state(stage, mediation) == "stopped"
    for way in ("withdraw_stop", "withdraw_leave", "withdraw_forget"):
        another = begun(stage)
        mediation = asked(another, agrees=True)
        another.does(way)
        assert state(stage, mediation) == "closed"
        assert stage.rows("SELECT count(*) FROM sealed_text WHERE matter_id = :m", m=mediation) == [(0,)]


def test_who_mediated_makes_no_findings_and_somebody_else_does(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, begun(ombuds_office)
    other = on_rung(stage, guest.matter, 1)
    mediation = agreed(guest)
    at_desk(stage, "head", mediation, "choose_mediator", mediator=stage.people["head"], no_conflict=True)
    # was the mediator, and is not any more
    at_desk(stage, "head", mediation, "choose_mediator", outside="Ms Roe", no_conflict=True)
    before = stage.rows("SELECT version FROM matter WHERE id = :m", m=guest.matter)
    for trigger, told in (
        ("draft", {"text": "So it is."}),
        ("close", {"ground": ClosingGround.NOTHING_FOUND}),
    ):
        with pytest.raises(MoveRefused) as refused:
            at_desk(stage, "head", guest.matter, trigger, **told)
        assert refused.value.unmet == ("who_mediated_makes_no_findings",)
    assert stage.rows("SELECT version FROM matter WHERE id = :m", m=guest.matter) == before
    assign(stage.desk, "complaint", guest.matter, stage.people[other], by=stage.callers["head"])
    at_desk(stage, other, guest.matter, "draft", text="So it is.")
    assert at_desk(stage, other, guest.matter, "conclude_without_names", text="So.", names_nobody=True).state == "findings"
    # the mediator may still close what was settled: that judges nothing
    settled = begun(stage)
    at_desk(stage, "head", agreed(settled), "choose_mediator", mediator=stage.people["head"], no_conflict=True)
    assert at_desk(stage, "head", settled.matter, "close", ground=ClosingGround.SETTLED).state == "closed"


def _is_id(shape: type[Payload], name: str) -> bool:
    return shape.model_fields[name].annotation in (UUID, UUID | None)


def test_its_notes_never_enter_an_inquiry(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, begun(ombuds_office)
    (outside,) = {"officer_a", "officer_b"} - {on_rung(stage, guest.matter, 1)}
    mediation = agreed(guest)
    seated = stage.rows("SELECT count(*) FROM sealed_text WHERE matter_id = :m", m=guest.matter)
    at_desk(stage, "head", mediation, "choose_mediator", outside="Ms Roe", no_conflict=True)
    at_desk(stage, "head", mediation, "hold_session", note="He wept.")
    assert stage.rows("SELECT count(*) FROM sealed_text WHERE matter_id = :m", m=guest.matter) == seated
    # whoever gets a seat in the case later has none here, and gets none by signing in
    seat(stage.desk, "complaint", guest.matter, stage.people[outside], by=stage.callers["head"])
    seat_newcomers(stage.desk, by=stage.callers["head"])
    with pytest.raises(NotFound):
        texts(stage, outside, mediation)
    assert "He wept." not in str(texts(stage, outside, guest.matter))
    # no act could carry a note over: the mediation tells its case nothing, and no act of a case names another's text
    assert KIND.table.emits == ()
    ids = {name for act, shape in ACTS_OF_CASE.items() if act != OPEN for name in shape.model_fields if _is_id(shape, name)}
    # an id that a case's act may name is of the case itself, or of somebody who may be written to; whoever adds one looks here
    assert ids == {"consent", "time", "letter", "addressee"}
