"""What somebody is told before she writes: who can read it, by when, what number to call, which limits may be running."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Literal
from uuid import UUID

from actions.custody import custodians, rules_of
from actions.front_standing import standing_of
from actions.hours import Hours, hours
from actions.kernel.step import BeforeHistory, NotYet
from actions.office import Office
from actions.seating import NoReader, candidates, choose
from policies.periods import Period
from policies.refusal import Refusal
from policies.rules import KindPolicy, Route
from policies.said import Said
from records import people, rosters
from records.books import Books
from states.calendars import FIRST_YEAR
from states.due import Due, due, due_after
from states.procedures import PROCEDURES

WATCH: Final = "protection_watch"
"""The clock until whose day she can tell us with the same words, also after the end, that somebody treats her worse."""
UNKNOWN: Final = "unknown"
"""A class of personnel, or a station, that she would rather not say."""
FROM_A_DECISION: Final = frozenset({"notification_of_measure", "notification_of_decision", "final_decision"})
"""Days a limit may start on that she can tell us: she knows when a decision reached her, not what a rule calls it. So each of
these limits is counted from that day, and the first that ends is named: too early harms nobody."""


Afraid = Literal["yes", "no", "unsaid"]
"""What she can answer when she is asked whether she is afraid; `unsaid`: she would rather not say."""


class UnknownChoice(Refusal):
    """Not one of the things to choose from. Where those are people, `known` are their ids and `names` their names."""

    code: ClassVar[str] = "unknown_choice"
    status: ClassVar[int] = 422

    def __init__(self, field: str, known: Sequence[str], names: Mapping[str, str] | None = None) -> None:
        super().__init__(field=field, known=", ".join(known))
        self.names = names or {}


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody who can be ticked: must not see this."""

    id: UUID
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post that nobody holds. `since` None: it was never held."""

    role: str
    since: date | None
    readers: tuple[str, ...]
    read_by: date | None


@dataclass(frozen=True, slots=True)
class Running:
    """Another way she may go, and its limit. `on` None: no limit is known, or the day it runs from."""

    route: str
    limit: str | None
    on: date | None
    lines: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What she told about herself. All of it may be left out."""

    personnel_class: str = UNKNOWN
    station: str = UNKNOWN
    decision_on: date | None = None
    afraid: Afraid | None = None
    """Whether she fears that somebody will treat her worse for having come; None: she did not say."""


def answers_in(kept: str) -> Answers:
    """What she told about herself, out of the text that was sealed."""
    told = json.loads(kept)
    day = told["decision_on"]
    on = date.fromisoformat(day) if day else None
    return Answers(told["personnel_class"], told["station"], on, told.get("afraid"))


@dataclass(frozen=True, slots=True)
class Front:
    """All that is said before she writes. `numbers` by station; None: the emergency number where she is.

    `readers` are those who get a seat if nobody is ticked; `others` work at the desk, too, and may get one if somebody is.
    """

    track: str
    readers: tuple[Official, ...]
    others: tuple[Official, ...]
    officials: tuple[Official, ...]
    read_by: date | None
    vacancies: tuple[Vacancy, ...]
    numbers: dict[str, str | None]
    limits: tuple[Running, ...]
    classes: tuple[str, ...]
    hours: Hours
    standing: tuple[Said, ...]
    """Who of the readers is away, and whose time in office ends soon: in their order, with the day."""
    guards: tuple[Official, ...] | None = None
    """Who would let the office see who she is; None: a house without custodians."""
    guard_days: int = 0


def front(office: Office, track: str, answers: Answers) -> Front:
    """What is said before she writes. Raises UnknownChoice, NotYet, BeforeHistory, NoCeremony."""
    with office.open() as books:
        check(books, answers)
        desk = {one.person: Official(one.person, one.name, one.role) for one in candidates(books, track)}
        readers = tuple(desk[person] for person in _seated(books, track))
        read_by = read_by_day(books, track).on
        stations = [station.code for station in books.pack.calendars.stations if station.staffed]
        danger = books.pack.house.danger
        return Front(
            track=track,
            readers=readers,
            others=tuple(one for one in desk.values() if one not in readers),
            officials=_officials(books),
            read_by=read_by,
            vacancies=_vacancies(books, tuple(one.name for one in readers), read_by),
            numbers={code: danger[code].number if code in danger else None for code in stations},
            limits=limits(books, answers),
            classes=tuple(sorted(classes(books))),
            hours=hours(books, track),
            standing=standing_of(books, track, {one.id: one.name for one in readers}),
            guards=_guards(books),
            guard_days=rules.days if (rules := rules_of(books)) else 0,
        )


def _seated(books: Books, track: str) -> list[UUID]:
    """Who gets a seat in what comes today with nobody ticked; nobody, where too few are left for anything to be filed."""
    try:
        return choose(books, track, ()).persons
    except NoReader:
        return []


def _guards(books: Books) -> tuple[Official, ...] | None:
    if rules_of(books) is None:
        return None
    return tuple(Official(one.person, one.name, one.role) for one in custodians(books))


def check(books: Books, answers: Answers) -> None:
    """Raise UnknownChoice, NotYet or BeforeHistory for answers that nobody can give here."""
    known = classes(books) | {UNKNOWN}
    if answers.personnel_class not in known:
        raise UnknownChoice(field="personnel_class", known=sorted(known))
    stations = [station.code for station in books.pack.calendars.stations] + [UNKNOWN]
    if answers.station not in stations:
        raise UnknownChoice(field="station", known=stations)
    if answers.decision_on is not None and answers.decision_on > books.today:
        raise NotYet(day=answers.decision_on, today=books.today)
    if answers.decision_on is not None and answers.decision_on.year < FIRST_YEAR:
        raise BeforeHistory(day=answers.decision_on, first=str(FIRST_YEAR))


def check_ticked(books: Books, track: str, ticked: Collection[UUID]) -> None:
    """Raise UnknownChoice if nobody has one of these ids: she would believe that somebody is locked out who is not."""
    if set(ticked) <= set(people.names(books, ticked)):
        return
    offered = [*((one.person, one.name) for one in candidates(books, track)), *((one.id, one.name) for one in _officials(books))]
    raise UnknownChoice("must_not_see.ids", [str(person) for person, _ in offered], {str(who): name for who, name in offered})


def classes(books: Books) -> set[str]:
    """The classes of personnel that this house's other routes know."""
    return {name for route in books.pack.routes.values() for name in route.personnel_classes}


def read_by_day(books: Books, track: str) -> Due:
    """The day by which somebody reads what comes today, with its reasons: the first clock of that kind of matter."""
    table = next(table for table in PROCEDURES if table.kind == track)
    first = next(clock.name for clock in table.clocks if table.initial in clock.starts_on)
    rule = books.pack.kinds[track].clocks[first]
    if not isinstance(rule, Period):
        return Due(None, ())
    return due(rule, books.today, books.calendar())


def protected_until(books: Books, policy: KindPolicy) -> date | None:
    """The day until which she could still write with the same words if we finished today; it is never earlier.

    None: once we have finished, she cannot.
    """
    rule = policy.clocks.get(WATCH)
    return due(rule, books.today, books.calendar()).on if isinstance(rule, Period) else None


def at_least_until(day: date | None) -> Said:
    """What she is told about being treated worse while we have not finished."""
    return Said("plain.retaliation.now") if day is None else Said("plain.retaliation.at_least", {"day": day})


def limits(books: Books, answers: Answers) -> tuple[Running, ...]:
    """The other ways of her class, the one whose limit ends first on top; none for a class that is not told."""
    routes = books.pack.routes.items()
    here = books.pack.calendars.office
    found = [_running(books, name, route, answers) for name, route in routes if _is_hers(route, answers, here)]
    return tuple(sorted(found, key=lambda one: (one.on is None, one.on or date.max)))


def _is_hers(route: Route, answers: Answers, headquarters: str) -> bool:
    here = {"headquarters", "field"}
    if answers.station != UNKNOWN:
        here = {"headquarters"} if answers.station == headquarters else {"field"}
    return answers.personnel_class in route.personnel_classes and bool(here & set(route.stations))


def _running(books: Books, name: str, route: Route, answers: Answers) -> Running:
    limit = books.pack.limits.get(route.limit) if route.limit else None
    if limit is None or answers.decision_on is None or limit.starts_from not in FROM_A_DECISION:
        return Running(name, route.limit, None)
    ends = due_after(limit.chain, answers.decision_on, books.calendar())
    return Running(name, route.limit, ends.on, ends.lines)


def _officials(books: Books) -> tuple[Official, ...]:
    """Those of whom this database knows, and who have no part in cases: they sit elsewhere, or guard who people are."""
    roles, rules = books.pack.house.roles, rules_of(books)
    serving = {each.person_id: each.role for each in people.serving(books, books.today) if each.role in roles}
    guard = rules.role if rules else ""
    outside = {person: role for person, role in serving.items() if roles[role].door != "desk" or role == guard}
    names = people.names(books, list(outside))
    return tuple(Official(person, names[person], role) for person, role in outside.items())


def _vacancies(books: Books, readers: tuple[str, ...], read_by: date | None) -> tuple[Vacancy, ...]:
    """Posts at the desk that somebody must hold and nobody does today."""
    held = {each.role for each in people.serving(books, books.today)}
    empty = [name for name, role in books.pack.house.roles.items() if role.door == "desk" and role.least and name not in held]
    return tuple(Vacancy(role, _empty_since(books, role), readers, read_by) for role in empty)


def _empty_since(books: Books, role: str) -> date | None:
    everybody = [person.id for person in rosters.everybody(books)]
    offices = (row for rows in rosters.offices(books, everybody).values() for row in rows if row.role == role)
    return max((row.until_on for row in offices if row.until_on is not None and row.until_on <= books.today), default=None)
