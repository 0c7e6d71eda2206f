"""Random sound organisations, and random plans that can be done on them, for the laws of structure.

`organisations()` draws units in a forest under roots, some under two heads that divide the matters, each function with one
owner. `plans(org)` draws operations over several dates, each doable on the organisation as it is then.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from structure.operation import Operation
from structure.organisation import Organisation
from structure.things import UNKNOWN, Edge, EdgeKind, Function, Post, Ref, Unit, UnitState, in_one_order
from structure.timeline import Planned, PlanRefused, unfold
from tests.structure.drawing import KINDS, WORDS, Drawer

T = TypeVar("T")
FIRST = date(2015, 1, 1)
MATTERS = frozenset({"policy", "staff", "money"})


@st.composite
def organisations(draw: DrawFn, most_units: int = 8) -> Organisation:
    """A sound one: no circle, every head live, every function with one live owner or an unknown one."""
    units = [Unit("R0", "Root 0", "office"), Unit("R1", "Root 1", "office")]
    for number in range(draw(st.integers(0, most_units))):
        above = [unit.id for unit in units]
        two = draw(st.booleans()) and len(above) > 1
        edges = _two_heads(draw, above) if two else (Edge(EdgeKind.LINE, draw(st.sampled_from(above))),)
        beside = tuple(Edge(EdgeKind.COORDINATION, with_) for with_ in draw(st.sets(st.sampled_from(["CIM", "R1"]))))
        organs = tuple(Edge(EdgeKind.BODY, organ) for organ in draw(st.sets(st.sampled_from(["GA", "PC"]), max_size=1)))
        state = draw(st.sampled_from([UnitState.ACTIVE, UnitState.ACTIVE, UnitState.SUSPENDED]))
        rank = draw(st.sampled_from([UNKNOWN, "D1", "D2"]))
        kind = "secretariat" if two else draw(st.sampled_from(["department", "office"]))
        units.append(Unit(f"U{number}", f"Unit {number}", kind, in_one_order((*edges, *beside, *organs)), rank, state))
    ids = [unit.id for unit in units]
    functions = [_function(draw, f"F{number}", ids) for number in range(draw(st.integers(0, most_units)))]
    posts = [
        Post(f"P{number}", draw(st.sampled_from(WORDS)), draw(st.sampled_from(ids)), live=draw(st.booleans()))
        for number in range(draw(st.integers(0, 4)))
    ]
    return Organisation.of(units, functions, posts)


def _two_heads(draw: DrawFn, above: Sequence[str]) -> tuple[Edge, ...]:
    first, second = draw(st.lists(st.sampled_from(above), min_size=2, max_size=2, unique=True))
    hers = frozenset(draw(st.sets(st.sampled_from(sorted(MATTERS)), min_size=1, max_size=2)))
    return Edge(EdgeKind.MATRIX, first, hers), Edge(EdgeKind.MATRIX, second, MATTERS - hers)


def _function(draw: DrawFn, id: str, ids: Sequence[str]) -> Function:
    owner = draw(st.sampled_from([*ids, UNKNOWN]))
    contributors = tuple(unit for unit in draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)) if unit != owner)
    basis = frozenset(draw(st.sets(st.sampled_from(["Charter", "Act"]))))
    return Function(id, draw(st.sampled_from(WORDS)), (owner,), contributors, legal_basis=basis, live=draw(st.booleans()))


@st.composite
def operations_on(draw: DrawFn, org: Organisation, kinds: Sequence[str] = KINDS) -> Operation:
    """One operation that can be done on this organisation."""
    return Drawer(draw, org).operation(kinds)


@st.composite
def one_a_date(draw: DrawFn, start: Organisation, most: int = 10, kinds: Sequence[str] = KINDS) -> tuple[Planned, ...]:
    """A plan with one operation on each of its dates."""
    drawer = Drawer(draw, start)
    plan: list[Planned] = []
    for number in range(draw(st.integers(1, most))):
        planned = Planned(f"OP-{number}", FIRST + timedelta(days=number), drawer.operation(kinds))
        drawer.org = planned.operation.change(drawer.org, planned.id, planned.on)
        plan.append(planned)
    return tuple(plan)


@st.composite
def plans(draw: DrawFn, start: Organisation, most: int = 10, kinds: Sequence[str] = KINDS) -> tuple[Planned, ...]:
    """A plan with several operations on a date, written in any order. What could not be done on its date is left out."""
    drawer = Drawer(draw, start)
    plan: list[Planned] = []
    of_date: list[Planned] = []
    begun = start
    for number in range(draw(st.integers(1, most))):
        if of_date and draw(st.booleans()):
            plan, of_date, begun = [*plan, *of_date], [], drawer.org
        on = FIRST + timedelta(days=len({planned.on for planned in plan}))
        tried = [*of_date, Planned(f"OP-{number}", on, drawer.operation(kinds))]
        try:
            drawer.org = unfold(begun, tried).end
        except PlanRefused:
            continue
        of_date = tried
    return (*plan, *of_date)


@st.composite
def without_conflict(draw: DrawFn, start: Organisation, most: int = 8) -> tuple[Planned, ...]:
    """Operations of one date that each change something, and no two the same thing."""
    drawer = Drawer(draw, start)
    plan: list[Planned] = []
    changed: set[Ref] = set()
    for number in range(draw(st.integers(1, most))):
        planned = Planned(f"OP-{number}", FIRST, drawer.operation(KINDS))
        touched = set(planned.operation.change(drawer.org.settled(), planned.id, FIRST).touched)
        if touched and not touched & changed:
            plan.append(planned)
            changed |= touched
            drawer.org = unfold(start, plan).end
    return tuple(plan)


def houses_with(of: Callable[[Organisation], SearchStrategy[T]]) -> SearchStrategy[tuple[Organisation, T]]:
    """A random organisation with what is drawn for it, such as a plan."""
    return organisations().flatmap(lambda org: st.tuples(st.just(org), of(org)))
