"""An organisation as a tree of text, and as facts for a program."""

from collections.abc import Iterable, Iterator
from typing import Any

from policies.said import Said
from structure.organisation import Organisation
from structure.things import COMMANDS, UNKNOWN, EdgeKind, Function, Ref, Sort, Unit, reading_order
from web.messages import Messages


def tree(org: Organisation, messages: Messages) -> Iterator[str]:
    """The live units below their heads, each with its functions; whoever has several heads is named under each, drawn once.

    What hangs on nothing that stands is drawn at the end, so that nothing is left out.
    """
    drawn: set[str] = set()
    live = [unit for _, unit in sorted(org.units.items()) if unit.is_live]
    for unit in live:
        if not unit.heads:
            yield from _below(org, unit, 0, drawn, messages)
    for key, among in (("structure.head_unknown", [unit for unit in live if UNKNOWN in unit.heads]), ("structure.hangs", live)):
        left = [unit for unit in among if unit.id not in drawn]
        if left:
            yield messages.say(Said(key))
        for unit in left:
            if unit.id not in drawn:
                yield from _below(org, unit, 1, drawn, messages)
    nobodys = _listed(function for function in org.functions.values() if function.live and UNKNOWN in function.owners)
    if nobodys:
        yield messages.say(Said("structure.owner_unknown"))
        yield from (f"  - {function.id}  {function.name}" for function in nobodys)


def tree_facts(org: Organisation) -> dict[str, Any]:
    """Live units, functions and posts by id, with everything that is known of each."""
    units = [unit for _, unit in sorted(org.units.items()) if unit.is_live]
    functions = [function for _, function in sorted(org.functions.items()) if function.live]
    posts = [post for _, post in sorted(org.posts.items()) if post.live]
    return {
        "units": [_unit_facts(unit) for unit in units],
        "functions": [
            {"id": one.id, "name": one.name, "owners": one.owners, "contributors": one.contributors, "part_of": one.part_of,
             "legal_basis": sorted(one.legal_basis), "origin": one.origin}
            for one in functions
        ],
        "posts": [{"id": one.id, "title": one.title, "unit": one.unit, "fund": one.fund, "grade": one.grade} for one in posts],
    }  # fmt: skip


def _unit_facts(unit: Unit) -> dict[str, Any]:
    heads = [edge for edge in unit.edges if edge.kind in COMMANDS]
    return {
        "id": unit.id,
        "name": unit.name,
        "type": unit.type,
        "rank": unit.rank,
        "state": unit.state.value,
        "heads": [{"head": edge.head, "kind": edge.kind.value, "matters": sorted(edge.matters)} for edge in heads],
        "coordinates_with": [edge.head for edge in unit.edges if edge.kind is EdgeKind.COORDINATION],
        "reports_to_body": [edge.head for edge in unit.edges if edge.kind is EdgeKind.BODY],
        "formerly": list(unit.formerly),
        "autonomous": unit.autonomous,
        "tags": sorted(unit.tags),
    }


def _below(org: Organisation, root: Unit, depth: int, drawn: set[str], messages: Messages) -> Iterator[str]:
    waiting = [(root, depth)]
    while waiting:
        unit, deep = waiting.pop()
        if unit.id in drawn:
            yield f"{'  ' * deep}{messages.say(Said('structure.drawn_above', {'unit': unit.id}))}"
            continue
        drawn.add(unit.id)
        yield _line(unit, deep, messages)
        yield from (f"{'  ' * deep}  - {function.id}  {function.name}" for function in _listed(org.owned_by(unit.id)))
        waiting += [(child, deep + 1) for child in reversed(list(org.children(unit.id)))]


def _listed(functions: Iterable[Function]) -> list[Function]:
    return sorted(functions, key=lambda one: (reading_order(Ref(Sort.FUNCTION, one.id)), one.id))


def _line(unit: Unit, deep: int, messages: Messages) -> str:
    bodies = [edge.head for edge in unit.edges if edge.kind is EdgeKind.BODY]
    reports = messages.say(Said("structure.reports_to", {"bodies": ", ".join(bodies)})) if bodies else ""
    return f"{'  ' * deep}{unit.id}  {unit.name} ({unit.type}){' ' + reports if reports else ''}"
