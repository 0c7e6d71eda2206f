"""Signed heads and the line that a report prints."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from nacl.signing import SigningKey

from records.ledger import (
    Head,
    Log,
    PublicHead,
    public_line,
    read_known_head,
    read_public_line,
    read_signed_head,
    read_verify_key,
    sign_head,
    verify_head,
)
from records.ledger.entries import canonical

KEY = SigningKey(bytes(range(32)))
HEAD = Head(Log.OMBUDS, 4242, bytes(range(32)), date(2026, 11, 21), bytes(32))


def test_what_is_signed_is_written_down_here_and_the_signature_is_plain_ed25519():
    signed = sign_head(HEAD, KEY)
    written = (
        b'amparo/ledger/head/1\n{"date":"2026-11-21","log":"ombuds","prev":"' + b"00" * 32 + b'","root":"'
        b'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","size":4242}'
    )
    assert HEAD.signed_bytes() == written
    assert KEY.verify_key.verify(written, signed.signature) == written


@pytest.mark.parametrize(
    "change",
    [
        {"log": Log.HOUSE},
        {"size": 4243},
        {"root": bytes(32)},
        {"office_date": date(2026, 11, 20)},
        {"prev": None},
        {"prev": bytes([1]) * 32},
    ],
)
def test_a_head_with_anything_changed_has_no_signature(change):
    signed = sign_head(HEAD, KEY)
    assert verify_head(signed, KEY.verify_key)
    assert not verify_head(replace(signed, head=replace(HEAD, **change)), KEY.verify_key)


def test_another_key_or_a_broken_signature_does_not_hold():
    signed = sign_head(HEAD, KEY)
    other = SigningKey.generate()
    assert not verify_head(signed, other.verify_key)
    assert not verify_head(replace(sign_head(HEAD, other), key=signed.key), KEY.verify_key)
    for signature in (b"", bytes(64), signed.signature[:-1], signed.signature[::-1]):
        assert not verify_head(replace(signed, signature=signature), KEY.verify_key)


def test_a_report_prints_log_date_and_root_and_never_the_size():
    line = public_line(HEAD)
    assert re.fullmatch(r"ombuds 2026-11-21 [0-9a-f]{64}", line)
    assert line == public_line(replace(HEAD, size=1, prev=None))
    assert read_public_line(line) == PublicHead.of(HEAD)


def test_a_kept_head_is_read_as_json_or_as_the_line_of_a_report():
    signed = sign_head(HEAD, KEY)
    assert read_known_head(canonical(signed.as_plain()).decode() + "\n") == signed
    assert read_known_head(f"  {public_line(HEAD)}\n") == PublicHead.of(HEAD)


@pytest.mark.parametrize(
    "text", ["", "house 2026-11-21", "attic 2026-11-21 " + "00" * 32, "house 2026-11-21 " + "AA" * 32, "{}"]
)
def test_what_is_no_head_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        read_known_head(text)


@pytest.mark.parametrize(
    "change",
    [
        {"signature": "00"},
        {"signature": None},
        {"extra": 1},
        {"head": {**HEAD.as_plain(), "size": -1}},
        {"head": {**HEAD.as_plain(), "extra": 1}},
        {"head": {**HEAD.as_plain(), "date": "20261121"}},
        {"head": {**HEAD.as_plain(), "prev": "00"}},
        {"head": {**HEAD.as_plain(), "log": "attic"}},
    ],
)
def test_only_exactly_a_signed_head_is_read(change):
    plain = sign_head(HEAD, KEY).as_plain()
    assert read_signed_head(plain).head == HEAD
    with pytest.raises(ValueError, match=r"\w"):
        read_signed_head({**plain, **change})


def test_a_head_has_a_day_and_never_an_hour():
    with pytest.raises(ValueError, match="hour"):
        replace(HEAD, office_date=datetime(2026, 11, 21, tzinfo=UTC))


def test_a_public_key_is_read_from_its_hex_and_nothing_else():
    assert read_verify_key(bytes(KEY.verify_key).hex()) == KEY.verify_key
    for text in ("", "00", bytes(KEY.verify_key).hex().upper()):
        with pytest.raises(ValueError, match="hex"):
            read_verify_key(text)
