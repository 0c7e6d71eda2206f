"""By which rules the house decides, who may take that down, and what a text must still wait for. Inside a transaction."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from actions.kernel.actor import Actor, as_permitted
from policies.decisions import Act, DecisionRules, Method, Step
from policies.members import Membership
from policies.refusal import Refusal
from records import deciding as records
from records import proposal, versions
from records.books import Books
from records.documents import distributed
from states.deciding.locks import Draft, Permission, may
from states.deciding.tally import Tally

ADOPTION: Final = "adoption"
RECONSIDERATION: Final = "reconsideration"
VOTES: Final = frozenset({Method.ROLL_CALL, Method.SECRET_BALLOT})
RESOLUTION: Final = "resolution"
"""The kind of text a proposal is, for the waits that hold some kinds only, where nobody says another."""


class DecisionsNotOffered(Refusal):
    """This house's rules do not say how it decides, or who its members are."""

    code: ClassVar[str] = "decisions_not_offered"
    status: ClassVar[int] = 404


class LockedUntil(Refusal):
    """The text has not been out long enough. Tells from when on it may be decided."""

    code: ClassVar[str] = "locked_until"


class Locked(Refusal):
    """The text must wait for something that no hour brings by itself: a language, or the body's own permission."""

    code: ClassVar[str] = "locked"


def rules_of(books: Books, edition: str | None = None) -> DecisionRules:
    """How the house decides, by the edition in use or another. Raises DecisionsNotOffered."""
    pack = books.pack if edition is None else books.edition(edition)
    if pack.decisions is None:
        raise DecisionsNotOffered()
    return pack.decisions


def members_of(books: Books) -> Membership:
    """Who is a member: a fact of the world, so always as it is known today. Raises DecisionsNotOffered."""
    if books.pack.members is None:
        raise DecisionsNotOffered()
    return books.pack.members


def require(books: Books, by: UUID, act: Act) -> Actor:
    """The person, if the pack gives them this act. Raises NotAllowed, DecisionsNotOffered."""
    return as_permitted(books, by, "proposal", act, rules_of(books).access.get(act, ()))


def permission(books: Books, matter_id: UUID, step: Step, *, kind: str | None = None, session: date | None = None) -> Permission:
    """Whether the newest version may be admitted, discussed or voted on now, and every wait that bears on it.

    `kind` of text; left out: as the proposal was told to be. `session`: its first day; None: not called yet.
    """
    kind = kind or proposal.detail(books, matter_id)["text_kind"] or RESOLUTION
    draft = Draft(kind, distributed(books, matter_id), session, books.calendar().zone, dict(_lifted(books, matter_id)))
    return may(step, draft, books.now, rules_of(books))


def require_unlocked(books: Books, matter_id: UUID, step: Step) -> None:
    """Raises LockedUntil where waiting helps, Locked where something else must happen first."""
    found = permission(books, matter_id, step)
    if found.allowed:
        return
    if found.not_before is not None:
        raise LockedUntil(opens=found.not_before)
    raise Locked()


def _lifted(books: Books, matter_id: UUID) -> Iterator[tuple[str, Tally]]:
    """Wait -> the newest vote on lifting it for the newest version."""
    newest = versions.newest(books, matter_id)
    for row in records.of_matter(books, matter_id):
        current = newest is not None and row.version == newest.number
        if current and row.tally is not None and row.voided_at is None and row.asks not in (ADOPTION, RECONSIDERATION):
            yield row.asks, Tally(**row.tally)
