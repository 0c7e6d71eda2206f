"""Somebody new sets up their own key in a browser: nobody guesses a code, and nothing is sealed to a key before it is signed."""

import json
from dataclasses import dataclass
from uuid import uuid4

import pyotp
import pytest

from actions import invitations, signing_keys
from actions.codes import totp_of
from actions.desk_sessions import sign_in, who
from actions.invitations import Invited, Made, OfficeNotInvitedHere, invite, invite_with, pending, withdraw
from actions.kernel.actor import NotAllowed
from actions.key_holders import EnrolledAlready
from actions.keys import MayNotEnrol, Signer
from actions.office import Office
from actions.people import LoginTaken, NobodyCalled, PassphraseTooShort, PostTaken, UnknownRole
from actions.sealing import trusted_keys
from actions.seating import candidates
from actions.sessions import SignInRefused
from actions.setting_up import SetupCodeWrong, SetupPassphrasesDiffer, SetupRefused, begin, set_up
from actions.signing_keys import FingerprintDiffers, sign, sign_with
from policies.refusal import Refusal
from records.matters import NotFound
from records.vault import Secret, new_holder_key
from tests.fixtures.keys import OTHER, paper, written
from tests.fixtures.ombuds_office import PASSPHRASE, OmbudsStage
from tests.fixtures.wall import Wall

pytestmark = pytest.mark.usefixtures("cheap_passphrases")

IRIS = Invited("Iris Luna", "Iris", ("case_officer",), mail="iris@ombuds.invalid", language="fr")


@dataclass
class Room:
    """The office, the world's clock, and a head who can sign in."""

    stage: OmbudsStage
    wall: Wall
    totp: Secret

    def shows(self, address: str) -> str:
        """What an authenticator with this address shows now."""
        totp = pyotp.parse_uri(address)
        assert isinstance(totp, pyotp.TOTP)
        return totp.at(self.wall.now)

    def invited(self, whom: Invited = IRIS) -> Made:
        return invite(self.stage.desk, whom, by=self.stage.callers["head"])

    def ready(self, made: Made) -> str:
        """Set up a key by an invitation. Returns its digits."""
        address = begin(self.stage.desk, made.code).totp_address
        return set_up(self.stage.desk, made.code, OTHER, self.shows(address))

    def signed(self, made: Made, digits: str) -> signing_keys.SignedFor:
        code = totp_of(self.totp).at(self.wall.now)
        return sign(self.stage.desk, made.id, digits, PASSPHRASE, code, by=self.stage.callers["head"])

    def waiting(self) -> tuple[invitations.Waiting, ...]:
        return pending(self.stage.desk, by=self.stage.callers["head"]).invitations

    def refused(self, refusal: type[Refusal], act: object, *args: object, **kwargs: object) -> Refusal:
        """It is refused, and nothing is written."""
        before = self.everything()
        with pytest.raises(refusal) as said:
            act(*args, **kwargs)  # type: ignore[operator]  an action
        assert self.everything() == before
        return said.value

    def everything(self) -> list[object]:
        return [*written(self.stage), self.stage.rows("SELECT * FROM invitation ORDER BY id")]

    def enrolled(self) -> int:
        return len(self.stage.rows("SELECT 1 FROM person WHERE name = 'Iris Luna'"))


@pytest.fixture
def room(ombuds_office: OmbudsStage, wall: Wall) -> Room:
    return Room(ombuds_office, wall, ombuds_office.give_passphrase("head"))


class TestTheWholeWay:
    def test_invited_set_up_and_signed_they_sign_in_by_their_own_key_and_are_sealed_to(self, room: Room):
        stage, made = room.stage, room.invited()
        begun = begin(stage.desk, made.code)
        assert (begun.name, begun.login, begun.language, begun.roles) == ("Iris Luna", "iris", "fr", ("case_officer",))
        assert begun.totp_address.startswith("otpauth://totp/Amparo:iris?")
        digits = set_up(stage.desk, made.code, OTHER, room.shows(begun.totp_address), again=OTHER)
        (waits,) = room.waiting()
        assert (waits.name, waits.invited_by, waits.fingerprint) == ("Iris Luna", "Head", digits)
        done = room.signed(made, digits.replace(" ", "-"))
        assert room.waiting() == ()
        room.wall.after(seconds=60)
        came = sign_in(stage.desk, "iris", OTHER, room.shows(begun.totp_address))
        assert (came.person, came.name, came.language, came.roles) == (done.person, "Iris Luna", "fr", {"case_officer"})
        with stage.intake.open() as books:
            mine = trusted_keys(books)[done.person]
            assert (mine.box, mine.serial, mine.enrols) == (who(stage.desk, came.token).pair.public, 1, False)
            assert mine.signed_by == stage.keys["head"].verify
            assert done.person in {one.person for one in candidates(books)}

    def test_an_unsigned_key_opens_no_door_and_is_sealed_to_by_nobody(self, room: Room):
        stage, made = room.stage, room.invited()
        address = begin(stage.desk, made.code).totp_address
        set_up(stage.desk, made.code, OTHER, room.shows(address))
        room.wall.after(seconds=60)
        with pytest.raises(SignInRefused):
            sign_in(stage.desk, "iris", OTHER, room.shows(address))
        with stage.intake.open() as books:
            assert {one.name for one in candidates(books)} == {"Head", "Officer A", "Officer B", "Alternate"}
        (waits,) = stage.rows("SELECT person_id FROM invitation")
        for table, column in (
            ("person", "id"),
            ("staff_key", "person_id"),
            ("signed_key", "person_id"),
            ("appointment", "person_id"),
        ):
            assert waits not in stage.rows(f"SELECT {column} FROM {table}")

    def test_the_papers_invite_and_sign_too_and_make_an_enrolling_holder(self, room: Room, operator: Office):
        stage, papers = room.stage, paper(room.stage, operator)
        made = invite_with(operator, Invited("Iris", "iris", ("alternate",), enrols=True), papers)
        address = begin(stage.desk, made.code).totp_address
        digits = set_up(stage.desk, made.code, OTHER, room.shows(address))
        assert [one.invited_by for one in invitations.waiting(operator)] == [None]
        done = sign_with(operator, "IRIS", digits, papers)
        with stage.intake.open() as books:
            assert trusted_keys(books)[done.person].enrols
        room.wall.after(seconds=60)
        assert sign_in(stage.desk, "iris", OTHER, room.shows(address)).roles == {"alternate"}

    def test_a_lost_passphrase_is_answered_in_the_browser_too(self, room: Room, operator: Office):
        stage, papers = room.stage, paper(room.stage, operator)
        made = invite_with(operator, Invited("Head", "head", renew=True), papers)
        assert sign_with(operator, "head", room.ready(made), papers) == signing_keys.SignedFor(stage.people["head"], "Head", 2)
        assert stage.rows("SELECT count(*) FROM person WHERE name = 'Head'") == [(1,)]
        assert stage.rows("SELECT count(*) FROM appointment WHERE role = 'ombudsperson'") == [(1,)]

    def test_the_ledger_says_that_and_who_and_no_code_name_or_digits(self, room: Room):
        made = room.invited()
        digits = room.ready(made)
        done = room.signed(made, digits)
        bodies = [str(body) for (body,) in room.stage.rows("SELECT body FROM ledger_entry WHERE body LIKE '%keys.%'")]
        told = {json.loads(body)["what"]: json.loads(body)["facts"] for body in bodies}
        assert told == {
            "keys.invited": {"person": str(done.person), "by": str(room.stage.people["head"])},
            "keys.set_up": {"person": str(done.person)},
            "keys.enrolled": {"person": str(done.person), "serial": 1},
        }
        assert not any(secret in body for secret in ("Iris", "iris", made.code, digits[:9]) for body in bodies)


class TestTheCode:
    def test_is_read_however_it_is_said(self, room: Room):
        made = room.invited()
        assert len(made.code.replace("-", "")) == 20
        for typed in (made.code.lower(), made.code.replace("-", " "), made.code.replace("0", "O").replace("1", "l")):
            assert begin(room.stage.desk, typed).login == "iris"

    def test_wrong_used_withdrawn_and_old_ones_are_refused_alike(self, room: Room):
        desk = room.stage.desk
        gone, used, void, old = (room.invited(Invited(name, name, ("case_officer",))) for name in ("gone", "used", "void", "old"))
        withdraw(desk, gone.id, by=room.stage.callers["head"])
        room.ready(used)
        room.invited(Invited("void", "void", ("case_officer",)))
        codes = ["", "0000-0000-0000-0000-0000", "x" * 80, "\ud800", gone.code, used.code, void.code]
        answers = [room.refused(SetupRefused, begin, desk, code) for code in codes]
        answers += [room.refused(SetupRefused, set_up, desk, code, OTHER, "000000") for code in codes]
        assert begin(desk, old.code).login == "old"
        room.wall.after(days=8)
        answers += [room.refused(SetupRefused, begin, desk, old.code)]
        assert {(str(one), str(dict(one.params))) for one in answers} == {(str(answers[0]), "{}")}

    def test_is_kept_nowhere_and_found_by_no_dump(self, room: Room):
        made = room.invited()
        begin(room.stage.desk, made.code)
        bare = made.code.replace("-", "")
        kept = str(room.stage.rows("SELECT i::text FROM invitation i"))
        assert not any(sign in kept for sign in (made.code, bare, bare.encode().hex()))


class TestSettingUp:
    def test_mistakes_leave_no_key_and_the_code_as_good_as_before(self, room: Room):
        desk, made = room.stage.desk, room.invited()
        totp = room.shows(begin(desk, made.code).totp_address)
        room.refused(PassphraseTooShort, set_up, desk, made.code, "short", totp)
        room.refused(SetupPassphrasesDiffer, set_up, desk, made.code, OTHER, totp, again=PASSPHRASE)
        assert set_up(desk, made.code, OTHER, totp)

    def test_a_wrong_code_of_the_authenticator_delays_and_a_right_one_too_soon_is_refused(self, room: Room):
        desk, made = room.stage.desk, room.invited()
        with pytest.raises(SetupCodeWrong):  # nothing was shown yet
            set_up(desk, made.code, OTHER, "000000")
        address = begin(desk, made.code).totp_address
        with pytest.raises(SetupCodeWrong):
            set_up(desk, made.code, OTHER, room.shows(address))
        assert room.stage.rows("SELECT failures, box FROM invitation") == [(1, None)]
        room.wall.after(seconds=2)
        with pytest.raises(SetupCodeWrong):
            set_up(desk, made.code, OTHER, "999999" if room.shows(address) != "999999" else "999998")
        assert room.stage.rows("SELECT failures, box FROM invitation") == [(2, None)]
        room.wall.after(seconds=3)
        assert set_up(desk, made.code, OTHER, room.shows(address))

    def test_an_address_shown_before_is_void(self, room: Room):
        made = room.invited()
        first, second = (begin(room.stage.desk, made.code).totp_address for _ in range(2))
        assert first != second
        with pytest.raises(SetupCodeWrong):
            set_up(room.stage.desk, made.code, OTHER, room.shows(first))

    def test_the_code_that_confirmed_it_does_not_sign_in(self, room: Room):
        desk, made = room.stage.desk, room.invited()
        typed = room.shows(begin(desk, made.code).totp_address)
        room.signed(made, set_up(desk, made.code, OTHER, typed))
        with pytest.raises(SignInRefused):
            sign_in(desk, "iris", OTHER, typed)


class TestInviting:
    @pytest.mark.parametrize(
        ("refusal", "whom"),
        [
            (OfficeNotInvitedHere, Invited("Jon", "jon", ("ombudsperson",))),
            (OfficeNotInvitedHere, Invited("Jon", "jon", ("chair",))),
            (UnknownRole, Invited("Jon", "jon", ())),
            (LoginTaken, Invited("Jon", "HEAD", ("case_officer",))),
            (EnrolledAlready, Invited("Head", "jon", ("case_officer",))),
            (MayNotEnrol, Invited("Jon", "jon", ("case_officer",), enrols=True)),
            (MayNotEnrol, Invited("Head", "head", renew=True)),
        ],
    )
    def test_what_cannot_be_leaves_nothing(self, room: Room, refusal: type[Refusal], whom: Invited):
        room.refused(refusal, room.invited, whom)

    def test_is_for_who_the_pack_names_and_whose_own_key_may_enrol(self, room: Room, operator: Office):
        desk, made = room.stage.desk, room.invited()
        room.ready(made)
        for other in ("officer_a", "alternate"):
            caller = room.stage.callers[other]
            room.refused(NotAllowed, invite, desk, IRIS, by=caller)
            room.refused(NotAllowed, pending, desk, by=caller)
            for act in (withdraw, invitations.require_asked):
                room.refused(NotFound, act, desk, made.id, by=caller)
            room.refused(NotFound, sign, desk, made.id, "0" * 24, PASSPHRASE, "000000", by=caller)
        room.refused(NotFound, withdraw, desk, uuid4(), by=room.stage.callers["head"])
        stranger = Signer(room.stage.people["officer_a"], new_holder_key())
        room.refused(MayNotEnrol, invite_with, operator, IRIS, stranger)
        room.stage.rows("UPDATE signed_key SET enrols = false WHERE person_id = :p RETURNING 1", p=room.stage.people["head"])
        room.refused(MayNotEnrol, room.invited)

    def test_with_the_papers_a_post_that_is_taken_stays_taken(self, room: Room, operator: Office):
        whom = Invited("Jon", "jon", ("ombudsperson",))
        room.refused(PostTaken, invite_with, operator, whom, paper(room.stage, operator))


class TestSigning:
    def test_digits_that_differ_sign_nothing(self, room: Room):
        made = room.invited()
        digits = room.ready(made)
        wrong = str((int(digits[0]) + 1) % 10) + digits[1:]
        with pytest.raises(FingerprintDiffers):
            room.signed(made, wrong)
        assert room.enrolled() == 0
        room.wall.after(seconds=60)
        assert room.signed(made, digits).serial == 1

    @pytest.mark.parametrize("column", ["box", "verify", "person_id"])
    def test_a_key_exchanged_in_the_database_has_other_digits(self, room: Room, column: str):
        made = room.invited()
        digits = room.ready(made)
        value: object = uuid4() if column == "person_id" else new_holder_key().verify
        room.stage.rows(f"UPDATE invitation SET {column} = :v RETURNING 1", v=value)
        with pytest.raises(FingerprintDiffers):
            room.signed(made, digits)
        assert room.enrolled() == 0

    def test_asks_for_the_signers_own_passphrase_once_more_s20(self, room: Room):
        made = room.invited()
        digits, code = room.ready(made), totp_of(room.totp).at(room.wall.now)
        with pytest.raises(SignInRefused):
            sign(room.stage.desk, made.id, digits, OTHER, code, by=room.stage.callers["head"])
        assert room.enrolled() == 0

    def test_nothing_is_signed_that_nobody_set_up(self, room: Room, operator: Office):
        made = room.invited()
        with pytest.raises(NotFound):
            room.signed(made, "0" * 24)
        for login in ("iris", "nobody"):
            room.refused(NobodyCalled, sign_with, operator, login, "0" * 24, paper(room.stage, operator))

    def test_a_key_waits_as_long_as_a_code_is_good_and_then_is_not_signed(self, room: Room):
        made = room.invited()
        room.wall.after(days=6)
        digits = room.ready(made)
        room.wall.after(days=6)
        assert [one.fingerprint for one in room.waiting()] == [digits]
        room.wall.after(days=2)
        assert room.waiting() == ()
        with pytest.raises(NotFound):
            room.signed(made, digits)
