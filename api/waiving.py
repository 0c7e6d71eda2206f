"""Excusing that a duty of the house is late: POST /v1/<kind>s/{id}/waivers. This file names no kind.

At the desk, where the words of a waiver are sealed, it is one of `desk_acts.py`.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict

from actions.kernel.kind import Kind
from actions.kinds.house import Citation, Day, Words
from actions.waivers import waive_openly
from api import shapes, telling
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.desk_bodies import RuleName, waiver_of
from api.kinds_routes import VersionDep, WordsDep, visible
from api.repeating import RepeatDep


class Waiver(BaseModel):
    """Whose lateness is excused, by which authority, why, and through which day."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    rule: RuleName
    authority: Citation
    reason: Words
    until: Day


def routes_of(kind: Kind) -> APIRouter:
    """The route of one kind; its body is a choice of the kind's clocks."""
    router = APIRouter(prefix=f"/v1/{kind.name}s", tags=[kind.name])
    _add_waiving(router, kind.name, waiver_of(Waiver, kind.name, [clock.name for clock in kind.table.clocks]))
    return router


def _add_waiving(router: APIRouter, name: str, body: type[Waiver]) -> None:
    @router.post("/{id}/waivers", name=f"waive_in_{name}", status_code=201, **needs(f"{name}.waive", 404, 409, 412, body=body))
    def waive(
        response: Response,
        office: OfficeDep,
        person: PersonDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(visible(name))],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[Waiver, Depends(reads(body))],
    ) -> shapes.Summary:
        """Excuse that a duty is late, by which authority, why and until when. Its day stays."""
        changed = waive_openly(
            office,
            name,
            about,
            told.rule,
            authority=told.authority,
            reason=told.reason,
            until=told.until,
            by=person.person,
            version=version,
            request=repeat,
        )
        response.headers["ETag"] = f'"{changed.version}"'
        return telling.summary(changed, words)
