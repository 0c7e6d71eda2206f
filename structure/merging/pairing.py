"""Which operations two plans share, and one id for each of the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from structure.operation import Operation
from structure.timeline import Planned

Plan = tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Paired:
    """Two plans in one order, whichever way round they were given: so that a merge cannot depend on who asks for it."""

    first: Plan
    second: Plan
    is_swapped: bool
    """`first` is theirs."""

    @property
    def together(self) -> Plan:
        """Every operation once."""
        known = {planned.id for planned in self.first}
        return (*self.first, *(planned for planned in self.second if planned.id not in known))

    def both_ways(self) -> Iterator[tuple[Plan, Plan]]:
        """Each plan with the other."""
        yield self.first, self.second
        yield self.second, self.first


def paired(ours: Sequence[Planned], theirs: Sequence[Planned]) -> Paired:
    """Give what both do on one date one id (the lesser), and what differs under one id two (`~1` and `~2`)."""
    is_swapped = _order(theirs) < _order(ours)
    first, second = (tuple(theirs), tuple(ours)) if is_swapped else (tuple(ours), tuple(theirs))
    waiting: dict[tuple[date, Operation], list[int]] = {}
    for place, planned in enumerate(second):
        waiting.setdefault((planned.on, planned.operation), []).append(place)
    same: dict[int, int] = {}
    for place, planned in enumerate(first):
        if there := waiting.get((planned.on, planned.operation)):
            same[there.pop(0)] = place
    return Paired(*_named(first, second, same), is_swapped)


def _named(first: Plan, second: Plan, same: dict[int, int]) -> tuple[Plan, Plan]:
    here, there = {planned.id for planned in first}, {planned.id for planned in second}
    taken = here | there
    shared: dict[int, str] = {}
    used: set[str] = set()
    for other, place in sorted(same.items(), key=lambda pair: first[pair[1]].id != second[pair[0]].id):
        least, most = sorted((first[place].id, second[other].id))
        shared[place] = least if least not in used else most if most not in used else _free(least, 0, used, taken)
        used.add(shared[place])
    clash = (here & there) | set(shared.values())
    one = (shared.get(place) or _free(planned.id, 1, clash, taken) for place, planned in enumerate(first))
    two = (shared[same[place]] if place in same else _free(planned.id, 2, clash, taken) for place, planned in enumerate(second))
    return (
        tuple(replace(planned, id=id) if id != planned.id else planned for planned, id in zip(first, one, strict=True)),
        tuple(replace(planned, id=id) if id != planned.id else planned for planned, id in zip(second, two, strict=True)),
    )


def _free(id: str, number: int, clash: set[str], taken: set[str]) -> str:
    if id not in clash:
        return id
    free = f"{id}~{number}"
    while free in taken:
        free += "~"
    taken.add(free)
    return free


def _order(plan: Sequence[Planned]) -> list[tuple[str, date, str]]:
    return [(planned.id, planned.on, planned.operation.model_dump_json()) for planned in plan]
