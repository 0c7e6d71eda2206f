"""An organisation as the operations that would make it out of nothing: how a structure that is there enters the record.

Earlier names, tags and where a function came from go with it. How a unit began is history, not structure, and units that have
ended are left out.
"""

from collections.abc import Iterator

from structure.operation import Operation
from structure.operations import (
    AddCoordination,
    AssignFunction,
    AssignPost,
    CreateFunction,
    CreatePost,
    CreateUnit,
    SetBodyReport,
    SetRank,
    SuspendUnit,
)
from structure.operations.heads import command_heads
from structure.organisation import Organisation, bodies_of
from structure.things import UNKNOWN, EdgeKind, Function, Post, Unit, UnitState


def creations(org: Organisation) -> tuple[Operation, ...]:
    """The operations that make what is live in `org`, all of one date: the timeline puts them in order, circles included."""
    units = [unit for _, unit in sorted(org.units.items()) if unit.is_live]
    functions = [function for _, function in sorted(org.functions.items()) if function.live]
    posts = [post for _, post in sorted(org.posts.items()) if post.live]
    return (
        *(made for unit in units for made in _unit(unit)),
        *(made for function in functions for made in _function(function)),
        *(made for post in posts for made in _post(post)),
    )


def _unit(unit: Unit) -> Iterator[Operation]:
    yield CreateUnit(
        unit=unit.id,
        name=unit.name,
        type=unit.type,
        heads=command_heads(unit),
        autonomous=unit.autonomous,
        formerly=unit.formerly,
        tags=unit.tags,
    )
    if unit.rank != UNKNOWN:
        yield SetRank(unit=unit.id, rank=unit.rank)
    if bodies_of(unit):
        yield SetBodyReport(unit=unit.id, bodies=bodies_of(unit))
    for edge in unit.edges:
        if edge.kind is EdgeKind.COORDINATION:
            yield AddCoordination(unit=unit.id, with_=edge.head)
    if unit.state is UnitState.SUSPENDED:
        yield SuspendUnit(unit=unit.id)


def _function(function: Function) -> Iterator[Operation]:
    yield CreateFunction(
        function=function.id,
        name=function.name,
        owner=function.owners[0] if function.owners else UNKNOWN,
        contributors=function.contributors,
        part_of=function.part_of,
        legal_basis=function.legal_basis,
        origin=function.origin,
    )
    if len(function.owners) > 1:
        yield AssignFunction(function=function.id, owners=function.owners, contributors=function.contributors)


def _post(post: Post) -> Iterator[Operation]:
    yield CreatePost(post=post.id, title=post.title, unit=post.unit, fund=post.fund, grade=post.grade)
    if post.holder is not None:
        yield AssignPost(post=post.id, holder=post.holder)
