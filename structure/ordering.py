"""In which order the operations of one date are done: what begins before what uses it, and that before what ends it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from itertools import pairwise
from typing import ClassVar, NamedTuple

from policies.refusal import Refusal
from structure.operation import Operation
from structure.things import Ref, Sort


class PlanCircle(Refusal):
    """Operations of one date wait for each other and none can be cut in two."""

    code: ClassVar[str] = "plan_circle"
    status: ClassVar[int] = 422


class Act(NamedTuple):
    """An operation to do, and the place in the list of its date where it was written."""

    place: int
    operation: Operation


Before = dict[int, set[int]]
"""Place -> places that must come before it. Negative places are no acts: they stand between all that make a thing and all that
use it, and between these and all that end it, so that n acts on one thing cost n demands."""


def ordered(operations: Sequence[Operation], name: Callable[[int], str]) -> list[Act]:
    """The operations of one date in an order in which they can be done. Raises PlanCircle, with what `name` says of a place.

    Where nothing else is demanded, what begins goes first, what ends goes last (units after what hangs on them), and else the
    order is as written. A thing that ends and is restored on one date is the exception: all acts on it go as written.

    A true circle is broken by detaching: what can be cut begins without its ties, and the ties follow at the end of the date.
    """
    if len(operations) < 2:
        return [Act(place, operation) for place, operation in enumerate(operations)]
    before = _demands(operations)
    in_turn, circle = _sorted(before, operations)
    if not circle:
        return [Act(place, operations[place]) for place in in_turn if place >= 0]
    cut = {place: parts for place in _in_circles(before, in_turn) if (parts := operations[place].detached())}
    if not cut:
        raise PlanCircle(operations=", ".join(sorted({name(place) for place in circle if place >= 0})))
    first = [cut[place][0] if place in cut else operation for place, operation in enumerate(operations)]
    return [*ordered(first, name), *(Act(place, parts[1]) for place, parts in sorted(cut.items()))]


class _Acts(NamedTuple):
    """The acts on one thing, by place."""

    makers: list[int]
    users: list[int]
    enders: list[int]
    restorers: list[int]


def _demands(operations: Sequence[Operation]) -> Before:
    on: dict[Ref, _Acts] = {}
    for place, operation in enumerate(operations):
        made, ended = operation.makes(), operation.ends()
        for ref in made:
            acts = on.setdefault(ref, _Acts([], [], [], []))
            (acts.restorers if operation.restores() else acts.makers).append(place)
        for ref in ended - made:
            on.setdefault(ref, _Acts([], [], [], [])).enders.append(place)
        for ref in operation.uses() - made - ended:
            on.setdefault(ref, _Acts([], [], [], [])).users.append(place)
    before: Before = {place: set() for place in range(len(operations))}
    for acts in on.values():
        _demand(before, acts)
    return before


def _demand(before: Before, acts: _Acts) -> None:
    """Add what one thing demands."""
    makers, users, enders, restorers = acts
    if restorers and enders:
        as_written = sorted((*makers, *users, *enders, *restorers))
        for earlier, later in pairwise(as_written):
            before[later].add(earlier)
        return
    for earlier_ones, later_ones in (((*makers, *restorers), (*users, *enders)), (users, enders)):
        if earlier_ones and later_ones:
            between = -1 - len(before)
            before[between] = set(earlier_ones)
            for later in later_ones:
                before[later].add(between)


def _sorted(before: Before, operations: Sequence[Operation]) -> tuple[list[int], list[int]]:
    """The places in turn as far as circles let them, and one circle if there is any."""
    graph = TopologicalSorter(before)
    circle: list[int] = []
    try:
        graph.prepare()
    except CycleError as found:
        circle = found.args[1]
    ready: list[tuple[int, int]] = []
    in_turn: list[int] = []
    while graph.is_active():
        for place in graph.get_ready():
            heappush(ready, (_phase(operations[place]) if place >= 0 else -1, place))
        in_turn.append(heappop(ready)[1])
        graph.done(in_turn[-1])
    return in_turn, circle


def _phase(operation: Operation) -> int:
    ended = {ref.sort for ref in operation.ends()}
    if ended:
        return 3 if Sort.UNIT in ended else 2
    return 0 if operation.makes() else 1


def _in_circles(before: Before, in_turn: list[int]) -> list[int]:
    """Acts in a circle, or between two: what is stuck, without what only waits for it."""
    stuck = set(before).difference(in_turn)
    after: Before = {place: set() for place in stuck}
    for place in stuck:
        for earlier in before[place] & stuck:
            after[earlier].add(place)
    graph = TopologicalSorter(after)
    with suppress(CycleError):
        graph.prepare()
    while graph.is_active():
        waiting = graph.get_ready()
        stuck.difference_update(waiting)
        graph.done(*waiting)
    return sorted(place for place in stuck if place >= 0)
