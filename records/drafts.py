"""What somebody at the desk typed and did not send. Row-level security shows each person their own, while they have the seat."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import and_, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from records.books import Books
from records.tables import SEALED_DRAFT


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One form of one person in one matter, sealed to that person's own key."""

    id: UUID
    matter_id: UUID
    person_id: UUID
    form: str
    sealed: bytes = field(repr=False)
    made_on: date


def put(books: Books, row: DraftRow) -> None:
    """Keep a draft in the place of the one before, its id included: what is sealed is bound to it."""
    values = {name: getattr(row, name) for name in DraftRow.__dataclass_fields__}
    again = {name: values[name] for name in ("id", "sealed", "made_on")}
    new = upsert(SEALED_DRAFT).values(**values)
    books.connection.execute(new.on_conflict_do_update(index_elements=["matter_id", "person_id", "form"], set_=again))


def of_person(books: Books, matter_id: UUID, person_id: UUID) -> list[DraftRow]:
    """A person's drafts in a matter, by form."""
    own = SEALED_DRAFT.c
    query = select(*(own[name] for name in DraftRow.__dataclass_fields__)).order_by(own.form)
    rows = books.connection.execute(query.where(own.matter_id == matter_id, own.person_id == person_id))
    return [DraftRow(**row._mapping) for row in rows]


def of_author(books: Books, person_id: UUID) -> list[DraftRow]:
    """All drafts of a person, in every matter."""
    own = SEALED_DRAFT.c
    query = select(*(own[name] for name in DraftRow.__dataclass_fields__)).where(own.person_id == person_id)
    return [DraftRow(**row._mapping) for row in books.connection.execute(query.order_by(own.id))]


def remove(books: Books, matter_id: UUID, person_id: UUID, form: str) -> None:
    """Forget a draft, if there is one."""
    own = SEALED_DRAFT.c
    this = and_(own.matter_id == matter_id, own.person_id == person_id, own.form == form)
    books.connection.execute(delete(SEALED_DRAFT).where(this))
