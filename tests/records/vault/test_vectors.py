"""Fact 10: what was ever sealed stays readable. These bytes were written down once; every later version opens them."""

import hashlib
from typing import Any
from uuid import UUID

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
)

from records.vault import (
    FILE_CONTENT,
    Author,
    Context,
    Epoch,
    KeyPair,
    Letter,
    PublicKey,
    Secret,
    SignedKey,
    Visibility,
    combine,
    earlier_epoch,
    locate,
    open_answer,
    open_box,
    open_file,
    open_letter,
    open_text,
    read,
    seat_context,
    staff_context,
    unwrap_with_passphrase,
    verify_chain,
)

LETTER = UUID("33333333-3333-4333-8333-333333333333")


def secret(hexadecimal: str) -> Secret:
    return Secret(bytes.fromhex(hexadecimal))


def pair(seed: str) -> KeyPair:
    return KeyPair.from_seed(secret(seed))


def fields(*contents: bytes) -> bytes:
    return b"".join(len(content).to_bytes(2, "big") + content for content in contents)


def test_old_text_opens(vectors: dict[str, Any], here: Context) -> None:
    known = vectors["text"]
    opened = open_text(secret(known["key"]), bytes.fromhex(known["sealed"]), here)
    assert opened.decode() == known["plaintext"]


def test_text_is_the_bytes_the_decision_describes(vectors: dict[str, Any], row: UUID, matter: UUID) -> None:
    """Built by hand from hashlib and libsodium, without the vault."""
    known = vectors["text"]
    key, nonce = bytes(range(32)), bytes(range(0x40, 0x58))
    bound = fields(b"\x01", b"statement", row.bytes, matter.bytes, b"\0\0\0\x03", b"visitor", b"shared")
    tag = hashlib.blake2b(bound, digest_size=16, key=key, person=b"amparo.context.1").digest()
    padded = known["plaintext"].encode() + b"\x80"
    padded += bytes(1024 - len(padded))
    body = crypto_aead_xchacha20poly1305_ietf_encrypt(padded, bound, nonce, key)
    assert b"\x01" + tag + nonce + body == bytes.fromhex(known["sealed"])


def test_an_old_box_opens(vectors: dict[str, Any], row: UUID, matter: UUID) -> None:
    known = vectors["box"]
    opened = open_box(pair(known["seed"]), bytes.fromhex(known["sealed"]), seat_context(row, matter, 3))
    assert opened.hex() == known["content"]


def test_an_old_epoch_opens_from_the_next(vectors: dict[str, Any], row: UUID, matter: UUID) -> None:
    known = vectors["link"]
    opened = earlier_epoch(Epoch(2, secret(known["new_seed"])), bytes.fromhex(known["sealed"]), row, matter)
    assert opened == Epoch(1, secret(known["old_seed"]))


def test_the_content_key_of_an_epoch_stays_the_same(vectors: dict[str, Any]) -> None:
    seed = bytes.fromhex(vectors["link"]["old_seed"])
    expected = hashlib.blake2b(b"", digest_size=32, key=seed, person=b"amparo.content.1").digest()
    assert Epoch(1, Secret(seed)).content_key == Secret(expected)


def test_an_old_file_opens(vectors: dict[str, Any], row: UUID, matter: UUID) -> None:
    """The frame is made again by libsodium alone, from the header written down, and must hash to what was."""
    known = vectors["file"]
    head, key = bytes.fromhex(known["head"]), bytes.fromhex(known["key"])
    bound = fields(b"\x03", b"file_content", row.bytes, matter.bytes, b"\0\0\0\x03", b"visitor", b"shared")
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_pull(state, head[17:], key)
    padded = known["content"].encode() + b"\x80"
    padded += bytes(65536 - len(padded))
    frame = crypto_secretstream_xchacha20poly1305_push(
        state, padded, bound, crypto_secretstream_xchacha20poly1305_TAG_FINAL
    )
    assert hashlib.sha256(head + frame).hexdigest() == known["sha256"]
    place = Context(FILE_CONTENT, row, matter, 3, Author.VISITOR, Visibility.SHARED)
    assert b"".join(open_file(Secret(key), place, [head + frame])).decode() == known["content"]


def test_an_old_letter_and_its_answer_open(vectors: dict[str, Any], row: UUID) -> None:
    known = vectors["letter"]
    kept = Letter(bytes.fromhex(known["document"]), bytes.fromhex(known["key"]))
    served = open_letter(pair(known["addressee_seed"]), kept, LETTER)
    assert (served.text.decode(), served.epoch) == (known["text"], 3)
    case = pair(known["case_seed"])
    assert served.answer_to == case.public
    reply = vectors["reply"]
    assert open_answer(case, bytes.fromhex(reply["sealed"]), row, LETTER, 3).decode() == reply["text"]


def test_an_old_passphrase_opens_its_key(vectors: dict[str, Any], row: UUID) -> None:
    known = vectors["passphrase"]
    holder = unwrap_with_passphrase(bytes.fromhex(known["wrapped"]), known["passphrase"], staff_context(row))
    assert holder.seed == secret(known["seed"])


def test_old_receipts_lead_to_the_same_place(vectors: dict[str, Any]) -> None:
    assert len(vectors["receipts"]) == 12
    for known in vectors["receipts"]:
        assert read(known["words"]) == bytes.fromhex(known["entropy"])
        locator, opened = locate(known["words"], secret(vectors["pepper"]))
        assert (locator.hex(), opened.public.raw.hex()) == (known["locator"], known["public_key"])


def test_old_recovery_shares_combine(vectors: dict[str, Any]) -> None:
    known = vectors["recovery"]
    assert combine(known["shares"][1:]).seed == secret(known["seed"])


def test_an_old_signature_holds(vectors: dict[str, Any], row: UUID) -> None:
    known = vectors["signed_key"]
    box, verify = PublicKey(bytes.fromhex(known["box"])), bytes.fromhex(known["verify"])
    signed_by, signature = bytes.fromhex(known["signed_by"]), bytes.fromhex(known["signature"])
    key = SignedKey(row, box, verify, True, known["serial"], signed_by, signature)
    assert verify_chain([key], signed_by) == {row: key}
