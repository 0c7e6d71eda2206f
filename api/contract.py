"""What a route must declare before it is served: a permission, and every answer it may give; and the document made of that.

A route without a permission is a hole. `needs(...)` and `public(...)` are the only ways to declare one, and a law walks all
routes of every door.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic import TypeAdapter

from api.asking import COOKIE, DESK_COOKIE, signed_in
from api.problems import MEDIA_TYPE, Problem

PERMISSION: Final = "x-permission"
PUBLIC: Final = "public"
_REF: Final = "#/components/schemas/{model}"
_WHY: Final = {
    400: "The request itself is broken",
    401: "Not signed in",
    403: "Given to others by the policy",
    404: "No such thing, or none that this person may know of",
    408: "The request did not come to its end",
    409: "The rules do not allow it now",
    412: "Changed by somebody else meanwhile",
    413: "Too large",
    415: "Not JSON",
    422: "Parts that cannot be taken",
    503: "Not available now",
}


class TwoModels(ValueError):
    """A door would show two models under one name, so that one of them would be told wrongly. Give one a name of its own."""


def public(*refusals: int, body: Any = None) -> dict[str, Any]:
    """For a route that anybody may use; `refusals` are the statuses it may answer with, besides its own."""
    return _declared(PUBLIC, (*refusals, 500), body, [])


def needs(permission: str, *refusals: int, body: Any = None) -> dict[str, Any]:
    """For a route that only somebody signed in may use. The permission names the act; who may is in the policy."""
    always = (401, 403, 500, 503) if body is None else (400, 401, 403, 408, 413, 415, 422, 500, 503)
    asks = {"dependencies": [Depends(signed_in)]}
    return asks | _declared(permission, (*always, *refusals), body, [{"bearer": []}, {"cookie": []}])


def _declared(permission: str, refusals: Sequence[int], body: Any, security: list[Any]) -> dict[str, Any]:
    extra: dict[str, Any] = {PERMISSION: permission, "security": security}
    if body is not None:
        schema = TypeAdapter(body).json_schema(ref_template=_REF)
        extra["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {"openapi_extra": extra, "responses": {status: _problem(status) for status in sorted(set(refusals))}}


def _problem(status: int) -> dict[str, Any]:
    shown = {"schema": {"$ref": _REF.format(model="Problem")}}
    return {"description": _WHY.get(status, "Something went wrong on our side"), "content": {MEDIA_TYPE: shown}}


def document(app: FastAPI, title: str) -> dict[str, Any]:
    """The OpenAPI document of a door: its routes, with the bodies that we read ourselves. Raises `TwoModels`."""
    made = get_openapi(title=title, version="1", openapi_version="3.1.0", routes=app.routes)
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)  # the framework's own shape of an error, which no answer of ours has
    schemas["Problem"] = Problem.model_json_schema(ref_template=_REF)
    for schema in [schemas["Problem"], *_bodies(made)]:
        for name, model in schema.pop("$defs", {}).items():  # to where all models of the document stand
            if schemas.setdefault(name, model) != model:
                raise TwoModels(name)
    for operation in _operations(made):
        if "HTTPValidationError" in str(operation["responses"].get("422", "")):
            del operation["responses"]["422"]
    made["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "cookie": {"type": "apiKey", "in": "cookie", "name": _cookie_of(app)},
    }
    return made


def _cookie_of(app: FastAPI) -> str:
    door = getattr(app.state, "door", None)
    return DESK_COOKIE if door is not None and door.name == "desk" else COOKIE


def _operations(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (operation for path in made["paths"].values() for operation in path.values())


def _bodies(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operation in _operations(made):
        told = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if told is not None:
            yield told["schema"]


def declared(app: FastAPI) -> Iterator[tuple[str, str, str | None, bool]]:
    """Every method and path of a door with the permission it declares, and whether it asks who is there."""
    for route in iter_route_contexts(app.routes):
        asked = any(needed.call is signed_in for needed in route.dependant.dependencies)
        for method in sorted(route.methods or ()):
            yield method, str(route.path), (route.openapi_extra or {}).get(PERMISSION), asked
