"""Signing in at the desk opens the person's own key and nobody else's, costs the same for strangers, and ends."""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest

from actions import desk_sessions
from actions.codes import totp_of
from actions.desk_sessions import prove, recognise, sign_in, sign_out, who
from actions.sealing import NoCeremony
from actions.sessions import NoOfficeToday, NotSignedIn, SignInRefused
from policies.refusal import Refusal
from records.passphrases import TooManySignIns
from records.vault import PassphraseTooLong, staff_keys
from tests.fixtures.ombuds_office import PASSPHRASE, OmbudsStage
from tests.fixtures.wall import Wall

pytestmark = pytest.mark.usefixtures("cheap_passphrases")


def code(secret: Any, wall: Wall) -> str:
    return totp_of(secret).at(wall.now)


def refused(office: OmbudsStage, *typed: str) -> Refusal:
    with pytest.raises(SignInRefused) as said:
        sign_in(office.desk, *typed)
    assert office.rows("SELECT count(*) FROM session") == [(0,)]
    return said.value


def test_a_session_lends_the_persons_own_key(ombuds_office: OmbudsStage, wall: Wall):
    totp = ombuds_office.give_passphrase("head")
    signed_in = sign_in(ombuds_office.desk, "HEAD", PASSPHRASE, code(totp, wall))
    at_desk = recognise(ombuds_office.desk, signed_in.token)
    assert at_desk.caller == ombuds_office.callers["head"] == who(ombuds_office.desk, signed_in.token)
    assert at_desk.signed_in.roles == signed_in.roles == {"ombudsperson"}
    assert at_desk.signed_in.csrf == signed_in.csrf != signed_in.token


def test_the_database_alone_opens_no_session(ombuds_office: OmbudsStage, wall: Wall):
    totp = ombuds_office.give_passphrase("head")
    signed_in = sign_in(ombuds_office.desk, "head", PASSPHRASE, code(totp, wall))
    seed = ombuds_office.keys["head"].seed.reveal()
    for (row,) in ombuds_office.rows("SELECT session::text FROM session UNION ALL SELECT staff_key::text FROM staff_key"):
        assert seed.hex() not in str(row)
        assert signed_in.secret.reveal().hex() not in str(row)
    ombuds_office.rows("UPDATE session SET id = gen_random_uuid() RETURNING 1")
    with pytest.raises(NotSignedIn):  # bound to its session: moved to another, it opens nothing
        who(ombuds_office.desk, signed_in.token)


def test_two_people_and_many_sessions_do_not_meet(ombuds_office: OmbudsStage, wall: Wall):
    head, officer = ombuds_office.give_passphrase("head"), ombuds_office.give_passphrase("officer_a")
    first = sign_in(ombuds_office.desk, "head", PASSPHRASE, code(head, wall))
    other = sign_in(ombuds_office.desk, "officer_a", PASSPHRASE, code(officer, wall))
    wall.after(seconds=60)
    second = sign_in(ombuds_office.desk, "head", PASSPHRASE, code(head, wall))
    sign_out(ombuds_office.desk, first.token)
    with pytest.raises(NotSignedIn):
        who(ombuds_office.desk, first.token)
    assert who(ombuds_office.desk, second.token).person == ombuds_office.people["head"]
    assert who(ombuds_office.desk, other.token).person == ombuds_office.people["officer_a"]


def test_wrong_name_passphrase_and_code_are_refused_alike(ombuds_office: OmbudsStage, wall: Wall):
    totp = ombuds_office.give_passphrase("head")
    right = code(totp, wall)
    told = [
        refused(ombuds_office, "nobody", PASSPHRASE, right),
        refused(ombuds_office, "x\x00' OR 1=1", PASSPHRASE, right),
        refused(ombuds_office, "head", "another one entirely", right),
    ]
    wall.after(minutes=2)
    told += [refused(ombuds_office, "head", PASSPHRASE, "000000" if right != "000000" else "111111")]
    wall.after(minutes=2)
    told += [refused(ombuds_office, "head", PASSPHRASE, "\ud800")]
    assert {(each.code, each.status, tuple(each.params.items())) for each in told} == {
        ("sign_in_refused", 401, (("seconds", 60),))
    }


def test_an_unknown_name_costs_one_hash_like_a_known_one(ombuds_office: OmbudsStage, wall: Wall, monkeypatch: pytest.MonkeyPatch):
    ombuds_office.give_passphrase("head")
    hashed: list[int] = []
    real = staff_keys.crypto_pwhash_alg

    def counted(*args: Any) -> bytes:
        hashed.append(args[4])
        return real(*args)

    monkeypatch.setattr(staff_keys, "crypto_pwhash_alg", counted)
    for name in ("head", "nobody", "\x00"):
        refused(ombuds_office, name, "not the right words", "123456")
    assert len(hashed) == 3
    assert len(set(hashed)) == 1


def test_s12_a_code_works_once_also_the_one_before_it(ombuds_office: OmbudsStage, wall: Wall):
    totp = ombuds_office.give_passphrase("head")
    before, now = code(totp, wall), totp_of(totp).at(wall.now + timedelta(seconds=30))
    sign_out(ombuds_office.desk, sign_in(ombuds_office.desk, "head", PASSPHRASE, now).token)  # a step ahead: drift
    for replayed in (now, before):
        refused(ombuds_office, "head", PASSPHRASE, replayed)
        wall.after(seconds=2)
    wall.after(minutes=2)
    assert sign_in(ombuds_office.desk, "head", PASSPHRASE, code(totp, wall)).roles


def test_a_code_two_steps_away_is_none(ombuds_office: OmbudsStage, wall: Wall):
    totp = ombuds_office.give_passphrase("head")
    refused(ombuds_office, "head", PASSPHRASE, totp_of(totp).at(wall.now - timedelta(seconds=75)))


def test_s28_the_delay_grows_for_one_account_and_no_other(ombuds_office: OmbudsStage, wall: Wall):
    head, officer = ombuds_office.give_passphrase("head"), ombuds_office.give_passphrase("officer_a")
    for wait in (1, 2, 4, 8, 16, 32, 60, 60):
        refused(ombuds_office, "head", "wrong on purpose", code(head, wall))
        wall.after(seconds=wait - 0.5)
        refused(ombuds_office, "head", PASSPHRASE, code(head, wall))  # right, but too soon: and it does not make it longer
        wall.after(seconds=0.6)
    assert ombuds_office.rows("SELECT failures FROM staff_key WHERE login = 'head'") == [(8,)]
    assert sign_in(ombuds_office.desk, "officer_a", PASSPHRASE, code(officer, wall)).roles
    assert sign_in(ombuds_office.desk, "head", PASSPHRASE, code(head, wall)).roles
    assert ombuds_office.rows("SELECT failures, not_before FROM staff_key WHERE login = 'head'") == [(0, None)]


def test_s24_an_over_long_passphrase_is_refused_before_any_work(ombuds_office: OmbudsStage, wall: Wall):
    for name in ("head", "nobody"):
        with pytest.raises(PassphraseTooLong):
            sign_in(ombuds_office.desk, name, "x" * 257, "123456")


def test_a_flood_is_turned_away_and_leaves_room(ombuds_office: OmbudsStage, wall: Wall):
    with ExitStack() as line:
        for _ in range(desk_sessions.IN_LINE):
            line.enter_context(desk_sessions.turn())
        with pytest.raises(TooManySignIns):
            sign_in(ombuds_office.desk, "head", PASSPHRASE, "123456")
    refused(ombuds_office, "head", PASSPHRASE, "123456")  # there is room again


def test_a_session_ends_after_half_an_hour_alone_and_after_half_a_day(ombuds_office: OmbudsStage, wall: Wall):
    totp = ombuds_office.give_passphrase("head")
    idle = sign_in(ombuds_office.desk, "head", PASSPHRASE, code(totp, wall))
    wall.after(minutes=31)
    with pytest.raises(NotSignedIn):
        who(ombuds_office.desk, idle.token)
    busy = sign_in(ombuds_office.desk, "head", PASSPHRASE, code(totp, wall))
    for _ in range(28):
        wall.after(minutes=25)
        assert who(ombuds_office.desk, busy.token)
    wall.after(minutes=25)
    with pytest.raises(NotSignedIn):
        who(ombuds_office.desk, busy.token)


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "A" * 44, "é" * 43, "0b6a3f0e-6a9c-4b1e-9d5f-2f9f5f7c1a11"])
def test_a_token_that_is_none_is_refused(ombuds_office: OmbudsStage, wall: Wall, token: str):
    with pytest.raises(NotSignedIn):
        who(ombuds_office.desk, token)
    sign_out(ombuds_office.desk, token)


def test_who_holds_no_office_today_is_told_so_and_gets_no_session(ombuds_office: OmbudsStage, wall: Wall):
    totp = ombuds_office.give_passphrase("head")
    open_before = sign_in(ombuds_office.desk, "head", PASSPHRASE, code(totp, wall))
    ombuds_office.rows("UPDATE appointment SET until_on = '2016-09-01' WHERE role = 'ombudsperson' RETURNING 1")
    with pytest.raises(NotSignedIn):
        who(ombuds_office.desk, open_before.token)
    wall.after(minutes=1)
    with pytest.raises(NoOfficeToday):
        sign_in(ombuds_office.desk, "head", PASSPHRASE, code(totp, wall))
    assert ombuds_office.rows("SELECT count(*) FROM session WHERE made_at = :at", at=wall.now) == [(0,)]


def test_asking_again_proves_the_person_and_begins_nothing(ombuds_office: OmbudsStage, wall: Wall):
    totp = ombuds_office.give_passphrase("head")
    proven = prove(ombuds_office.desk, "head", PASSPHRASE, code(totp, wall))
    assert proven.key == ombuds_office.keys["head"]
    assert "hidden" in repr(proven.key)
    assert ombuds_office.rows("SELECT count(*) FROM session") == [(0,)]


def test_a_desk_without_its_key_lets_nobody_in(ombuds_office: OmbudsStage, wall: Wall):
    with pytest.raises(NoCeremony):
        sign_in(ombuds_office.intake, "head", PASSPHRASE, "123456")
