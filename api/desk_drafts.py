"""What was typed at the desk and not sent. This file names no kind.

GET, PUT, DELETE  /v1/<kind>s/{id}/drafts/{form}    one's own draft of one form of the page; nobody else has it

Putting the same twice is the same, so nothing here takes an Idempotency-Key; a draft has no version.
"""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from actions import desk_drafts
from actions.days import Day
from actions.kernel.kind import Kind
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_matters import seat_asked

_NAME: Final = r"^[A-Za-z_][A-Za-z0-9_.-]{0,79}$"
_MOST: Final = 40
_SHOWN: Final = {
    "type": "object",
    "propertyNames": {"pattern": _NAME},
    "additionalProperties": {"type": "string"},
    "maxProperties": _MOST,
}
FieldName = Annotated[str, StringConstraints(pattern=_NAME)]
FormName = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_.-]{0,59}$")]
Typed = Annotated[dict[FieldName, str], Field(repr=False, max_length=_MOST), WithJsonSchema(_SHOWN)]


class DraftKept(BaseModel):
    """What was typed so far, by field of the form."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    values: Typed


class Draft(BaseModel):
    """What is kept of a form. `on` null: nothing."""

    form: str
    values: Typed
    on: Day | None


def drafts_of(kind: Kind) -> APIRouter:
    """The drafts of one kind."""
    router = APIRouter(prefix=f"/v1/{kind.name}s", tags=[kind.name])
    name, path = kind.name, "/{id}/drafts/{form}"
    seat = seat_asked(name)

    @router.get(path, name=f"show_draft_in_{name}", **needs(f"{name}.draft", 404, 422))
    def show_draft(office: OfficeDep, caller: CallerDep, about: Annotated[UUID, Depends(seat)], form: FormName) -> Draft:
        """What you typed and did not send. This opens nothing else, so she sees nothing of it."""
        found = desk_drafts.draft_of(office, name, about, form, by=caller)
        return Draft(form=found.form, values=dict(found.values), on=found.on)

    @router.put(path, name=f"keep_draft_in_{name}", status_code=204, **needs(f"{name}.draft", 404, 409, body=DraftKept))
    def keep_draft(
        office: OfficeDep,
        caller: CallerDep,
        about: Annotated[UUID, Depends(seat)],
        form: FormName,
        told: Annotated[DraftKept, Depends(reads(DraftKept))],
    ) -> Response:
        """Keep what you typed, sealed to your own key. Nothing typed: nothing is kept."""
        desk_drafts.keep(office, name, about, form, told.values, by=caller)
        return Response(status_code=204)

    @router.delete(path, name=f"drop_draft_in_{name}", status_code=204, **needs(f"{name}.draft", 404, 422))
    def drop_draft(office: OfficeDep, caller: CallerDep, about: Annotated[UUID, Depends(seat)], form: FormName) -> Response:
        """Forget it."""
        desk_drafts.drop(office, name, about, form, by=caller)
        return Response(status_code=204)

    return router
