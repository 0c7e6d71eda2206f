"""Who she is takes two: whoever has a seat, and a custodian who has none. Each alone reads nothing, not even of a whole dump."""

from datetime import date, timedelta
from io import StringIO
from uuid import UUID

import pytest

from actions import key_changes
from actions.custody_later import LookedAfter, look_after
from actions.custody_recovery import bring_in, export_copies, recover
from actions.desk_history import history_of
from actions.desk_reading import IdentityNotYours, identity_of, open_matter
from actions.desk_seats import recuse
from actions.front import Answers, front
from actions.identity_looking import Asked, Guarded, guarded_in, waiting_for
from actions.identity_requests import (
    CustodianHasSeats,
    IdentityAskedAlready,
    IdentityNotGiven,
    IdentityStillOpen,
    RequestAnswered,
    RequestLapsed,
    ask,
    grant,
    refuse,
)
from actions.kernel.actor import NotAllowed
from actions.key_recovery import Imported
from actions.office import Office
from actions.retention import keep_house
from records.books import Trust
from records.matters import NotFound
from records.vault import SeatsFileBroken, Unreadable, copy_context, open_box, open_copy, read_copies, split
from tests.actions.test_phoned import phoned
from tests.fixtures.custody import NAME, WORDS, guarded_house, wanted
from tests.fixtures.databases import Database
from tests.fixtures.keys import now_code
from tests.fixtures.ombuds_office import PASSPHRASE, OmbudsStage
from tests.fixtures.visitors import Guest, come, on_rung, secret

TODAY = date(2016, 9, 1)
UNTIL, LAST = TODAY + timedelta(days=14), TODAY + timedelta(days=10)
DAY = timedelta(days=1)


def read(stage: OmbudsStage, who: str, guest: Guest) -> str | None:
    return identity_of(stage.desk, "complaint", guest.matter, by=stage.callers[who])


def asks(stage: OmbudsStage, who: str, guest: Guest, **how: object) -> None:
    ask(stage.desk, "complaint", guest.matter, wanted(**how), by=stage.callers[who])  # type: ignore[arg-type]  as `wanted`


def waiting(stage: OmbudsStage, who: str = "keeper") -> list[Asked]:
    return [one for one in waiting_for(stage.desk, by=stage.callers[who])[0] if one.status == "waiting"]


def stands(stage: OmbudsStage, who: str, guest: Guest) -> Guarded:
    return guarded_in(stage.desk, "complaint", guest.matter, by=stage.callers[who])


def told(guest: Guest) -> list[str]:
    return [one.said.key.removeprefix("custodian.told.") for one in guest.sees().identity]


def lines(stage: OmbudsStage) -> list[str]:
    query = "SELECT body::json->>'what' FROM ledger_entry WHERE body LIKE '%identity%' ORDER BY made_at, body"
    return [str(row[0]) for row in stage.rows(query)]


def copies(stage: OmbudsStage) -> set[tuple[str | None, bool]]:
    """Who has a copy, by name, and whether it is made; recovery is nobody."""
    names = {person: who for who, person in stage.people.items()}
    rows = stage.rows("SELECT person_id, key_sealed IS NOT NULL FROM sealed_identity_copy")
    return {(names.get(row[0]), bool(row[1])) for row in rows}  # type: ignore[call-overload]  an id or nothing


def test_s43_s44_an_approval_lets_one_person_in_until_a_day_and_she_reads_all_of_it(guarded_office: OmbudsStage):
    stage, guest = guarded_office, come(guarded_office, identity=secret(NAME))
    handler, other = on_rung(stage, guest.matter, 0), on_rung(stage, guest.matter, 1)
    assert guest.received.guards == ("Keeper",)
    with pytest.raises(IdentityNotYours):
        read(stage, handler, guest)
    assert told(guest) == []
    asks(stage, handler, guest)
    with pytest.raises(IdentityAskedAlready) as twice:
        asks(stage, handler, guest)
    assert twice.value.params == {"since": TODAY, "until": LAST}
    (one,) = waiting(stage)
    assert (one.by.id, one.reason.code, one.reason.words, one.urgent) == (stage.people[handler], "conflict_check", WORDS, False)
    assert grant(stage.desk, one.id, by=stage.callers["keeper"]) == UNTIL
    assert read(stage, handler, guest) == NAME
    with pytest.raises(IdentityNotYours):
        read(stage, other, guest)
    with pytest.raises(IdentityStillOpen):
        asks(stage, handler, guest)
    with pytest.raises(RequestAnswered):
        grant(stage.desk, one.id, by=stage.callers["keeper"])
    assert told(guest) == ["asked", "approved", "opened"]
    assert guest.sees().identity[0].said.params["why"] == "identity.reason.conflict_check"
    assert lines(stage) == ["complaint.identity_asked", "identity.approved", "complaint.identity_opened"]
    whats = {one.what for one in history_of(stage.desk, "complaint", guest.matter, by=stage.callers[other])}
    assert {"identity_asked", "identity_approved"} <= whats
    stage.to_day(UNTIL, 9)
    assert read(stage, handler, guest) == NAME
    stage.to_day(UNTIL + DAY, 9)
    assert not stands(stage, handler, guest).open_now
    with pytest.raises(IdentityNotYours):
        read(stage, handler, guest)
    assert keep_house(stage.flows).identities == 1
    assert stage.rows("SELECT key_sealed FROM sealed_identity_grant") == [(None,)]
    asks(stage, handler, guest)
    assert len(waiting(stage)) == 1


def test_a_refusal_is_read_by_the_case_alone_and_what_nobody_answers_lapses(guarded_office: OmbudsStage):
    stage, guest = guarded_office, come(guarded_office, identity=secret(NAME))
    handler, other, keeper = on_rung(stage, guest.matter, 0), on_rung(stage, guest.matter, 1), stage.callers["keeper"]
    asks(stage, handler, guest)
    asks(stage, other, guest, why="imminent_harm", urgent=True)
    first, second = waiting(stage)
    assert (first.urgent, first.by.id, second.urgent) == (True, stage.people[other], False)
    refuse(stage.desk, first.id, "too_wide", secret("Ask her first."), by=keeper)
    answered = {one.by.id: one for one in stands(stage, handler, guest).requests}[stage.people[other]]
    assert answered.answer is not None
    assert (answered.status, answered.answer.code, answered.answer.words) == ("refused", "too_wide", "Ask her first.")
    assert all(one.answer is None for one in waiting_for(stage.desk, by=keeper)[0]), "who refused cannot read it again"
    stage.to_day(LAST, 9)
    assert len(waiting(stage)) == 1
    stage.to_day(LAST + DAY, 9)
    assert waiting(stage) == []
    with pytest.raises(RequestLapsed):
        grant(stage.desk, second.id, by=keeper)
    assert sorted(told(guest)) == ["asked", "asked", "lapsed", "refused"]
    assert keep_house(stage.flows).identities == 1
    assert stage.rows("SELECT status FROM identity_request ORDER BY 1") == [("lapsed",), ("refused",)]
    assert sorted(told(guest)) == ["asked", "asked", "lapsed", "refused"]
    assert "identity.lapsed" in lines(stage)
    asks(stage, handler, guest)
    recuse(stage.desk, "complaint", guest.matter, secret("My cousin."), by=stage.callers[handler])
    assert waiting(stage) == [], "who steps down asks no more"


def test_s43_with_a_whole_dump_neither_key_alone_opens_a_name(guarded_office: OmbudsStage):
    stage, guest = guarded_office, come(guarded_office, identity=secret(NAME))
    handler = on_rung(stage, guest.matter, 0)
    asks(stage, handler, guest)
    rows = stage.rows("SELECT id, epoch, key_sealed FROM sealed_identity_copy")
    boxes = [bytes(row[0]) for row in stage.rows("SELECT sealed FROM sealed_identity")]  # type: ignore[arg-type]  always bytes
    assert stage.rows("SELECT count(*) FROM seat WHERE identity_key_sealed IS NOT NULL") == [(0,)]
    mine, opened = stage.keys[handler].box, []
    for made, epoch, box in rows:
        place = copy_context(UUID(str(made)), guest.matter, int(str(epoch)))
        with pytest.raises(Unreadable):
            open_copy(mine, bytes(box), place)  # type: ignore[arg-type]  always bytes
        try:
            opened.append(open_copy(stage.keys["keeper"].box, bytes(box), place))  # type: ignore[arg-type]  always bytes
        except Unreadable:
            continue
    (held,) = opened
    assert NAME.encode() not in b"".join(boxes)
    for pair in (stage.keys["keeper"].box, held.pair):
        with pytest.raises(Unreadable):
            open_box(pair, held.locked, place)


def test_a_custodian_sees_no_case_and_whoever_could_see_one_is_none(guarded_office: OmbudsStage):
    stage, guest = guarded_office, come(guarded_office, identity=secret(NAME))
    handler = on_rung(stage, guest.matter, 0)
    asks(stage, handler, guest)
    keeper = stage.callers["keeper"]
    for look in (open_matter, identity_of, guarded_in):
        with pytest.raises(NotFound):
            look(stage.desk, "complaint", guest.matter, by=keeper)  # type: ignore[operator]  three of one shape
    (one,) = waiting(stage)
    with pytest.raises(NotAllowed):
        grant(stage.desk, one.id, by=stage.callers[handler])
    seated = {row[0] for row in stage.rows("SELECT person_id FROM seat WHERE holder = 'person'")}
    stranger = next(who for who in ("officer_a", "officer_b") if stage.people[who] not in seated)
    with pytest.raises(NotFound):
        grant(stage.desk, one.id, by=stage.callers[stranger])
    with stage.as_owner.open() as books:
        from_on = TODAY
        books.connection.exec_driver_sql(
            "INSERT INTO appointment VALUES (gen_random_uuid(), %s, 'case_officer', %s, NULL)", (stage.people["keeper"], from_on)
        )
    with pytest.raises(CustodianHasSeats):
        grant(stage.desk, one.id, by=keeper)
    assert stage.rows("SELECT status FROM identity_request") == [("waiting",)]
    assert come(stage, identity=secret(NAME)).received.guards == ()


def test_whom_she_ticks_gets_no_copy_now_or_later_and_with_none_it_waits(ombuds: Database):
    with guarded_house(ombuds, "keeper", "second") as stage:
        told_before = front(stage.intake, "complaint", Answers())
        assert told_before.guards is not None
        assert {one.name for one in told_before.guards} <= {one.name for one in told_before.officials}
        keepers = (stage.people["keeper"], stage.people["second"])
        alone = come(stage, identity=secret(NAME), excluded=keepers)
        assert alone.received.guards == ()
        assert copies(stage) == {(None, True)}
        handler = on_rung(stage, alone.matter, 0)
        asks(stage, handler, alone)
        assert waiting(stage) == waiting(stage, "second") == []
        named = come(stage, identity=secret(NAME), must_not_see=secret("Second must not see this."))
        assert named.received.guards == ("Keeper",)
        nobody = come(stage)
        with pytest.raises(IdentityNotGiven):
            asks(stage, on_rung(stage, nobody.matter, 0), nobody)
        stage.appoint("third", "custodian", TODAY)
        holder = on_rung(stage, named.matter, 0)
        for who in {handler, holder}:
            look_after(stage.desk, by=stage.callers[who])
        by_case = {
            (row[0], row[1])
            for row in stage.rows(
                "SELECT matter_id, key_sealed IS NOT NULL FROM sealed_identity_copy WHERE person_id = :p", p=stage.people["third"]
            )
        }
        assert by_case == {(alone.matter, False), (named.matter, False)}
        assert look_after(stage.desk, by=stage.callers[holder]) == LookedAfter(), "looked at once for the same custodians"
        assert look_after(stage.desk, by=stage.callers["keeper"]).copied == 1
        assert set(named.sees().guards or ()) == {"Keeper", "Third"}
        assert alone.sees().guards == (), "nobody held one that could be passed on"
        assert {who for who, _ in copies(stage)} == {None, "keeper", "third"}
        asks(stage, holder, named)
        (one,) = waiting(stage, "third")
        grant(stage.desk, one.id, by=stage.callers["third"])
        assert read(stage, holder, named) == NAME


def test_who_leaves_or_takes_a_new_key_keeps_no_old_one(ombuds: Database):
    with guarded_house(ombuds, "keeper", "second") as stage:
        guest = come(stage, identity=secret(NAME))
        handler = on_rung(stage, guest.matter, 0)
        asks(stage, handler, guest)
        grant(stage.desk, waiting(stage)[0].id, by=stage.callers["keeper"])
        with stage.as_owner.open() as books:
            for who in ("keeper", handler):
                before = stage.keys[who]
                fresh = type(before)(type(before.seed).random())
                key_changes.seal_copies_again(books, stage.people[who], before.box, fresh.box.public)
                stage.keys[who] = fresh
        rows = stage.rows("SELECT id, key_sealed FROM sealed_identity_copy WHERE person_id = :p", p=stage.people["keeper"])
        place = copy_context(UUID(str(rows[0][0])), guest.matter, 1)
        assert open_copy(stage.keys["keeper"].box, bytes(rows[0][1]), place).locked  # type: ignore[arg-type]  always bytes
        key_changes.leave(stage.as_owner, "Second")
        assert {who for who, _ in copies(stage)} == {None, "keeper"}
        signs_in = "INSERT INTO staff_key (person_id, login, key_wrapped, totp_sealed) VALUES (:p, 'k', '', '') RETURNING 1"
        stage.rows(signs_in, p=stage.people["keeper"])
        stage.rows("DELETE FROM staff_key WHERE person_id = :p RETURNING 1", p=stage.people["keeper"])
        assert {who for who, _ in copies(stage)} == {None}, "whatever way a key goes, copies go with it"
        assert guest.sees().guards == ()


def test_what_is_typed_on_the_phone_is_guarded_as_well(guarded_office: OmbudsStage):
    guest = phoned(guarded_office, identity=NAME)
    assert guest.received.guards == ("Keeper",)
    with pytest.raises(IdentityNotYours):
        read(guarded_office, on_rung(guarded_office, guest.matter, 0), guest)


def test_with_the_gate_of_consent_nothing_changes(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office, identity=secret(NAME))
    handler = on_rung(stage, guest.matter, 0)
    assert (guest.received.guards, guest.sees().guards, guest.sees().identity) == (None, None, ())
    assert read(stage, handler, guest) == NAME
    assert stage.rows("SELECT count(*) FROM sealed_identity_copy") == [(0,)]
    assert front(stage.intake, "complaint", Answers()).guards is None


def test_with_no_custodian_left_two_papers_make_copies_for_the_next_and_no_seat_comes_with_them(
    ombuds: Database, cheap_passphrases: None
):
    with guarded_house(ombuds) as stage:
        guest, apart = come(stage, identity=secret(NAME)), come(stage, identity=secret(NAME))
        stage.appoint("fresh", "custodian", TODAY)
        totp = stage.give_passphrase("fresh")
        look_after(stage.desk, by=stage.callers[on_rung(stage, guest.matter, 0)])
        stage.rows("DELETE FROM sealed_identity_copy WHERE person_id IS NOT NULL AND matter_id = :m RETURNING 1", m=apart.matter)
        copies_file, keys_file = StringIO(), StringIO()
        assert export_copies(stage.as_owner, copies_file, keys_file) == 2
        shares = [share.written() for share in split(stage.ceremony)]
        found = recover(copies_file.getvalue().splitlines(keepends=True), keys_file.getvalue(), shares[:2], "fresh")
        assert (found.seats, found.person) == (2, stage.people["fresh"])
        cut = [*found.lines[:-2], found.lines[-1]]
        with pytest.raises(SeatsFileBroken):
            read_copies(cut)
        trust = Trust(stage.ceremony.verify, server_key=stage.server_key)
        operator = Office(stage.owner, database="ombuds", environment="test", shelf=stage.desk.shelf, trust=trust)
        assert bring_in(operator, "fresh", PASSPHRASE, now_code(totp), found.lines) == Imported(1, 0, 1)
        assert (guest.sees().guards, apart.sees().guards) == (("Fresh",), ())
        assert stage.rows("SELECT count(*) FROM seat WHERE person_id = :p", p=stage.people["fresh"]) == [(0,)]
        holder = on_rung(stage, guest.matter, 0)
        asks(stage, holder, guest)
        grant(stage.desk, waiting(stage, "fresh")[0].id, by=stage.callers["fresh"])
        assert read(stage, holder, guest) == NAME
