"""A large organisation and a plan of many dates: how long it takes to unfold it, to ask every rule of a state, and to compare.

The house is made up and always the same: a tree of units whose secretariats stand in a matrix, functions with names of words
of very different frequency, and operations of many kinds, one a day.
"""

import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate, count
from typing import TypeVar
from zlib import crc32

from bench.results import Shaped
from policies.pack import load_pack, pack_folder
from policies.structure import StructureRules
from structure.checking import check_states
from structure.diff import diff
from structure.operation import Operation
from structure.operations import CreateFunction, Head, MoveFunction, RenameFunction, RenameUnit, SetHeads, SetRank
from structure.organisation import Organisation
from structure.rules import STATE_RULES
from structure.things import Edge, EdgeKind, Function, Unit
from structure.timeline import Planned, unfold

T = TypeVar("T")
BEGINS = date(2015, 12, 11)
A_TENTH = 10
"""One unit in ten is a secretariat; a unit has ten functions; five units stand under one."""
ROOTS = ("OSG", "OASG")
WORDS = [f"word{number}" for number in range(3_000)]
HEAVIER = list(accumulate(1 / (rank + 20) for rank in range(1, len(WORDS) + 1)))
"""Words are as unevenly frequent as in a language (Zipf), without the few that the pack ignores."""


def shape(units: int, *, times: int) -> Shaped:
    """Measure one size: `units`, ten functions each, two operations each."""
    rules = load_pack(pack_folder("oas")).structure
    assert rules is not None
    start, plan = organisation(units), operations(units)
    found = Shaped(units, len(start.functions), len(plan))
    for _ in range(times):
        _once(found, start, plan, rules)
    return found


def _once(found: Shaped, start: Organisation, plan: list[Planned], rules: StructureRules) -> None:
    timeline = _timed(found.unfolded, lambda: unfold(start, plan))
    findings = _timed(found.checked, lambda: check_states(timeline, STATE_RULES, rules))
    found.findings = len(findings)
    _timed(found.compared, lambda: diff(start, timeline.end))
    days = [BEGINS + timedelta(days=number) for number in range(len(plan))]
    began = time.perf_counter()
    for day in days:
        timeline.at(day)
    found.looked_up.append((time.perf_counter() - began) / len(days))


def _timed(seconds: list[float], do: Callable[[], T]) -> T:
    began = time.perf_counter()
    done = do()
    seconds.append(time.perf_counter() - began)
    return done


def organisation(units: int) -> Organisation:
    """The house before the first date."""
    names = _names()
    return Organisation.of(
        [*(Unit(root, root, "office") for root in ROOTS), *(_unit(number, units) for number in range(units))],
        [Function(f"F{number}", next(names), (f"U{number % units}",)) for number in range(10 * units)],
    )


def _unit(number: int, units: int) -> Unit:
    secretariats = units // A_TENTH
    if number < secretariats:
        edges = tuple(Edge(EdgeKind.MATRIX, root, frozenset({root})) for root in ROOTS)
        return Unit(f"U{number}", f"Secretariat {number}", "secretariat", edges, "D1")
    head = f"U{number - secretariats if number < 2 * secretariats else number // 5}"
    return Unit(f"U{number}", f"Department {number}", "department", (Edge(EdgeKind.LINE, head),))


def operations(units: int) -> list[Planned]:
    """Two operations a unit, one a day: it moves, its functions move, are renamed or made, ranks are given."""
    names = _names(seed=1)
    acts = (_act(number, units, names) for number in range(2 * units))
    return [Planned(f"OP-{number}", BEGINS + timedelta(days=number), act) for number, act in enumerate(acts)]


def _act(number: int, units: int, names: Iterator[str]) -> Operation:
    secretariats, function = units // A_TENTH, number % (10 * units)
    department, owner = f"U{units - 1 - number % (units // 2)}", f"U{function % units}"
    match number % 6:
        case 0:
            return SetHeads(unit=department, heads=(Head(head=f"U{number % secretariats}"),))
        case 1:
            return MoveFunction(function=f"F{function + units}", from_unit=owner, to_unit=department)
        case 2:
            return RenameFunction(function=f"F{function}", name=next(names))
        case 3:
            return CreateFunction(function=f"N{number}", name=next(names), owner=department)
        case 4:
            return SetRank(unit=f"U{number % secretariats}", rank="D1" if number % 5 else "D2")
        case _:
            return RenameUnit(unit=department, name=f"Department {number}, renamed")


def _names(seed: int = 0) -> Iterator[str]:
    """Names of three to five words and a place, the same each time. One in forty says what the one before it says."""
    for number in count(seed * 1_000_003):
        told = number - 1 if number % 40 == 39 else number
        drawn = (_drawn(7 * told + place) for place in range(3 + told % 3))
        yield f"{' '.join(drawn)} place{told // 10}"


def _drawn(number: int) -> str:
    """A word, by its frequency: a number spread over the weights, the same each time."""
    return WORDS[bisect_left(HEAVIER, crc32(b"%d" % number) / 2**32 * HEAVIER[-1])]
