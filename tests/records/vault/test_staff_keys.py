"""A person's key opens with their passphrase or their session, for their row alone, and counts only when signed."""

import threading
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.vault import (
    MAX_PASSPHRASE,
    HolderKey,
    NotThisRow,
    PassphraseTooLong,
    PublicKey,
    Secret,
    SignedKey,
    Unreadable,
    UnsignedKey,
    WrongPassphrase,
    new_holder_key,
    open_totp,
    refuse_unknown,
    require_signed,
    seal_totp,
    session_context,
    session_locator,
    sign_key,
    staff_context,
    staff_keys,
    totp_context,
    unwrap_from_session,
    unwrap_with_passphrase,
    verify_chain,
    wrap_for_session,
    wrap_under_passphrase,
)
from records.vault.staff_keys import AT_ONCE, COSTS, CURRENT_COST


@pytest.fixture
def kdf(monkeypatch):
    """Counts the calls of Argon2 and makes a cheap key instead of doing half a second of work."""
    seen = []

    def cheap(size, passphrase, salt, *cost_and_algorithm):
        seen.append(cost_and_algorithm[:2])
        return (passphrase + salt)[:size].ljust(size, b"\0")

    monkeypatch.setattr(staff_keys, "crypto_pwhash_alg", cheap)
    return seen


def test_the_real_passphrase_opens_the_key_and_another_does_not() -> None:
    """With the real Argon2id: three times half a second."""
    key, place = new_holder_key(), staff_context(uuid4())
    wrapped = wrap_under_passphrase(key, "contraseña de siete palabras", place)
    assert unwrap_with_passphrase(wrapped, "contraseña de siete palabras", place) == key
    with pytest.raises(WrongPassphrase) as caught:
        unwrap_with_passphrase(wrapped, "contraseña de siete palabra", place)
    assert str(caught.value) == ""
    assert key.seed.reveal() not in wrapped


def test_the_cost_is_libsodiums_moderate_and_not_less_than_rfc_9106s_second_choice() -> None:
    assert COSTS == {1: (3, 256 * 2**20)}
    assert COSTS[CURRENT_COST].passes >= 3
    assert COSTS[CURRENT_COST].memory >= 64 * 2**20


def test_s24_an_over_long_passphrase_is_refused_before_any_work(kdf) -> None:
    key, place = new_holder_key(), staff_context(uuid4())
    wrapped = wrap_under_passphrase(key, "x" * MAX_PASSPHRASE, place)
    assert unwrap_with_passphrase(wrapped, "x" * MAX_PASSPHRASE, place) == key
    worked = len(kdf)
    too_long = "x" * (MAX_PASSPHRASE + 1)
    for act in (
        lambda: wrap_under_passphrase(key, too_long, place),
        lambda: unwrap_with_passphrase(wrapped, too_long, place),
        lambda: refuse_unknown(too_long),
    ):
        with pytest.raises(PassphraseTooLong) as caught:
            act()
        assert dict(caught.value.params) == {"limit": MAX_PASSPHRASE}
        assert "xxx" not in str(caught.value)
    assert len(kdf) == worked


def test_s07_an_unknown_name_costs_and_says_the_same_as_a_wrong_passphrase(kdf) -> None:
    place = staff_context(uuid4())
    wrapped = wrap_under_passphrase(new_holder_key(), "right", place)
    kdf.clear()
    with pytest.raises(WrongPassphrase):
        unwrap_with_passphrase(wrapped, "wrong", place)
    with pytest.raises(WrongPassphrase):
        refuse_unknown("wrong")
    assert kdf == [COSTS[CURRENT_COST]] * 2


def test_a_wrapped_key_moved_to_another_person_does_not_open(kdf) -> None:
    wrapped = wrap_under_passphrase(new_holder_key(), "right", staff_context(uuid4()))
    with pytest.raises(WrongPassphrase):
        unwrap_with_passphrase(wrapped, "right", staff_context(uuid4()))


def test_the_same_passphrase_typed_on_another_keyboard_opens(kdf) -> None:
    key, place = new_holder_key(), staff_context(uuid4())
    wrapped = wrap_under_passphrase(key, "ma\u00f1ana", place)
    assert unwrap_with_passphrase(wrapped, "man\u0303ana", place) == key


@settings(max_examples=50)
@given(st.text(max_size=MAX_PASSPHRASE))
def test_no_passphrase_at_all_breaks_the_door(passphrase: str) -> None:
    """Lone surrogates and NUL as well. Argon2 is the real thing, with the least work it allows."""
    cheapest = staff_keys.Cost(1, 8192)
    assert len(staff_keys._key_of(passphrase, bytes(16), cheapest).reveal()) == 32
    odd = {staff_keys._key_of(typed, bytes(16), cheapest).reveal() for typed in ("\ud800\x00", "\ud801\x00", "\ud800")}
    assert len(odd) == 3


def test_a_cost_written_into_the_database_from_outside_is_not_obeyed(kdf) -> None:
    place = staff_context(uuid4())
    wrapped = wrap_under_passphrase(new_holder_key(), "right", place)
    kdf.clear()
    for broken in (b"", wrapped[:1], wrapped[:18], wrapped[:1] + b"\x09" + wrapped[2:], b"\x01" + wrapped[1:]):
        with pytest.raises(Unreadable):
            unwrap_with_passphrase(broken, "right", place)
    assert kdf == []
    with pytest.raises(Unreadable):
        unwrap_with_passphrase(wrapped[:-1] + bytes([wrapped[-1] ^ 1]), "right", place)


def test_no_more_than_two_sign_ins_take_memory_at_once(monkeypatch) -> None:
    """While two are at work, a third would have to wait; afterwards both places are free again."""
    both_are_in, both_have_looked = threading.Barrier(AT_ONCE, timeout=10), threading.Barrier(AT_ONCE, timeout=10)
    places_left = []

    def work(size, *_rest):
        both_are_in.wait()
        places_left.append(staff_keys._ARGON2.acquire(blocking=False))
        both_have_looked.wait()
        return bytes(size)

    monkeypatch.setattr(staff_keys, "crypto_pwhash_alg", work)
    threads = [
        threading.Thread(target=wrap_under_passphrase, args=(new_holder_key(), "x", staff_context(uuid4())))
        for _ in range(3 * AT_ONCE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert AT_ONCE == 2
    assert places_left == [False] * 3 * AT_ONCE
    assert [staff_keys._ARGON2.acquire(blocking=False) for _ in range(3)] == [True, True, False]
    staff_keys._ARGON2.release(AT_ONCE)


def test_a_session_opens_the_key_only_with_its_cookie_and_in_its_row() -> None:
    key, cookie, place = new_holder_key(), Secret.random(), session_context(uuid4())
    wrapped = wrap_for_session(key, cookie, place)
    assert unwrap_from_session(wrapped, cookie, place) == key
    for other_cookie, other_place in ((Secret.random(), place), (cookie, session_context(uuid4()))):
        with pytest.raises(NotThisRow):
            unwrap_from_session(wrapped, other_cookie, other_place)
    with pytest.raises(Unreadable):
        unwrap_from_session(wrapped[:-1], cookie, place)
    assert len({session_locator(cookie), session_locator(Secret.random()), cookie.reveal()}) == 3
    assert session_locator(cookie) == session_locator(cookie)


def test_a_totp_secret_opens_with_the_servers_key_for_its_person_alone() -> None:
    server, totp, place = Secret.random(), Secret(b"JBSWY3DPEHPK3PXP"), totp_context(uuid4())
    sealed = seal_totp(server, totp, place)
    assert open_totp(server, sealed, place) == totp
    for other_server, other_place in ((Secret.random(), place), (server, totp_context(uuid4()))):
        with pytest.raises(NotThisRow):
            open_totp(other_server, sealed, other_place)


def test_one_seed_gives_two_keys_that_are_not_each_other() -> None:
    key = new_holder_key()
    assert HolderKey(key.seed).box == key.box
    assert HolderKey(key.seed).verify == key.verify
    assert len({key.seed.reveal(), key.box.private.reveal(), bytes(key.signing)}) == 3
    assert key.seed.reveal().hex() not in repr(key)


def vouch(signer: HolderKey, person: UUID, key: HolderKey, *, enrols: bool = False, serial: int = 1) -> SignedKey:
    return sign_key(signer, person, key.box.public, key.verify, enrols=enrols, serial=serial)


def test_trust_goes_from_the_ceremony_down_and_no_further_than_those_who_may_enrol() -> None:
    ceremony, head, officer, friend = (new_holder_key() for _ in range(4))
    h, o, f = uuid4(), uuid4(), uuid4()
    keys = [vouch(officer, f, friend), vouch(head, o, officer), vouch(ceremony, h, head, enrols=True)]
    trusted = verify_chain(keys, ceremony.verify)
    assert set(trusted) == {h, o}
    assert require_signed(o, trusted) == officer.box.public
    with pytest.raises(UnsignedKey) as caught:
        require_signed(f, trusted)
    assert dict(caught.value.params) == {"person": str(f)}
    assert verify_chain(keys[:2], ceremony.verify) == {}
    assert verify_chain(keys, new_holder_key().verify) == {}


def test_keys_that_sign_each_other_or_themselves_are_not_trusted() -> None:
    one, other = new_holder_key(), new_holder_key()
    keys = [
        vouch(one, uuid4(), other, enrols=True),
        vouch(other, uuid4(), one, enrols=True),
        vouch(one, uuid4(), one, enrols=True),
    ]
    assert verify_chain(keys, new_holder_key().verify) == {}
    assert len(verify_chain(keys, one.verify)) == 3        # and a circle below a trusted key ends


def test_changing_any_field_of_a_signed_key_takes_its_trust() -> None:
    ceremony, key, intruder = new_holder_key(), new_holder_key(), new_holder_key()
    person = uuid4()
    good = vouch(ceremony, person, key)
    fields = {
        "person": uuid4(),
        "box": intruder.box.public,
        "verify": intruder.verify,
        "enrols": True,
        "serial": 2,
        "signed_by": intruder.verify,
        "signature": bytes(64),
    }
    assert set(verify_chain([good], ceremony.verify)) == {person}
    for name, value in fields.items():
        changed = SignedKey(**{f: value if f == name else getattr(good, f) for f in fields})
        assert verify_chain([changed], ceremony.verify) == {}, name


@pytest.mark.parametrize("broken", [{"verify": b""}, {"signature": b"x"}, {"signed_by": b""}, {"serial": -1},
                                    {"serial": 2**32}])
def test_fields_of_a_wrong_size_are_not_trusted_and_break_nothing(broken) -> None:
    ceremony, person = new_holder_key(), uuid4()
    good = vouch(ceremony, person, new_holder_key())
    names = ("person", "box", "verify", "enrols", "serial", "signed_by", "signature")
    changed = SignedKey(**{name: broken.get(name, getattr(good, name)) for name in names})
    assert verify_chain([changed], b"" if "signed_by" in broken else ceremony.verify) == {}


@given(st.permutations(range(3)))
def test_the_newest_key_of_a_person_counts_in_whatever_order_they_are_read(order: list[int]) -> None:
    ceremony, person = new_holder_key(), uuid4()
    keys = [new_holder_key() for _ in range(3)]
    signed = [vouch(ceremony, person, keys[n], serial=n) for n in order]
    assert require_signed(person, verify_chain(signed, ceremony.verify)) == keys[2].box.public


def test_two_keys_of_one_person_with_one_serial_cancel_each_other() -> None:
    ceremony, person = new_holder_key(), uuid4()
    one, other = (vouch(ceremony, person, new_holder_key(), serial=5) for _ in range(2))
    older = vouch(ceremony, person, new_holder_key(), serial=4)
    for order in ([one, other, older], [older, other, one]):
        assert verify_chain(order, ceremony.verify) == {}
    assert verify_chain([one, one], ceremony.verify) == {person: one}
    newer = vouch(ceremony, person, new_holder_key(), serial=6)
    assert verify_chain([one, newer, other], ceremony.verify) == {person: newer}


def test_what_a_signed_key_holds_is_public() -> None:
    key = new_holder_key()
    signed = vouch(key, uuid4(), key)
    assert isinstance(signed.box, PublicKey)
    assert key.seed.reveal() not in (signed.verify, signed.signed_by, signed.box.raw)
