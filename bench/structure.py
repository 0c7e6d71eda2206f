"""A large organisation and a plan of many dates: what it takes to know it, to judge it, to compare it, to add to its record.

The house is made up and always the same: a tree of units whose secretariats stand in a matrix, functions with names of words
of very different frequency, and operations of many kinds, one a day. It enters the record as a real one does: as the operations
that create it. Seconds are of the processor: one thread works and waits for nothing, so a shared machine tells little else.
"""

import gc
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate, count
from typing import Final, TypeVar
from zlib import crc32

from bench.results import Shaped
from policies.pack import load_pack, pack_folder
from policies.structure import StructureRules
from structure.checking import check_states
from structure.creations import creations
from structure.diff import diff
from structure.history import History, Registration
from structure.matching import match
from structure.merging import merge
from structure.operation import Operation
from structure.operations import CreateFunction, Head, MoveFunction, RenameFunction, RenameUnit, SetHeads, SetRank
from structure.organisation import Organisation
from structure.rules import STATE_RULES
from structure.things import Edge, EdgeKind, Function, Unit
from structure.timeline import Planned, attempt
from structure.uncollected import uncollected

T = TypeVar("T")
BEGINS = date(2015, 12, 11)
A_TENTH = 10
"""One unit in ten is a secretariat; a unit has ten functions; five units stand under one."""
ROOTS = ("OSG", "OASG")
WORDS = [f"word{number}" for number in range(3_000)]
HEAVIER = list(accumulate(1 / (rank + 20) for rank in range(1, len(WORDS) + 1)))
"""Words are as unevenly frequent as in a language (Zipf), without the few that the pack ignores."""


FOLD: Final = "the whole record is folded"
APPEND: Final = "an operation is registered"
INSERT: Final = "one is registered amid the others"
CHECK: Final = "every rule of a state is asked"
COMPARE: Final = "the first and the last date are compared"
MATCH: Final = "the two are matched without ids"
MERGE: Final = "two halves of the plan are merged"


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
    def timed(act: str, do: Callable[[], T]) -> T:
        gc.collect()  # what the act before it left to be looked through is not this one's
        began = time.process_time()
        floor(start, plan)
        halfway = time.process_time()
        done = do()
        found.took.setdefault(act, []).append((time.process_time() - halfway, halfway - began))
        return done

    timeline = attempt(start, plan).timeline
    found.findings = len(timed(CHECK, lambda: check_states(timeline, STATE_RULES, rules)))
    timed(COMPARE, lambda: diff(start, timeline.end))
    timed(MATCH, lambda: match(start, timeline.end))
    timed(MERGE, lambda: merge(start, plan[::2], plan[1::2], rules))
    history = record(start, plan)
    timed(FOLD, lambda: history.timeline(history.registrations[-1].known_on))
    last, amid = plan[-1].on, plan[len(plan) // 2].on
    timed(APPEND, lambda: history.registered(told_on(last)))
    timed(INSERT, lambda: history.registered(told_on(amid)))
    days = [planned.on for planned in plan]
    began = time.process_time()
    for day in days:
        history.at(day, days[-1])
    found.looked_up.append((time.process_time() - began) / len(days))


@uncollected()
def floor(start: Organisation, plan: list[Planned]) -> int:
    """What nothing can do without: see everything once, index it by head, owner and word, and sort it."""
    index: dict[str, list[str]] = {}
    for unit in start.units.values():
        for head in unit.heads:
            index.setdefault(head, []).append(unit.id)
    for function in start.functions.values():
        for word in (*function.owners, *function.name.casefold().split()):
            index.setdefault(word, []).append(function.id)
    for ids in index.values():
        ids.sort()
    return len(sorted(index)) + len(sorted(plan, key=lambda planned: (planned.on, planned.id)))


def record(start: Organisation, plan: list[Planned]) -> History:
    """The house as it was loaded, on the day before the plan, and the plan, known from its first day on. Nothing is folded."""
    day = BEGINS - timedelta(days=1)
    loaded = tuple(Planned(f"loaded-{number}", day, made) for number, made in enumerate(creations(start)))
    return History(Organisation(), (Registration(day, adds=loaded), Registration(BEGINS, adds=tuple(plan))))


def told_on(on: date) -> Registration:
    """One more operation, known since the plan is."""
    return Registration(BEGINS, adds=(Planned("one-more", on, RenameUnit(unit=ROOTS[0], name="Office")),))


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
