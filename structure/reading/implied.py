"""What an instrument does without saying so: units under a unit that it makes, and the functions it shows there.

Only what follows by itself is drawn. A function that another unit has is not taken from it by silence: that stays for I11 to
find.
"""

from collections.abc import Iterable, Iterator

from structure.operation import Operation
from structure.operations import (
    AddCoordination,
    AssignFunction,
    MoveFunction,
    RenameFunction,
    RenameUnit,
    SetBodyReport,
    SetHeads,
    SetType,
)
from structure.operations.heads import command_heads
from structure.organisation import Organisation, bodies_of
from structure.reading.acts import Drawn, Ground, beginning, creation
from structure.things import COMMANDS, UNKNOWN, EdgeKind, Function, Ref, Sort, Unit


def implied(root: str, ground: Ground, drawn: Iterable[Operation], *, known_heads: bool) -> Iterator[Drawn]:
    """Operations that the making of one unit brings with it, beside those that the file names (`drawn`).

    `known_heads`: the unit was there, and where the file does not say under whom it stood, the target says so now.
    """
    stated = frozenset(ref for operation in drawn for ref in _concerned(operation))
    tree = _tree(root, ground.target)
    if known_heads:
        yield from _where_it_stands(ground.target.units[root], ground)
    yield from _beside(ground.target.units[root], ground)
    for unit in tree[1:]:
        yield from _unit(unit, ground, stated)
    for unit in tree:
        for function in ground.target.owned_by(unit.id):
            if function.owners[0] == unit.id and Ref(Sort.FUNCTION, function.id) not in stated:
                yield from _function(function, ground.before.functions.get(function.id), {each.id for each in tree})


def new_functions(ground: Ground, there: frozenset[str], drawn: Iterable[Operation]) -> Iterator[Drawn]:
    """Functions said to be new whose unit is `there` without being made: they begin by themselves."""
    stated = frozenset(ref for operation in drawn for ref in _concerned(operation))
    for id in sorted(ground.target.functions):
        function = ground.target.functions[id]
        if id not in ground.before.functions and Ref(Sort.FUNCTION, id) not in stated and set(function.owners) <= there:
            yield from _begun(function)


def _tree(root: str, target: Organisation) -> list[Unit]:
    """The unit and all below it in the target, heads first."""
    found = {root: target.units[root]}
    row = [root]
    while row:
        row = [child.id for id in row for child in target.children(id) if child.id not in found]
        found |= {id: target.units[id] for id in row}
    return list(found.values())


def _concerned(operation: Operation) -> frozenset[Ref]:
    """What the file has already said something about: units it makes, functions it places."""
    placed = frozenset(ref for ref in operation.uses() if ref.sort is Sort.FUNCTION)
    return operation.makes() | placed | frozenset(ref for ref in operation.ends() if ref.sort is Sort.FUNCTION)


def _unit(unit: Unit, ground: Ground, stated: frozenset[Ref]) -> Iterator[Drawn]:
    if Ref(Sort.UNIT, unit.id) in stated or unit.type == UNKNOWN:
        return
    earlier = ground.before.units.get(unit.id)
    if earlier is None:
        yield from creation(unit, unit.id)
    else:
        if sorted(earlier.heads) != sorted(unit.heads) and unit.id not in ground.placed:
            yield Drawn(f"{unit.id}:heads", SetHeads(unit=unit.id, heads=command_heads(unit)))
        if earlier.name != unit.name:
            yield Drawn(f"{unit.id}:name", RenameUnit(unit=unit.id, name=unit.name))
        if earlier.type != unit.type:
            yield Drawn(f"{unit.id}:type", SetType(unit=unit.id, type=unit.type))
    yield from _beside(unit, ground)


def _where_it_stands(unit: Unit, ground: Ground) -> Iterator[Drawn]:
    earlier = ground.before.units.get(unit.id)
    if earlier is None or unit.id in ground.placed:
        return
    if UNKNOWN in earlier.heads and any(edge.kind in COMMANDS for edge in unit.edges):
        yield Drawn(f"{unit.id}:heads", SetHeads(unit=unit.id, heads=command_heads(unit)))
    if bodies_of(unit) and not bodies_of(earlier):
        yield Drawn(f"{unit.id}:reports", SetBodyReport(unit=unit.id, bodies=bodies_of(unit)))


def _beside(unit: Unit, ground: Ground) -> Iterator[Drawn]:
    earlier = ground.before.units.get(unit.id)
    had = set(earlier.edges) if earlier else set()
    beside = [edge.head for edge in unit.edges if edge.kind is EdgeKind.COORDINATION and edge not in had]
    for number, head in enumerate(dict.fromkeys(beside), 1):
        yield Drawn(f"{unit.id}:with:{number}", AddCoordination(unit=unit.id, with_=head))


def _function(function: Function, earlier: Function | None, tree: set[str]) -> Iterator[Drawn]:
    """Begins if it is new; comes if it was with nobody known or with a unit of the same tree; else stays where it was."""
    if earlier is None:
        yield from _begun(function)
        return
    if earlier.name != function.name:
        yield Drawn(f"{function.id}:name", RenameFunction(function=function.id, name=function.name))
    if set(earlier.owners) != set(function.owners) and set(earlier.owners) <= {*tree, UNKNOWN}:
        yield Drawn(function.id, _placing(function, earlier))


def _placing(function: Function, earlier: Function) -> Operation:
    if len(earlier.owners) == len(function.owners) == 1 and not function.contributors and not earlier.contributors:
        return MoveFunction(function=function.id, from_unit=earlier.owners[0], to_unit=function.owners[0])
    return AssignFunction(function=function.id, owners=function.owners, contributors=function.contributors)


def _begun(function: Function) -> Iterator[Drawn]:
    yield Drawn(function.id, beginning(function, function.owners[0], function.contributors))
    if len(function.owners) > 1:
        owners = AssignFunction(function=function.id, owners=function.owners, contributors=function.contributors)
        yield Drawn(f"{function.id}:owners", owners)
