"""The organisation drawn as a tree, of one day or of two side by side; each picture has its words beside it."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from api.council_pages.structure_seen import Named, Names, Sight, in_order, live_units
from policies.said import Fact
from structure.organisation import Organisation
from structure.things import UNKNOWN, ChangeEvent, ChangeKind, Sort, Unit, UnitState
from web.drawing.shapes import Frame, Mark, Tree, Trees, TreeUnit
from web.drawing.tree import draw_trees

MOST: Final = 300
"""Units that one tree shows: of more, those nearest to the top."""
MOST_BESIDE: Final = 80
"""Units of a day beyond which two trees show only what differs, and what stands above it."""
_SUCCEEDED: Final[dict[ChangeKind, Mark]] = {
    ChangeKind.MERGED: "merged",
    ChangeKind.SPLIT: "split",
    ChangeKind.REPLACED: "changed",
}
_ORDER: Final[tuple[Mark, ...]] = ("created", "abolished", "merged", "split", "moved", "renamed", "suspended", "changed")


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the nested list, with what stands under it. `also`: further heads; `count`: functions it owns."""

    unit: Named
    kind: str
    suspended: bool
    also: tuple[Named, ...]
    count: int
    below: tuple["Node", ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two trees and the marks in them. `left_out`: units of both days that are not drawn, for nothing becomes of them."""

    figure: Markup | None = field(repr=False)
    left_out: int = 0


def tree_of(sight: Sight, org: Organisation, shown: Sequence[Unit], heading: str) -> Markup | None:
    """The organisation of one day; None where nothing stands."""
    tongue = sight.tongue
    units = tuple(_one(sight, org, unit) for unit in shown)
    facts: dict[str, Fact] = {"units": len(shown), "functions": sum(1 for one in org.functions.values() if one.live)}
    frame = Frame("tree", heading, tongue.t("house.tree_told", **facts))
    suspended: Mark = "suspended"
    legend = ((suspended, tongue.t("house.mark.suspended")),) if any(one.mark == suspended for one in units) else ()
    return draw_trees(Trees(frame, Tree(heading, units), legend=legend, further_head=tongue.t("house.further_head")))


def nearest_to_the_top(org: Organisation, most: int = MOST) -> list[Unit]:
    """Live units row by row from the top, as many as there is room for; those in a circle last."""
    live = {one.id: one for one in live_units(org)}
    roots = [id for id, one in live.items() if not any(head in live for head in one.heads)]
    seen = dict.fromkeys(roots)
    queue = deque(roots)
    while queue:
        below = org.children(queue.popleft())
        fresh = [child for child in in_order(Sort.UNIT, (one.id for one in below)) if child not in seen]
        seen.update(dict.fromkeys(fresh))
        queue.extend(fresh)
    every = [*seen, *(id for id in live if id not in seen)]
    kept = set(every[:most])
    return [one for id, one in live.items() if id in kept]


def nodes_of(sight: Sight, org: Organisation, shown: Sequence[Unit]) -> list[Node]:
    """The same as the picture, nested: each unit under its first head."""
    names, kept = Names(sight, org), {one.id: one for one in shown}
    under: dict[str, list[Unit]] = {}
    for unit in shown:
        under.setdefault(_first_head(unit, kept), []).append(unit)
    made: set[str] = set()

    def node(unit: Unit) -> Node:
        made.add(unit.id)
        below = tuple(node(one) for one in under.get(unit.id, ()) if one.id not in made)
        also = tuple(names.named(Sort.UNIT, head) for head in unit.heads[1:])
        kind = sight.tongue.label(f"thing.{unit.type}", unit.type)
        count = sum(1 for _ in org.owned_by(unit.id))
        return Node(names.named(Sort.UNIT, unit.id), kind, unit.state is UnitState.SUSPENDED, also, count, below)

    top = [node(one) for one in under.get("", ())]
    return [*top, *(node(one) for one in shown if one.id not in made)]


def trees_between(
    sights: tuple[Sight, Sight], before: Organisation, after: Organisation, headings: tuple[str, str], frame: tuple[str, str]
) -> Pair:
    """Before and after, each with what became of its units. `frame`: the title, and what there is to see."""
    marks = marks_of(before, after)
    became = tuple(_became(before, after))
    shown = [live_units(org) for org in (before, after)]
    left_out = 0
    if max(map(len, shown)) > MOST_BESIDE:
        kept = [
            set(_with_above(org, [one.id for one in units if one.id in marks]))
            for org, units in zip((before, after), shown, strict=True)
        ]
        left_out = sum(1 for one in shown[0] if one.id not in kept[0] and one.id not in kept[1])
        shown = [[one for one in units if one.id in ids] for units, ids in zip(shown, kept, strict=True)]
    sides = [
        Tree(heading, tuple(_marked(sight, org, unit, other, marks) for unit in units))
        for sight, heading, units, org, other in zip(sights, headings, shown, (before, after), (after, before), strict=True)
    ]
    tongue = sights[0].tongue
    used = {one.mark for side in sides for one in side.units}
    legend = tuple((mark, tongue.t(f"house.mark.{mark}")) for mark in _ORDER if mark in used)
    further = tongue.t("house.further_head")
    return Pair(draw_trees(Trees(Frame("trees", *frame), sides[0], sides[1], became, legend, further)), left_out)


def marks_of(before: Organisation, after: Organisation) -> dict[str, Mark]:
    """Unit -> what happened to it between two days, as far as something did."""
    return dict(_marks(before, after))


def _marks(before: Organisation, after: Organisation) -> Iterator[tuple[str, Mark]]:
    succeeded = {id: _SUCCEEDED[one.kind] for one in _events(before, after) if one.kind in _SUCCEEDED for id in one.originals}
    for id in {*before.units, *after.units}:
        old, new = before.live_unit(id), after.live_unit(id)
        if old is None and new is None:
            continue
        if old is None:
            yield id, "created"
        elif new is None:
            yield id, succeeded.get(id, "abolished")
        elif set(old.heads) != set(new.heads):
            yield id, "moved"
        elif old.name != new.name:
            yield id, "renamed"
        elif new.state is UnitState.SUSPENDED and old.state is not new.state:
            yield id, "suspended"
        elif (old.edges, old.type, old.rank, old.state) != (new.edges, new.type, new.rank, new.state):
            yield id, "changed"


def _events(before: Organisation, after: Organisation) -> list[ChangeEvent]:
    """What succeeded what, in the later one alone."""
    known = set(before.changes)
    return [one for one in after.changes if one not in known]


def _became(before: Organisation, after: Organisation) -> Iterator[tuple[str, str]]:
    for one in _events(before, after):
        yield from ((was, now) for was in one.originals for now in one.results if was != now)


def _with_above(org: Organisation, ids: Iterable[str]) -> set[str]:
    """These units and all that stand above them."""
    found = set(ids)
    for id in tuple(found):
        found |= org.above(id)
    return found


def _one(sight: Sight, org: Organisation, unit: Unit, mark: Mark = "", said: str = "") -> TreeUnit:
    told = sight.tongue.t("house.mark.suspended") if unit.state is UnitState.SUSPENDED and not mark else said
    sign: Mark = "suspended" if unit.state is UnitState.SUSPENDED and not mark else mark
    return TreeUnit(unit.id, unit.name, _heads(org, unit), sign, told, sight.thing(Sort.UNIT, unit.id))


def _marked(sight: Sight, org: Organisation, unit: Unit, other: Organisation, marks: Mapping[str, Mark]) -> TreeUnit:
    """A unit of one of two days. What ended is marked on the first side, what began on the second."""
    mark = marks.get(unit.id, "")
    if mark in ("merged", "split") and other.live_unit(unit.id) is not None:
        mark = "changed"
    there = other.live_unit(unit.id)
    said = [sight.tongue.t(f"house.mark.{mark}")] if mark and mark != "renamed" else []
    if there is not None and there.name != unit.name:
        said.append(sight.tongue.t("house.named_there", name=there.name))
    return _one(sight, org, unit, mark, "; ".join(said))


def _heads(org: Organisation, unit: Unit) -> tuple[str, ...]:
    """Heads that stand; nobody draws what nobody knows."""
    return tuple(head for head in unit.heads if head != UNKNOWN and org.live_unit(head) is not None)


def _first_head(unit: Unit, kept: Mapping[str, Unit]) -> str:
    return next((head for head in unit.heads if head in kept), "")
