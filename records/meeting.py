"""What is kept of a meeting beside its state: its order of business with what became of it, attendance, corrections."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from records.books import Books
from records.tables import EVENT, MATTER, MEETING, MEETING_CORRECTION, MEETING_ITEM, MEETING_PRESENCE


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of an order of business. `disposition` None: not reached yet."""

    number: int
    title: str
    documents: list[str]
    proposal: UUID | None
    struck: bool
    disposition: str | None
    method: str | None
    decision: UUID | None
    source: str | None
    instrument: str | None
    operations: list[str] | None
    to_meeting: UUID | None
    instructions: str | None = field(repr=False)
    disposed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """A member state that is there, and by whom it is represented."""

    state: str
    accreditation: UUID | None
    at_opening: bool


_ITEM = tuple(MEETING_ITEM.c[name] for name in ItemRow.__dataclass_fields__)


def add(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Write down a meeting's details."""
    books.connection.execute(insert(MEETING).values(matter_id=matter_id, **columns))


def change(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Change some of a meeting's details."""
    books.connection.execute(update(MEETING).where(MEETING.c.matter_id == matter_id).values(**columns))


def detail(books: Books, matter_id: UUID) -> dict[str, Any]:
    """A meeting's details."""
    query = select(*(column for column in MEETING.c if column.name != "matter_id")).where(MEETING.c.matter_id == matter_id)
    return dict(books.connection.execute(query).one()._mapping)


def same(books: Books, body: str, number: int, period: int) -> UUID | None:
    """The meeting that has this number. Who asks holds the number until the transaction ends."""
    books.connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"meeting {body} {number} {period}"))))
    own = MEETING.c
    query = select(own.matter_id).where(own.body == body, own.number == number, own.period == period)
    return books.connection.execute(query.where(own.cancelled_on.is_(None))).scalar_one_or_none()


def called(books: Books, matter_id: UUID) -> dict[str, Any] | None:
    """Body, number, day and state of a meeting; None: there is none with this id."""
    own = MEETING.c
    query = select(own.body, own.number, own.day, own.title, MATTER.c.state).join(MATTER, MATTER.c.id == own.matter_id)
    row = books.connection.execute(query.where(own.matter_id == matter_id)).one_or_none()
    return None if row is None else dict(row._mapping)


def set_items(books: Books, matter_id: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put these items in the place of all there were: an order of business that nobody else has seen."""
    books.connection.execute(delete(MEETING_ITEM).where(MEETING_ITEM.c.matter_id == matter_id))
    add_items(books, matter_id, rows)


def add_items(books: Books, matter_id: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add items at the end."""
    if rows:
        books.connection.execute(insert(MEETING_ITEM), [{"matter_id": matter_id, **row} for row in rows])


def change_item(books: Books, matter_id: UUID, number: int, columns: Mapping[str, Any]) -> None:
    """Change one item."""
    mine = (MEETING_ITEM.c.matter_id == matter_id, MEETING_ITEM.c.number == number)
    books.connection.execute(update(MEETING_ITEM).where(*mine).values(**columns))


def items(books: Books, matter_id: UUID) -> list[ItemRow]:
    """All items of a meeting in their order, those that were struck out too."""
    query = select(*_ITEM).where(MEETING_ITEM.c.matter_id == matter_id).order_by(MEETING_ITEM.c.number)
    return [ItemRow(**row._mapping) for row in books.connection.execute(query)]


def item(books: Books, matter_id: UUID, number: int) -> ItemRow | None:
    """One item; None: there is no such number."""
    query = select(*_ITEM).where(MEETING_ITEM.c.matter_id == matter_id, MEETING_ITEM.c.number == number)
    row = books.connection.execute(query).one_or_none()
    return None if row is None else ItemRow(**row._mapping)


def deferred_to(books: Books, matter_id: UUID) -> list[dict[str, Any]]:
    """The items that other meetings deferred to this one: whose, their number and title."""
    own = MEETING_ITEM.c
    query = select(own.matter_id.label("meeting"), MEETING.c.title.label("of"), own.number, own.title, own.proposal)
    query = query.join(MEETING, MEETING.c.matter_id == own.matter_id).where(own.to_meeting == matter_id)
    return [dict(row._mapping) for row in books.connection.execute(query.order_by(MEETING.c.day, own.number))]


def note_present(books: Books, matter_id: UUID, present: Mapping[str, UUID | None], *, at_opening: bool) -> None:
    """Note member states as present."""
    rows = [
        {"matter_id": matter_id, "state": state, "accreditation": by, "at_opening": at_opening, "recorded_at": books.now}
        for state, by in sorted(present.items())
    ]
    if rows:
        books.connection.execute(insert(MEETING_PRESENCE), rows)


def present(books: Books, matter_id: UUID) -> list[PresenceRow]:
    """Who is noted as present, by the letters of the states."""
    own = MEETING_PRESENCE.c
    query = select(own.state, own.accreditation, own.at_opening).where(own.matter_id == matter_id).order_by(own.state)
    return [PresenceRow(**row._mapping) for row in books.connection.execute(query)]


def correct(books: Books, matter_id: UUID, state: str, item_number: int | None, text: str, *, by: UUID) -> int:
    """Keep a correction of the record that a state asked for. Returns its number."""
    last = select(func.coalesce(func.max(MEETING_CORRECTION.c.number), 0)).where(MEETING_CORRECTION.c.matter_id == matter_id)
    number = int(books.connection.execute(last).scalar_one()) + 1
    told = {"state": state, "item": item_number, "text": text, "recorded_at": books.now, "by_person": by}
    books.connection.execute(insert(MEETING_CORRECTION).values(matter_id=matter_id, number=number, **told))
    return number


def corrections(books: Books, matter_id: UUID) -> list[dict[str, Any]]:
    """The corrections of a record, in the order in which they came."""
    own = MEETING_CORRECTION.c
    query = select(own.number, own.state, own.item, own.text, own.recorded_at).where(own.matter_id == matter_id)
    return [dict(row._mapping) for row in books.connection.execute(query.order_by(own.number))]


def of_kind(books: Books, ids: Collection[UUID], kind: str) -> set[UUID]:
    """Which of these matters there are of a kind."""
    query = select(MATTER.c.id).where(MATTER.c.id.in_(ids), MATTER.c.kind == kind)
    return set(books.connection.execute(query).scalars()) if ids else set()


def happened_on(books: Books, matter_id: UUID, trigger: str, day: date) -> bool:
    """Whether a matter made this move, with effect on this day."""
    from_events = select(EVENT.c.seq).where(EVENT.c.matter_id == matter_id, EVENT.c.trigger == trigger)
    return books.connection.execute(from_events.where(EVENT.c.effective_on == day).limit(1)).one_or_none() is not None
