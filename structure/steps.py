"""A plan step by step: what each operation found, what it left, what it changed, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from structure.diff import Difference, diff_of
from structure.organisation import Organisation
from structure.things import UNKNOWN, Ref, Sort
from structure.timeline import Attempt, Planned
from structure.uncollected import uncollected


@dataclass(frozen=True, slots=True)
class Step:
    """One operation that was done. `after.touched` is what it alone touched.

    All acts of a date hold at once, so what must hold of places is asked of `morning` and `evening`: before and after its date.
    """

    planned: Planned
    before: Organisation
    after: Organisation
    morning: Organisation
    evening: Organisation

    @property
    def id(self) -> str:
        """The operation's id."""
        return self.planned.id

    @property
    def on(self) -> date:
        """The date from which it holds."""
        return self.planned.on

    @property
    def subject(self) -> Ref:
        """The operation, as what a finding is about."""
        return Ref(Sort.OPERATION, self.planned.id)

    def changes(self) -> list[Difference]:
        """What it changed of what is live."""
        return diff_of(self.before, self.after, self.after.touched)

    def reaches_past(self, scope: frozenset[str]) -> list[str]:
        """Units it acts on that do not stand under `scope`, before or after its date, by id. An empty scope is no limit.

        Where a line goes up to an unknown head nobody can say, so that is not past it; I16 counts the unknown.
        """
        if not scope:
            return []
        acted = {id for org in (self.before, self.after) for id in self._units(org)}
        return sorted(id for id in acted if not (_under(self.morning, id, scope) and _under(self.evening, id, scope)))

    def _units(self, org: Organisation) -> Iterator[str]:
        operation = self.planned.operation
        for ref in {*operation.makes(), *operation.uses(), *operation.ends(), *self.after.touched}:
            if ref.sort is Sort.UNIT:
                yield ref.id
            elif ref.sort is Sort.FUNCTION and ref.id in org.functions:
                yield from (owner for owner in org.functions[ref.id].owners if owner != UNKNOWN)
            elif ref.sort is Sort.POST and ref.id in org.posts:
                yield org.posts[ref.id].unit


@uncollected()
def steps_of(attempt: Attempt) -> tuple[Step, ...]:
    """The operations that were done, in their order, each with the organisation before and after it."""
    made: list[Step] = []
    morning = attempt.timeline.start.settled()
    for on, of_date in groupby(attempt.done, key=lambda planned: planned.on):
        evening, org = attempt.timeline.at(on), morning
        for planned in of_date:
            after = planned.operation.change(org, planned.id, on)
            made.append(Step(planned, org, after, morning, evening))
            org = after.settled()
        morning = org
    return tuple(made)


def _under(org: Organisation, id: str, scope: frozenset[str]) -> bool:
    """Whether a unit of `scope` is this unit or above it; true where that cannot be told, or where the unit is not live.

    A head that has ended still says where the unit stands: that it ended is I7.
    """
    if org.live_unit(id) is None:
        return True
    seen = {id}
    waiting = [id]
    while waiting:
        at = waiting.pop()
        unit = org.units.get(at)
        if at in scope or (unit is not None and UNKNOWN in unit.heads):
            return True
        above = set(unit.heads if unit else ()) - seen
        seen |= above
        waiting += above
    return False
