"""One unit, one function, on a day and through all days: what it is, what hangs on it, and how it came to be so."""

from typing import Any

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions.structure import organisation
from actions.structure_over_time import life_of, over_time
from actions.structure_owed import OwedLine, owed_on
from api import structure_shapes as shapes
from api import structure_telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.structure_seen import KnownOn, Names, OnDay, Sight, in_order
from api.council_pages.structure_times import changes_told, life_drawn, slider_of
from api.pages.showing import show
from structure.organisation import Organisation
from structure.things import Function, Ref, Sort, Unit

router = APIRouter(include_in_schema=False)


@router.get("/structure/units/{id:path}", **needs("structure.read", 404, 422))
def show_unit(
    request: Request, office: OfficeDep, person: PersonDep, id: str, on: OnDay = None, known: KnownOn = None
) -> Response:
    """A unit."""
    page = _Page(Sight(request, office, person.person, on, known), Ref(Sort.UNIT, id))
    unit = page.org.live_unit(id)
    data = page.data() | {"owed": page.owed(unit=id)}
    data |= page.empty_unit() if unit is None else page.unit(unit)
    return show(request, "council/structure_unit.html", data)


@router.get("/structure/functions/{id:path}", **needs("structure.read", 404, 422))
def show_function(
    request: Request, office: OfficeDep, person: PersonDep, id: str, on: OnDay = None, known: KnownOn = None
) -> Response:
    """A function."""
    page = _Page(Sight(request, office, person.person, on, known), Ref(Sort.FUNCTION, id))
    function = page.org.live_function(id)
    data = page.data() | {"owed": page.owed(function=id), "line": None, "facts": []}
    if function is not None:
        data |= page.function(function)
    return show(request, "council/structure_function.html", data)


class _Page:
    """What the page of a unit and that of a function have in common. Raises NotFound for what never was."""

    def __init__(self, sight: Sight, ref: Ref) -> None:
        self.sight, self.ref, self.tongue = sight, ref, sight.tongue
        self.life = life_of(sight.office, ref, sight.known, by=sight.by)
        self.seen = organisation(sight.office, sight.on, sight.known, by=sight.by)
        self.org: Organisation = self.seen.organisation
        self.over = over_time(sight.office, sight.known, by=sight.by)
        last = organisation(sight.office, self.over.changed[-1].on, sight.known, by=sight.by).organisation
        self.names = Names(sight, self.org, last)

    def data(self) -> dict[str, Any]:
        """Its name, its life, and the row of days."""
        return {
            "id": self.ref.id,
            "name": self.names.name(self.ref.sort, self.ref.id),
            "tabs": self.sight.tabs(""),
            "back": self.sight.link("/structure"),
            "seen": self.seen,
            "today": self.over.today,
            "known": self.sight.known,
            "slider": slider_of(self.sight, self.over, self.seen.as_of),
            "figure": life_drawn(self.sight, self.names, self.life, self.seen.as_of),
            "life": changes_told(self.names, self.life),
        }

    def empty_unit(self) -> dict[str, Any]:
        """What is told of a unit on a day on which it does not stand."""
        return {"line": None, "facts": [], "functions": [], "helps": [], "below": [], "posts": []}

    def unit(self, unit: Unit) -> dict[str, Any]:
        """What a unit is, and what hangs on it."""
        told = structure_telling.structure(self.seen)
        line = next(one for one in told.units if one.id == unit.id)
        held = list(self.org.held_by(unit.id))
        return {
            "line": line,
            "facts": self._unit_facts(line),
            "functions": [self.names.named(Sort.FUNCTION, one.id) for one in held if unit.id in one.owners],
            "helps": [self.names.named(Sort.FUNCTION, one.id) for one in held if unit.id not in one.owners],
            "below": self.names.units(in_order(Sort.UNIT, (one.id for one in self.org.children(unit.id)))),
            "posts": [one for one in told.posts if one.unit == unit.id],
        }

    def function(self, function: Function) -> dict[str, Any]:
        """What a function is."""
        told = structure_telling.structure(self.seen)
        line = next(one for one in told.functions if one.id == function.id)
        parts = (one.id for one in self.org.functions.values() if one.live and one.part_of == function.id)
        owners = [one for one in function.owners if self.org.live_unit(one) is not None]
        return {
            "line": line,
            "owners": self.names.units(line.owners),
            "alone": not owners,
            "several": len(line.owners) > 1,
            "helps": self.names.units(line.contributors),
            "whole": None if line.part_of is None else self.names.named(Sort.FUNCTION, line.part_of),
            "inner": [self.names.named(Sort.FUNCTION, id) for id in in_order(Sort.FUNCTION, parts)],
            "origin": None if line.origin is None else self.names.named(Sort.UNIT, line.origin),
        }

    def _unit_facts(self, line: shapes.UnitLine) -> list[tuple[str, Any]]:
        """What is told of a unit, label by label; names with their addresses as lists."""
        tongue, names = self.tongue, self.names
        heads = [(names.named(Sort.UNIT, one.head), tongue.both(one.matters)) for one in line.heads]
        told: list[tuple[str, Any]] = [
            ("house.fact.kind", tongue.label(f"thing.{line.type}", line.type)),
            ("house.fact.rank", names.value("rank", [line.rank])),
            ("house.fact.state", tongue.label(f"house.state.{line.state}", line.state)),
            ("house.fact.heads", heads),
            ("house.fact.beside", [(one, "") for one in names.units(line.coordinates_with)]),
            ("house.fact.bodies", tongue.both(line.reports_to)),
            ("house.fact.formerly", tongue.both(line.formerly)),
            ("house.fact.tags", tongue.both(line.tags)),
            ("house.fact.source", line.source),
        ]
        return [(tongue.t(key), value) for key, value in told if value]

    def owed(self, *, unit: str | None = None, function: str | None = None) -> list[dict[str, Any]]:
        """What is owed by it on the day."""
        sight = self.sight
        found = owed_on(sight.office, self.seen.as_of, by=sight.by, unit=unit, function=function)
        return [owed_line(self.names, one) for one in found]


def owed_line(names: Names, one: OwedLine) -> dict[str, Any]:
    """An obligation as a line of a table."""
    return {
        "name": f"{one.symbol} – {one.title}",
        "href": names.sight.link(f"/mandates/{one.matter.id}", on=None, known=None),
        "state": names.sight.tongue.label(f"state.mandate.{one.matter.state}", one.matter.state),
        "functions": [names.named(Sort.FUNCTION, id) for id in one.functions],
        "told": names.named(Sort.FUNCTION, one.function),
        "units": names.units(one.units),
    }
