"""How an organisation changes over dates: the acts of a plan, ordered within each date, folded into one organisation a date."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import ClassVar, NamedTuple

from policies.refusal import Refusal
from structure.operation import Operation, OperationRefused
from structure.ordering import Act, PlanCircle, ordered
from structure.organisation import Organisation
from structure.uncollected import uncollected

OfDate = tuple[date, tuple["Planned", ...]]
"""A date, and what a plan says of it, as written."""


@dataclass(frozen=True, slots=True)
class Planned:
    """An operation with its identity and the date from which it holds. `assumed`: no source gives the date, we chose it.

    `declared` tells an operation that the instrument names from one that we derived from what it names.
    """

    id: str
    on: date
    operation: Operation
    declared: bool = True
    assumed: bool = False


class PlanRefused(Refusal):
    """One operation of a plan cannot be done. Names it, its date, and the claim that fails."""

    code: ClassVar[str] = "plan_refused"
    status: ClassVar[int] = 422

    def __init__(self, planned: Planned, refusal: OperationRefused) -> None:
        super().__init__(operation=planned.id, on=planned.on, claim=refusal.claim, subject=refusal.subject)
        self.planned = planned
        self.refusal = refusal
        self.unmet = refusal.unmet


@dataclass(frozen=True, slots=True)
class Timeline:
    """The organisation before the first date, and at the end of each date on which something changes.

    Dates are half-open: what holds from a date holds on that date. `states[i].touched` is exactly what `dates[i]` changed.
    """

    start: Organisation
    dates: tuple[date, ...] = ()
    states: tuple[Organisation, ...] = ()

    def at(self, on: date) -> Organisation:
        """The organisation on a date: O(log n)."""
        place = bisect_right(self.dates, on)
        return self.states[place - 1] if place else self.start

    @property
    def end(self) -> Organisation:
        """The organisation after the last change."""
        return self.states[-1] if self.states else self.start


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a plan when everything impossible is left out."""

    timeline: Timeline
    done: tuple[Planned, ...]
    """In the order done. A circle that was cut shows as two operations under one id."""
    refused: tuple[PlanRefused, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """The first date that cannot be done whole: it and all later ones are not done."""

    on: date
    refusal: PlanRefused | PlanCircle


@dataclass(frozen=True, slots=True)
class Fold:
    """A plan folded date by date, as far as every date can be done whole."""

    of_dates: tuple[OfDate, ...]
    """What was folded: one for each date of the timeline."""
    timeline: Timeline
    stop: Stop | None = None

    def agrees(self, of_dates: Sequence[OfDate]) -> int:
        """How many of its first dates are the first of these too, with the same operations in the same order."""
        pairs = zip(self.of_dates, of_dates, strict=False)
        return next((place for place, (mine, other) in enumerate(pairs) if mine != other), min(len(self.of_dates), len(of_dates)))


def attempt(start: Organisation, plan: Iterable[Planned]) -> Attempt:
    """Do what can be done of a plan, date by date, and say what could not. Raises PlanCircle."""
    start = start.settled()
    org = start
    dates: list[date] = []
    states: list[Organisation] = []
    done: list[Planned] = []
    refused: list[PlanRefused] = []
    with uncollected():
        for on, of_date in _by_date(plan):
            day = _day(org.settled(), on, of_date)
            org = day.after
            done += day.done
            refused += day.refused
            dates.append(on)
            states.append(org)
    return Attempt(Timeline(start, tuple(dates), tuple(states)), tuple(done), tuple(refused))


def fold(start: Organisation, plan: Iterable[Planned], known: Iterable[Fold] = ()) -> Fold:
    """The timeline of a plan up to the first date that cannot be done whole.

    `known`: folds of other plans on the same start. What is done on a date follows from the dates before it and from its own
    operations alone, so the states of the dates on which one of them agrees from the first on are taken over, and only the later
    ones are folded: what is appended to a long record costs what it changes, and the result is the same.
    """
    start = start.settled()
    with uncollected():
        of_dates = _by_date(plan)
        same = ((one.agrees(of_dates), one) for one in known if one.timeline.start == start)
        count, nearest = max(same, key=lambda pair: pair[0], default=(0, None))
        states = list(nearest.timeline.states[:count]) if nearest is not None else []
        stop = None
        for on, of_date in of_dates[count:]:
            day = _whole_day(states[-1] if states else start, on, of_date)
            if isinstance(day, Stop):
                stop = day
                break
            states.append(day)
    folded = of_dates[: len(states)]
    return Fold(folded, Timeline(start, tuple(on for on, _ in folded), tuple(states)), stop)


def unfold(start: Organisation, plan: Iterable[Planned]) -> Timeline:
    """The timeline of a plan that can be done whole.

    Raises what stands against the first date that cannot be: PlanRefused for the first operation refused, or PlanCircle.
    """
    made = fold(start, plan)
    if made.stop is not None:
        raise made.stop.refusal.with_traceback(None)
    return made.timeline


def in_order(of_date: Iterable[Planned]) -> list[Planned]:
    """The operations of one date as they are done; what is cut to break a circle is there twice. Raises PlanCircle."""
    written = tuple(of_date)
    return [_with(written[place], operation) for place, operation in _ordered(written)]


def _by_date(plan: Iterable[Planned]) -> tuple[OfDate, ...]:
    on = attrgetter("on")
    return tuple((day, tuple(of_date)) for day, of_date in groupby(sorted(plan, key=on), key=on))


def _whole_day(before: Organisation, on: date, written: tuple[Planned, ...]) -> Organisation | Stop:
    try:
        day = _day(before.settled(), on, written)
    except PlanCircle as circle:
        return Stop(on, circle.with_traceback(None))
    return Stop(on, day.refused[0]) if day.refused else day.after


class _Day(NamedTuple):
    """What came of the operations of one date."""

    after: Organisation
    done: tuple[Planned, ...]
    refused: tuple[PlanRefused, ...]


def _day(before: Organisation, on: date, written: tuple[Planned, ...]) -> _Day:
    """Do what can be done on one date. Of an operation that was cut in two, both halves are done or none."""
    org = before
    done: list[tuple[int, Planned]] = []
    refused: dict[int, PlanRefused] = {}
    for place, operation in _ordered(written):
        planned = _with(written[place], operation)
        try:
            org = operation.change(org, planned.id, on)
        except OperationRefused as refusal:
            refused[place] = PlanRefused(written[place], refusal.with_traceback(None))  # it would hold all this in a circle
        else:
            done.append((place, planned))
    if any(place in refused for place, _ in done):
        rest = _day(before, on, tuple(planned for place, planned in enumerate(written) if place not in refused))
        return rest._replace(refused=(*refused.values(), *rest.refused))
    return _Day(org.touched_since(before), tuple(planned for _, planned in done), tuple(refused.values()))


def _ordered(written: tuple[Planned, ...]) -> list[Act]:
    return ordered([planned.operation for planned in written], lambda place: written[place].id)


def _with(planned: Planned, operation: Operation) -> Planned:
    return planned if operation is planned.operation else replace(planned, operation=operation)


__all__ = ["Attempt", "Fold", "PlanCircle", "PlanRefused", "Planned", "Stop", "Timeline", "attempt", "fold", "in_order", "unfold"]
