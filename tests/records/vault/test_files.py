"""A file comes back byte for byte or not at all, in constant memory, and its size is told only roughly."""

import hashlib
import tracemalloc
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.exceptions import CryptoError

from records.vault import (
    FILE_CONTENT,
    FILE_NAME,
    Author,
    CannotSeal,
    Context,
    FileSealer,
    NotThisRow,
    Secret,
    Unreadable,
    Visibility,
    files,
    new_file_key,
    open_file,
    open_text,
    seal_text,
    sealed_size,
)
from records.vault.files import CONTENT, FRAME, SEALED_FRAME

KEY = Secret(bytes(range(32)))
HERE = Context(FILE_CONTENT, UUID(int=2), UUID(int=1), 3, Author.VISITOR, Visibility.SHARED)
HEAD = 1 + 16 + 24
MB = 10**6


def sealed(content: bytes, piece: int = 10**9) -> bytes:
    sealer = FileSealer(KEY, HERE)
    pushed = b"".join(sealer.push(content[start : start + piece]) for start in range(0, len(content), piece))
    return pushed + sealer.finish()


def opened(*chunks: bytes, key: Secret = KEY, context: Context = HERE) -> bytes:
    return b"".join(open_file(key, context, chunks))


def frames(whole: bytes) -> list[bytes]:
    return [whole[at : at + SEALED_FRAME] for at in range(HEAD, len(whole), SEALED_FRAME)]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 4 * CONTENT), st.integers(1, 3 * FRAME), st.integers(1, 3 * FRAME), st.randoms())
def test_a_file_comes_back_however_it_was_cut_on_the_way_in_and_out(size, piece_in, piece_out, chance) -> None:
    content = chance.randbytes(size)
    whole = sealed(content, piece_in)
    assert opened(*(whole[at : at + piece_out] for at in range(0, len(whole), piece_out))) == content
    assert len(whole) == sealed_size(size)


@pytest.mark.parametrize("size", [0, 1, CONTENT - 1, CONTENT, CONTENT + 1, 2 * CONTENT, 9 * CONTENT, 9 * CONTENT + 1])
def test_sizes_at_the_edge_of_a_frame_come_back(size: int) -> None:
    content = (b"\x80" + bytes(999)) * (size // 1000 + 1)        # looks like padding
    assert opened(sealed(content[:size])) == content[:size]


def test_a_file_of_no_bytes_is_a_file_and_looks_like_a_small_one() -> None:
    assert list(open_file(KEY, HERE, [sealed(b"")])) == []
    assert len(sealed(b"")) == len(sealed(b"x" * CONTENT)) == sealed_size(0) == HEAD + SEALED_FRAME


def test_s02_sizes_are_told_in_steps_and_cost_an_eighth_at_most() -> None:
    assert len({sealed_size(size) for size in range(0, 100 * MB, 10_000)}) < 100     # of 1,526 without
    for size in (MB, 10 * MB, 99 * MB, 100 * MB):
        assert size < sealed_size(size) < size * 1.12 + SEALED_FRAME + HEAD
    assert len(frames(sealed(b"x" * 9 * CONTENT))) == 10


def test_a_hundred_megabytes_pass_in_constant_memory() -> None:
    piece = bytes(range(256)) * 4096
    before, after, kept = hashlib.sha256(), hashlib.sha256(), 0

    def arriving():
        nonlocal kept
        sealer = FileSealer(KEY, HERE)
        for _ in range(96):
            before.update(piece)
            out = sealer.push(piece)
            kept += len(out)
            yield out
        out = sealer.finish()
        kept += len(out)
        yield out

    tracemalloc.start()
    try:
        for content in open_file(KEY, HERE, arriving()):
            after.update(content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert before.digest() == after.digest()
    assert kept == sealed_size(96 * len(piece)) > 100 * MB
    assert peak < 12 * MB           # of it 8.4 MB: the padding that `finish` makes and returns


def test_s01_what_comes_out_of_the_sealer_holds_none_of_what_went_in() -> None:
    marker = b"MARKER-7f3a"
    whole = sealed((marker + bytes(1000)) * 500, 700)
    assert marker not in whole


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_cut_file_never_passes_for_a_whole_one(data) -> None:
    whole = sealed(bytes(3 * CONTENT + 5))
    at = data.draw(st.integers(0, len(whole) - 1) | st.sampled_from([HEAD, *range(HEAD, len(whole), SEALED_FRAME)]))
    with pytest.raises(Unreadable):
        opened(whole[:at])


def test_an_upload_that_broke_off_does_not_open() -> None:
    sealer = FileSealer(KEY, HERE)
    with pytest.raises(Unreadable):
        opened(sealer.push(bytes(5 * CONTENT)))


def test_reordered_repeated_dropped_and_added_frames_are_found() -> None:
    whole = sealed(b"abc" * CONTENT)
    head, parts = whole[:HEAD], frames(whole)
    assert len(parts) == 3
    again = frames(sealed(b"abc" * CONTENT))
    for tried in (
        [parts[1], parts[0], parts[2]],
        [parts[0], parts[0], parts[1], parts[2]],
        [parts[0], parts[2]],
        [*parts, parts[2]],
        [*parts, again[2]],
        [*parts, b"x"],
        [parts[0], again[1], parts[2]],
        [parts[2]],
        [],
    ):
        with pytest.raises(Unreadable):
            opened(head, *tried)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damage_anywhere_is_found(data) -> None:
    whole = sealed(b"words")
    at = data.draw(st.integers(0, HEAD + 20) | st.integers(0, len(whole) - 1))
    with pytest.raises((Unreadable, NotThisRow)) as caught:
        opened(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
    assert caught.type is Unreadable


@pytest.mark.parametrize("change", [{"row": UUID(int=9)}, {"matter": UUID(int=9)}, {"epoch": 4},
                                    {"author": Author.OFFICE}, {"visibility": Visibility.OFFICE}, {"slot": FILE_NAME}])
def test_s35_a_file_opens_in_its_own_row_alone(change) -> None:
    with pytest.raises(NotThisRow):
        opened(sealed(b"words"), context=replace(HERE, **change))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(NotThisRow):
        opened(sealed(b"words"), key=new_file_key())


@given(st.lists(st.binary(max_size=100), max_size=5))
def test_any_bytes_at_all_are_unreadable(junk: list[bytes]) -> None:
    with pytest.raises((Unreadable, NotThisRow)):
        opened(*junk)


def test_a_finished_sealer_takes_nothing_more() -> None:
    sealer = FileSealer(KEY, HERE)
    sealer.finish()
    for act in (lambda: sealer.push(b"more"), sealer.finish):
        with pytest.raises(ValueError, match="finished"):
            act()


@pytest.mark.parametrize("fails", ["sodium_pad", "crypto_secretstream_xchacha20poly1305_push"])
def test_s32_when_sealing_fails_nothing_comes_back(monkeypatch, fails: str) -> None:
    def broken(*_args: object) -> bytes:
        raise CryptoError

    sealer, kept = FileSealer(KEY, HERE), b""
    monkeypatch.setattr(files, fails, broken)
    with pytest.raises(CannotSeal):
        kept += sealer.push(bytes(2 * FRAME))
    assert kept == b""


def test_a_file_name_is_sealed_like_any_text_and_padded() -> None:
    place = replace(HERE, slot=FILE_NAME)
    names = ["a.pdf", "informe sobre la jefa de unidad.docx"]
    kept = [seal_text(KEY, name.encode(), place) for name in names]
    assert [open_text(KEY, name, place).decode() for name in kept] == names
    assert len({len(name) for name in kept}) == 1
