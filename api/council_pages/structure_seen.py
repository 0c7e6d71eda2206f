"""How a page looks at the structure: on which day, as known on which, and what things are called and where they are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final
from urllib.parse import quote
from uuid import UUID

from fastapi import Query
from pydantic import BeforeValidator, StringConstraints
from starlette.requests import Request

from actions.days import Day
from actions.office import Office
from api import structure_shapes as shapes
from api.council_pages.matters import tongue_of
from api.pages.showing import href
from structure.organisation import Organisation
from structure.things import COMMANDS, UNKNOWN, Ref, Sort, Unit, reading_order
from web.rendering import Tongue


def _or_none(told: Any) -> Any:
    """A field of a form that was left empty asks for nothing."""
    return told or None


OnDay = Annotated[Day | None, BeforeValidator(_or_none), Query(description="As it stands on this day; left out: today.")]
KnownOn = Annotated[Day | None, BeforeValidator(_or_none), Query(description="As it was known on this day; left out: today.")]
Asked = Annotated[
    Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")] | None,
    BeforeValidator(_or_none),
    Query(description="Only these."),
]
TABS: Final = (
    ("/structure", "day"),
    ("/structure/compare", "compare"),
    ("/posts", "posts"),
    ("/obligations", "owed"),
    ("/orders", "orders"),
    ("/structure/record", "record"),
)
"""The pages about the structure, by their addresses."""
PLACES: Final[Mapping[str, str]] = {Sort.UNIT: "/structure/units/", Sort.FUNCTION: "/structure/functions/"}


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks, and for which days they asked: None is today."""

    request: Request
    office: Office
    by: UUID
    on: date | None = None
    known: date | None = None
    record: Organisation | None = None
    """Where what is shown need not be on record: what has a page of its own."""

    @property
    def tongue(self) -> Tongue:
        """How the page speaks."""
        return tongue_of(self.request)

    def link(self, path: str, **more: str | None) -> str:
        """A local address for the same days."""
        asked = {"on": self.on.isoformat() if self.on else None, "known": self.known.isoformat() if self.known else None}
        return href(self.request, path, **(asked | more))

    def thing(self, sort: str, id: str) -> str:
        """The address of a unit's or function's own page; empty for anything else and for what nobody knows."""
        place = PLACES.get(sort)
        if place is None or id == UNKNOWN or (self.record is not None and self.record.thing(Ref(Sort(sort), id)) is None):
            return ""
        return self.link(place + quote(id, safe=""))

    def tabs(self, here: str) -> list[dict[str, Any]]:
        """The pages about the structure, with this one marked."""
        return [
            {"href": self.link(path), "label": self.tongue.t(f"house.tab.{name}"), "here": name == here} for path, name in TABS
        ]


@dataclass(frozen=True, slots=True)
class Named:
    """What something is called, and where more of it stands; no address: nowhere."""

    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of things in an organisation, with another one beside it for what ended."""

    sight: Sight
    org: Organisation
    other: Organisation | None = None

    def name(self, sort: str, id: str) -> str:
        """What it is called; its id where no organisation here knows it."""
        if id == UNKNOWN:
            return self.sight.tongue.t("house.unknown")
        ref = Ref(Sort(sort), id) if sort in set(Sort) else None
        for org in (self.org, self.other):
            thing = org.thing(ref) if org is not None and ref is not None else None
            if thing is not None:
                return str(getattr(thing, "name", "") or getattr(thing, "title", "") or id)
        return id

    def named(self, sort: str, id: str) -> Named:
        """Its name and address, where there is one."""
        known = any(org is not None and org.thing(Ref(Sort(sort), id)) is not None for org in (self.org, self.other))
        return Named(self.name(sort, id), self.sight.thing(sort, id) if known else "")

    def units(self, ids: Iterable[str]) -> list[Named]:
        """Several units."""
        return [self.named(Sort.UNIT, id) for id in ids]

    def value(self, field: str, value: Iterable[str]) -> str:
        """What a field holds, in words."""
        tongue = self.sight.tongue
        if field in ("began", "ended"):
            return tongue.t("house.there" if [*value] else "house.not_there")
        told = [self._value(field, one) for one in value]
        return tongue.both(told) if told else tongue.t("house.nothing")

    def _value(self, field: str, one: str) -> str:
        tongue = self.sight.tongue
        if field in ("owners", "contributors", "unit", "coordinates_with", "responsible"):
            return self.name(Sort.UNIT, one)
        if field in ("part_of", "function"):
            return self.name(Sort.FUNCTION, one)
        if field == "heads":
            return self._head(one)
        if field == "state":
            return tongue.label(f"house.state.{one}", one)
        if field == "holder":
            return tongue.t("house.vacant" if one == "vacant" else "house.held")
        if field == "type":
            return tongue.label(f"thing.{one}", one)
        return tongue.t("house.unknown") if one == UNKNOWN else one

    def _head(self, told: str) -> str:
        """`matrix:OSG (finance)` in words; impact tells heads by their ids alone."""
        kind, colon, rest = told.partition(":")
        if not colon or kind not in set(COMMANDS):
            return self.name(Sort.UNIT, told)
        id, blank, matters = rest.partition(" (")
        said = self.name(Sort.UNIT, id) + (f" ({matters}" if blank else "")
        return self.sight.tongue.t("house.head_of_several", head=said) if kind == "matrix" else said

    def difference(self, one: shapes.DifferenceLine) -> dict[str, Any]:
        """A line of what differs, for a table."""
        tongue = self.sight.tongue
        return {
            "sort": tongue.label(f"option.sort.{one.sort}", one.sort),
            "thing": self.named(one.sort, one.id),
            "what": tongue.label(f"structure.field.{one.field}", one.field),
            "before": self.value(one.field, one.before),
            "after": self.value(one.field, one.after),
        }


def live_units(org: Organisation) -> list[Unit]:
    """The units that stand, in the order in which people read their ids."""
    return [org.units[id] for id in in_order(Sort.UNIT, org.units) if org.units[id].is_live]


def in_order(sort: Sort, ids: Iterable[str]) -> list[str]:
    """Ids as people count."""
    return sorted(ids, key=lambda id: (reading_order(Ref(sort, id)), id))
