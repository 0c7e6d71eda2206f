"""Everything a unit has goes to another: functions, contributions, posts, units below it."""

from collections.abc import Iterator

from structure.operation import Operation
from structure.operations.assign_function import AssignFunction
from structure.operations.heads import heads_of, once
from structure.operations.move_post import MovePost
from structure.operations.set_heads import SetHeads
from structure.organisation import Organisation
from structure.things import COMMANDS, Function, Unit


def everything_to(org: Organisation, giver: str, taker: str) -> Iterator[Operation]:
    """Operations that leave nothing live with `giver`."""
    yield from (function_to(function, giver, taker) for function in org.held_by(giver))
    yield from (MovePost(post=post.id, to=taker) for post in org.posts_of(giver))
    yield from (child_to(unit, giver, taker) for unit in org.children(giver) if unit.id != taker)


def function_to(function: Function, giver: str, taker: str) -> Operation:
    """The function with `taker` wherever `giver` stood; who owns it does not also contribute to it."""
    owners = _instead(function.owners, giver, taker)
    contributors = tuple(unit for unit in _instead(function.contributors, giver, taker) if unit not in owners)
    return AssignFunction(function=function.id, owners=owners, contributors=contributors)


def child_to(unit: Unit, giver: str, taker: str) -> Operation:
    """The unit under `taker` wherever it stood under `giver`."""
    edges = [edge._replace(head=taker) if edge.head == giver else edge for edge in unit.edges if edge.kind in COMMANDS]
    return SetHeads(unit=unit.id, heads=heads_of(once(edges)))


def _instead(units: tuple[str, ...], giver: str, taker: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(taker if unit == giver else unit for unit in units))
