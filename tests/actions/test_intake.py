"""Coming to the office: what is sealed to whom, which limits are named, and what a copy of the database tells."""

import json
from datetime import date
from uuid import UUID

import pytest

from actions.front import Answers, front
from actions.intake import Coming, act, change_words, receive, visitor_of
from actions.kinds.sealed import Told
from actions.matching import meant, mentioned
from actions.office import Office
from actions.sealing import NoCeremony, Reader
from actions.seating import NoReader
from records import sealed, seats
from records.books import Trust
from records.matters import NotFound
from records.vault import (
    ABOUT,
    ANSWERS,
    MUST_NOT_SEE,
    NotThisRow,
    Unreadable,
    grant_context,
    identity_context,
    locate,
    open_box,
    open_grant,
    open_seat,
    seat_context,
)
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import STATEMENT, Guest, at_desk, come, on_rung, opened_by, secret

IDENTITY = "Eva Example, room 12"


def door(stage: OmbudsStage, trust: Trust | None) -> Office:
    """The intake's office, told of other keys."""
    return Office(stage.intake.engine, database="ombuds", environment="test", shelf=stage.intake.shelf, trust=trust)


def test_she_is_told_readers_a_date_and_that_no_limit_stands_still(ombuds_office: OmbudsStage):
    asked = Answers("staff", "US-DC", date(2016, 8, 30))
    received = come(ombuds_office, answers=asked).received
    assert received.readers[0] == "Head"
    assert received.read_by == date(2016, 9, 8)
    assert [line.key for line in received.lines][-1] == "due.result"
    assert (received.limits[0].route, received.limits[0].on) == ("hearing", date(2016, 9, 14))


@pytest.mark.parametrize("personnel", ["unknown", "consultant"])
def test_where_no_limit_is_known_none_is_said(ombuds_office: OmbudsStage, personnel: str):
    limits = come(ombuds_office, answers=Answers(personnel, "BO", date(2016, 8, 30))).received.limits
    assert [one for one in limits if one.on is not None] == []
    assert (limits == ()) is (personnel == "unknown")


def test_every_text_is_sealed_each_for_its_place(ombuds_office: OmbudsStage):
    stage = ombuds_office
    told = {"about": secret("Unit X"), "must_not_see": secret("Dr. Nobody"), "excluded": (stage.people["officer_b"],)}
    guest = come(stage, answers=Answers("intern", "BO", date(2016, 8, 1)), urgent=True, **told)
    with stage.desk.open() as books:
        actor = stage.callers["head"].enter(books, guest.matter)
        reader = Reader(books, guest.matter, actor)
        found = {row.slot: row for row in sealed.texts(books, guest.matter)}
        opened = {slot.name: reader.open(found[slot.name], slot).text for slot in (ABOUT, ANSWERS, MUST_NOT_SEE)}
        with pytest.raises(NotThisRow):
            reader.open(found["about"], ANSWERS)
    assert opened["about"] == "Unit X"
    answers = {"urgent": True, "afraid": None, "personnel_class": "intern", "station": "BO", "decision_on": "2016-08-01"}
    assert json.loads(opened["answers"]) == answers
    assert json.loads(opened["must_not_see"]) == {"ids": [str(stage.people["officer_b"])], "words": "Dr. Nobody"}
    assert all(STATEMENT.encode() not in row.sealed for row in found.values())


def test_a_copy_does_not_tell_who_excluded_anybody(ombuds_office: OmbudsStage):
    silent, telling = come(ombuds_office), come(ombuds_office, must_not_see=secret("x"), about=secret("y"))
    slots = "SELECT slot, length(sealed) FROM sealed_text WHERE matter_id = :m ORDER BY slot"
    assert ombuds_office.rows(slots, m=silent.matter) == ombuds_office.rows(slots, m=telling.matter)


def test_s43_the_identity_has_a_key_of_its_own(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, identity=secret(IDENTITY))
    pair = stage.keys["head"].box
    with stage.as_owner.open() as books:
        row = sealed.identity(books, guest.matter)
        assert row is not None
        held = {seat.holder if seat.person_id is None else seat.person_id: seat for seat in seats.of_matter(books, guest.matter)}
    seat = held[stage.people["head"]]
    assert seat.identity_key_sealed is not None
    key = open_grant(pair, seat.identity_key_sealed, grant_context(seat.id, guest.matter))
    assert open_box(key.pair, row.sealed, identity_context(row.id, guest.matter)).decode() == IDENTITY
    epoch = open_seat(pair, seat.key_sealed, seat_context(seat.id, guest.matter, 1))
    for other in (epoch.pair, pair, guest.visitor.pair):  # to hold the case is not to know her name
        with pytest.raises(Unreadable):
            open_box(other, row.sealed, identity_context(row.id, guest.matter))
    with pytest.raises(NotThisRow):  # and the reverse
        open_grant(pair, seat.identity_key_sealed, seat_context(seat.id, guest.matter, 1))
    assert held["visitor"].identity_key_sealed is None
    assert held["recovery"].identity_key_sealed is not None


def test_without_a_ceremony_nothing_is_kept(ombuds_office: OmbudsStage):
    stage = ombuds_office
    another = Trust(bytes(32), pepper=stage.pepper)  # nobody's key goes back to it
    for trust, why in ((another, NoReader), (Trust(stage.ceremony.verify), NoCeremony), (None, NoCeremony)):
        with pytest.raises(why):
            receive(door(stage, trust), Coming("complaint", "en", secret("x")), request=None, answer=lambda _: {})
    assert stage.rows("SELECT count(*) FROM matter") == [(0,)]


def test_somebody_whose_key_nobody_signed_reads_nothing(ombuds_office: OmbudsStage):
    """S04: one recipient without a key downgrades nothing; they are left out."""
    stage = ombuds_office
    stage.appoint("officer_c", "case_officer", date(2014, 1, 1), key=False)
    guest = come(stage)
    assert "Officer C" not in guest.received.readers
    assert "Officer C" not in [one.name for one in front(stage.intake, "complaint", Answers()).readers]


def test_she_still_reads_and_writes_after_a_seat_was_taken(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    other = on_rung(stage, guest.matter, 1)
    with stage.as_owner.open() as books:
        seats.unseat(books, guest.matter, stage.people[other], books.now)
        seats.mark_stale(books, guest.matter)
    guest.does("message", text="After.")
    assert [message.text for message in guest.sees().messages] == [STATEMENT, "After."]
    assert [row[0] for row in stage.rows("SELECT number FROM epoch ORDER BY number")] == [1, 2]
    locator_of_new = change_words(stage.intake, guest.visitor, request=None, answer=lambda r: {"words": r.written()})
    guest.words = str(locator_of_new["words"])
    assert [message.text for message in guest.sees().messages] == [STATEMENT, "After."]
    opened_by(stage, "head", guest.matter)
    at_desk(stage, "head", guest.matter, "acknowledge", text="Read.")
    assert guest.sees().messages[-1].text == "Read."


def test_words_reach_one_matter_and_row_level_security_says_so(ombuds_office: OmbudsStage):
    one, other = come(ombuds_office), come(ombuds_office)
    with ombuds_office.intake.open() as books:
        one.visitor.enter(books, None)
        for table in ("matter", "seat", "sealed_text", "event", "receipt", "epoch", "complaint"):
            column = "id" if table == "matter" else "matter_id"
            found = books.connection.exec_driver_sql(f"SELECT DISTINCT {column} FROM {table}").scalars().all()
            assert found == [one.matter], table
    with ombuds_office.intake.open() as books:
        assert books.connection.exec_driver_sql("SELECT count(*) FROM matter").scalar_one() == 0
    assert other.matter != one.matter


def test_s33_nothing_she_gets_can_be_counted(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    locator, _ = locate(guest.words, ombuds_office.pepper)
    assert len(locator) == 32
    assert guest.matter.version == 4


def test_words_of_another_house_lead_nowhere(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    elsewhere = door(ombuds_office, Trust(ombuds_office.ceremony.verify, pepper=ombuds_office.server_key))
    with pytest.raises(NotFound):
        act(elsewhere, visitor_of(elsewhere, guest.words), "message", Told(text=secret("x")))


PEOPLE = {UUID(int=1): "Ana Rivera", UUID(int=2): "Eva Núñez de los Ríos", UUID(int=3): "Ana Torres"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", set()),
        ("RIVERA", {1}),
        ("eva nunez", {2}),
        ("Ms. Ríos, and Mr. de los Santos", {2}),
        ("Ana", set()),
        ("ana torres, ana rivera", {1, 3}),
        ("the river is near", set()),
    ],
)
def test_free_words_find_whom_they_can_mean(words: str, expected: set[int]):
    assert {person.int for person in meant(words, PEOPLE)} == expected


def test_an_account_of_who_it_is_about_finds_surnames_only():
    assert mentioned("Ana shouts at me, Eva too", PEOPLE) == set()
    assert {person.int for person in mentioned("Torres shouts at me", PEOPLE)} == {3}


def test_who_it_is_about_is_locked_out_too(ombuds_office: OmbudsStage):
    ombuds_office.appoint("maria_rivera", "alternate", date(2014, 1, 1))
    guest = come(ombuds_office, about=secret("My boss, Mrs. Rivera"))
    assert "Maria Rivera" not in guest.received.readers
    assert "Maria Rivera" in come(ombuds_office).received.readers


def test_two_visitors_with_one_statement_share_nothing(ombuds_office: OmbudsStage):
    one, other = come(ombuds_office), come(ombuds_office)
    sealed_rows = ombuds_office.rows("SELECT DISTINCT sealed FROM sealed_text WHERE slot = 'statement'")
    assert len(sealed_rows) == 2
    assert one.words != other.words
    assert isinstance(one, Guest)
