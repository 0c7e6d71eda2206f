"""The house's structure inside a transaction: the fold of all that is registered, and the one way to register more.

The fold is kept once a process for each database and goes by the record's mark: reading any date again costs one
look at the mark and two bisections (docs/decisions/0032-living-structure.md).
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from threading import Lock
from typing import ClassVar, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from policies.refusal import Refusal
from policies.structure import StructureRules
from records import structure
from records.books import Books
from records.structure import Mark, Reason, Registered
from structure.history import History, Registration, planned
from structure.organisation import Organisation
from structure.responsible import Heirs, Responsible, heirs_in, responsible
from structure.steps import steps_of
from structure.things import Ref
from structure.timeline import Fold, Planned, PlanRefused, Timeline, attempt
from structure.uncollected import uncollected

CIRCLE: Final = "plan_circle"
STATES_KEPT: Final = 8
"""States of knowledge that stay folded."""


class StructureNotOffered(Refusal):
    """This house's rules say nothing of its structure: the product does not restructure it."""

    code: ClassVar[str] = "structure_not_offered"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class Failure:
    """The first date that cannot be done whole: it and all later ones are not applied."""

    on: date
    operation: str
    claim: str


@dataclass(frozen=True)
class Whole:
    """How the organisation changes over dates, up to the first date that cannot be done, if there is one."""

    timeline: Timeline
    failure: Failure | None
    plan: tuple[Planned, ...]
    """The operations that stand, those of dates that cannot be done included."""
    heirs: Heirs
    source_of: Mapping[str, str]
    """Operation -> the source of the registration that brought it, or corrected it."""

    @cached_property
    def sources(self) -> tuple[tuple[date, Mapping[Ref, str]], ...]:
        """By date: what was changed, with the source of what changed it last on that date."""
        of_date: dict[date, list[Planned]] = {}
        for one in self.plan:
            of_date.setdefault(one.on, []).append(one)
        found: list[tuple[date, Mapping[Ref, str]]] = []
        before = self.timeline.start
        with uncollected():
            for on, after in zip(self.timeline.dates, self.timeline.states, strict=True):
                found.append((on, self._sources(before, after, of_date[on])))
                before = after
        return tuple(found)

    def _sources(self, before: Organisation, after: Organisation, of_date: Sequence[Planned]) -> Mapping[Ref, str]:
        """Of one date; it is done again, step by step, only where operations of several sources fall on it."""
        sources = {self.source_of[one.id] for one in of_date}
        if len(sources) == 1:
            return dict.fromkeys(after.touched, sources.pop())
        steps = steps_of(attempt(before, of_date))
        return {ref: self.source_of[step.id] for step in steps for ref in step.after.touched}

    def sources_on(self, on: date) -> Mapping[Ref, str]:
        """Thing -> the source of what changed it last, up to a day."""
        found: dict[Ref, str] = {}
        for since, changed in self.sources:
            if since > on:
                break
            found.update(changed)
        return found


@dataclass
class Known:
    """The whole record as of one mark."""

    mark: Mark
    registered: tuple[Registered, ...]
    history: History = field(repr=False)
    """The record as the pure rules want it, from the empty organisation on."""
    judged: History | None = field(default=None, repr=False)
    """What it would be with the registration judged last: if that stands, its fold need not be made again."""
    _wholes: dict[int, Whole] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @cached_property
    def origins(self) -> Mapping[str, tuple[Registered, str]]:
        """Operation -> the registration that added it, and its id in the version that was adopted."""
        with uncollected():
            return {
                id: (one, one.origins.get(id, id))
                for one in self.registered
                for id in map(attrgetter("id"), one.registration.adds)
            }

    @cached_property
    def named(self) -> Mapping[str, frozenset[str]]:
        """Obligation -> the parts of split functions that were chosen for it."""
        found: dict[str, set[str]] = {}
        for one in self.registered:
            for obligation, function in (one.reason.heirs or {}).items():
                found.setdefault(obligation, set()).add(function)
        return {obligation: frozenset(functions) for obligation, functions in found.items()}

    def whole(self, known_on: date) -> Whole:
        """The organisation over all dates, as known on a day."""
        count = bisect_right(self.registered, known_on, key=lambda one: one.registration.known_on)
        with self._lock:  # folding twice at once would only cost; the history's own cache is not made for it
            if count not in self._wholes:
                if len(self._wholes) >= STATES_KEPT:
                    del self._wholes[next(iter(self._wholes))]
                self._wholes[count] = self._fold(known_on, count)
            return self._wholes[count]

    def at(self, on: date, known_on: date) -> Organisation:
        """The organisation on a date, as known on a day."""
        return self.whole(known_on).timeline.at(on)

    def responsible(self, function: str, on: date, known_on: date, obligation: str = "") -> Responsible:
        """Who answers on a date for what a function owes."""
        whole = self.whole(known_on)
        return responsible(whole.timeline.at(on), whole.heirs, function, on, self.named.get(obligation, ()))

    def read_again(self, mark: Mark, registered: tuple[Registered, ...]) -> "Known":
        """The record as it is now, where only what this one does not know is folded."""
        near = (*self.history.newest, *(self.judged.newest if self.judged is not None else ()))
        count = len(self.registered)
        if registered[:count] != self.registered:
            return Known(mark, registered, History(Organisation(), tuple(one.registration for one in registered), near))
        history = self.history.followed_by((one.registration for one in registered[count:]), near)
        return Known(mark, registered, history, _wholes=dict(self._wholes))

    @uncollected()
    def _fold(self, known_on: date, count: int) -> Whole:
        plan = planned(one.registration for one in self.registered[:count])
        made = self.history.fold(known_on)
        sources = {
            one.id: known.reason.source
            for known in self.registered[:count]
            for one in (*known.registration.adds, *known.registration.corrects)
        }
        return Whole(made.timeline, _failure(made, plan), plan, heirs_in(plan), sources)


_KNOWN: "WeakKeyDictionary[object, Known]" = WeakKeyDictionary()
"""By the engine of a database: it goes with the office that opened it."""


def rules_of(books: Books) -> StructureRules:
    """What this house demands of its structure. Raises StructureNotOffered."""
    if books.pack.structure is None:
        raise StructureNotOffered()
    return books.pack.structure


def known(books: Books) -> Known:
    """The record as it is now. What another process registered is read when the mark has moved."""
    mark = structure.mark(books)
    engine = books.connection.engine
    kept = _KNOWN.get(engine)
    if kept is None or kept.mark != mark:
        kept = _KNOWN[engine] = _read(books, kept, mark)
    return kept


def register(books: Books, new: Registration, reason: Reason, *, by: UUID, origins: Mapping[str, str] | None = None) -> int:
    """Register operations, withdrawals or corrections, judged by all that is registered; return the registration's number.

    Raises RegistrationRefused, PlanRefused and PlanCircle; then nothing was written.
    """
    structure.hold(books)
    here = known(books)
    here.judged = here.history.registered(new)
    return structure.add(books, new, reason, by, origins or {})


def _read(books: Books, kept: Known | None, mark: Mark) -> Known:
    """Only what is new, if all that was read before still stands: a registration that was rolled back does not."""
    if kept is None:
        registered = tuple(structure.after(books, 0))
        return Known(mark, registered, History(Organisation(), tuple(one.registration for one in registered)))
    if kept.mark.count < mark.count and kept.mark.seq < mark.seq:
        more = structure.after(books, kept.mark.seq)
        if kept.mark.count + len(more) == mark.count:
            return kept.read_again(mark, (*kept.registered, *more))
    return kept.read_again(mark, tuple(structure.after(books, 0)))


def _failure(made: Fold, plan: Sequence[Planned]) -> Failure | None:
    stop = made.stop
    if stop is None:
        return None
    if isinstance(stop.refusal, PlanRefused):
        return Failure(stop.on, stop.refusal.planned.id, stop.refusal.refusal.claim)
    return Failure(stop.on, next(one.id for one in plan if one.on == stop.on), CIRCLE)
