"""Contact slips: what their writer sees of them, and the counts that are all that stays. Nobody sees another's slip."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, insert, select, text, update

from records import facts
from records.books import Books
from records.matters import NotFound, StaleVersion
from records.tables import CONTACT_SLIP

KIND = "contact"
"""Under which name talks are tallied: its beginnings and ends as of every kind of visitor, by the month."""
BEGAN, ENDED = "began", "talked"
"""How a talk begins and ends: at once."""


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One slip. `month` is the month's first day; `edition` names the rules it is kept by. None: she did not tell."""

    id: UUID
    written_by: UUID
    edition: str
    month: date
    channel: str
    language: str
    personnel: str | None
    region: str | None
    issues: tuple[str, ...]
    done: tuple[str, ...]
    route: str | None
    apart: bool
    version: int = 1


_COLUMNS = tuple(CONTACT_SLIP.c[one.name] for one in fields(SlipRow))


def add(books: Books, row: SlipRow) -> None:
    """Keep a slip."""
    books.connection.execute(insert(CONTACT_SLIP).values(**_values(row)))


def own(books: Books, person: UUID) -> list[SlipRow]:
    """The slips of a writer that are kept still, the newest month first; in a month by their ids, which say nothing."""
    mine = select(*_COLUMNS).where(CONTACT_SLIP.c.written_by == person)
    rows = books.connection.execute(mine.order_by(CONTACT_SLIP.c.month.desc(), CONTACT_SLIP.c.id))
    return [_row(row._mapping) for row in rows]


def one(books: Books, slip: UUID, person: UUID) -> SlipRow:
    """One slip, held until the transaction ends. Raises NotFound, also for who did not write it."""
    mine = and_(CONTACT_SLIP.c.id == slip, CONTACT_SLIP.c.written_by == person)
    row = books.connection.execute(select(*_COLUMNS).where(mine).with_for_update()).one_or_none()
    if row is None:
        raise NotFound()
    return _row(row._mapping)


def change(books: Books, row: SlipRow) -> None:
    """Write a slip in the place of what it was; `version` is the one after. Raises StaleVersion if somebody was faster."""
    same = and_(CONTACT_SLIP.c.id == row.id, CONTACT_SLIP.c.version == row.version - 1)
    if books.connection.execute(update(CONTACT_SLIP).where(same).values(**_values(row))).rowcount != 1:
        raise StaleVersion()


def remove(books: Books, slip: UUID) -> None:
    """Forget a slip: it was none, and nothing counts it."""
    books.connection.execute(delete(CONTACT_SLIP).where(CONTACT_SLIP.c.id == slip))


def count(books: Books, month: date, *, apart: bool) -> None:
    """Count somebody who wants no slip: a month and a number, tied to nothing. Nobody can take it back."""
    for what, outcome in ((facts.BEGAN, BEGAN), (facts.ENDED, ENDED)):
        facts.tally(books, facts.tally_kind(KIND, what, apart=apart), (outcome,), month)


def purge(books: Books) -> int:
    """Make counts of the slips that are old enough, each once. Return how many. The database decides which."""
    return int(books.connection.execute(text("SELECT purge_contacts(:today)"), {"today": books.today}).scalar_one())


def _values(row: SlipRow) -> dict[str, Any]:
    values = {one.name: getattr(row, one.name) for one in fields(SlipRow)}
    return values | {"issues": list(row.issues), "done": list(row.done)}


def _row(found: Any) -> SlipRow:
    return SlipRow(**dict(found) | {"issues": tuple(found["issues"]), "done": tuple(found["done"])})
