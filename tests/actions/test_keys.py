"""Keys: one ceremony, nobody trusted but through it, leavers and lost keys, and the way back with two papers."""

import json
import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from threading import Thread
from uuid import UUID, uuid4

import pyotp
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from actions.codes import totp_of
from actions.desk_sessions import sign_in, who
from actions.key_changes import LeavesLater, NotAtTheDesk, VouchesForOthers, leave, rotate
from actions.key_recovery import KeysFileBroken, SeatsOfAnother, export_seats, import_seats, recover
from actions.keys import (
    SERVER_SECRETS,
    CeremonyHeld,
    EnrolledAlready,
    MayNotEnrol,
    Newcomer,
    OtherCeremony,
    Signer,
    by_holder,
    by_shares,
    eligible,
    enrol,
    hold_ceremony,
    read_ceremony,
)
from actions.office import Office
from actions.people import BadLogin, LoginTaken, NobodyCalled, PassphraseTooShort, PostTaken, UnknownRole
from actions.sealing import NoCeremony, Seated, found_matter, own_epoch, trusted_keys, writing_epoch
from actions.kernel.actor import Actor
from actions.sessions import SignInRefused, read_server_key
from policies.refusal import Refusal
from records import matters, office_clock, people, seats
from records.books import Trust
from records.matters import Matter
from records.vault import (
    Epoch,
    KeyPair,
    Locator,
    SeatsFileBroken,
    Secret,
    SharesDoNotFit,
    UnsignedKey,
    new_holder_key,
    sign_key,
    split,
    staff_keys,
)
from tests.fixtures.databases import Database
from tests.fixtures.offices import shelf
from tests.fixtures.ombuds_office import PASSPHRASE, OmbudsStage, ombuds_house, roster_of

OTHER = "nine grey stones under water"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with 8 MiB: these tests are about what is decided, not about how long a guess takes."""
    monkeypatch.setattr(staff_keys, "COSTS", {1: staff_keys.Cost(passes=1, memory=8 * 2**20)})


@pytest.fixture
def desk(ombuds_office: OmbudsStage) -> Office:
    """The operator's office: the owner of the tables, with the desk's key."""
    office = ombuds_office.as_owner
    office.trust = Trust(ombuds_office.ceremony.verify, server_key=ombuds_office.server_key)
    return office


def paper(stage: OmbudsStage, office: Office) -> Signer:
    shares = split(stage.ceremony)
    return by_shares(office, [shares[0].written(), shares[2].written().upper()])


def now_code(secret: Secret) -> str:
    return totp_of(secret).now()


def later_code(office: Office, secret: Secret) -> str:
    """A code of the next half minute: the present one may be used up."""
    with office.open() as books:
        return totp_of(secret).at(books.wall, counter_offset=1)


def matter_with(stage: OmbudsStage, *readers: str, opened: datetime | None = None) -> tuple[UUID, Epoch]:
    """A sealed matter with these seats, recovery's among them."""
    with stage.as_owner.open() as books:
        at = opened or books.now
        matter = Matter(uuid4(), "complaint", "submitted", 1, books.pack.edition, "US-DC", at, None)
        matters.add(books, matter)
        words = KeyPair.from_seed(Secret.random()).public
        seats.add_receipt(books, Locator(secrets.token_bytes(32)), matter.id, words)
        seated = [Seated(stage.people[name], rung, stage.callers[name].pair.public) for rung, name in enumerate(readers)]
        epoch = found_matter(books, matter.id, words, seated, stage.recovery)
        if readers:
            people.make_responsible(books, uuid4(), matter.id, stage.people[readers[0]], at=at, why="opened")
    return matter.id, epoch


def opens(stage: OmbudsStage, matter: UUID, person: UUID, pair: KeyPair) -> bool:
    with stage.desk.open() as books:
        seats.as_desk(books, person)
        try:
            return own_epoch(books, matter, Actor(person=person, pair=pair)).number > 0
        except Exception:
            return False


def written(stage: OmbudsStage) -> list[tuple[object, ...]]:
    """All that these acts could have changed."""
    tables = ("person", "appointment", "signed_key", "staff_key", "seat", "session", "responsibility", "ledger_entry")
    return [stage.rows(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")[0] for table in tables]


class TestCeremony:
    @pytest.fixture
    def bare(self, ombuds: Database) -> Iterator[Office]:
        engine = create_engine(ombuds.owner_url, poolclass=NullPool)
        with engine.begin() as connection:
            office_clock.initialise(connection, "test")
            office_clock.move(connection, datetime(2016, 9, 1, 13, tzinfo=UTC))
        yield Office(engine, database="ombuds", environment="test", shelf=shelf())
        engine.dispose()

    def test_makes_three_papers_two_of_which_sign_and_keeps_none(self, bare: Office, tmp_path: Path):
        papers: list[str] = []
        public = hold_ceremony(bare, tmp_path, lambda shares: papers.extend(share.written() for share in shares))
        assert len(papers) == 3
        assert read_ceremony(tmp_path / "ceremony.pub") == public
        bare.trust = Trust(public, server_key=read_server_key(tmp_path / "desk.key"))
        for two in (papers[:2], papers[1:], [papers[0], papers[2]]):
            assert by_shares(bare, two).key.verify == public
        seed = by_shares(bare, papers[:2]).key.seed.reveal()
        kept = [file.read_bytes() for file in tmp_path.iterdir()]
        assert not any(seed in content or seed.hex().encode() in content for content in kept)
        assert {file.name for file in tmp_path.iterdir()} == {*SERVER_SECRETS, "ceremony.pub"}
        assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}

    def test_is_held_once(self, bare: Office, tmp_path: Path):
        first = hold_ceremony(bare, tmp_path, lambda _shares: None)
        before = [file.read_bytes() for file in sorted(tmp_path.iterdir())]
        with pytest.raises(CeremonyHeld):
            hold_ceremony(bare, tmp_path, lambda _shares: pytest.fail("shares of a second ceremony"))
        (tmp_path / "elsewhere").mkdir()
        with pytest.raises(CeremonyHeld):  # another folder, the same house
            hold_ceremony(bare, tmp_path / "elsewhere", lambda _shares: pytest.fail("shares of a second ceremony"))
        (tmp_path / "elsewhere").rmdir()
        assert [file.read_bytes() for file in sorted(tmp_path.iterdir())] == before
        assert read_ceremony(tmp_path / "ceremony.pub") == first

    def test_that_could_not_hand_out_its_papers_was_none(self, bare: Office, tmp_path: Path):
        def full(_shares: object) -> None:
            raise OSError(28, "no space")

        with pytest.raises(OSError, match="no space"):
            hold_ceremony(bare, tmp_path, full)
        assert not (tmp_path / "ceremony.pub").exists()
        hold_ceremony(bare, tmp_path, lambda _shares: None)
        assert read_ceremony(tmp_path / "ceremony.pub")

    def test_leaves_secrets_that_are_there_alone(self, bare: Office, tmp_path: Path):
        (tmp_path / "council.key").write_bytes(bytes(32))
        hold_ceremony(bare, tmp_path, lambda _shares: None)
        assert (tmp_path / "council.key").read_bytes() == bytes(32)

    @pytest.mark.parametrize("content", [None, "", "zz", "ab" * 31, "é"])
    def test_a_public_key_that_is_none_is_not_used(self, tmp_path: Path, content: str | None):
        if content is not None:
            (tmp_path / "ceremony.pub").write_text(content)
        with pytest.raises(NoCeremony):
            read_ceremony(tmp_path / "ceremony.pub")


class TestEligible:
    def test_is_by_the_packs_order_with_absences_marked(self, ombuds_office: OmbudsStage):
        ombuds_office.absent("officer_a", date(2016, 9, 1))
        with ombuds_office.intake.open() as books:
            found = eligible(books)
        by_id = {person: name for name, person in ombuds_office.people.items()}
        names = [by_id[each.person] for each in found]
        appointed = "SELECT person_id FROM appointment WHERE role = 'case_officer' ORDER BY from_on, id"
        assert names == ["head", *(by_id[row[0]] for row in ombuds_office.rows(appointed)), "alternate"]
        assert [each.absent for each in found if each.person == ombuds_office.people["officer_a"]] == [True]
        assert [each.role for each in found] == ["ombudsperson", "case_officer", "case_officer", "alternate"]
        assert [each.outside_office for each in found] == [False, False, False, True]
        assert {each.key for each in found} == {caller.pair.public for caller in ombuds_office.callers.values()}

    @pytest.mark.parametrize("size", [1, 2, 4])
    def test_an_office_of_any_size_and_its_alternate(self, ombuds: Database, size: int):
        with ombuds_house(ombuds, roster_of(size)) as stage, stage.intake.open() as books:
            assert len(eligible(books)) == size + 1

    def test_leaves_out_who_has_no_trusted_key_or_no_office(self, ombuds_office: OmbudsStage):
        ombuds_office.appoint("late", "case_officer", date(2016, 9, 2))
        ombuds_office.appoint("keyless", "case_officer", key=False)
        forged = new_holder_key()
        stranger = ombuds_office.appoint("stranger", "case_officer", key=False)
        with ombuds_office.as_owner.open() as books:
            seats.add_signed_key(
                books, sign_key(forged, stranger, forged.box.public, forged.verify, enrols=True, serial=1)
            )
        with ombuds_office.intake.open() as books:
            assert {each.name for each in eligible(books)} == {"Head", "Officer A", "Officer B", "Alternate"}

    def test_a_door_that_knows_no_ceremony_seals_to_nobody(self, ombuds_office: OmbudsStage):
        ombuds_office.intake.trust = None
        with pytest.raises(NoCeremony), ombuds_office.intake.open() as books:
            eligible(books)


class TestEnrol:
    def test_two_papers_make_somebody_who_can_sign_in_and_is_sealed_to(self, ombuds_office: OmbudsStage, desk: Office):
        newcomer = Newcomer("Iris", "iris", PASSPHRASE, ("case_officer",), mail="iris@ombuds.invalid", language="fr")
        enrolled = enrol(desk, newcomer, paper(ombuds_office, desk))
        assert enrolled.totp_address.startswith("otpauth://totp/Amparo:iris?")
        signed_in = sign_in(ombuds_office.desk, "iris", PASSPHRASE, code_of(enrolled.totp_address))
        assert (signed_in.person, signed_in.language, signed_in.roles) == (enrolled.person, "fr", {"case_officer"})
        pair = who(ombuds_office.desk, signed_in.token).pair
        with ombuds_office.intake.open() as books:
            assert trusted_keys(books)[enrolled.person].box == pair.public
        (body,) = ombuds_office.rows("SELECT body FROM ledger_entry WHERE body LIKE '%keys.enrolled%'")[0]
        assert json.loads(str(body))["facts"] == {"person": str(enrolled.person), "serial": 1}

    def test_an_enrolling_holder_may_sign_for_somebody_known_already(self, ombuds_office: OmbudsStage, desk: Office):
        person = ombuds_office.appoint("keyless", "case_officer", key=False)
        totp = ombuds_office.give_passphrase("head")
        signer = by_holder(ombuds_office.desk, "head", PASSPHRASE, now_code(totp))
        enrolled = enrol(desk, Newcomer("Keyless", "keyless", PASSPHRASE), signer)
        assert enrolled.person == person
        with ombuds_office.intake.open() as books:
            assert trusted_keys(books)[person].signed_by == ombuds_office.keys["head"].verify

    def test_who_was_not_made_an_enrolling_holder_signs_for_nobody(self, ombuds_office: OmbudsStage, desk: Office):
        enrolled = enrol(desk, Newcomer("Iris", "iris", PASSPHRASE, ("case_officer",)), paper(ombuds_office, desk))
        signer = by_holder(ombuds_office.desk, "iris", PASSPHRASE, code_of(enrolled.totp_address))
        self.refused(ombuds_office, desk, MayNotEnrol, Newcomer("Jon", "jon", PASSPHRASE, ("case_officer",)), signer)

    def test_only_the_ceremony_makes_enrolling_holders(self, ombuds_office: OmbudsStage, desk: Office):
        own = Signer(ombuds_office.people["head"], ombuds_office.keys["head"])
        newcomer = Newcomer("Jon", "jon", PASSPHRASE, ("case_officer",), enrols=True)
        self.refused(ombuds_office, desk, MayNotEnrol, newcomer, own)
        enrol(desk, newcomer, paper(ombuds_office, desk))

    def test_who_left_signs_for_nobody_even_with_a_key_in_hand(self, ombuds_office: OmbudsStage, desk: Office):
        own = Signer(ombuds_office.people["officer_a"], ombuds_office.keys["officer_a"])
        leave(desk, "Officer A")
        self.refused(ombuds_office, desk, MayNotEnrol, Newcomer("Jon", "jon", PASSPHRASE, ("case_officer",)), own)

    @pytest.mark.parametrize(
        ("refusal", "changed"),
        [
            (PassphraseTooShort, {"passphrase": "short"}),
            (BadLogin, {"login": "a b"}),
            (LoginTaken, {"login": "HEAD"}),
            (UnknownRole, {"roles": ("chair",)}),
            (UnknownRole, {"roles": ()}),
            (PostTaken, {"roles": ("ombudsperson",)}),
            (NobodyCalled, {"renew": True}),
            (EnrolledAlready, {"name": "Head", "login": "again"}),
        ],
    )
    def test_what_cannot_be_leaves_nothing(self, ombuds_office: OmbudsStage, desk: Office, refusal, changed):
        ombuds_office.give_passphrase("head")
        asked = {"name": "Jon", "login": "jon", "passphrase": PASSPHRASE, "roles": ("case_officer",)} | changed
        self.refused(ombuds_office, desk, refusal, Newcomer(**asked), paper(ombuds_office, desk))

    def test_a_lost_passphrase_is_answered_by_a_new_key_not_by_the_old(self, ombuds_office: OmbudsStage, desk: Office):
        ombuds_office.give_passphrase("head")
        newcomer = Newcomer("Head", "head", OTHER, renew=True)
        enrolled = enrol(desk, newcomer, paper(ombuds_office, desk))
        assert (enrolled.person, enrolled.serial) == (ombuds_office.people["head"], 2)
        signed_in = sign_in(ombuds_office.desk, "head", OTHER, code_of(enrolled.totp_address))
        assert who(ombuds_office.desk, signed_in.token).pair != ombuds_office.callers["head"].pair

    def test_wrong_papers_are_named_and_never_quoted(self, ombuds_office: OmbudsStage, desk: Office):
        shares, others = split(ombuds_office.ceremony), split(new_holder_key())
        with pytest.raises(OtherCeremony):
            by_shares(desk, [share.written() for share in others[:2]])
        for wrong in ([shares[0].written()], [shares[0].written(), others[0].written()], ["a word", "b"], []):
            with pytest.raises(SharesDoNotFit) as said:
                by_shares(desk, wrong)
            assert dict(said.value.params) == {"needed": 2}

    @staticmethod
    def refused(stage: OmbudsStage, desk: Office, refusal: type[Refusal], newcomer: Newcomer, signer: Signer) -> None:
        before = written(stage)
        with pytest.raises(refusal):
            enrol(desk, newcomer, signer)
        assert written(stage) == before


def code_of(address: str, step: int = 0) -> str:
    totp = pyotp.parse_uri(address)
    assert isinstance(totp, pyotp.TOTP)
    return totp.at(datetime.now(UTC), counter_offset=step)


class TestLeave:
    def test_keys_seats_sessions_and_offices_end_together(self, ombuds_office: OmbudsStage, desk: Office):
        totp = ombuds_office.give_passphrase("officer_a")
        sign_in(ombuds_office.desk, "officer_a", PASSPHRASE, now_code(totp))
        matter, first = matter_with(ombuds_office, "officer_a", "head")
        left = leave(desk, "officer_a")
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

    def test_says_in_how_many_matters_nobody_is_left(self, ombuds_office: OmbudsStage, desk: Office):
        matter_with(ombuds_office, "officer_a")
        matter_with(ombuds_office, "officer_a", "alternate")
        assert leave(desk, "Officer A").unread == 1

    def test_those_only_the_leaver_vouched_for_are_signed_in_the_same_act(self, ombuds_office: OmbudsStage, desk: Office):
        own = Signer(ombuds_office.people["officer_a"], ombuds_office.keys["officer_a"])
        jon = enrol(desk, Newcomer("Jon", "jon", PASSPHRASE, ("case_officer",)), own)
        before = written(ombuds_office)
        with pytest.raises(VouchesForOthers) as said:
            leave(desk, "Officer A")
        assert dict(said.value.params) == {"people": 1}
        assert written(ombuds_office) == before
        with pytest.raises(MayNotEnrol):
            leave(desk, "Officer A", signer=own)
        assert written(ombuds_office) == before
        leave(desk, "Officer A", signer=paper(ombuds_office, desk))
        with ombuds_office.intake.open() as books:
            trusted = trusted_keys(books)
        assert trusted[jon.person].signed_by == ombuds_office.ceremony.verify
        assert ombuds_office.people["officer_a"] not in trusted

    def test_keys_are_not_taken_before_the_day_nor_twice(self, ombuds_office: OmbudsStage, desk: Office):
        with pytest.raises(LeavesLater):
            leave(desk, "Officer A", on=date(2016, 9, 2))
        leave(desk, "Officer A", on=date(2016, 8, 20))
        before = written(ombuds_office)
        with pytest.raises(NotAtTheDesk):
            leave(desk, "Officer A")
        with pytest.raises(NobodyCalled):
            leave(desk, "Nobody At All")
        assert written(ombuds_office) == before


class TestRotate:
    def test_own_seats_open_with_the_new_key_and_not_with_the_old(self, ombuds_office: OmbudsStage, desk: Office):
        totp = ombuds_office.give_passphrase("head")
        session = sign_in(ombuds_office.desk, "head", PASSPHRASE, now_code(totp))
        found = [matter_with(ombuds_office, "head", "officer_a")[0] for _ in range(3)]
        rotated = rotate(desk, "head", PASSPHRASE, later_code(desk, totp), OTHER)
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

    def test_signed_by_the_ceremony_the_old_key_goes_and_rights_stay(self, ombuds_office: OmbudsStage, desk: Office):
        totp = ombuds_office.give_passphrase("head")
        rotate(desk, "head", PASSPHRASE, now_code(totp), OTHER, signer=paper(ombuds_office, desk))
        head = ombuds_office.people["head"]
        assert ombuds_office.rows("SELECT serial, enrols FROM signed_key WHERE person_id = :p", p=head) == [(2, True)]

    def test_an_old_key_that_others_hang_on_stays(self, ombuds_office: OmbudsStage, desk: Office):
        totp = ombuds_office.give_passphrase("head")
        jon = enrol(desk, Newcomer("Jon", "jon", PASSPHRASE, ("case_officer",)), Signer(ombuds_office.people["head"], ombuds_office.keys["head"]))
        rotate(desk, "head", PASSPHRASE, now_code(totp), OTHER, signer=paper(ombuds_office, desk))
        with ombuds_office.intake.open() as books:
            trusted = trusted_keys(books)
        assert jon.person in trusted
        assert trusted[ombuds_office.people["head"]].serial == 2

    def test_who_may_not_sign_needs_somebody_who_does(self, ombuds_office: OmbudsStage, desk: Office):
        enrolled = enrol(desk, Newcomer("Iris", "iris", PASSPHRASE, ("case_officer",)), paper(ombuds_office, desk))
        before = written(ombuds_office)
        with pytest.raises(MayNotEnrol):
            rotate(desk, "iris", PASSPHRASE, code_of(enrolled.totp_address), OTHER)
        after = written(ombuds_office)
        assert after[:3] + after[4:] == before[:3] + before[4:]  # of staff_key, that the code is used up
        rotated = rotate(
            desk, "iris", PASSPHRASE, code_of(enrolled.totp_address, 1), OTHER, signer=paper(ombuds_office, desk)
        )
        assert rotated.serial == 2

    def test_a_seat_on_its_way_to_the_old_key_is_not_lost(self, ombuds_office: OmbudsStage, desk: Office):
        """Intake has read the keys and not yet committed: rotating waits for it, and the seat arrives."""
                totp = ombuds_office.give_passphrase("head")
        code = now_code(totp)
        done: list[int] = []
        with ombuds_office.as_owner.open() as books:
            old = trusted_keys(books)[ombuds_office.people["head"]].box
            turning = Thread(target=lambda: done.append(rotate(desk, "head", PASSPHRASE, code, OTHER).seats))
            turning.start()
            matter = Matter(uuid4(), "complaint", "submitted", 1, books.pack.edition, "US-DC", books.now, None)
            waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            admin = create_engine(ombuds_office.database.postgres.admin_url, poolclass=NullPool)
            with admin.connect() as watching:
                while not watching.exec_driver_sql(waits).scalar_one() and turning.is_alive():
                    turning.join(0.02)
            admin.dispose()
            matters.add(books, matter)
            found_matter(
                books, matter.id, KeyPair.from_seed(Secret.random()).public,
                [Seated(ombuds_office.people["head"], 0, old)], ombuds_office.recovery,
            )
            assert done == []
        turning.join(30)
        assert done == [1]


class TestRecovery:
    """The ombudsperson lost her passphrase; and, in other tests, everybody is gone."""

    def recovered(self, stage: OmbudsStage, desk: Office, to: str) -> list[str]:
        seats_file, keys_file = StringIO(), StringIO()
        export_seats(desk, seats_file, keys_file)
        shares = split(stage.ceremony)
        papers = [shares[1].written(), shares[2].written()]
        return list(recover(seats_file.getvalue().splitlines(keepends=True), keys_file.getvalue(), papers, to).lines)

    def test_the_way_back_opens_what_the_lost_key_opened(self, ombuds_office: OmbudsStage, desk: Office):
        ombuds_office.give_passphrase("head")
        matter, epoch = matter_with(ombuds_office, "head", "alternate")
        enrolled = enrol(desk, Newcomer("Head", "head", OTHER, renew=True), paper(ombuds_office, desk))
        lines = self.recovered(ombuds_office, desk, "head")
        imported = import_seats(desk, "head", OTHER, code_of(enrolled.totp_address), lines)
        assert (imported.restored, imported.seated, imported.left_out) == (1, 0, 0)
        mine = who(ombuds_office.desk, sign_in(ombuds_office.desk, "head", OTHER, code_of(enrolled.totp_address, 1)).token)
        with ombuds_office.desk.open() as books:
            seats.as_desk(books, mine.person)
            assert own_epoch(books, matter, Actor(person=mine.person, pair=mine.pair)).seed == epoch.seed
        again = import_seats_later(desk, ombuds_office, "head", OTHER, enrolled.totp_address, lines)
        assert (again.restored, again.seated, again.left_out) == (0, 0, 1)

    def test_nobody_is_seated_where_they_may_have_been_locked_out(self, ombuds_office: OmbudsStage, desk: Office):
        totp = ombuds_office.give_passphrase("officer_b")
        matter_with(ombuds_office, "officer_a")  # officer_b was in office and got no seat
        taken, _ = matter_with(ombuds_office, "officer_b")
        with ombuds_office.as_owner.open() as books:
            seats.unseat(books, taken, ombuds_office.people["officer_b"], books.now)
        leave(desk, "Officer A")
        lines = self.recovered(ombuds_office, desk, "officer_b")
        imported = import_seats(desk, "officer_b", PASSPHRASE, now_code(totp), lines)
        assert (imported.restored, imported.seated, imported.left_out) == (0, 0, 2)
        for (matter,) in ombuds_office.rows("SELECT id FROM matter"):
            assert not opens(ombuds_office, matter, ombuds_office.people["officer_b"], ombuds_office.callers["officer_b"].pair)

    def test_a_successor_is_seated_where_nobody_is_left_and_only_there(self, ombuds_office: OmbudsStage, desk: Office):
        orphan, _ = matter_with(ombuds_office, "officer_a")
        matter_with(ombuds_office, "officer_a", "alternate")
        leave(desk, "Officer A")
        ombuds_office.to_day(date(2016, 9, 5))
        enrolled = enrol(desk, Newcomer("Nia", "nia", PASSPHRASE, ("case_officer",)), paper(ombuds_office, desk))
        lines = self.recovered(ombuds_office, desk, "nia")
        imported = import_seats(desk, "nia", PASSPHRASE, code_of(enrolled.totp_address), lines)
        assert (imported.restored, imported.seated, imported.left_out) == (0, 1, 1)
        nia = who(ombuds_office.desk, sign_in(ombuds_office.desk, "nia", PASSPHRASE, code_of(enrolled.totp_address, 1)).token)
        assert opens(ombuds_office, orphan, nia.person, nia.pair)
        responsible = "SELECT person_id, why FROM responsibility WHERE matter_id = :m AND until_at IS NULL"
        assert ombuds_office.rows(responsible, m=orphan) == [(nia.person, "recovered")]

    def test_a_file_for_somebody_else_or_broken_brings_nothing(self, ombuds_office: OmbudsStage, desk: Office):
        totp = ombuds_office.give_passphrase("officer_a")
        matter_with(ombuds_office, "head")
        right = self.recovered(ombuds_office, desk, "Officer B")
        raw = StringIO()
        export_seats(desk, raw, StringIO())
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
                import_seats(desk, "officer_a", PASSPHRASE, now_code(totp), lines)
        after = written(ombuds_office)
        assert after[:3] + after[4:] == before[:3] + before[4:]  # of staff_key, that a code was used

    def test_recovery_needs_two_right_papers_a_trusted_receiver_and_whole_files(
        self, ombuds_office: OmbudsStage, desk: Office
    ):
        matter_with(ombuds_office, "head")
        seats_file, keys_file, own = StringIO(), StringIO(), StringIO()
        assert export_seats(desk, seats_file, keys_file) == 1
        assert export_seats(desk, own, StringIO(), person="Head") == 1
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

    def test_what_is_exported_opens_with_nothing_in_the_files(self, ombuds_office: OmbudsStage, desk: Office):
        matter, epoch = matter_with(ombuds_office, "head")
        seats_file, keys_file = StringIO(), StringIO()
        export_seats(desk, seats_file, keys_file)
        assert epoch.seed.reveal().hex() not in seats_file.getvalue() + keys_file.getvalue()
        (row,) = [json.loads(line) for line in seats_file.getvalue().splitlines()][1:-1]
        assert row["matter"] == str(matter)


def import_seats_later(desk: Office, stage: OmbudsStage, login: str, passphrase: str, address: str, lines: list[str]):
    stage.rows("UPDATE staff_key SET last_totp_step = NULL RETURNING 1")
    return import_seats(desk, login, passphrase, code_of(address), lines)
