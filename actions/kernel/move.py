"""The whole use cases of the kernel: open a matter, move it. One call is one transaction."""

from typing import ClassVar
from uuid import UUID

from actions.kernel import access
from actions.kernel.callers import Caller, HousePerson
from actions.kernel.kind import Payload
from actions.kernel.settle import settle, tell
from actions.kernel.step import open_matter, step, subject_of
from actions.office import Office
from policies.refusal import Refusal
from records import matters
from records.books import Books
from records.matters import Matter, NotFound, StaleVersion
from states.clocks import OPEN


class NotOffered(Refusal):
    """This house does not carry such matters, or not behind this door."""

    code: ClassVar[str] = "not_offered"
    status: ClassVar[int] = 404


def open_kind(office: Office, kind: str, payload: Payload, *, by: UUID | Caller) -> Matter:
    """Open a matter of a kind.

    Raises NotOffered, NotAllowed, NotFound for a tie to nothing, NotYet, BeforeHistory.
    """
    with office.open() as books:
        if kind not in office.kinds or kind not in books.pack.kinds:
            raise NotOffered(kind=kind)
        actor = _caller(by).enter(books, None)
        access.require(books.pack.kinds[kind], actor, OPEN, None)
        ties = payload.ties()
        if len(matters.lock(books, list(ties))) != len(ties):
            raise NotFound()
        return open_matter(office.kinds, books, kind, payload, by=actor, tied=ties)


def move(
    office: Office, matter_id: UUID | None, trigger: str, payload: Payload, *, by: UUID | Caller, version: int | None = None
) -> Matter:
    """Walk a matter one step and write down that it happened. Without `matter_id`: the one the visitor's words lead to.

    State, clocks, ledger entry and outbox are kept together or not at all. Overdue lapses are settled first, so the outcome
    does not depend on when a worker ran. Raises NotFound (also for what the caller may not know of), NotAllowed, NoSuchMove,
    MoveRefused, NotYet, BeforeHistory; StaleVersion when `version` is given and is not the matter's.
    """
    caller = _caller(by)
    with office.open() as books:
        about = matter_id or caller.enter(books, None).own
        if about is None:
            raise NotFound()
        caller.enter(books, about)  # before anything is looked at, row-level security must know who is there
        return move_in(office, books, about, trigger, payload, by=caller, version=version)


def move_in(
    office: Office, books: Books, matter_id: UUID, trigger: str, payload: Payload, *, by: Caller, version: int | None = None
) -> Matter:
    """Like `move`, inside a transaction in which the caller has entered. Raises as it does."""
    matter = lock_with_ties(office, books, matter_id)
    actor = by.enter(books, matter_id)  # again, now that it is locked: a seat may have been taken meanwhile
    policy = subject_of(office.kinds, books, matter).policy
    access.require(policy, actor, "read", matter)
    if version is not None and version != matter.version:
        raise StaleVersion()
    matter = settle(office.kinds, books, matter)
    access.require(policy, actor, trigger, matter)
    matter = step(office.kinds, books, matter, trigger, payload, by=actor)
    tell(books)
    return matter


def lock_with_ties(office: Office, books: Books, matter_id: UUID) -> Matter:
    """Lock a matter and all it is tied to, in id order, and settle those: a signal finds them locked and settled."""
    found = matters.lock(books, [matter_id, *matters.linked(books, matter_id)])
    if matter_id not in found:
        raise NotFound()
    for other in found.values():
        if other.id != matter_id:
            settle(office.kinds, books, other)
    return matters.find(books, matter_id)


def _caller(by: UUID | Caller) -> Caller:
    return HousePerson(by) if isinstance(by, UUID) else by
