"""The structure before and the structure after, as organisations under one set of ids."""

from collections.abc import Callable, Iterable, Iterator

from structure.organisation import Organisation
from structure.reading.identity import Identity
from structure.reading.pieces import NEW
from structure.reading.shape import Content
from structure.reading.shape_structure import Parent, StatedFunction, StatedUnit, Structure
from structure.things import UNKNOWN, Edge, EdgeKind, Function, Post, Unit

Named = Callable[[str], str]


def before_of(content: Content, identity: Identity) -> Organisation:
    """What stood before: what the file shows of it, and every function of after that is not said to be new.

    A function whose origin is a unit was with that unit. One whose origin no source says was with nobody we know: its owner
    is UNKNOWN, so it counts in I16 and is no fault of conservation.
    """
    structure = content.structure_before
    functions = {stated.id: _function(stated, identity.was) for stated in structure.all_functions()}
    for stated in content.structure_after.all_functions() if content.structure_after else ():
        if stated.id not in functions and stated.origin != NEW:
            functions[stated.id] = _earlier(stated, identity)
    return Organisation.of(_units(structure, identity.was, {}), functions.values(), _posts(structure, identity.was))


def target_of(content: Content, identity: Identity) -> Organisation | None:
    """What the instrument shows as its result, if it shows any."""
    structure = content.structure_after
    if structure is None:
        return None
    names = {identity.was(unit.id): unit.name for unit in content.structure_before.units}
    listed = {stated.id for stated in content.structure_before.all_functions()}
    functions = (_function(stated, identity.now, _origin(stated, identity, listed)) for stated in structure.all_functions())
    return Organisation.of(_units(structure, identity.now, names), functions, _posts(structure, identity.now))


def edges_of_parents(parents: Iterable[Parent], named: Named) -> tuple[Edge, ...]:
    """Heads as edges: a line to an only head, a matrix to each of several, unless the file says the kind."""
    stated = tuple(parents)
    usual = EdgeKind.LINE if len(stated) < 2 else EdgeKind.MATRIX
    return tuple(Edge(parent.kind or usual, named(parent.head), frozenset(parent.matters)) for parent in stated)


def _units(structure: Structure, named: Named, names: dict[str, str]) -> Iterator[Unit]:
    beside: dict[str, list[str]] = {}
    for link in structure.coordination_links:
        beside.setdefault(named(link.unit), []).append(link.with_)
    for unit in structure.units:
        yield _unit(unit, named, tuple(beside.get(named(unit.id), ())), names.get(named(unit.id)))


def _unit(stated: StatedUnit, named: Named, beside: tuple[str, ...], earlier: str | None) -> Unit:
    coordination = (*(named(head) for head in stated.coordinated_by), *beside)
    edges = (
        *edges_of_parents(stated.parents, named),
        *(Edge(EdgeKind.COORDINATION, head) for head in coordination),
        *(Edge(EdgeKind.BODY, body) for body in sorted(set(stated.reports_to))),
    )
    others = dict.fromkeys((*((earlier,) if earlier and earlier != stated.name else ()), *stated.aliases))
    return Unit(
        named(stated.id),
        stated.name,
        stated.type,
        edges,
        stated.rank,
        stated.state,
        tuple(others),
        stated.autonomous,
        stated.pillars,
    )


def _function(stated: StatedFunction, named: Named, origin: str | None = None) -> Function:
    contributors = tuple(named(unit) for unit in stated.contributors)
    owners = tuple(dict.fromkeys(named(unit) for unit in stated.unit))
    return Function(stated.id, stated.name, owners, contributors, stated.part_of, stated.legal_basis, origin)


def _earlier(stated: StatedFunction, identity: Identity) -> Function:
    origin = _origin(stated, identity, set()) or UNKNOWN
    return Function(stated.id, stated.name, (origin,), (), stated.part_of, stated.legal_basis, origin)


def _origin(stated: StatedFunction, identity: Identity, listed: set[str]) -> str | None:
    """The unit that had it, UNKNOWN, or None for one that is new or that the file lists before."""
    if stated.origin == NEW or (stated.origin is None and stated.id in listed):
        return None
    return UNKNOWN if stated.origin in (None, UNKNOWN) else identity.was(stated.origin)


def _posts(structure: Structure, named: Named) -> Iterator[Post]:
    return (Post(post.id, post.title, named(post.unit), post.fund, post.grade) for post in structure.posts)
