"""What is sealed opens in its own place, and nowhere else; nothing is ever kept instead of it."""

import pickle
from dataclasses import replace
from uuid import UUID, uuid4

import nacl.bindings
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import CryptoError

from records.vault import (
    ABOUT,
    EPOCH_OLD_KEY,
    MESSAGE,
    NOTE,
    SEAT_KEY,
    STATEMENT,
    Author,
    CannotSeal,
    Context,
    KeyPair,
    NotThisRow,
    PublicKey,
    Secret,
    Unreadable,
    Visibility,
    boxes,
    open_box,
    open_text,
    seal_text,
    seal_to,
)
from records.vault.context import Layout
from records.vault.padding import bucket, pad, padded_count, unpad

KEY = Secret(bytes(range(32)))
PAIR = KeyPair.from_seed(Secret(bytes(range(32, 64))))
HERE = Context(STATEMENT, UUID(int=2), UUID(int=1), 3, Author.VISITOR, Visibility.SHARED)
texts = st.binary(max_size=5000)
contexts = st.builds(
    Context,
    st.sampled_from([STATEMENT, MESSAGE, NOTE, ABOUT, SEAT_KEY]),
    st.uuids(),
    st.uuids(),
    st.integers(0, 2**32 - 1),
    st.sampled_from(Author),
    st.sampled_from(Visibility),
)
ELSEWHERE = {
    "another slot": replace(HERE, slot=MESSAGE),
    "another row": replace(HERE, row=UUID(int=3)),
    "another matter": replace(HERE, matter=UUID(int=3)),
    "another epoch": replace(HERE, epoch=4),
    "another author": replace(HERE, author=Author.OFFICE),
    "another visibility": replace(HERE, visibility=Visibility.OFFICE),
    "row and matter exchanged": replace(HERE, row=HERE.matter, matter=HERE.row),
}


def sealed_both_ways(plaintext: bytes, context: Context):
    yield seal_text(KEY, plaintext, context), lambda sealed, there: open_text(KEY, sealed, there)
    yield seal_to(PAIR.public, plaintext, context), lambda sealed, there: open_box(PAIR, sealed, there)


@given(texts, contexts)
def test_what_is_sealed_opens(plaintext: bytes, context: Context) -> None:
    for sealed, opened in sealed_both_ways(plaintext, context):
        assert opened(sealed, context) == plaintext


@pytest.mark.parametrize("there", ELSEWHERE.values(), ids=ELSEWHERE)
def test_s35_nothing_opens_anywhere_else(there: Context) -> None:
    for sealed, opened in sealed_both_ways(b"the same words", HERE):
        with pytest.raises(NotThisRow):
            opened(sealed, there)


@given(contexts, contexts)
def test_s35_two_swapped_rows_are_detected(one: Context, other: Context) -> None:
    if one == other:
        return
    for (first, opened), (second, _) in zip(sealed_both_ways(b"a", one), sealed_both_ways(b"b", other), strict=True):
        for sealed, place in ((first, other), (second, one)):
            with pytest.raises((NotThisRow, Unreadable)):
                opened(sealed, place)


@given(st.data())
def test_damage_is_unreadable_wherever_it_is(data: st.DataObject) -> None:
    for sealed, opened in sealed_both_ways(b"words", HERE):
        at = data.draw(st.integers(0, len(sealed) - 1))
        flipped = sealed[:at] + bytes([sealed[at] ^ data.draw(st.integers(1, 255))]) + sealed[at + 1 :]
        with pytest.raises(Unreadable):
            opened(flipped, HERE)
        with pytest.raises(Unreadable):
            opened(sealed[:at], HERE)


def test_damage_to_any_byte_of_the_head_is_unreadable_and_no_swapped_row() -> None:
    for sealed, opened in sealed_both_ways(b"words", HERE):
        for at in range(80):
            with pytest.raises(Unreadable):
                opened(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], HERE)


@given(st.binary(max_size=200))
def test_any_bytes_at_all_raise_one_of_the_two(junk: bytes) -> None:
    for opened in (lambda: open_text(KEY, junk, HERE), lambda: open_box(PAIR, junk, HERE)):
        with pytest.raises((NotThisRow, Unreadable)):
            opened()


def test_another_key_opens_nothing() -> None:
    with pytest.raises(NotThisRow):
        open_text(Secret(bytes(32)), seal_text(KEY, b"words", HERE), HERE)
    with pytest.raises(Unreadable):
        open_box(KeyPair.from_seed(KEY), seal_to(PAIR.public, b"words", HERE), HERE)


def test_text_and_box_are_not_taken_for_each_other() -> None:
    with pytest.raises(Unreadable):
        open_box(PAIR, seal_text(KEY, b"words", HERE), HERE)
    with pytest.raises(Unreadable):
        open_text(KEY, seal_to(PAIR.public, b"words", HERE), HERE)


def test_a_box_with_something_else_inside_is_not_this_row() -> None:
    """Anybody may seal to a public key; without the context inside it is nobody's row."""
    for content in (b"", b"\x00", b"\xff\xff", b"\x00\x00words", HERE.encoded(Layout.BOX)):
        foreign = bytes([Layout.BOX]) + nacl.bindings.crypto_box_seal(pad(content, 1024), PAIR.public.raw)
        with pytest.raises(NotThisRow):
            open_box(PAIR, foreign, HERE)
    unpadded = bytes([Layout.BOX]) + nacl.bindings.crypto_box_seal(bytes(64), PAIR.public.raw)
    with pytest.raises(Unreadable):
        open_box(PAIR, unpadded, HERE)


def test_the_same_words_are_never_sealed_alike() -> None:
    assert seal_text(KEY, b"words", HERE) != seal_text(KEY, b"words", HERE)
    assert seal_to(PAIR.public, b"words", HERE) != seal_to(PAIR.public, b"words", HERE)


def test_errors_of_the_vault_have_no_room_for_words() -> None:
    for error in (NotThisRow, Unreadable, CannotSeal):
        with pytest.raises(TypeError):
            error("words")
        assert str(error()) == ""
    with pytest.raises(NotThisRow) as caught:
        open_text(KEY, seal_text(KEY, b"words", HERE), replace(HERE, epoch=4))
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


class Broken:
    """Stands for libsodium when it fails."""

    def __call__(self, *_args: object) -> bytes:
        raise CryptoError


@pytest.mark.parametrize("fails", ["crypto_aead_xchacha20poly1305_ietf_encrypt", "crypto_box_seal", "pad"])
def test_s32_when_sealing_fails_nothing_comes_back(monkeypatch, fails: str) -> None:
    monkeypatch.setattr(boxes, fails, Broken())
    came_back = []
    if fails != "crypto_box_seal":
        with pytest.raises(CannotSeal):
            came_back.append(seal_text(KEY, b"words", HERE))
    if fails != "crypto_aead_xchacha20poly1305_ietf_encrypt":
        with pytest.raises(CannotSeal):
            came_back.append(seal_to(PAIR.public, b"words", HERE))
    assert came_back == []


@pytest.mark.parametrize("key", [b"", bytes(16), bytes(31), bytes(33), bytes(64)])
def test_s32_a_key_of_a_wrong_length_seals_nothing(key: bytes) -> None:
    with pytest.raises((CannotSeal, ValueError)):
        seal_text(Secret(key), b"words", HERE)


def test_s04_a_public_key_that_protects_nothing_is_refused() -> None:
    """Points of low order give everyone the same secret."""
    low_order = [bytes(32), b"\x01" + bytes(31), bytes.fromhex("ec" + "ff" * 30 + "7f"),
                 bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    for raw in low_order:
        with pytest.raises(CannotSeal):
            seal_to(PublicKey(raw), b"words", HERE)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_public_key_has_32_bytes(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        PublicKey(bytes(size))


def test_s02_the_size_tells_only_the_bucket() -> None:
    for sizes in (range(0, 900, 100), range(1100, 1900, 100)):
        for way in range(2):
            lengths = {len(list(sealed_both_ways(b"x" * size, HERE))[way][0]) for size in sizes}
            assert len(lengths) == 1


@given(st.binary(max_size=3000), st.sampled_from([256, 1024]), st.sampled_from([256, 1024]))
def test_padding_comes_off_whatever_the_slot_says_by_then(content: bytes, then: int, now: int) -> None:
    assert unpad(pad(content, then), now) == content


@given(st.integers(0, 10**7), st.sampled_from([256, 1024]))
def test_a_bucket_is_the_block_doubled_until_it_is_enough(size: int, block: int) -> None:
    found = bucket(size, block)
    assert found > size
    assert found == block or found // 2 <= size
    assert (found // block).bit_count() == 1


@given(st.integers(1, 10**6))
def test_padme_adds_at_most_twelve_percent_and_keeps_the_order(count: int) -> None:
    assert count <= padded_count(count) <= max(count * 1.12, 1)
    assert padded_count(count) <= padded_count(count + 1)
    assert padded_count(padded_count(count)) == padded_count(count)


@given(st.lists(contexts, min_size=2, max_size=2, unique_by=lambda c: (c.slot.name, *map(str, (c.row, c.matter, c)))))
def test_two_places_are_never_written_alike(two: list[Context]) -> None:
    one, other = two
    assert one.encoded(Layout.TEXT) != other.encoded(Layout.TEXT)
    assert one.encoded(Layout.TEXT) != one.encoded(Layout.BOX)


def test_a_place_is_written_as_the_decision_says() -> None:
    def field(content: bytes) -> bytes:
        return len(content).to_bytes(2, "big") + content

    expected = [b"\x01", b"statement", UUID(int=2).bytes, UUID(int=1).bytes, b"\0\0\0\x03", b"visitor", b"shared"]
    assert HERE.encoded(Layout.TEXT) == b"".join(map(field, expected))


def test_renaming_a_table_or_column_loses_nothing() -> None:
    sealed = seal_text(KEY, b"words", HERE)
    renamed = replace(HERE, slot=replace(STATEMENT, table="texts", column="body", block=4096))
    assert open_text(KEY, sealed, renamed) == b"words"


def test_secrets_hide_themselves() -> None:
    secret = Secret(b"sixteen bytes...")
    assert "sixteen" not in f"{secret} {secret!r} {[secret]} {PAIR} {secret.__reduce__.__doc__}"
    assert PAIR.private.reveal().hex() not in repr(PAIR)
    assert secret == Secret(b"sixteen bytes...")
    assert secret != Secret(b"other")
    for refused in (pickle.dumps, hash):
        with pytest.raises(TypeError, match="secret"):
            refused(secret)


def test_a_key_is_kept_at_its_own_length() -> None:
    context = Context(EPOCH_OLD_KEY, uuid4(), uuid4(), 2, Author.PROGRAM, Visibility.OFFICE)
    assert len(seal_text(KEY, bytes(32), context)) == 1 + 16 + 24 + 32 + 16
