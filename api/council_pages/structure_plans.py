"""A proposal and the house: what it would be with a version, beside what it will be without it; and whom it touches."""

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import looking
from actions.impact import impact_of
from actions.simulating import WhatIf, what_if
from actions.structure_holders import HIDDEN
from api import structure_record_telling as telling
from api import structure_telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters_choices import title
from api.council_pages.proposals import chosen_of, frame_of
from api.council_pages.structure_compare import Whole
from api.council_pages.structure_drawn import marks_of, trees_between
from api.council_pages.structure_flow import Sides, flow_of
from api.council_pages.structure_seen import Names, OnDay, Sight
from api.kinds_routes import IdDep, WordsDep
from api.pages.showing import here, show
from api.structure_record_shapes import Figure, Figures
from api.versions import Number
from api.words import Words
from policies.said import Fact
from structure.things import Sort

router = APIRouter(prefix="/proposals/{id}", include_in_schema=False)


@router.get("/structure", **needs("proposal.read", 404, 409, 422))
def show_plan(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: IdDep,
    version: Number = None,
    on: OnDay = None,
    whole: Whole = False,
) -> Response:
    """The house with a version and without it."""
    data = frame_of(request, office, person.person, about, "structure")
    row = chosen_of(data["versions"], version)
    if row is not None or version is not None:
        found = what_if(office, about, version, on, by=person.person)
        sight = Sight(request, office, person.person, None, None, found.without.org)
        data |= with_and_without(sight, found, words, whole=whole)
        data |= {"found": found, "row": row, "points": _points(request, found), "whole": whole}
    return show(request, "council/structure_plan.html", data)


@router.get("/impact", **needs("proposal.read", 404, 409, 422))
def show_impact(request: Request, office: OfficeDep, person: PersonDep, about: IdDep, version: Number = None) -> Response:
    """Whom a version touches, day by day."""
    data = frame_of(request, office, person.person, about, "impact")
    row = chosen_of(data["versions"], version)
    if row is not None or version is not None:
        told = structure_telling.impact(impact_of(office, about, version, by=person.person)).lines
        found = what_if(office, about, version, by=person.person)
        sight = Sight(request, office, person.person, None, None, found.without.org)
        names = Names(sight, found.with_it.org, found.without.org)
        matters = _titles(office, {one.id for one in told if one.sort == "mandate"}, person.person)
        lines = [_line(sight, names, one, matters) for one in told]
        days = sorted({one["on"] for one in lines if one["on"] is not None})
        data |= {"row": row, "days": [(day, [one for one in lines if one["on"] == day]) for day in days]}
        data |= {"count": len(lines), "acts": sum(1 for one in lines if one["acts"])}
    return show(request, "council/structure_impact.html", data)


def with_and_without(sight: Sight, found: WhatIf, words: Words, *, whole: bool) -> dict[str, Any]:
    """Trees, flow, differences and figures of the house without it and with it."""
    tongue = sight.tongue
    without, with_it = found.without, found.with_it
    told = telling.what_if(found, (), words)
    headings = (tongue.t("house.without_it"), tongue.t("house.with_it"))
    facts: dict[str, Fact] = {"count": len(marks_of(without.org, with_it.org))}
    frame = (tongue.t("house.with_and_without"), tongue.t("house.side_by_side_told", **facts))
    sides = Sides(without.org, with_it.org, with_it.heirs, with_it.since or found.on, headings)
    names = Names(sight, with_it.org, without.org)
    return {
        "on": found.on,
        "trees": trees_between((sight, sight), without.org, with_it.org, headings, frame),
        "flow": flow_of((sight, sight), sides, whole=whole),
        "differences": [names.difference(one) for one in told.differences],
        "refused": told.refused,
        "appeared": told.appeared,
        "mended": told.mended,
        "figures": _figures(sight, told.without, told.with_it),
        "owned": [_figure(names, one) for one in told.owned],
        "owed": [_figure(names, one) for one in told.owed],
    }


def _figures(sight: Sight, without: Figures, with_it: Figures) -> list[tuple[str, int, int]]:
    tongue = sight.tongue
    posts = [sum(one.posts for one in side.headcount) for side in (without, with_it)]
    return [
        (tongue.t("house.figure.units"), without.units, with_it.units),
        (tongue.t("house.figure.functions"), without.functions, with_it.functions),
        (tongue.t("house.figure.posts"), posts[0], posts[1]),
        (tongue.t("house.figure.depth"), without.depth, with_it.depth),
    ]


def _figure(names: Names, one: Figure) -> tuple[Any, int, int]:
    return names.named(Sort.UNIT, one.id), one.without, one.with_it


def _points(request: Request, found: WhatIf) -> list[dict[str, Any]]:
    """The days on which something changes with it."""
    last = found.dates[-1] if found.dates else None
    return [
        {"on": day, "href": here(request, on=None if day == last else day.isoformat()), "here": day == found.on}
        for day in found.dates
    ]


def _titles(office: Any, ids: set[str], by: UUID) -> dict[str, str]:
    """What the mandates are called that the person may read."""
    found: dict[str, str] = {}
    for id in ids:
        try:
            found[id] = title("mandate", looking.one(office, "mandate", UUID(id), by=by).detail)
        except looking.NotFound:
            continue
    return found


def _line(sight: Sight, names: Names, one: Any, matters: dict[str, str]) -> dict[str, Any]:
    tongue = sight.tongue
    on: date | None = one.on
    return {
        "sort": tongue.label(f"house.sort.{one.sort}", one.sort),
        "thing": _subject(sight, names, one, matters),
        "what": tongue.label(f"house.impact.{one.what}", tongue.label(f"structure.field.{one.what}", one.what)),
        "today": names.value(one.what, one.today),
        "after": names.value(one.what, one.after),
        "on": on,
        "acts": one.acts,
    }


def _subject(sight: Sight, names: Names, one: Any, matters: dict[str, str]) -> Any:
    if one.sort == "mandate":
        href = sight.link(f"/mandates/{one.id}") if one.id in matters else ""
        return {"name": matters.get(one.id, sight.tongue.t("house.a_mandate")), "href": href}
    if one.id == HIDDEN:
        return {"name": sight.tongue.t("house.somebody"), "href": ""}
    if one.sort in (Sort.UNIT, Sort.FUNCTION, Sort.POST):
        return names.named(one.sort, one.id)
    return {"name": one.id, "href": ""}
