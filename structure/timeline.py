"""How an organisation changes over dates: the acts of a plan, ordered within each date, folded into one organisation a date."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import ClassVar, NamedTuple

from policies.refusal import Refusal
from structure.operation import Operation, OperationRefused
from structure.ordering import Act, PlanCircle, ordered
from structure.organisation import Organisation


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


def attempt(start: Organisation, plan: Iterable[Planned]) -> Attempt:
    """Do what can be done of a plan, date by date, and say what could not. Raises PlanCircle."""
    start = start.settled()
    org = start
    dates: list[date] = []
    states: list[Organisation] = []
    done: list[Planned] = []
    refused: list[PlanRefused] = []
    for on, of_date in groupby(sorted(plan, key=lambda planned: planned.on), key=lambda planned: planned.on):
        day = _day(org.settled(), on, tuple(of_date))
        org = day.after
        done += day.done
        refused += day.refused
        dates.append(on)
        states.append(org)
    return Attempt(Timeline(start, tuple(dates), tuple(states)), tuple(done), tuple(refused))


def unfold(start: Organisation, plan: Iterable[Planned]) -> Timeline:
    """The timeline of a plan that can be done whole. Raises PlanRefused for the first operation that cannot, PlanCircle."""
    made = attempt(start, plan)
    if made.refused:
        raise made.refused[0]
    return made.timeline


def in_order(of_date: Iterable[Planned]) -> list[Planned]:
    """The operations of one date as they are done; what is cut to break a circle is there twice. Raises PlanCircle."""
    written = tuple(of_date)
    return [_with(written[place], operation) for place, operation in _ordered(written)]


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
            refused[place] = PlanRefused(written[place], refusal)
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


__all__ = ["Attempt", "PlanCircle", "PlanRefused", "Planned", "Timeline", "attempt", "in_order", "unfold"]
