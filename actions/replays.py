"""A request that comes again is answered as the first time, for an hour. Only the request's own key opens the kept answer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import blake2b
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from pydantic import TypeAdapter

from actions.sealing import NoCeremony
from policies.refusal import Refusal
from records import filing
from records.books import Books
from records.matters import Matter
from records.vault import Secret, open_text, person_replay_lock, replay_context, replay_lock, seal_text

KEPT: Final = timedelta(hours=1)
"""Wall time. Long enough for a network that comes back, short enough that nobody waits for it on purpose."""
KEY_BYTES: Final = 16

Answer = Mapping[str, Any]
_MATTER: Final = TypeAdapter(Matter)


class KeyReused(Refusal):
    """The same Idempotency-Key came with another request."""

    code: ClassVar[str] = "key_reused"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A request that may come again: its key of 128 random bits, and what it asks for. Both are kept nowhere."""

    key: bytes = field(repr=False)
    asked: bytes = field(repr=False)

    @property
    def mark(self) -> str:
        """What tells this request from another under the same key; only the key makes it."""
        return blake2b(self.asked, key=self.key, digest_size=16).hexdigest()


def once(books: Books, request: Repeatable | None, make: Callable[[], Answer], *, by: UUID | None = None) -> Answer:
    """Return the answer of `make`, or the answer kept when this request came first; without a key, always of `make`.

    `by` is the person who is signed in: the same key of another person is another key. None: whoever comes to the intake.
    Whoever calls has judged before that this person may still see what the answer is about.

    Of many at once, one does the work and the others wait for it; if it fails, the next one does it. Raises KeyReused.
    """
    if request is None:
        return make()
    locator, secret = _lock(books, request.key, by)
    row = uuid4()
    kept = filing.claim(books, locator, row, keep=KEPT)
    if kept is None:
        answer = make()
        body = json.dumps({"mark": request.mark, "answer": answer}, ensure_ascii=False).encode()
        filing.keep_answer(books, locator, seal_text(secret, body, replay_context(row)))
        return answer
    if kept.answer_sealed is None:
        raise ValueError("an answer is kept in the transaction that claims its key")
    opened = json.loads(open_text(secret, kept.answer_sealed, replay_context(kept.id)))
    if opened["mark"] != request.mark:
        raise KeyReused()
    first: Answer = opened["answer"]
    return first


def matter_once(books: Books, request: Repeatable | None, make: Callable[[], Matter], *, by: UUID | None) -> Matter:
    """Like `once`, for what answers with a matter: it comes back as it was right after the first time."""
    if request is None:
        return make()
    told = once(books, request, lambda: {"matter": _MATTER.dump_python(make(), mode="json")}, by=by)
    return _MATTER.validate_python(told["matter"])


def _lock(books: Books, key: bytes, by: UUID | None) -> tuple[bytes, Secret]:
    if by is not None:
        return person_replay_lock(key, by)
    if books.trust is None or books.trust.pepper is None:
        raise NoCeremony()
    return replay_lock(key, books.trust.pepper)
