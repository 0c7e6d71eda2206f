"""The whole use cases of the kernel: open a matter, move it. One call is one transaction."""

from typing import ClassVar
from uuid import UUID

from actions.kernel import access
from actions.kernel.actor import Actor
from actions.kernel.callers import Caller, HousePerson
from actions.kernel.driving import drive, reached
from actions.kernel.kind import Payload
from actions.kernel.settle import settle, tell
from actions.kernel.step import open_matter, step, subject_of
from actions.office import Office
from actions.replays import Repeatable, matter_once
from policies.refusal import Refusal
from records import matters
from records.books import Books
from records.matters import Matter, NotFound, StaleVersion
from states.clocks import OPEN
from states.machine import NoSuchMove


class NotOffered(Refusal):
    """This house does not carry such matters, or not behind this door."""

    code: ClassVar[str] = "not_offered"
    status: ClassVar[int] = 404


def open_kind(office: Office, kind: str, payload: Payload, *, by: UUID | Caller, request: Repeatable | None = None) -> Matter:
    """Open a matter of a kind; with `request`, once however often that comes.

    Raises NotOffered, NotAllowed, NotFound for a tie to nothing, NotYet, BeforeHistory, KeyReused.
    """
    caller = _caller(by)
    with office.open() as books:
        actor = _opener(office, books, kind, caller)  # also who asks again must still be one who may
        return matter_once(books, request, lambda: open_in(office, books, kind, payload, by=caller), by=actor.person)


def open_in(office: Office, books: Books, kind: str, payload: Payload, *, by: Caller) -> Matter:
    """Like `open_kind`, inside a transaction. Raises as it does, but for KeyReused."""
    actor = _opener(office, books, kind, by)
    ties = payload.ties()
    if len(matters.lock(books, list(ties))) != len(ties):
        raise NotFound()
    return open_matter(office.kinds, books, kind, payload, by=actor, tied=ties)


def move(
    office: Office,
    matter_id: UUID | None,
    trigger: str,
    payload: Payload,
    *,
    by: UUID | Caller,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Walk a matter one step and write down that it happened. Without `matter_id`: the one the visitor's words lead to.

    State, clocks, ledger entry and outbox are kept together or not at all. Overdue lapses are settled first, so the outcome
    does not depend on when a worker ran. With `request`, it is done once however often that comes; whoever may not know of the
    matter any more is not answered from what was kept. Raises NotFound (also for what the caller may not know of), NotAllowed,
    NoSuchMove, MoveRefused, NotYet, BeforeHistory, KeyReused; StaleVersion when `version` is given and is not the matter's.
    """
    caller = _caller(by)
    with office.open() as books:
        about = matter_id or caller.enter(books, None).own
        if about is None:
            raise NotFound()
        actor = caller.enter(books, about)  # before anything is looked at, row-level security must know who is there
        if request is not None:
            _require_reader(office, books, about, actor)
        return matter_once(
            books,
            request,
            lambda: move_in(office, books, about, trigger, payload, by=caller, version=version),
            by=actor.person,
        )


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
    try:
        matter = step(office.kinds, books, matter, trigger, payload, by=actor)
    except NoSuchMove as refused:
        possible = office.kinds[matter.kind].table.moves_from(matter.state)
        allowed = dict.fromkeys(str(m.trigger) for m in possible if access.may(policy, actor, m.trigger, matter))
        raise NoSuchMove(matter.kind, trigger, matter.state, allowed) from refused
    drive(office.kinds, books, matter, payload, by=by)
    tell(books)
    return matter


def lock_with_ties(office: Office, books: Books, matter_id: UUID) -> Matter:
    """Lock a matter and all it may reach, in id order, and settle those: a signal finds them locked and settled."""
    found = matters.lock(books, sorted(reached(books, matter_id, matters.links(books, matter_id))))
    if matter_id not in found:
        raise NotFound()
    for other in found.values():
        if other.id != matter_id:
            settle(office.kinds, books, other)
    return matters.find(books, matter_id)


def _opener(office: Office, books: Books, kind: str, by: Caller) -> Actor:
    """Whoever enters, if they may open such a matter. Raises NotOffered, NotAllowed."""
    if kind not in office.kinds or kind not in books.pack.kinds:
        raise NotOffered(kind=kind)
    actor = by.enter(books, None)
    access.require(books.pack.kinds[kind], actor, OPEN, None, kind=kind)
    return actor


def _require_reader(office: Office, books: Books, matter_id: UUID, actor: Actor) -> None:
    """Raise NotFound unless there is such a matter and the actor may know of it."""
    subject = subject_of(office.kinds, books, matters.find(books, matter_id))
    access.require(subject.policy, actor, "read", subject.matter)


def _caller(by: UUID | Caller) -> Caller:
    return HousePerson(by) if isinstance(by, UUID) else by
