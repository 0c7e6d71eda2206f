"""The desk's queue, page by page: what waits for whom, from state, clocks and own seats alone (D15).

Reading takes nothing out of it. Matters that came to their end are in none of its lists unless she wrote since and is owed an
answer; every other one with an own seat is in at least one. What each list means stands in `queue_rules.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from actions.kernel.callers import DeskPerson
from actions.office import Office
from actions.queue_rules import CLOCKS, LISTS, Owed, Standing, lists_of, sunday_of
from policies.refusal import Refusal
from records import queue
from records.books import Books
from records.matters import Matter
from records.queue import Kept, Place, Span

__all__ = ["LISTS", "Owed", "Standing"]  # what doors need of the rules

PAGE: Final = 50
"""Rows a list shows at once."""
COUNTED: Final = 99
"""Counting ends here: beyond it is said that there are more."""


class UnknownFilter(Refusal):
    """The queue is asked for by something that is no list, kind, state or place of it."""

    code: ClassVar[str] = "unknown_filter"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the queue is wanted. `only`: of one list alone, after the place `after` of its page before.

    `yours` True: only what the person who looks is responsible for. `most`: rows a list.
    """

    only: str | None = None
    kind: str | None = None
    state: str | None = None
    yours: bool | None = None
    after: str | None = None
    most: int = PAGE


@dataclass(frozen=True, slots=True)
class Extent:
    """How long a list is: `count`, or `more` than that. `after` asks for its next page; None: this is the last."""

    count: int
    more: bool
    after: str | None


@dataclass(slots=True)
class Queue:
    """A page of each list, with what is due first on top. A matter may stand in several: late ones are owed this week too.

    `extent` has every list, also those that were not asked for. `today`: the day it stands for.
    """

    today: date
    urgent: list[Standing] = field(default_factory=list)
    new_to_read: list[Standing] = field(default_factory=list)
    owed_this_week: list[Standing] = field(default_factory=list)
    waiting_for_her: list[Standing] = field(default_factory=list)
    waiting_for_them: list[Standing] = field(default_factory=list)
    late: list[Standing] = field(default_factory=list)
    later: list[Standing] = field(default_factory=list)
    extent: dict[str, Extent] = field(default_factory=dict)


def queue_of(office: Office, *, by: DeskPerson, asked: Asked | None = None) -> Queue:
    """The queue of one person: matters with an own seat, and not a sign of any other (S33, S42). Raises UnknownFilter."""
    asked = asked or Asked()
    after, kept = _place(asked), _kept(office, asked)
    with office.open() as books:
        by.enter(books, None)
        span = Span(books.today, sunday_of(books.today))
        shown = LISTS if asked.only is None else (asked.only,)
        places = queue.places(books, by.person, shown, span, kept, after, asked.most + 1)
        counted = queue.counts(books, by.person, LISTS, span, kept, COUNTED + 1)
        extent = {name: _extent(counted[name], places.get(name, []), asked.most) for name in LISTS}
        here = {name: of_list[: asked.most] for name, of_list in places.items()}
        yours = {place.matter_id: place.yours for of_list in here.values() for place in of_list}
        standing = _standing(office, books, by.person, yours)
        # a seat may be taken away between two looks: such a matter is left out
        lists = {name: [standing[at.matter_id] for at in of_list if at.matter_id in standing] for name, of_list in here.items()}
        return Queue(books.today, **lists, extent=extent)


def _extent(counted: int, places: list[Place], most: int) -> Extent:
    after = _said(places[most - 1]) if len(places) > most else None
    return Extent(min(counted, COUNTED), counted > COUNTED, after)


def _kept(office: Office, asked: Asked) -> Kept:
    """The filters. Raises UnknownFilter for a kind the desk has not, and for a state that no such kind has."""
    tables = {kind.name: kind.table for kind in office.kinds.values() if kind.table.sealed}
    if asked.kind is not None and asked.kind not in tables:
        raise UnknownFilter(filter="kind")
    of_kinds = tables.values() if asked.kind is None else (tables[asked.kind],)
    if asked.state is not None and asked.state not in {str(state) for table in of_kinds for state in table.states}:
        raise UnknownFilter(filter="state")
    return Kept(asked.kind, asked.state, asked.yours)


def _place(asked: Asked) -> Place | None:
    """Where the page before ended. Raises UnknownFilter for what no page ended with, and without a list to go on in."""
    if asked.only is not None and asked.only not in LISTS:
        raise UnknownFilter(filter="list")
    if asked.after is None:
        return None
    day, _, matter_id = asked.after.partition("_")
    try:
        place = Place(date.fromisoformat(day), UUID(matter_id))
    except ValueError:
        raise UnknownFilter(filter="after") from None
    if asked.only is None or _said(place) != asked.after:
        raise UnknownFilter(filter="after")
    return place


def _said(place: Place) -> str:
    return f"{place.due_on.isoformat()}_{place.matter_id}"


def _standing(office: Office, books: Books, person: UUID, yours: Mapping[UUID, bool]) -> dict[UUID, Standing]:
    """These matters with all that decides where they stand. `yours`: whether the person is responsible, by matter."""
    found = queue.found(books, yours)
    clocks, pauses = _running(books, person, found), _by_matter(queue.open_pauses(books, yours))
    standing = {}
    for matter_id, matter in found.items():
        owed = tuple(clocks[matter_id])
        one = Standing(matter, yours[matter_id], owed, frozenset(pauses.get(matter_id, ())))
        standing[matter_id] = replace(one, lists=lists_of(one, office.kinds[matter.kind].table, books.today))
    return standing


def _running(books: Books, person: UUID, found: Mapping[UUID, Matter]) -> dict[UUID, list[Owed]]:
    """The running clocks of these matters, what is due first on top."""
    told, waived = queue.told(books, person, found), queue.waived(books, found, books.today)
    clocks: dict[UUID, list[Owed]] = {matter_id: [] for matter_id in found}
    for matter_id, name, due_on in queue.running(books, found):
        matter, (rung, at) = found[matter_id], told.get((matter_id, name), (None, None))
        told_on = None if at is None else books.calendar(matter.calendar).local_date(at)
        days = None if due_on is None else (due_on - books.today).days
        until = waived.get((matter_id, name))
        clocks[matter_id].append(Owed(name, due_on, days, CLOCKS.get((matter.kind, name)), rung, told_on, until))
    return clocks


def _by_matter(found: Iterable[tuple[UUID, str]]) -> dict[UUID, set[str]]:
    named: dict[UUID, set[str]] = {}
    for matter_id, name in found:
        named.setdefault(matter_id, set()).add(name)
    return named
