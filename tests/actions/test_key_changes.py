"""Keys later on: a leaver keeps nothing, and a new key opens what the old one did."""

from datetime import date
from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from actions.desk_sessions import sign_in, who
from actions.kernel.actor import Actor
from actions.key_changes import LeavesLater, NotAtTheDesk, VouchesForOthers, leave, rotate
from actions.keys import (
    MayNotEnrol,
    Newcomer,
    Signer,
    enrol,
)
from actions.office import Office
from actions.people import NobodyCalled
from actions.sealing import Seated, found_matter, trusted_keys, writing_epoch
from actions.sessions import SignInRefused
from records import comers, matters, seats
from records.comers import ComerRow
from records.matters import Matter
from records.vault import (
    KeyPair,
    Secret,
)
from tests.fixtures.keys import OTHER, code_of, later_code, matter_with, now_code, opens, paper, written
from tests.fixtures.ombuds_office import PASSPHRASE, OmbudsStage

pytestmark = pytest.mark.usefixtures("cheap_passphrases")


class TestLeave:
    def test_keys_seats_sessions_and_offices_end_together(self, ombuds_office: OmbudsStage, operator: Office):
        totp = ombuds_office.give_passphrase("officer_a")
        sign_in(ombuds_office.desk, "officer_a", PASSPHRASE, now_code(totp))
        matter, first = matter_with(ombuds_office, "officer_a", "head")
        left = leave(operator, "officer_a")
        assert (left.seats, left.unread) == (1, 0)
        gone = ombuds_office.people["officer_a"]
        assert ombuds_office.rows("SELECT until_on FROM appointment WHERE person_id = :p", p=gone) == [(date(2016, 9, 1),)]
        for table in ("signed_key", "staff_key", "session"):
            assert ombuds_office.rows(f"SELECT count(*) FROM {table} WHERE person_id = :p", p=gone) == [(0,)]
        assert ombuds_office.rows("SELECT length(key_sealed) FROM seat WHERE person_id = :p", p=gone) == [(0,)]
        assert ombuds_office.rows("SELECT version FROM matter") == [(2,)]
        caller = ombuds_office.callers["head"]
        with ombuds_office.desk.open() as books:
            seats.as_desk(books, caller.person)
            second = writing_epoch(books, matter, Actor(person=caller.person, pair=caller.pair))
        assert (first.number, second.number) == (1, 2)
        assert {row[0] for row in ombuds_office.rows("SELECT person_id FROM seat WHERE epoch = 2")} == {caller.person, None}

    def test_says_in_how_many_matters_nobody_is_left(self, ombuds_office: OmbudsStage, operator: Office):
        matter_with(ombuds_office, "officer_a")
        matter_with(ombuds_office, "officer_a", "alternate")
        assert leave(operator, "Officer A").unread == 1

    def test_those_only_the_leaver_vouched_for_are_signed_in_the_same_act(self, ombuds_office: OmbudsStage, operator: Office):
        own = Signer(ombuds_office.people["officer_a"], ombuds_office.keys["officer_a"])
        jon = enrol(operator, Newcomer("Jon", "jon", PASSPHRASE, ("case_officer",)), own)
        before = written(ombuds_office)
        with pytest.raises(VouchesForOthers) as said:
            leave(operator, "Officer A")
        assert dict(said.value.params) == {"people": 1}
        assert written(ombuds_office) == before
        with pytest.raises(MayNotEnrol):
            leave(operator, "Officer A", signer=own)
        assert written(ombuds_office) == before
        leave(operator, "Officer A", signer=paper(ombuds_office, operator))
        with ombuds_office.intake.open() as books:
            trusted = trusted_keys(books)
        assert trusted[jon.person].signed_by == ombuds_office.ceremony.verify
        assert ombuds_office.people["officer_a"] not in trusted

    def test_keys_are_not_taken_before_the_day_nor_twice(self, ombuds_office: OmbudsStage, operator: Office):
        with pytest.raises(LeavesLater):
            leave(operator, "Officer A", on=date(2016, 9, 2))
        leave(operator, "Officer A", on=date(2016, 8, 20))
        before = written(ombuds_office)
        with pytest.raises(NotAtTheDesk):
            leave(operator, "Officer A")
        with pytest.raises(NobodyCalled):
            leave(operator, "Nobody At All")
        assert written(ombuds_office) == before


class TestRotate:
    def test_own_seats_open_with_the_new_key_and_not_with_the_old(self, ombuds_office: OmbudsStage, operator: Office):
        totp = ombuds_office.give_passphrase("head")
        session = sign_in(ombuds_office.desk, "head", PASSPHRASE, now_code(totp))
        found = [matter_with(ombuds_office, "head", "officer_a")[0] for _ in range(3)]
        rotated = rotate(operator, "head", PASSPHRASE, later_code(operator, totp), OTHER)
        assert (rotated.serial, rotated.seats, rotated.closed) == (2, 3, 0)
        ombuds_office.rows("UPDATE staff_key SET last_totp_step = NULL, not_before = NULL RETURNING 1")
        with pytest.raises(SignInRefused):
            sign_in(ombuds_office.desk, "head", PASSPHRASE, now_code(totp))
        ombuds_office.rows("UPDATE staff_key SET last_totp_step = NULL, not_before = NULL RETURNING 1")
        fresh = who(ombuds_office.desk, sign_in(ombuds_office.desk, "head", OTHER, now_code(totp)).token)
        assert ombuds_office.rows("SELECT count(*) FROM session") == [(1,)]
        assert session.token
        with ombuds_office.intake.open() as books:
            assert trusted_keys(books)[fresh.person].box == fresh.pair.public
        for matter in found:
            assert opens(ombuds_office, matter, fresh.person, fresh.pair)
            assert not opens(ombuds_office, matter, fresh.person, ombuds_office.callers["head"].pair)
            assert opens(ombuds_office, matter, ombuds_office.people["officer_a"], ombuds_office.callers["officer_a"].pair)

    def test_signed_by_the_ceremony_the_old_key_goes_and_rights_stay(self, ombuds_office: OmbudsStage, operator: Office):
        totp = ombuds_office.give_passphrase("head")
        rotate(operator, "head", PASSPHRASE, now_code(totp), OTHER, signer=paper(ombuds_office, operator))
        head = ombuds_office.people["head"]
        assert ombuds_office.rows("SELECT serial, enrols FROM signed_key WHERE person_id = :p", p=head) == [(2, True)]

    def test_an_old_key_that_others_hang_on_stays(self, ombuds_office: OmbudsStage, operator: Office):
        totp = ombuds_office.give_passphrase("head")
        head = Signer(ombuds_office.people["head"], ombuds_office.keys["head"])
        jon = enrol(operator, Newcomer("Jon", "jon", PASSPHRASE, ("case_officer",)), head)
        rotate(operator, "head", PASSPHRASE, now_code(totp), OTHER, signer=paper(ombuds_office, operator))
        with ombuds_office.intake.open() as books:
            trusted = trusted_keys(books)
        assert jon.person in trusted
        assert trusted[ombuds_office.people["head"]].serial == 2

    def test_who_may_not_sign_needs_somebody_who_does(self, ombuds_office: OmbudsStage, operator: Office):
        enrolled = enrol(operator, Newcomer("Iris", "iris", PASSPHRASE, ("case_officer",)), paper(ombuds_office, operator))
        before = written(ombuds_office)
        with pytest.raises(MayNotEnrol):
            rotate(operator, "iris", PASSPHRASE, code_of(enrolled.totp_address), OTHER)
        after = written(ombuds_office)
        assert after[:3] + after[4:] == before[:3] + before[4:]  # of staff_key, that the code is used up
        rotated = rotate(
            operator, "iris", PASSPHRASE, code_of(enrolled.totp_address, 1), OTHER, signer=paper(ombuds_office, operator)
        )
        assert rotated.serial == 2

    def test_a_seat_on_its_way_to_the_old_key_is_not_lost(self, ombuds_office: OmbudsStage, operator: Office):
        """Intake has read the keys and not yet committed: rotating waits for it, and the seat arrives."""
        totp = ombuds_office.give_passphrase("head")
        code = now_code(totp)
        done: list[int] = []
        with ombuds_office.as_owner.open() as books:
            old = trusted_keys(books)[ombuds_office.people["head"]].box
            turning = Thread(target=lambda: done.append(rotate(operator, "head", PASSPHRASE, code, OTHER).seats))
            turning.start()
            matter = Matter(uuid4(), "complaint", "submitted", 1, books.pack.edition, "US-DC", books.now, None)
            waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            admin = create_engine(ombuds_office.database.postgres.admin_url, poolclass=NullPool)
            with admin.connect() as watching:
                while not watching.exec_driver_sql(waits).scalar_one() and turning.is_alive():
                    turning.join(0.02)
            admin.dispose()
            matters.add(books, matter)
            words, comer = KeyPair.from_seed(Secret.random()).public, uuid4()
            comers.add(books, ComerRow(comer, matter.id, 1, "own", words.raw))
            found_matter(
                books,
                matter.id,
                words,
                [Seated(ombuds_office.people["head"], 0, old)],
                ombuds_office.recovery,
                comer=comer,
            )
            assert done == []
        turning.join(30)
        assert done == [1]
