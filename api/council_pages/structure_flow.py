"""Functions from the units that had them to those that have them: drawn, and as a table with what nobody has on top."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from markupsafe import Markup

from api.council_pages.structure_seen import Named, Names, Sight, in_order
from policies.said import Fact
from structure.organisation import Organisation
from structure.responsible import Heirs, responsible
from structure.things import UNKNOWN, Sort
from web.drawing.flow import draw_flow
from web.drawing.shapes import Carried, Flow, FlowLabels, Frame, Place
from web.rendering import Tongue

Fate = Literal["orphan", "new", "moved", "ended", "kept"]
FATES: Final[tuple[Fate, ...]] = ("orphan", "new", "moved", "ended", "kept")
"""What becomes of a function, in the order in which a reader asks for it."""
DRAWN_WHOLE: Final = 40
"""Functions up to which the picture shows also those that stay where they are."""
DRAWN_APART: Final = 60
"""Functions beyond which the picture has one band from unit to unit."""


@dataclass(frozen=True, slots=True)
class Way:
    """One function between two days: the units that had it, those that have it, and what else becomes of it."""

    id: str
    name: str
    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    fate: Fate
    into: tuple[str, ...] = ()
    """Functions that do now what it did."""
    renamed: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A function as a line of the table."""

    function: Named
    origins: list[Named]
    destinations: list[Named]
    fate: Fate
    note: str


@dataclass(frozen=True, slots=True)
class Flowing:
    """The picture, the table, how many there are of each fate, and whether the picture leaves out what stays."""

    figure: Markup | None = field(repr=False)
    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    part: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """Two organisations, what became of functions that went into others by the later day, and how each is headed."""

    before: Organisation
    after: Organisation
    heirs: Heirs
    on: date
    headings: tuple[str, str]


def flow_of(sights: tuple[Sight, Sight], sides: Sides, *, whole: bool) -> Flowing:
    """How functions went. `whole`: the picture shows also what stays where it is."""
    ways = list(ways_between(sides))
    counts: dict[str, int] = {fate: sum(1 for one in ways if one.fate == fate) for fate in FATES}
    drawn = ways if whole or len(ways) <= DRAWN_WHOLE else [one for one in ways if one.fate != "kept"]
    order = {fate: place for place, fate in enumerate(FATES)}
    rows = (_row(sights, sides, one) for one in sorted(ways, key=lambda one: order[one.fate]))
    return Flowing(_draw(sights, sides, drawn, counts), tuple(rows), counts, part=len(drawn) < len(ways))


def ways_between(sides: Sides) -> Iterator[Way]:
    """Every function of either day. One that goes on in others is told once, by what it was."""
    taken: set[str] = set()
    live = [{id for id, one in org.functions.items() if one.live} for org in (sides.before, sides.after)]
    for id in in_order(Sort.FUNCTION, live[0]):
        one = sides.before.functions[id]
        who = responsible(sides.after, sides.heirs, id, sides.on)
        taken.update(who.functions)
        into = who.functions if who.functions != (id,) else ()
        there = sides.after.functions[id].name if id in live[1] else one.name
        standing = tuple(unit for unit in who.units if unit == UNKNOWN or sides.after.live_unit(unit) is not None)
        if not who.functions:
            yield Way(id, one.name, one.owners, (), "ended")
        elif not standing:
            yield Way(id, one.name, one.owners, (), "orphan", into)
        else:
            same = set(standing) == set(one.owners) and not into
            yield Way(id, one.name, one.owners, standing, "kept" if same else "moved", into, there if there != one.name else "")
    for id in in_order(Sort.FUNCTION, live[1] - live[0] - taken):
        one = sides.after.functions[id]
        standing = tuple(unit for unit in one.owners if unit == UNKNOWN or sides.after.live_unit(unit) is not None)
        origin = (one.origin,) if one.origin and one.origin != UNKNOWN else ()
        fate: Fate = "orphan" if not standing else "moved" if origin and origin != standing else "new"
        yield Way(id, one.name, origin, standing, fate)


def _draw(sights: tuple[Sight, Sight], sides: Sides, ways: list[Way], counts: Mapping[str, int]) -> Markup | None:
    tongue = sights[0].tongue
    facts: dict[str, Fact] = {f"{fate}s" if fate == "orphan" else fate: count for fate, count in counts.items()}
    frame = Frame("flow", tongue.t("house.flow"), tongue.t("house.flow_told", **facts))
    labels = FlowLabels(
        *sides.headings,
        tongue.t("house.fate.new"),
        tongue.t("house.fate.orphan"),
        tongue.t("house.fate.ended"),
        tongue.t("house.fate.kept"),
        tongue.t("house.fate.moved"),
    )
    left = _places(sights[0], sides.before, sides.after, {unit for one in ways for unit in one.origins})
    right = _places(sights[1], sides.after, sides.before, {unit for one in ways for unit in one.destinations})
    functions = tuple(_carried(sights, sides, one) for one in ways)
    return draw_flow(Flow(frame, labels, left, right, functions, grouped=len(ways) > DRAWN_APART))


def _places(sight: Sight, org: Organisation, other: Organisation, used: set[str]) -> tuple[Place, ...]:
    names = Names(sight, org, other)
    told = [names.named(Sort.UNIT, id) for id in in_order(Sort.UNIT, used)]
    return tuple(Place(id, one.name, "", one.href) for id, one in zip(in_order(Sort.UNIT, used), told, strict=True))


def _carried(sights: tuple[Sight, Sight], sides: Sides, one: Way) -> Carried:
    after = Names(sights[1], sides.after, sides.before)
    into = after.name(Sort.FUNCTION, one.into[0]) if len(one.into) == 1 else ""
    href = _address(sights, sides, one.id)
    note = _note(sights[0].tongue, after, one)
    return Carried(one.id, one.name, one.origins, one.destinations, note, href, into, ended=one.fate == "ended")


def _address(sights: tuple[Sight, Sight], sides: Sides, id: str) -> str:
    """Of a function: on the later day where it stands then."""
    sight = sights[1] if sides.after.live_function(id) is not None else sights[0]
    return sight.thing(Sort.FUNCTION, id)


def _note(tongue: Tongue, names: Names, one: Way) -> str:
    if len(one.into) > 1:
        return tongue.t("house.split_into", functions=tongue.both(names.name(Sort.FUNCTION, id) for id in one.into))
    if one.into:
        return tongue.t("house.merged_into", function=names.name(Sort.FUNCTION, one.into[0]))
    return tongue.t("house.renamed_to", name=one.renamed) if one.renamed else ""


def _row(sights: tuple[Sight, Sight], sides: Sides, one: Way) -> Row:
    before, after = Names(sights[0], sides.before, sides.after), Names(sights[1], sides.after, sides.before)
    name = Named(one.name, _address(sights, sides, one.id))
    note = _note(sights[0].tongue, after, one)
    return Row(name, before.units(one.origins), after.units(one.destinations), one.fate, note)
