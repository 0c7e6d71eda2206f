"""Whether a door lives, and whether it can work."""

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request

from actions.looking import ready
from api.asking import DoorDep
from api.contract import document, public

router = APIRouter()


class Well(BaseModel):
    """All is well."""

    status: Literal["ok"] = "ok"


@router.get("/healthz", **public())
def show_life() -> Well:
    """The process lives."""
    return Well()


@router.get("/readyz", **public(503))
def show_readiness(door: DoorDep) -> Well:
    """The database is reached, has every migration, was begun, and is of this process's environment."""
    ready(door.office)
    return Well()


@router.get("/openapi.json", include_in_schema=False, **public())
def show_contract(request: Request) -> dict[str, Any]:
    """What this door offers, as an OpenAPI document."""
    return document(request.app, request.app.title)
