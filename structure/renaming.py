"""What came in under other ids, put under those that are known, so that a difference by identity can be taken."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from structure.matching import Matching
from structure.organisation import Organisation
from structure.things import EdgeKind, Function, Ref, Sort, Unit

Named = Callable[[str], str]


def under_known_ids(known: Organisation, found: Organisation, matching: Matching) -> Organisation:
    """`found` with the ids of `known` wherever they are the same thing.

    A new thing keeps its id, unless a known thing has it: then `new:` goes before. A thing still asked about counts as new.
    """
    renamed = {ref: _free(ref, known) for ref in _refs(found)} | dict(matching.same)

    def unit(id: str) -> str:
        return renamed.get(Ref(Sort.UNIT, id), id)

    def function(id: str) -> str:
        return renamed.get(Ref(Sort.FUNCTION, id), id)

    return Organisation.of(
        (_unit(each, unit) for _, each in sorted(found.units.items())),
        (_function(each, unit, function) for _, each in sorted(found.functions.items())),
        (replace(each, id=renamed[Ref(Sort.POST, id)], unit=unit(each.unit)) for id, each in sorted(found.posts.items())),
    )


def _refs(org: Organisation) -> Iterator[Ref]:
    sorts: Iterable[tuple[Sort, Iterable[str]]] = (
        (Sort.UNIT, org.units),
        (Sort.FUNCTION, org.functions),
        (Sort.POST, org.posts),
    )
    return (Ref(sort, id) for sort, ids in sorts for id in ids)


def _free(ref: Ref, known: Organisation) -> str:
    there = {Sort.UNIT: known.units, Sort.FUNCTION: known.functions, Sort.POST: known.posts}[ref.sort]
    return f"new:{ref.id}" if ref.id in there else ref.id


def _unit(unit: Unit, named: Named) -> Unit:
    """Organs, and who coordinates from outside, are named by other ids or by prose."""
    edges = (edge if edge.kind is EdgeKind.BODY else edge._replace(head=named(edge.head)) for edge in unit.edges)
    return replace(unit, id=named(unit.id), edges=tuple(edges))


def _function(function: Function, unit: Named, named: Named) -> Function:
    return replace(
        function,
        id=named(function.id),
        owners=tuple(map(unit, function.owners)),
        contributors=tuple(map(unit, function.contributors)),
        part_of=named(function.part_of) if function.part_of else None,
        origin=unit(function.origin) if function.origin else None,
    )
