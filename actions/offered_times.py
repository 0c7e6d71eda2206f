"""Times to talk: whoever works in the office offers them, sees which are taken, and with whom they are in cases of their own.

The list tells when and where, and that a time is taken; with whom it is stands sealed in one case (`actions/kinds/times.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.choosing import NotInList, require_among
from actions.kernel.callers import DeskPerson
from actions.kinds.times import Taken, free, rules_of, taken_in
from actions.of_the_office import require_of_the_office
from actions.office import Office
from actions.replays import Repeatable, once
from actions.sealing import Reader
from policies.offered_times import ROOM, TELEPHONE, OfferedTimeRules
from policies.refusal import Refusal
from records import matters, offered_times, people, seats
from records.books import Books
from records.ledger import Entry, store
from records.matters import Matter, NotFound
from records.offered_times import TimeRow

OFFER: Final = "offer_time"
"""What a refusal calls the act."""


class NoTimes(Refusal):
    """The pack of this house has no rules for times."""

    code: ClassVar[str] = "no_times"


class TimeNotOpen(Refusal):
    """Too soon to be taken by anybody, or too far ahead. `first` and `last` are the days between which times are offered."""

    code: ClassVar[str] = "time_not_open"
    status: ClassVar[int] = 422


class TimesOverlap(Refusal):
    """Whoever offers it offers another at that time already. Nothing of what was asked was written."""

    code: ClassVar[str] = "times_overlap"


class TimeTaken(Refusal):
    """Somebody took it. It can be cancelled in her case, where she is told."""

    code: ClassVar[str] = "time_taken"


@dataclass(frozen=True, slots=True)
class Offer:
    """A time to offer: `at` by the clocks of the office's own zone, on `weeks` days in a row a week apart."""

    day: date
    at: time
    minutes: int
    way: str
    weeks: int
    place: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """A time with the name of whoever offers it, told in the office's zone."""

    row: TimeRow
    begins: datetime
    name: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """A time that stands in a case of whoever looks."""

    matter: Matter
    begins: datetime
    taken: Taken


@dataclass(frozen=True, slots=True)
class Diary:
    """What somebody of the office sees: all times from today on, those of their own cases, and what can be offered."""

    times: tuple[Listed, ...]
    agreed: tuple[Agreed, ...]
    rules: OfferedTimeRules
    first: date
    last: date


def offer(office: Office, wanted: Offer, *, by: DeskPerson, request: Repeatable | None = None) -> list[UUID]:
    """Offer a time, of several weeks if so asked: all of them or none. Return their ids.

    Raises NoTimes, NotAllowed, KeyNotSigned, NotInList, TimeNotOpen, TimesOverlap, KeyReused; then nothing was written.
    """
    with office.open() as books:
        rules = _require(books, by)

        def first() -> dict[str, str]:
            _require_sense(rules, wanted)
            made = [_offered(books, rules, wanted, week, by.person) for week in range(wanted.weeks)]
            store.append(books, Entry(books.today, "times.offered", facts={"count": len(made)}), None)
            return {"ids": ",".join(map(str, made))}

        return [UUID(one) for one in once(books, request, first, by=by.person)["ids"].split(",")]


def _offered(books: Books, rules: OfferedTimeRules, wanted: Offer, week: int, person: UUID) -> UUID:
    day, calendar, made = wanted.day + timedelta(weeks=week), books.calendar(), uuid4()
    soonest, latest = _window(books, rules)
    if not soonest <= day <= latest:
        raise TimeNotOpen(first=soonest, last=latest)
    begins = datetime.combine(day, wanted.at, calendar.zone)
    if offered_times.overlapping(books, person, begins, wanted.minutes):
        raise TimesOverlap(day=day)
    offered_times.offer(books, TimeRow(made, person, begins, wanted.minutes, wanted.way, wanted.place))
    return made


def withdraw(office: Office, asked: UUID, *, by: DeskPerson, request: Repeatable | None = None) -> None:
    """No longer offer a time that nobody took. Whoever works in the office may: somebody may be ill.

    Raises NoTimes, NotAllowed, KeyNotSigned, NotFound, TimeTaken, KeyReused.
    """
    with office.open() as books:
        _require(books, by)

        def first() -> dict[str, str]:
            row = offered_times.find(books, asked)
            if row is None:
                raise NotFound()
            if not offered_times.withdraw(books, asked):
                raise TimeTaken()
            store.append(books, Entry(books.today, "times.withdrawn", facts={"count": 1}), None)
            return {}

        once(books, request, first, by=by.person)


def diary(office: Office, *, by: DeskPerson) -> Diary:
    """All times from today on, and those that stand in the cases of whoever looks. Raises NoTimes, NotAllowed, KeyNotSigned.

    To show with whom a time is, it is opened: she sees that they opened her case, once a day.
    """
    with office.open() as books:
        rules = _require(books, by)
        rows = offered_times.ahead(books, books.calendar().start_of(books.today))
        names = people.names(books, list({row.offered_by for row in rows}))
        first, last = _window(books, rules)
        return Diary(tuple(_listed(books, rows, names, by.person)), tuple(_agreed(books, rows, by)), rules, first, last)


def free_times(office: Office) -> tuple[Listed, ...]:
    """What somebody who comes can take now. A house without such rules: nothing."""
    with office.open() as books:
        rows = free(books)
        return tuple(_listed(books, rows, people.names(books, list({row.offered_by for row in rows})), None))


def purge_times(office: Office) -> int:
    """Forget times that are past, some days later. Returns how many."""
    with office.open() as books:
        rules = rules_of(books)
        return 0 if rules is None else offered_times.purge(books, rules.days_kept)


def _listed(
    books: Books, rows: list[TimeRow] | tuple[TimeRow, ...], names: Mapping[UUID, str], me: UUID | None
) -> Iterator[Listed]:
    zone = books.calendar().zone
    return (Listed(row, row.begins_at.astimezone(zone), names[row.offered_by], row.offered_by == me) for row in rows)


def _agreed(books: Books, rows: list[TimeRow], by: DeskPerson) -> Iterator[Agreed]:
    """Of the cases in which they have a seat, those in which a time stands that is not over, the first one first."""
    found = []
    if not any(row.taken for row in rows):
        return iter(())
    for matter_id in offered_times.standing(books):
        actor = by.enter(books, matter_id)
        stands = taken_in(books, matter_id, Reader(books, matter_id, actor))
        if stands is not None and stands.begins_at + timedelta(minutes=stands.minutes) > books.now:
            seats.log_reading(books, matter_id, by.person)
            found.append(Agreed(matters.find(books, matter_id), stands.begins_at.astimezone(books.calendar().zone), stands))
    return iter(sorted(found, key=lambda one: one.begins))


def _window(books: Books, rules: OfferedTimeRules) -> tuple[date, date]:
    return books.today + timedelta(days=rules.days_before), books.today + timedelta(days=rules.days_ahead)


def _require(books: Books, by: DeskPerson) -> OfferedTimeRules:
    rules = rules_of(books)
    if rules is None:
        raise NoTimes()
    require_of_the_office(books, by, rules.by, OFFER)
    return rules


def _require_sense(rules: OfferedTimeRules, wanted: Offer) -> None:
    require_among("way", wanted.way, (ROOM, TELEPHONE))
    if wanted.minutes not in rules.minutes:
        raise NotInList(field="minutes", known=", ".join(map(str, rules.minutes)))
    if not 1 <= wanted.weeks <= rules.most_weeks:
        raise NotInList(field="weeks", known=f"1-{rules.most_weeks}")
