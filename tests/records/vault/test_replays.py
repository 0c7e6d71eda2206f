"""Where a kept answer is found and what opens it: the key that the request brings, and who brings it."""

from uuid import UUID

import pytest

from records.vault import NotThisRow, Secret, Unreadable, open_text, person_replay_lock, replay_context, replay_lock, seal_text

KEY = bytes(range(16))
ANA, LUIS = UUID(int=1), UUID(int=2)
ROW = UUID(int=3)


def test_the_same_key_of_the_same_person_finds_and_opens_it_again() -> None:
    (place, secret), (again, same) = person_replay_lock(KEY, ANA), person_replay_lock(KEY, ANA)
    assert place == again
    assert open_text(same, seal_text(secret, b"answer", replay_context(ROW)), replay_context(ROW)) == b"answer"


def test_another_person_another_key_and_the_intake_share_neither_place_nor_secret() -> None:
    locks = [person_replay_lock(KEY, ANA), person_replay_lock(KEY, LUIS), person_replay_lock(KEY[::-1], ANA)]
    locks += [replay_lock(KEY, Secret(ANA.bytes * 2))]
    places = [place for place, _ in locks]
    assert len({*places, *(secret.reveal() for _, secret in locks)}) == 2 * len(locks)
    sealed = seal_text(locks[0][1], b"answer", replay_context(ROW))
    for _, other in locks[1:]:
        with pytest.raises((NotThisRow, Unreadable)):
            open_text(other, sealed, replay_context(ROW))


def test_what_is_kept_was_written_down_once_and_never_changes() -> None:
    place, secret = person_replay_lock(KEY, ANA)
    assert place.hex() == "3a1e55e0b10228e81f49147b9b82d119b839ac3f60f1ab6322e31b407e9c2389"
    assert secret.reveal().hex() == "9d50d47143fb4f28040862640b3859808ba4f81750eb687fd0cb8effa3f3bbcb"


def test_a_short_key_is_no_key() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        person_replay_lock(KEY[:15], ANA)
