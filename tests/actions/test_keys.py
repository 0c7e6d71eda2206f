"""Keys: one ceremony, and nobody is trusted but through it."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from actions.desk_sessions import sign_in, who
from actions.key_changes import leave
from actions.key_holders import EnrolledAlready
from actions.keys import (
    SERVER_SECRETS,
    CeremonyHeld,
    MayNotEnrol,
    Newcomer,
    OtherCeremony,
    Signer,
    by_holder,
    by_shares,
    enrol,
    hold_ceremony,
)
from actions.office import Office
from actions.people import BadLogin, LoginTaken, NobodyCalled, PassphraseTooShort, PostTaken, UnknownRole
from actions.sealing import NoCeremony, trusted_keys
from actions.seating import candidates
from actions.trust import trust_in
from policies.refusal import Refusal
from records import office_clock, seats
from records.vault import (
    SharesDoNotFit,
    new_holder_key,
    sign_key,
    split,
)
from tests.fixtures.databases import Database
from tests.fixtures.keys import OTHER, code_of, now_code, paper, written
from tests.fixtures.offices import shelf
from tests.fixtures.ombuds_office import PASSPHRASE, OmbudsStage, ombuds_house, roster_of

pytestmark = pytest.mark.usefixtures("cheap_passphrases")


class TestCeremony:
    @pytest.fixture
    def bare(self, ombuds: Database, tmp_path: Path) -> Iterator[Office]:
        engine = create_engine(ombuds.owner_url, poolclass=NullPool)
        with engine.begin() as connection:
            office_clock.initialise(connection, "test")
            office_clock.move(connection, datetime(2016, 9, 1, 13, tzinfo=UTC))
        trust = trust_in(tmp_path / "ceremony.pub", server_key=tmp_path / "desk.key")
        yield Office(engine, database="ombuds", environment="test", shelf=shelf(), trust=trust)
        engine.dispose()

    def test_makes_three_papers_two_of_which_sign_and_keeps_none(self, bare: Office, tmp_path: Path):
        papers: list[str] = []
        public = hold_ceremony(bare, tmp_path, lambda shares: papers.extend(share.written() for share in shares))
        assert len(papers) == 3
        assert bare.trust is not None
        assert bare.trust.ceremony == public
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
        assert (tmp_path / "ceremony.pub").read_text() == f"{first.hex()}\n"

    def test_that_could_not_hand_out_its_papers_was_none(self, bare: Office, tmp_path: Path):
        def full(_shares: object) -> None:
            raise OSError(28, "no space")

        with pytest.raises(OSError, match="no space"):
            hold_ceremony(bare, tmp_path, full)
        assert not (tmp_path / "ceremony.pub").exists()
        hold_ceremony(bare, tmp_path, lambda _shares: None)
        assert bare.trust is not None

    def test_leaves_secrets_that_are_there_alone(self, bare: Office, tmp_path: Path):
        (tmp_path / "council.key").write_bytes(bytes(32))
        hold_ceremony(bare, tmp_path, lambda _shares: None)
        assert (tmp_path / "council.key").read_bytes() == bytes(32)


class TestCandidates:
    def test_is_by_the_packs_order_with_absences_marked(self, ombuds_office: OmbudsStage):
        ombuds_office.absent("officer_a", date(2016, 9, 1))
        with ombuds_office.intake.open() as books:
            found = candidates(books)
        by_id = {person: name for name, person in ombuds_office.people.items()}
        names = [by_id[each.person] for each in found]
        appointed = "SELECT person_id FROM appointment WHERE role = 'case_officer' ORDER BY from_on, id"
        assert names == ["head", *(by_id[row[0]] for row in ombuds_office.rows(appointed)), "alternate"]
        assert [each.absent for each in found if each.person == ombuds_office.people["officer_a"]] == [True]
        assert [each.role for each in found] == ["ombudsperson", "case_officer", "case_officer", "alternate"]
        assert [each.outside for each in found] == [False, False, False, True]
        assert {each.key for each in found} == {caller.pair.public for caller in ombuds_office.callers.values()}

    @pytest.mark.parametrize("size", [1, 2, 4])
    def test_an_office_of_any_size_and_its_alternate(self, ombuds: Database, size: int):
        with ombuds_house(ombuds, roster_of(size)) as stage, stage.intake.open() as books:
            assert len(candidates(books)) == size + 1

    def test_leaves_out_who_has_no_trusted_key_or_no_office(self, ombuds_office: OmbudsStage):
        ombuds_office.appoint("late", "case_officer", date(2016, 9, 2))
        ombuds_office.appoint("keyless", "case_officer", key=False)
        forged = new_holder_key()
        stranger = ombuds_office.appoint("stranger", "case_officer", key=False)
        with ombuds_office.as_owner.open() as books:
            seats.add_signed_key(books, sign_key(forged, stranger, forged.box.public, forged.verify, enrols=True, serial=1))
        with ombuds_office.intake.open() as books:
            assert {each.name for each in candidates(books)} == {"Head", "Officer A", "Officer B", "Alternate"}

    def test_a_door_that_knows_no_ceremony_seals_to_nobody(self, ombuds_office: OmbudsStage):
        door = ombuds_office.intake
        told_nothing = Office(door.engine, database="ombuds", environment="test", shelf=door.shelf)
        with pytest.raises(NoCeremony), told_nothing.open() as books:
            candidates(books)


class TestEnrol:
    def test_two_papers_make_somebody_who_can_sign_in_and_is_sealed_to(self, ombuds_office: OmbudsStage, operator: Office):
        newcomer = Newcomer("Iris", "iris", PASSPHRASE, ("case_officer",), mail="iris@ombuds.invalid", language="fr")
        enrolled = enrol(operator, newcomer, paper(ombuds_office, operator))
        assert enrolled.totp_address.startswith("otpauth://totp/Amparo:iris?")
        signed_in = sign_in(ombuds_office.desk, "iris", PASSPHRASE, code_of(enrolled.totp_address))
        assert (signed_in.person, signed_in.language, signed_in.roles) == (enrolled.person, "fr", {"case_officer"})
        pair = who(ombuds_office.desk, signed_in.token).pair
        with ombuds_office.intake.open() as books:
            assert trusted_keys(books)[enrolled.person].box == pair.public
        (body,) = ombuds_office.rows("SELECT body FROM ledger_entry WHERE body LIKE '%keys.enrolled%'")[0]
        assert json.loads(str(body))["facts"] == {"person": str(enrolled.person), "serial": 1}

    def test_an_enrolling_holder_may_sign_for_somebody_known_already(self, ombuds_office: OmbudsStage, operator: Office):
        person = ombuds_office.appoint("keyless", "case_officer", key=False)
        totp = ombuds_office.give_passphrase("head")
        signer = by_holder(ombuds_office.desk, "head", PASSPHRASE, now_code(totp))
        enrolled = enrol(operator, Newcomer("Keyless", "keyless", PASSPHRASE), signer)
        assert enrolled.person == person
        with ombuds_office.intake.open() as books:
            assert trusted_keys(books)[person].signed_by == ombuds_office.keys["head"].verify

    def test_who_was_not_made_an_enrolling_holder_signs_for_nobody(self, ombuds_office: OmbudsStage, operator: Office):
        enrolled = enrol(operator, Newcomer("Iris", "iris", PASSPHRASE, ("case_officer",)), paper(ombuds_office, operator))
        signer = by_holder(ombuds_office.desk, "iris", PASSPHRASE, code_of(enrolled.totp_address))
        self.refused(ombuds_office, operator, MayNotEnrol, Newcomer("Jon", "jon", PASSPHRASE, ("case_officer",)), signer)

    def test_only_the_ceremony_makes_enrolling_holders(self, ombuds_office: OmbudsStage, operator: Office):
        own = Signer(ombuds_office.people["head"], ombuds_office.keys["head"])
        newcomer = Newcomer("Jon", "jon", PASSPHRASE, ("case_officer",), enrols=True)
        self.refused(ombuds_office, operator, MayNotEnrol, newcomer, own)
        enrol(operator, newcomer, paper(ombuds_office, operator))

    def test_who_left_signs_for_nobody_even_with_a_key_in_hand(self, ombuds_office: OmbudsStage, operator: Office):
        own = Signer(ombuds_office.people["officer_a"], ombuds_office.keys["officer_a"])
        leave(operator, "Officer A")
        self.refused(ombuds_office, operator, MayNotEnrol, Newcomer("Jon", "jon", PASSPHRASE, ("case_officer",)), own)

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
    def test_what_cannot_be_leaves_nothing(self, ombuds_office: OmbudsStage, operator: Office, refusal, changed):
        ombuds_office.give_passphrase("head")
        asked = {"name": "Jon", "login": "jon", "passphrase": PASSPHRASE, "roles": ("case_officer",)} | changed
        self.refused(ombuds_office, operator, refusal, Newcomer(**asked), paper(ombuds_office, operator))

    def test_a_lost_passphrase_is_answered_by_a_new_key_not_by_the_old(self, ombuds_office: OmbudsStage, operator: Office):
        ombuds_office.give_passphrase("head")
        newcomer = Newcomer("Head", "head", OTHER, renew=True)
        enrolled = enrol(operator, newcomer, paper(ombuds_office, operator))
        assert (enrolled.person, enrolled.serial) == (ombuds_office.people["head"], 2)
        signed_in = sign_in(ombuds_office.desk, "head", OTHER, code_of(enrolled.totp_address))
        assert who(ombuds_office.desk, signed_in.token).pair != ombuds_office.callers["head"].pair

    def test_wrong_papers_are_named_and_never_quoted(self, ombuds_office: OmbudsStage, operator: Office):
        shares, others = split(ombuds_office.ceremony), split(new_holder_key())
        with pytest.raises(OtherCeremony):
            by_shares(operator, [share.written() for share in others[:2]])
        for wrong in ([shares[0].written()], [shares[0].written(), others[0].written()], ["a word", "b"], []):
            with pytest.raises(SharesDoNotFit) as said:
                by_shares(operator, wrong)
            assert dict(said.value.params) == {"needed": 2}

    @staticmethod
    def refused(stage: OmbudsStage, operator: Office, refusal: type[Refusal], newcomer: Newcomer, signer: Signer) -> None:
        before = written(stage)
        with pytest.raises(refusal):
            enrol(operator, newcomer, signer)
        assert written(stage) == before
