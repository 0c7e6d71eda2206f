"""The operations of a file as ours: each of an instrument's words is one or several of `structure.operations`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from structure.operation import Operation
from structure.operations import (
    CreateFunction,
    CreateUnit,
    EliminateUnit,
    Head,
    MergeFunctions,
    MergeUnits,
    MoveFunction,
    RenameUnit,
    ReplaceUnit,
    SetBodyReport,
    SetHeads,
    SetType,
    SplitUnit,
)
from structure.operations.heads import command_heads, heads_of
from structure.organisation import Organisation, bodies_of
from structure.reading.faults import Fault
from structure.reading.identity import Identity
from structure.reading.organisations import edges_of_parents
from structure.reading.shape_structure import Act
from structure.things import COMMANDS, UNKNOWN, Edge, EdgeKind, Function, Unit

ALWAYS: Final = frozenset({"id", "kind", "declared", "n", "requires", "on", "src", "note"})
KEYS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "create": (frozenset({"target"}), frozenset({"parents", "reports_to"})),
    "eliminate": (frozenset({"target"}), frozenset()),
    "rename": (frozenset({"source", "target"}), frozenset()),
    "rename_and_expand": (frozenset({"source", "target"}), frozenset()),
    "replace": (frozenset({"source", "target"}), frozenset()),
    "merge": (frozenset({"sources", "target"}), frozenset()),
    "split": (frozenset({"source", "targets", "primary"}), frozenset()),
    "move": (frozenset({"target", "parents"}), frozenset()),
    "move_functions": (frozenset({"functions", "from", "to"}), frozenset({"into"})),
    "set_reporting": (frozenset(), frozenset({"target", "targets", "parents", "reports_to"})),
}
"""Of each kind: keys it must have, keys it may have."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An operation that an act of the file is or brings with it. `name` tells it from the others; empty: it is the act itself."""

    name: str
    operation: Operation


@dataclass(frozen=True, slots=True)
class Ground:
    """What the acts of a file are read against."""

    before: Organisation
    target: Organisation
    identity: Identity
    placed: frozenset[str]
    """Units whose heads an act of its own sets: nothing is implied about them."""
    created: Mapping[str, date | str | None]
    """Units that an act creates -> from which day, as the file writes it."""


def faults_of_keys(act: Act, place: int, target: Organisation) -> Iterator[Fault]:
    """Keys that do not belong to the act's kind, keys it lacks, units it makes that the file does not describe."""
    needed, allowed = KEYS[act.kind]
    given = {type(act).model_fields[name].alias or name for name in act.model_fields_set}
    filled = {key for key in given if getattr(act, "from_" if key == "from" else key)}
    where = ("operations", place)
    yield from (Fault("missing_key", where, key) for key in sorted(needed - filled))
    yield from (Fault("unknown_key", (*where, key), key) for key in sorted(given - needed - allowed - ALWAYS))
    if act.kind == "set_reporting" and not filled & {"target", "targets"}:
        yield Fault("missing_key", where, "targets")
    if act.kind in {"create", "rename", "rename_and_expand", "replace"} and act.target is not None:
        unit = target.units.get(act.target)
        if unit is None or unit.type == UNKNOWN:
            yield Fault("made_but_not_shown", (*where, "target"), act.target)


def drawn(act: Act, ground: Ground) -> list[Drawn]:
    """The operations that the act is, in order. Raises pydantic's ValidationError for what no operation can hold."""
    return list(_READERS[act.kind](act, ground))


def creation(unit: Unit, name: str = "") -> Iterator[Drawn]:
    """The operations that make a unit as the target shows it; whom it coordinates with comes apart."""
    heads = command_heads(unit)
    yield Drawn(name, CreateUnit(unit=unit.id, name=unit.name, type=unit.type, heads=heads, autonomous=unit.autonomous))
    if bodies_of(unit):
        yield Drawn(f"{unit.id}:reports", SetBodyReport(unit=unit.id, bodies=bodies_of(unit)))


def beginning(function: Function, owner: str, contributors: tuple[str, ...] = ()) -> CreateFunction:
    """The operation that begins a function as the target shows it, with one owner."""
    return CreateFunction(
        function=function.id,
        name=function.name,
        owner=owner,
        contributors=contributors,
        part_of=function.part_of,
        legal_basis=function.legal_basis,
    )


def made_by(act: Act) -> tuple[str, ...]:
    """The units of after that the act makes or makes larger: what stands under them is implied."""
    match act.kind:
        case "create" | "rename_and_expand" | "replace" | "merge":
            return (act.target,) if act.target else ()
        case "split":
            return act.targets
    return ()


def _create(act: Act, ground: Ground) -> Iterator[Drawn]:
    """What the act itself says of heads and organs goes before what the target shows."""
    unit = ground.target.units[str(act.target)]
    stated = edges_of_parents(act.parents, ground.identity.now)
    heads = stated or tuple(edge for edge in unit.edges if edge.kind in COMMANDS)
    bodies = tuple(Edge(EdgeKind.BODY, body) for body in act.reports_to or bodies_of(unit))
    yield from creation(replace(unit, edges=(*heads, *bodies)))


def _eliminate(act: Act, ground: Ground) -> Iterator[Drawn]:
    unit = ground.identity.was(str(act.target))
    yield Drawn("", EliminateUnit(unit=unit, reason=act.kind))


def _rename(act: Act, ground: Ground) -> Iterator[Drawn]:
    unit = ground.identity.now(str(act.target))
    shown, earlier = ground.target.units[unit], ground.before.units.get(unit)
    yield Drawn("", RenameUnit(unit=unit, name=shown.name))
    if earlier is not None and earlier.type != shown.type:
        yield Drawn(f"{unit}:type", SetType(unit=unit, type=shown.type))


def _replace(act: Act, ground: Ground) -> Iterator[Drawn]:
    new = ground.target.units[str(act.target)]
    old = ground.identity.was(str(act.source))
    yield Drawn("", ReplaceUnit(unit=old, by=new.id, name=new.name, type=new.type, heads=command_heads(new)))


def _merge(act: Act, ground: Ground) -> Iterator[Drawn]:
    into = ground.identity.now(str(act.target))
    yield from _missing((into,), ground)
    yield Drawn("", MergeUnits(units=tuple(ground.identity.was(unit) for unit in act.sources), into=into))


def _split(act: Act, ground: Ground) -> Iterator[Drawn]:
    """Functions go where the target shows them."""
    parts = tuple(ground.identity.now(unit) for unit in act.targets)
    yield from _missing(parts, ground)
    unit = ground.identity.was(str(act.source))
    functions = (ground.target.functions.get(function.id) for function in ground.before.held_by(unit))
    goes = {function.id: owner for function in functions if function for owner in function.owners if owner in parts}
    children = (ground.target.units.get(child.id) for child in ground.before.children(unit))
    under = {child.id: head for child in children if child for head in child.heads if head in parts}
    primary = ground.identity.now(str(act.primary))
    yield Drawn("", SplitUnit(unit=unit, parts_=parts, primary=primary, functions=goes, children=under))


def _missing(units: tuple[str, ...], ground: Ground) -> Iterator[Drawn]:
    for unit in units:
        if unit not in ground.before.units and unit in ground.target.units:
            yield from creation(ground.target.units[unit], unit)


def _move(act: Act, ground: Ground) -> Iterator[Drawn]:
    unit = ground.identity.now(str(act.target))
    yield Drawn("", SetHeads(unit=unit, heads=_heads(act, ground)))


def _move_functions(act: Act, ground: Ground) -> Iterator[Drawn]:
    """Into a function that absorbs, which itself goes along; or one by one."""
    to = ground.identity.now(str(act.to))
    going = act.functions if act.into is None else (act.into,)
    for function in going:
        yield from _brought(function, act, to, ground)
    if act.into is not None:
        yield Drawn("", MergeFunctions(functions=act.functions, into=act.into))


def _brought(function: str, act: Act, to: str, ground: Ground) -> Iterator[Drawn]:
    there = ground.before.functions.get(function)
    if there is None:
        yield Drawn(function, beginning(ground.target.functions[function], to))
        return
    giver = _giver(there.owners, ground.identity.was(str(act.from_)), ground.before)
    if giver != to:
        yield Drawn(function, MoveFunction(function=function, from_unit=giver, to_unit=to))


def _giver(owners: tuple[str, ...], stated: str, before: Organisation) -> str:
    """The owner that stands at or below the unit the file names; else that unit, and the plan will say that it has it not."""
    for owner in owners:
        if owner == stated or (owner != UNKNOWN and stated in above(before, owner)):
            return owner
    return stated


def above(org: Organisation, id: str) -> set[str]:
    """Every unit at or above this one."""
    seen, waiting = {id}, [id]
    while waiting:
        unit = org.units.get(waiting.pop())
        for head in unit.heads if unit else ():
            if head not in seen:
                seen.add(head)
                waiting.append(head)
    return seen


def _set_reporting(act: Act, ground: Ground) -> Iterator[Drawn]:
    """A unit that begins on the same day begins under its heads, so this act adds nothing to that."""
    for unit in dict.fromkeys(ground.identity.now(unit) for unit in (act.target, *act.targets) if unit is not None):
        heads = _heads(act, ground)
        if "parents" in act.model_fields_set and not _begins_so(unit, heads, act, ground):
            yield Drawn(unit, SetHeads(unit=unit, heads=heads))
        if "reports_to" in act.model_fields_set:
            yield Drawn(f"{unit}:reports", SetBodyReport(unit=unit, bodies=act.reports_to))


def _begins_so(unit: str, heads: tuple[Head, ...], act: Act, ground: Ground) -> bool:
    shown = ground.target.units.get(unit)
    begins = unit in ground.created and ground.created[unit] == act.on
    return begins and shown is not None and command_heads(shown) == heads


def _heads(act: Act, ground: Ground) -> tuple[Head, ...]:
    return heads_of(edges_of_parents(act.parents, ground.identity.now))


_READERS: Final[Mapping[str, Callable[[Act, Ground], Iterator[Drawn]]]] = {
    "create": _create,
    "eliminate": _eliminate,
    "rename": _rename,
    "rename_and_expand": _rename,
    "replace": _replace,
    "merge": _merge,
    "split": _split,
    "move": _move,
    "move_functions": _move_functions,
    "set_reporting": _set_reporting,
}
