"""A letter opens for its addressee alone, the answer for the case alone, a kept answer for the one who asks again."""

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.vault import (
    CannotSeal,
    KeyPair,
    Letter,
    NotThisRow,
    PublicKey,
    Secret,
    Unreadable,
    new_epoch,
    next_epoch,
    open_answer,
    open_letter,
    open_text,
    replay_context,
    replay_lock,
    seal_answer,
    seal_text,
    seal_to,
    serve,
)
from records.vault.letters import _document, _key

CASE = new_epoch()
ADDRESSEE = KeyPair.from_seed(Secret.random())


@settings(max_examples=30)
@given(st.binary(max_size=3000), st.binary(max_size=3000))
def test_a_letter_is_read_and_answered(text: bytes, answer: bytes) -> None:
    letter, reply = uuid4(), uuid4()
    served = open_letter(ADDRESSEE, serve(text, letter, ADDRESSEE.public, CASE.pair.public, 1), letter)
    assert served.text == text
    assert open_answer(CASE.pair, seal_answer(answer, reply, letter, served), reply, letter, 1) == answer


def test_nobody_else_reads_it_and_it_opens_nothing_else() -> None:
    letter = uuid4()
    kept = serve(b"what you are asked", letter, ADDRESSEE.public, CASE.pair.public, 1)
    for stranger in (KeyPair.from_seed(Secret.random()), CASE.pair):
        with pytest.raises(Unreadable):
            open_letter(stranger, kept, letter)
    served = open_letter(ADDRESSEE, kept, letter)
    assert CASE.seed.reveal().hex() not in repr(served)
    assert not hasattr(served, "key")


def test_s35_parts_of_two_letters_do_not_mix() -> None:
    one, other = uuid4(), uuid4()
    first = serve(b"first", one, ADDRESSEE.public, CASE.pair.public, 1)
    second = serve(b"second", other, ADDRESSEE.public, CASE.pair.public, 1)
    for kept, letter in (
        (first, other),
        (Letter(first.document, second.key), one),
        (Letter(first.document, second.key), other),
    ):
        with pytest.raises(NotThisRow):
            open_letter(ADDRESSEE, kept, letter)


def test_an_answer_belongs_to_one_letter_one_row_and_one_epoch() -> None:
    letter, reply = uuid4(), uuid4()
    served = open_letter(ADDRESSEE, serve(b"?", letter, ADDRESSEE.public, CASE.pair.public, 1), letter)
    answer = seal_answer(b"no", reply, letter, served)
    for place in ((uuid4(), letter, 1), (reply, uuid4(), 1), (reply, letter, 2)):
        with pytest.raises(NotThisRow):
            open_answer(CASE.pair, answer, *place)
    with pytest.raises(Unreadable):
        open_answer(ADDRESSEE, answer, reply, letter, 1)
    later, _ = next_epoch(CASE, uuid4(), uuid4())
    with pytest.raises(Unreadable):
        open_answer(later.pair, answer, reply, letter, 1)


def test_the_bytes_that_cross_tell_no_matter_and_only_a_rough_size() -> None:
    sizes = {
        tuple(map(len, (kept.document, kept.key)))
        for kept in (serve(b"x" * n, uuid4(), ADDRESSEE.public, CASE.pair.public, 1) for n in (0, 10, 1000))
    }
    assert len(sizes) == 1
    kept = serve(b"words to be served", uuid4(), ADDRESSEE.public, CASE.pair.public, 1)
    assert b"words" not in kept.document + kept.key
    assert CASE.pair.public.raw not in kept.document + kept.key


def test_s04_a_letter_to_a_worthless_key_is_not_made() -> None:
    with pytest.raises(CannotSeal):
        serve(b"words", uuid4(), PublicKey(bytes(32)), CASE.pair.public, 1)


def test_a_letter_that_encloses_something_else_is_unreadable() -> None:
    letter = uuid4()
    document = seal_text(Secret(bytes(32)), b"words", _document(letter))
    for enclosed in (b"", bytes(32), bytes(64), bytes(67), bytes(69)):
        kept = Letter(document, seal_to(ADDRESSEE.public, enclosed, _key(letter)))
        with pytest.raises(Unreadable):
            open_letter(ADDRESSEE, kept, letter)


def test_a_kept_answer_opens_with_the_request_that_made_it() -> None:
    pepper, asked, row = Secret.random(), bytes(range(16)), uuid4()
    locator, key = replay_lock(asked, pepper)
    answer = seal_text(key, b"201 and the words", replay_context(row))
    assert open_text(replay_lock(asked, pepper)[1], answer, replay_context(row)) == b"201 and the words"
    for other, salt in ((bytes(16), pepper), (asked, Secret.random())):
        elsewhere, wrong = replay_lock(other, salt)
        assert elsewhere != locator
        with pytest.raises(NotThisRow):
            open_text(wrong, answer, replay_context(row))
    assert locator != key.reveal()
