"""Which parts there are of a sealed matter at all: most matters have no hold, no waiver, no file. One question instead of many.

Only for a look (`Books.looking`), which shows all of these parts; whoever asks for one of them reads it as it is.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, exists, or_, select

from records.books import Books
from records.once import once
from records.tables import (
    CASE_FACTS,
    CONSENT,
    HOLD,
    LINK,
    PAUSE,
    SEALED_DRAFT,
    SEALED_FILE,
    SEALED_IDENTITY,
    SHRED_ANNOUNCEMENT,
    WAIVER,
)

P = ParamSpec("P")
T = TypeVar("T")

_MATTER: BindParameter[UUID] = bindparam("matter")
_TABLES = (CASE_FACTS, CONSENT, HOLD, PAUSE, SEALED_DRAFT, SEALED_FILE, SEALED_IDENTITY, SHRED_ANNOUNCEMENT, WAIVER)
_PARTS: Final = {table.name: table.c.matter_id == _MATTER for table in _TABLES} | {
    LINK.name: or_(LINK.c.from_id == _MATTER, LINK.c.to_id == _MATTER)
}
NAMES: Final = tuple(_PARTS)
"""The tables of these parts, each by its own name."""
_THERE = select(*(exists().where(rows).label(name) for name, rows in _PARTS.items()))


@once
def parts(books: Books, matter_id: UUID) -> frozenset[str]:
    """The names of the tables that hold anything of a matter, as far as row-level security shows it to whoever looks."""
    row = books.connection.execute(_THERE, {"matter": matter_id}).one()
    return frozenset(name for name, there in row._mapping.items() if there)


def where_any(
    part: str, nothing: Callable[[], Any]
) -> Callable[[Callable[Concatenate[Books, UUID, P], T]], Callable[Concatenate[Books, UUID, P], T]]:
    """In a look, read a part of a matter only where there is any of it; else `nothing`."""

    def asking(read: Callable[Concatenate[Books, UUID, P], T]) -> Callable[Concatenate[Books, UUID, P], T]:
        @wraps(read)
        def reading(books: Books, matter_id: UUID, /, *args: P.args, **named: P.kwargs) -> T:
            if books.seen is not None and part not in parts(books, matter_id):
                found: T = nothing()
                return found
            return read(books, matter_id, *args, **named)

        return reading

    return asking
