"""How an organisation changes over dates: the acts of a plan, ordered within each date, folded into one organisation a date."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from typing import ClassVar

from policies.refusal import Refusal
from structure.operation import Operation, OperationRefused
from structure.organisation import Organisation
from structure.things import Ref


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


class PlanCircle(Refusal):
    """Operations of one date wait for each other and none can be cut in two."""

    code: ClassVar[str] = "plan_circle"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Timeline:
    """The organisation before the first date, and at the end of each date on which something changes.

    Dates are half-open: what holds from a date holds on that date. `states[i].touched` is what `dates[i]` changed.
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
    org = start.settled()
    dates: list[date] = []
    states: list[Organisation] = []
    done: list[Planned] = []
    refused: list[PlanRefused] = []
    for on, of_date in groupby(sorted(plan, key=lambda planned: planned.on), key=lambda planned: planned.on):
        org = org.settled()
        for planned in in_order(tuple(of_date)):
            try:
                org = planned.operation.change(org, planned.id, on)
            except OperationRefused as refusal:
                refused.append(PlanRefused(planned, refusal))
            else:
                done.append(planned)
        dates.append(on)
        states.append(org)
    return Attempt(Timeline(start, tuple(dates), tuple(states)), tuple(done), tuple(refused))


def unfold(start: Organisation, plan: Iterable[Planned]) -> Timeline:
    """The timeline of a plan that can be done whole. Raises PlanRefused for the first operation that cannot, PlanCircle."""
    made = attempt(start, plan)
    if made.refused:
        raise made.refused[0]
    return made.timeline


def in_order(of_date: Sequence[Planned]) -> Iterator[Planned]:
    """The operations of one date: makers before users before enders, else as written. Raises PlanCircle.

    A true circle is broken by detaching: what can be cut begins without its ties, and the ties follow at the end of the date.
    """
    try:
        yield from _sorted(of_date)
    except CycleError as circle:
        waiting = {of_date[place].id for place in circle.args[1]}
        cut = [(planned, planned.operation.detached() if planned.id in waiting else None) for planned in of_date]
        if not any(parts for _, parts in cut):
            raise PlanCircle(operations=", ".join(sorted(waiting))) from None
        first = [_with(planned, parts[0]) if parts else planned for planned, parts in cut]
        yield from in_order(first)
        yield from (_with(planned, parts[1]) for planned, parts in cut if parts)


def _sorted(of_date: Sequence[Planned]) -> list[Planned]:
    makers: dict[Ref, list[int]] = {}
    users: dict[Ref, list[int]] = {}
    for place, planned in enumerate(of_date):
        for ref in planned.operation.makes():
            makers.setdefault(ref, []).append(place)
        for ref in planned.operation.uses():
            users.setdefault(ref, []).append(place)
    graph: TopologicalSorter[int] = TopologicalSorter()
    for place, planned in enumerate(of_date):
        before = {maker for ref in planned.operation.uses() for maker in makers.get(ref, ())}
        for ref in planned.operation.ends() - planned.operation.makes():
            before.update(makers.get(ref, ()), users.get(ref, ()))
        graph.add(place, *sorted(before - {place}))
    return [of_date[place] for place in graph.static_order()]


def _with(planned: Planned, operation: Operation) -> Planned:
    return Planned(planned.id, planned.on, operation, planned.declared, planned.assumed)
