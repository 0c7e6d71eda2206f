"""What somebody at the desk typed and did not send. Row-level security shows each person their own, while they have the seat."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from records.books import Books
from records.tables import SEALED_DRAFT
from records.there import where_any


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One form of one person in one matter, sealed to that person's own key."""

    id: UUID
    matter_id: UUID
    person_id: UUID
    form: str
    sealed: bytes = field(repr=False)
    made_on: date


_DRAFT = select(*(SEALED_DRAFT.c[name] for name in DraftRow.__dataclass_fields__))
_OF_PERSON = _DRAFT.where(
    SEALED_DRAFT.c.matter_id == bindparam("matter"), SEALED_DRAFT.c.person_id == bindparam("person")
).order_by(SEALED_DRAFT.c.form)


def put(books: Books, row: DraftRow) -> None:
    """Keep a draft in the place of the one before, its id included: what is sealed is bound to it."""
    values = {name: getattr(row, name) for name in DraftRow.__dataclass_fields__}
    again = {name: values[name] for name in ("id", "sealed", "made_on")}
    new = upsert(SEALED_DRAFT).values(**values)
    books.connection.execute(new.on_conflict_do_update(index_elements=["matter_id", "person_id", "form"], set_=again))


@where_any("sealed_draft", list)
def of_person(books: Books, matter_id: UUID, person_id: UUID) -> list[DraftRow]:
    """A person's drafts in a matter, by form."""
    return [DraftRow(*row) for row in books.connection.execute(_OF_PERSON, {"matter": matter_id, "person": person_id})]


def of_author(books: Books, person_id: UUID) -> list[DraftRow]:
    """All drafts of a person, in every matter."""
    own = SEALED_DRAFT.c
    return [DraftRow(*row) for row in books.connection.execute(_DRAFT.where(own.person_id == person_id).order_by(own.id))]


def remove(books: Books, matter_id: UUID, person_id: UUID, form: str) -> None:
    """Forget a draft, if there is one."""
    own = SEALED_DRAFT.c
    this = and_(own.matter_id == matter_id, own.person_id == person_id, own.form == form)
    books.connection.execute(delete(SEALED_DRAFT).where(this))
