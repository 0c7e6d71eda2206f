"""A request that comes again is answered as the first time, for an hour. Only the request's own key opens the kept answer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import blake2b
from typing import Any, ClassVar, Final
from uuid import uuid4

from actions.sealing import NoCeremony
from policies.refusal import Refusal
from records import filing
from records.books import Books
from records.vault import open_text, replay_context, replay_lock, seal_text

KEPT: Final = timedelta(hours=1)
"""Wall time. Long enough for a network that comes back, short enough that nobody waits for it on purpose."""
KEY_BYTES: Final = 16

Answer = Mapping[str, Any]


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


def once(books: Books, request: Repeatable | None, make: Callable[[], Answer]) -> Answer:
    """Return the answer of `make`, or the answer kept when this request came first; without a key, always of `make`.

    Of many at once, one does the work and the others wait for it; if it fails, the next one does it. Raises KeyReused.
    """
    if request is None:
        return make()
    if books.trust is None or books.trust.pepper is None:
        raise NoCeremony()
    locator, secret = replay_lock(request.key, books.trust.pepper)
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
