"""That two matters are about the same person or the same facts. Row-level security shows it to who has a seat in both."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import insert, or_, select, update

from records.books import Books
from records.once import once
from records.tables import LINKING


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One of them. `removed_on` None: it stands."""

    id: UUID
    first_id: UUID
    second_id: UUID
    reason: str
    made_by: UUID
    made_on: date
    removed_by: UUID | None = None
    removed_on: date | None = None

    def other(self, matter_id: UUID) -> UUID:
        """The other of the two matters."""
        return self.second_id if self.first_id == matter_id else self.first_id


_LINKING = select(*(LINKING.c[name] for name in LinkRow.__dataclass_fields__))


def add(books: Books, row: LinkRow) -> None:
    """Write down that two matters belong together."""
    values = {name: getattr(row, name) for name in LinkRow.__dataclass_fields__}
    books.connection.execute(insert(LINKING).values(**values))


def remove(books: Books, link_id: UUID, person: UUID) -> bool:
    """Write down that they do not. False: nothing stood."""
    standing = (LINKING.c.id == link_id) & LINKING.c.removed_on.is_(None)
    done = books.connection.execute(update(LINKING).where(standing).values(removed_by=person, removed_on=books.today))
    return done.rowcount == 1


@once
def of_matter(books: Books, matter_id: UUID) -> list[LinkRow]:
    """All of a matter that may be seen, those removed too, oldest first."""
    mine = or_(LINKING.c.first_id == matter_id, LINKING.c.second_id == matter_id)
    rows = books.connection.execute(_LINKING.where(mine).order_by(LINKING.c.made_on, LINKING.c.id))
    return [LinkRow(**row._mapping) for row in rows]
