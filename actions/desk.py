"""The desk's ground: how a person with a seat comes to a matter, and how a desk act that is no move is written down.

Whoever has no seat finds nothing: the answer is the one for an id that never was (S42). Assigning, seating, stepping down,
notes and waivers are the kernel's business rather than a procedure's, so no table has a move for them: they bump the
matter's version and leave a ledger entry (docs/decisions/0022-desk.md). Who may do them, the pack says act by act.
"""

from uuid import UUID

from actions.kernel import access
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.kernel.move import lock_with_ties
from actions.kernel.noting import write_down
from actions.kernel.settle import settle
from actions.kernel.step import subject_of
from actions.kernel.watching import Subject
from actions.office import Office
from records import matters
from records.books import Books
from records.matters import NotFound, StaleVersion

__all__ = ["enter", "hold", "require_seat", "write_down"]


def enter(office: Office, books: Books, kind: str, matter_id: UUID, by: DeskPerson) -> tuple[Actor, Subject]:
    """Who looks, and the matter. Raises NotFound unless it is of this kind and this person has a seat in it."""
    actor = by.enter(books, matter_id)
    subject = subject_of(office.kinds, books, matters.find(books, matter_id))
    if subject.matter.kind != kind or actor.seat_in is None or not access.may(subject.policy, actor, "read", subject.matter):
        raise NotFound()
    return actor, subject


def hold(office: Office, books: Books, kind: str, matter_id: UUID, by: DeskPerson, version: int | None) -> tuple[Actor, Subject]:
    """Like `enter`, with the matter and what it is tied to locked and settled, to be changed.

    Raises NotFound, also for who lost their seat while waiting for the lock; StaleVersion when `version` is given and somebody
    changed the matter since.
    """
    enter(office, books, kind, matter_id, by)
    lock_with_ties(office, books, matter_id)
    actor, subject = enter(office, books, kind, matter_id, by)
    if version is not None and version != subject.matter.version:
        raise StaleVersion()
    matter = settle(office.kinds, books, subject.matter)
    return actor, subject_of(office.kinds, books, matter)


def require_seat(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson) -> None:
    """Raise NotFound unless there is such a matter and this person has a seat in it."""
    with office.open() as books:
        enter(office, books, kind, matter_id, by)
