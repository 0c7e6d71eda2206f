"""What a plan does to everything that hangs on what it changes: what, as it is today, as it is after, from when, and whether
somebody must act. Closure over dependents: units, functions, posts and holders, coordination, delegations, and what is owed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from structure.diff import Value, diff_of
from structure.organisation import Organisation
from structure.responsible import Responsible, heirs_in, responsible
from structure.rule import Delegation
from structure.things import UNKNOWN, Edge, EdgeKind, Function, Post, Ref, Sort, Unit
from structure.timeline import Planned, Timeline

HOLDER: Final = "holder"
DELEGATION: Final = "delegation"


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something that the house owes, by the function that owes it: a mandate's task, a report, an audit's recommendation.

    `sort` is the word of its register; `what` its reference there. `parts`: the functions chosen for it if its own is split.
    """

    id: str
    sort: str
    what: str
    function: str
    parts: frozenset[str] = frozenset()


class Line(NamedTuple):
    """One consequence. `sort`: of the thing (`unit`, `function`, `post`, `holder`, `delegation`, or the obligation's own)."""

    sort: str
    id: str
    field: str
    today: Value
    """As it is the day before; empty: not there."""
    after: Value
    on: date
    needs_action: bool
    """Whether it is left with something that ended, with nobody, or with more than one."""


def impact(
    timeline: Timeline,
    plan: Iterable[Planned],
    obligations: Sequence[Obligation] = (),
    delegations: Sequence[Delegation] = (),
) -> list[Line]:
    """Every consequence of a plan, by date, sort and thing. `plan`: all operations that the timeline knows of.

    n log n in what changes and what hangs on it, and linear in units and obligations once.
    """
    owed = _Owed(timeline.start, plan, obligations)
    beside = _Beside(timeline.start)
    found: list[Line] = []
    before = timeline.start
    for on, after in zip(timeline.dates, timeline.states, strict=True):
        lines = [
            *_changes(before, after, on),
            *_left_under(before, after, on),
            *beside.lines(before, after, on),
            *_powers(delegations, before, after, on),
            *owed.lines(after, on),
        ]
        found += sorted(set(lines))
        before = after
    return found


def _changes(before: Organisation, after: Organisation, on: date) -> Iterator[Line]:
    for found in diff_of(before, after, after.touched):
        thing = after.thing(found.subject)
        needs = found.field != "ended" and thing is not None and _needs(after, thing)
        yield Line(found.subject.sort.value, found.subject.id, found.field, found.before, found.after, on, needs)
        if isinstance(thing, Post) and thing.holder and found.field in {"unit", "ended"}:
            yield Line(HOLDER, thing.holder, found.field, found.before, found.after, on, found.field == "ended")


def _needs(org: Organisation, thing: Unit | Function | Post) -> bool:
    match thing:
        case Function():
            return len(thing.owners) != 1 or not _stands(org, thing.owners[0])
        case Post():
            return not _stands(org, thing.unit)
        case Unit():
            return any(not _stands(org, head) for head in thing.heads)


def _stands(org: Organisation, unit: str) -> bool:
    """Somebody is there to answer; nobody knows who is nobody."""
    return org.live_unit(unit) is not None


def _left_under(before: Organisation, after: Organisation, on: date) -> Iterator[Line]:
    """What is still with a unit that ended, untouched by the plan."""
    for ref in after.touched:
        if ref.sort is not Sort.UNIT or before.live_unit(ref.id) is None or after.live_unit(ref.id) is not None:
            continue
        here = (ref.id,)
        for unit in after.children(ref.id):
            yield Line(Sort.UNIT.value, unit.id, "heads", here, (), on, True)
        for function in after.held_by(ref.id):
            field = "owners" if ref.id in function.owners else "contributors"
            yield Line(Sort.FUNCTION.value, function.id, field, here, (), on, True)
        for post in after.posts_of(ref.id):
            yield Line(Sort.POST.value, post.id, "unit", here, (), on, True)
            if post.holder:
                yield Line(HOLDER, post.holder, "unit", here, (), on, True)


class _Beside:
    """Who coordinates with which unit."""

    def __init__(self, org: Organisation) -> None:
        self.with_: dict[str, set[str]] = {}
        for unit in org.units.values():
            self._note(unit)

    def lines(self, before: Organisation, after: Organisation, on: date) -> Iterator[Line]:
        """Units that coordinate with one that ended."""
        touched = [ref.id for ref in after.touched if ref.sort is Sort.UNIT]
        for id in touched:
            self._note(after.units[id])
        for id in touched:
            if before.live_unit(id) is None or after.live_unit(id) is not None:
                continue
            for other in self.with_.get(id, ()):
                unit = after.live_unit(other)
                if unit is not None and Edge(EdgeKind.COORDINATION, id) in unit.edges:
                    yield Line(Sort.UNIT.value, other, "coordinates_with", (id,), (), on, True)

    def _note(self, unit: Unit) -> None:
        for edge in unit.edges:
            if edge.kind is EdgeKind.COORDINATION:
                self.with_.setdefault(edge.head, set()).add(unit.id)


def _powers(delegations: Sequence[Delegation], before: Organisation, after: Organisation, on: date) -> Iterator[Line]:
    """Delegations in force whose giver, taker or scope ends."""
    for one in delegations:
        if one.since <= on and (one.until is None or on < one.until):
            for unit in sorted({one.giver, one.taker, *one.scope}):
                if Ref(Sort.UNIT, unit) in after.touched and before.live_unit(unit) and after.live_unit(unit) is None:
                    yield Line(DELEGATION, f"{one.giver}:{one.taker}", "unit", (unit,), (), on, True)


class _Owed:
    """Obligations by the functions that answer for them now."""

    def __init__(self, start: Organisation, plan: Iterable[Planned], obligations: Sequence[Obligation]) -> None:
        self.heirs = heirs_in(plan)
        self.now = {one.id: self._who(start, one, date.min) for one in obligations}
        self.resting: dict[str, dict[str, Obligation]] = {}
        for one in obligations:
            for function in {one.function, *self.now[one.id].functions}:
                self.resting.setdefault(function, {})[one.id] = one

    def lines(self, after: Organisation, on: date) -> Iterator[Line]:
        """Obligations for which others answer from this date on, or whose unit ended."""
        touched = {ref.id for ref in after.touched if ref.sort is Sort.FUNCTION}
        ended = (ref.id for ref in after.touched if ref.sort is Sort.UNIT and after.live_unit(ref.id) is None)
        touched.update(function.id for unit in ended for function in after.held_by(unit))
        for one in {id: one for function in touched for id, one in self.resting.get(function, {}).items()}.values():
            was, now = self.now[one.id], self._who(after, one, on)
            for function in now.functions:
                self.resting.setdefault(function, {})[one.id] = one
            self.now[one.id] = now
            left = any(not _stands(after, unit) for unit in now.units)
            if now != was or left:
                needs = bool(now.functions) and (len(now.units) != 1 or left)
                field = "responsible" if now.units != was.units or left else "function"
                sides = (was.units, now.units) if field == "responsible" else (was.functions, now.functions)
                yield Line(one.sort, one.id, field, *sides, on, needs)

    def _who(self, org: Organisation, one: Obligation, on: date) -> Responsible:
        return responsible(org, self.heirs, one.function, on, one.parts)


def without_owner(
    timeline: Timeline, plan: Iterable[Planned], obligations: Iterable[Obligation]
) -> list[tuple[str, date | None]]:
    """Obligations that nobody answers for though their function goes on, and from when on (None: before the first date).

    An owner that nobody knows, or that has ended, is nobody. A discontinued function ends what it owed.
    """
    heirs = heirs_in(plan)
    found: list[tuple[str, date | None]] = []
    for one in obligations:
        was = False
        for on, org in ((None, timeline.start), *zip(timeline.dates, timeline.states, strict=True)):
            who = responsible(org, heirs, one.function, on or date.min, one.parts)
            alone = bool(who.functions) and not any(unit != UNKNOWN and _stands(org, unit) for unit in who.units)
            if alone and not was:
                found.append((one.id, on))
            was = alone
    return found
