"""Keeping a matter from being destroyed: who asks and who approves are two, and it ends on a day."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID, uuid4

from actions.kernel import access
from actions.kernel.callers import Caller
from actions.kernel.step import subject_of
from actions.office import Office
from actions.replays import Answer, Repeatable, once
from policies.refusal import Refusal
from records import matters, people, retention, seats
from records.books import Books
from records.ledger import Entry, store
from records.matters import Matter, NotFound
from records.retention import HoldRow
from states.acts import HOLD


class HoldReason(StrEnum):
    """Why a matter must not be destroyed yet."""

    APPEAL = "appeal"
    COURT = "court"
    INQUIRY = "inquiry"
    PROTECTION = "protection"
    REVIEW = "review"


class HoldNeedsAnother(Refusal):
    """Whoever is responsible for a matter, or asks for it to be held, cannot approve that: somebody else has to."""

    code: ClassVar[str] = "hold_needs_another"
    status: ClassVar[int] = 403


class AskerUnknown(Refusal):
    """Nobody who can see the matter is called by this id: who cannot see it cannot have asked for it to be held."""

    code: ClassVar[str] = "asker_unknown"
    status: ClassVar[int] = 422


class HoldNeedsAnEnd(Refusal):
    """A hold ends on a day that is still to come."""

    code: ClassVar[str] = "hold_needs_an_end"
    status: ClassVar[int] = 422


def place_hold(
    office: Office,
    matter_id: UUID,
    *,
    reason: HoldReason,
    until: date,
    by: Caller,
    asked_by: UUID | None = None,
    request: Repeatable | None = None,
) -> UUID:
    """Keep a matter, and what grew out of it, from being destroyed until a day. Return the hold's id.

    Whoever does it approves it: it takes somebody to whom the pack gives it who is not responsible for the matter and did not
    ask for it (`asked_by`; None: somebody outside did). To keep it for longer is to place another. Raises NotFound, NotAllowed,
    HoldNeedsAnother, AskerUnknown, HoldNeedsAnEnd, KeyReused; then nothing was written.
    """
    with office.open() as books:
        person, matter = _approver(office, books, matter_id, by)

        def place() -> Answer:
            if until <= books.today:
                raise HoldNeedsAnEnd(until=until, today=books.today)
            if asked_by == person:
                raise HoldNeedsAnother()
            if asked_by is not None and asked_by not in seats.persons(books, matter_id):
                raise AskerUnknown()
            row = HoldRow(uuid4(), matter_id, reason.value, person, books.today, until, asked_by=asked_by)
            retention.add_hold(books, row)
            facts: dict[str, str | int | date] = {"hold": str(row.id), "reason": row.reason, "until": until}
            _enter(books, matter, "held", person, facts | ({} if asked_by is None else {"asked_by": str(asked_by)}))
            return {"hold": str(row.id)}

        return UUID(once(books, request, place, by=person)["hold"])


def lift_hold(office: Office, matter_id: UUID, hold_id: UUID, *, by: Caller, request: Repeatable | None = None) -> None:
    """End a hold today. Takes the same people as placing one. Raises NotFound, NotAllowed, HoldNeedsAnother, KeyReused."""
    with office.open() as books:
        person, matter = _approver(office, books, matter_id, by)

        def lift() -> Answer:
            held = retention.hold(books, hold_id)
            if held is None or held.matter_id != matter_id or held.until_on <= books.today:
                raise NotFound()
            retention.end_hold(books, hold_id, person)
            _enter(books, matter, "hold_lifted", person, {"hold": str(hold_id)})
            return {}

        once(books, request, lift, by=person)


def holds_of(books: Books, matter: Matter) -> list[HoldRow]:
    """What keeps a matter from being destroyed today: holds on it, and on what it goes with."""
    return retention.live_holds(books, retention.family(books, retention.root(books, matter.id)))


def _approver(office: Office, books: Books, matter_id: UUID, by: Caller) -> tuple[UUID, Matter]:
    """Somebody of the office who may hold a matter and does not handle it, and the matter, locked."""
    actor = by.enter(books, matter_id)
    found = matters.lock(books, [matter_id])
    if matter_id not in found:
        raise NotFound()
    policy = subject_of(office.kinds, books, found[matter_id]).policy
    access.require(policy, actor, HOLD, found[matter_id])
    if actor.person is None:
        raise access.refusal(policy, actor, HOLD, found[matter_id].kind)
    if people.responsible(books, [matter_id]).get(matter_id) == actor.person:
        raise HoldNeedsAnother()
    return actor.person, found[matter_id]


def _enter(books: Books, matter: Matter, what: str, person: UUID, facts: dict[str, str | int | date]) -> None:
    store.enter(books, matter, Entry(books.today, f"{matter.kind}.{what}", str(matter.id), str(person), facts))
