"""The way back after keys are lost: two papers, another machine, and nobody seated who may have been locked out."""

import json
from datetime import date
from io import StringIO

import pytest

from actions.desk_reading import identity_of
from actions.desk_sessions import sign_in, who
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.key_changes import leave
from actions.key_files import KeysFileBroken
from actions.key_recovery import SeatsOfAnother, export_seats, import_seats, recover
from actions.keys import (
    Newcomer,
    enrol,
)
from actions.office import Office
from actions.office_record import change, entries, record
from actions.office_record_shapes import IndependenceEntry
from actions.people import NobodyCalled
from actions.sealing import own_epoch
from records import seats
from records.vault import (
    SeatsFileBroken,
    SeatsFileTooOld,
    SharesDoNotFit,
    UnsignedKey,
    new_holder_key,
    split,
)
from tests.fixtures.keys import OTHER, code_of, matter_with, now_code, opens, paper, written
from tests.fixtures.ombuds_office import PASSPHRASE, OmbudsStage
from tests.fixtures.visitors import come, secret

pytestmark = pytest.mark.usefixtures("cheap_passphrases")


class TestRecovery:
    """The ombudsperson lost her passphrase; and, in other tests, everybody is gone."""

    def recovered(self, stage: OmbudsStage, operator: Office, to: str) -> list[str]:
        seats_file, keys_file = StringIO(), StringIO()
        export_seats(operator, seats_file, keys_file)
        shares = split(stage.ceremony)
        papers = [shares[1].written(), shares[2].written()]
        return list(recover(seats_file.getvalue().splitlines(keepends=True), keys_file.getvalue(), papers, to).lines)

    def test_the_way_back_opens_what_the_lost_key_opened(self, ombuds_office: OmbudsStage, operator: Office):
        ombuds_office.give_passphrase("head")
        matter, epoch = matter_with(ombuds_office, "head", "alternate")
        enrolled = enrol(operator, Newcomer("Head", "head", OTHER, renew=True), paper(ombuds_office, operator))
        lines = self.recovered(ombuds_office, operator, "head")
        imported = import_seats(operator, "head", OTHER, code_of(enrolled.totp_address), lines)
        assert (imported.restored, imported.seated, imported.left_out) == (1, 0, 0)
        mine = who(ombuds_office.desk, sign_in(ombuds_office.desk, "head", OTHER, code_of(enrolled.totp_address, 1)).token)
        with ombuds_office.desk.open() as books:
            seats.as_desk(books, mine.person)
            assert own_epoch(books, matter, Actor(person=mine.person, pair=mine.pair)).seed == epoch.seed
        again = import_seats_later(operator, ombuds_office, "head", OTHER, enrolled.totp_address, lines)
        assert (again.restored, again.seated, again.left_out) == (0, 0, 1)

    def test_words_of_the_offices_record_come_back_too(self, ombuds_office: OmbudsStage, operator: Office):
        stage = ombuds_office
        ids = [
            record(stage.desk, told_words(text), by=stage.callers["head"]) for text in ("They sent a draft back.", "They came.")
        ]
        change(stage.desk, ids[0], told_words("They asked for a draft."), by=stage.callers["head"])
        for who_reads in ("Officer A", "Officer B", "Alternate"):
            leave(operator, who_reads)
        enrolled = enrol(operator, Newcomer("Head", "head", OTHER, renew=True), paper(stage, operator))
        lines = self.recovered(stage, operator, "head")
        assert "draft" not in "".join(lines)
        token = sign_in(stage.desk, "head", OTHER, code_of(enrolled.totp_address)).token
        mine = who(stage.desk, token)
        by = DeskPerson(mine.person, mine.pair)
        assert {(one.text, one.closed) for one in entries(stage.desk, by=by)} == {(None, True)}
        imported = import_seats(operator, "head", OTHER, code_of(enrolled.totp_address, 1), lines)
        assert (imported.restored, imported.seated, imported.left_out, imported.words) == (0, 0, 0, 2)
        assert {one.text for one in entries(stage.desk, by=by)} == {"They asked for a draft.", "They came."}
        before = stage.rows("SELECT * FROM sealed_office_text ORDER BY id")
        again = import_seats_later(operator, stage, "head", OTHER, enrolled.totp_address, lines)
        assert (again.words, stage.rows("SELECT * FROM sealed_office_text ORDER BY id")) == (0, before)
        broken = [line.replace('"words": 2', '"words": 1') for line in lines]
        moved = [line.replace(str(ids[0]), str(ids[1])) for line in lines]
        for refusal, file in ((SeatsFileBroken, broken), (SeatsOfAnother, moved)):
            stage.rows("UPDATE staff_key SET last_totp_step = NULL, not_before = NULL RETURNING 1")
            with pytest.raises(refusal):
                import_seats(operator, "head", OTHER, code_of(enrolled.totp_address, 1), file)
        assert stage.rows("SELECT * FROM sealed_office_text ORDER BY id") == before

    def test_who_she_is_comes_back_with_the_seat(self, ombuds_office: OmbudsStage, operator: Office):
        ombuds_office.give_passphrase("head")
        guest = come(ombuds_office, identity=secret("I am Ana."))
        enrolled = enrol(operator, Newcomer("Head", "head", OTHER, renew=True), paper(ombuds_office, operator))
        lines = self.recovered(ombuds_office, operator, "head")
        assert "Ana" not in "".join(lines)
        imported = import_seats(operator, "head", OTHER, code_of(enrolled.totp_address), lines)
        assert (imported.restored, imported.seated, imported.left_out) == (1, 0, 0)
        mine = who(ombuds_office.desk, sign_in(ombuds_office.desk, "head", OTHER, code_of(enrolled.totp_address, 1)).token)
        by = DeskPerson(mine.person, mine.pair)
        assert identity_of(ombuds_office.desk, "complaint", guest.matter, by=by) == "I am Ana."

    def test_who_she_is_comes_to_a_successor_too(self, ombuds_office: OmbudsStage, operator: Office):
        guest = come(ombuds_office, identity=secret("I am Ana."), excluded=(ombuds_office.people["head"],))
        for who_reads in ("Officer A", "Officer B", "Alternate"):
            leave(operator, who_reads)
        ombuds_office.to_day(date(2016, 9, 5))
        enrolled = enrol(operator, Newcomer("Nia", "nia", PASSPHRASE, ("case_officer",)), paper(ombuds_office, operator))
        lines = self.recovered(ombuds_office, operator, "nia")
        imported = import_seats(operator, "nia", PASSPHRASE, code_of(enrolled.totp_address), lines)
        assert (imported.restored, imported.seated) == (0, 1)
        nia = who(ombuds_office.desk, sign_in(ombuds_office.desk, "nia", PASSPHRASE, code_of(enrolled.totp_address, 1)).token)
        by = DeskPerson(nia.person, nia.pair)
        assert identity_of(ombuds_office.desk, "complaint", guest.matter, by=by) == "I am Ana."

    def test_an_identity_moved_to_another_seat_or_a_file_without_any_brings_nothing(
        self, ombuds_office: OmbudsStage, operator: Office
    ):
        totp = ombuds_office.give_passphrase("head")
        come(ombuds_office, identity=secret("I am Ana."))
        come(ombuds_office, identity=secret("I am Bea."))
        lines = self.recovered(ombuds_office, operator, "head")
        first, second = (json.loads(line) for line in lines[1:3])
        first["identity"], second["identity"] = second["identity"], first["identity"]
        swapped = [lines[0], *(json.dumps(one) + "\n" for one in (first, second)), lines[3]]
        old = [line.replace("amparo-seats-2", "amparo-seats-1") for line in lines]
        before = ombuds_office.rows("SELECT * FROM seat ORDER BY id")
        for refusal, file in ((SeatsOfAnother, swapped), (SeatsFileTooOld, old)):
            ombuds_office.rows("UPDATE staff_key SET last_totp_step = NULL, not_before = NULL RETURNING 1")
            with pytest.raises(refusal):
                import_seats(operator, "head", PASSPHRASE, now_code(totp), file)
        assert ombuds_office.rows("SELECT * FROM seat ORDER BY id") == before

    def test_nobody_is_seated_where_they_may_have_been_locked_out(self, ombuds_office: OmbudsStage, operator: Office):
        totp = ombuds_office.give_passphrase("officer_b")
        matter_with(ombuds_office, "officer_a")  # officer_b was in office and got no seat
        taken, _ = matter_with(ombuds_office, "officer_b")
        with ombuds_office.as_owner.open() as books:
            seats.unseat(books, taken, ombuds_office.people["officer_b"], books.now)
        leave(operator, "Officer A")
        lines = self.recovered(ombuds_office, operator, "officer_b")
        imported = import_seats(operator, "officer_b", PASSPHRASE, now_code(totp), lines)
        assert (imported.restored, imported.seated, imported.left_out) == (0, 0, 2)
        for (matter,) in ombuds_office.rows("SELECT id FROM matter"):
            assert not opens(ombuds_office, matter, ombuds_office.people["officer_b"], ombuds_office.callers["officer_b"].pair)

    def test_a_successor_is_seated_where_nobody_is_left_and_only_there(self, ombuds_office: OmbudsStage, operator: Office):
        orphan, _ = matter_with(ombuds_office, "officer_a")
        matter_with(ombuds_office, "officer_a", "alternate")
        leave(operator, "Officer A")
        ombuds_office.to_day(date(2016, 9, 5))
        enrolled = enrol(operator, Newcomer("Nia", "nia", PASSPHRASE, ("case_officer",)), paper(ombuds_office, operator))
        lines = self.recovered(ombuds_office, operator, "nia")
        imported = import_seats(operator, "nia", PASSPHRASE, code_of(enrolled.totp_address), lines)
        assert (imported.restored, imported.seated, imported.left_out) == (0, 1, 1)
        nia = who(ombuds_office.desk, sign_in(ombuds_office.desk, "nia", PASSPHRASE, code_of(enrolled.totp_address, 1)).token)
        assert opens(ombuds_office, orphan, nia.person, nia.pair)
        responsible = "SELECT person_id, why FROM responsibility WHERE matter_id = :m AND until_at IS NULL"
        assert ombuds_office.rows(responsible, m=orphan) == [(nia.person, "recovered")]

    def test_a_file_for_somebody_else_or_broken_brings_nothing(self, ombuds_office: OmbudsStage, operator: Office):
        totp = ombuds_office.give_passphrase("officer_a")
        matter_with(ombuds_office, "head")
        right = self.recovered(ombuds_office, operator, "Officer B")
        raw = StringIO()
        export_seats(operator, raw, StringIO())
        before = written(ombuds_office)
        for refusal, lines in (
            (SeatsOfAnother, right),
            (SeatsOfAnother, raw.getvalue().splitlines(keepends=True)),
            (SeatsFileBroken, right[:-1]),
            (SeatsFileBroken, []),
            (SeatsFileBroken, ["{}"]),
        ):
            ombuds_office.rows("UPDATE staff_key SET last_totp_step = NULL, not_before = NULL RETURNING 1")
            with pytest.raises(refusal):
                import_seats(operator, "officer_a", PASSPHRASE, now_code(totp), lines)
        after = written(ombuds_office)
        assert after[:3] + after[4:] == before[:3] + before[4:]  # of staff_key, that a code was used

    def test_recovery_needs_two_right_papers_a_trusted_receiver_and_whole_files(
        self, ombuds_office: OmbudsStage, operator: Office
    ):
        matter_with(ombuds_office, "head")
        seats_file, keys_file, own = StringIO(), StringIO(), StringIO()
        assert export_seats(operator, seats_file, keys_file) == 1
        assert export_seats(operator, own, StringIO(), person="Head") == 1
        lines, keys = seats_file.getvalue().splitlines(keepends=True), keys_file.getvalue()
        papers = [share.written() for share in split(ombuds_office.ceremony)]
        assert recover(lines, keys, papers[:2], "Head").seats == 1
        forged = json.loads(keys)
        mine = new_holder_key()
        for row in forged["keys"]:
            if row["name"] == "Head":
                row["box"] = mine.box.public.raw.hex()
        for refusal, bad in (
            (SharesDoNotFit, (lines, keys, papers[:1], "Head")),
            (UnsignedKey, (lines, keys, [share.written() for share in split(mine)][:2], "Head")),
            (UnsignedKey, (lines, json.dumps(forged), papers[:2], "Head")),
            (NobodyCalled, (lines, keys, papers[:2], "Hed")),
            (KeysFileBroken, (lines, keys[:-20], papers[:2], "Head")),
            (KeysFileBroken, (lines, "[]", papers[:2], "Head")),
            (SeatsFileBroken, (lines[:-1], keys, papers[:2], "Head")),
            (SeatsOfAnother, (own.getvalue().splitlines(keepends=True), keys, papers[:2], "Head")),
        ):
            with pytest.raises(refusal):
                recover(*bad)

    def test_what_is_exported_opens_with_nothing_in_the_files(self, ombuds_office: OmbudsStage, operator: Office):
        matter, epoch = matter_with(ombuds_office, "head")
        seats_file, keys_file = StringIO(), StringIO()
        export_seats(operator, seats_file, keys_file)
        assert epoch.seed.reveal().hex() not in seats_file.getvalue() + keys_file.getvalue()
        (row,) = [json.loads(line) for line in seats_file.getvalue().splitlines()][1:-1]
        assert row["matter"] == str(matter)


def told_words(text: str) -> IndependenceEntry:
    return IndependenceEntry.model_validate({"kind": "interference", "on": "2016-08-20", "text": text})


def import_seats_later(operator: Office, stage: OmbudsStage, login: str, passphrase: str, address: str, lines: list[str]):
    stage.rows("UPDATE staff_key SET last_totp_step = NULL RETURNING 1")
    return import_seats(operator, login, passphrase, code_of(address), lines)
