"""The answer kept for a repeated request opens only with the key that the request itself brings (`Idempotency-Key`)."""

from uuid import UUID

from records.vault.context import NO_MATTER, Author, Context, Visibility
from records.vault.derive import Purpose, derive, derive_key
from records.vault.secret import Secret
from records.vault.slots import IDEMPOTENT_ANSWER


def replay_lock(idempotency_key: bytes, pepper: Secret) -> tuple[bytes, Secret]:
    """Where the kept answer is found, and the key it is sealed under. We store the first alone.

    The door lets in 128 random bits and nothing shorter; the server's pepper adds that a copy of the database alone
    opens none.
    """
    return derive(pepper, Purpose.REPLAY_LOCATOR, idempotency_key), derive_key(pepper, Purpose.REPLAY_KEY, idempotency_key)


def person_replay_lock(idempotency_key: bytes, person: UUID) -> tuple[bytes, Secret]:
    """As `replay_lock`, at a door where people are signed in: one key brought by two people is two keys.

    No pepper: neither desk nor council has one, and what is kept there is ids, a state and a version
    (docs/decisions/0014-kept-answers.md).
    """
    key = Secret(idempotency_key)
    return derive(key, Purpose.PERSON_REPLAY_LOCATOR, person.bytes), derive_key(key, Purpose.PERSON_REPLAY_KEY, person.bytes)


def replay_context(row: UUID) -> Context:
    """What a kept answer is bound to."""
    return Context(IDEMPOTENT_ANSWER, row, NO_MATTER, 0, Author.PROGRAM, Visibility.OWN)
