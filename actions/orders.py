"""Executive orders with their revisions as one chain each: which revision holds on a day, and which it superseded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from actions.kernel.actor import as_person
from actions.looking import may_read
from actions.office import Office
from actions.structure import require
from actions.structure_record import known
from records import matters, orders
from records.books import Books
from records.orders import OrderRow

__all__ = ["OrderRow"]  # what doors need of the records


class Holding(StrEnum):
    """How a revision stands on a day."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    """No source gives the day from which it holds."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A revision of an order. `supersedes`: the one before it; `registrations`: the entries it brought into the record.

    `since`: from when it holds: the day it says, or the first day of what it brought; None: unknown.
    """

    row: OrderRow
    since: date | None
    supersedes: int | None
    holding: Holding
    registrations: tuple[int, ...]


def orders_on(office: Office, on: date | None = None, *, by: UUID) -> tuple[Ordered, ...]:
    """Every revision that the person may know of, and how it stands on a day (left out: today). Raises NotAllowed."""
    with office.open() as books:
        require(books, by, "read")
        actor = as_person(books, by)
        rows = [row for row in orders.every(books) if may_read(office, books, actor, matters.find(books, row.matter_id))]
        brought = _brought(books)
        chains = (tuple(chain) for _, chain in groupby(rows, key=lambda row: row.symbol))
        return tuple(one for chain in chains for one in _chained(chain, on or books.today, brought))


@dataclass(frozen=True, slots=True)
class _Brought:
    registrations: tuple[int, ...] = ()
    first: date | None = None


def _brought(books: Books) -> dict[tuple[UUID, str, int], _Brought]:
    """By order: what it registered, and the first day on which a source lets some of it hold."""
    found: dict[tuple[UUID, str, int], _Brought] = {}
    for one in known(books).registered:
        if one.reason.order is not None and one.reason.matter is not None:
            key = (one.reason.matter, *one.reason.order)
            before = found.get(key, _Brought())
            days = [added.on for added in one.registration.adds if not added.assumed]
            first = min([*days, *([before.first] if before.first else [])], default=None)
            found[key] = _Brought((*before.registrations, one.seq), first)
    return found


def _chained(chain: Sequence[OrderRow], on: date, brought: Mapping[tuple[UUID, str, int], _Brought]) -> Iterator[Ordered]:
    bringing = [brought.get((row.matter_id, row.symbol, row.revision), _Brought()) for row in chain]
    days = [row.effective_on or one.first for row, one in zip(chain, bringing, strict=True)]
    holding = max((place for place, day in enumerate(days) if day is not None and day <= on), default=-1)
    for place, row in enumerate(chain):
        if place < holding:
            stands = Holding.SUPERSEDED
        elif place == holding:
            stands = Holding.IN_FORCE
        else:
            stands = Holding.UNKNOWN if days[place] is None else Holding.NOT_YET
        before = chain[place - 1].revision if place else None
        yield Ordered(row, days[place], before, stands, bringing[place].registrations)
