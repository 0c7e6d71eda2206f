"""What a route must declare before it is served: a permission, and every answer it may give; and the document made of that.

A route without a permission is a hole. `needs(...)` and `public(...)` are the only ways to declare one, and a law walks all
routes of every door.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter

from api.problems import MEDIA_TYPE, Problem

PERMISSION: Final = "x-permission"
PUBLIC: Final = "public"
_REF: Final = "#/components/schemas/{model}"
_BODY: Final = "x-body"
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


def public(*refusals: int, body: Any = None) -> dict[str, Any]:
    """For a route that anybody may use; `refusals` are the statuses it may answer with, besides its own."""
    return _declared(PUBLIC, (*refusals, 500), body, [])


def needs(permission: str, *refusals: int, body: Any = None) -> dict[str, Any]:
    """For a route that only somebody signed in may use. The permission names the act; who may is in the policy."""
    always = (401, 403, 500, 503) if body is None else (400, 401, 403, 408, 413, 415, 422, 500, 503)
    return _declared(permission, (*always, *refusals), body, [{"bearer": []}, {"cookie": []}])


def _declared(permission: str, refusals: Sequence[int], body: Any, security: list[Any]) -> dict[str, Any]:
    extra: dict[str, Any] = {PERMISSION: permission, "security": security}
    if body is not None:
        extra[_BODY] = body
    return {"openapi_extra": extra, "responses": {status: _problem(status) for status in sorted(set(refusals))}}


def _problem(status: int) -> dict[str, Any]:
    shown = {"schema": {"$ref": _REF.format(model="Problem")}}
    return {"description": _WHY.get(status, "Something went wrong on our side"), "content": {MEDIA_TYPE: shown}}


def document(app: FastAPI, title: str) -> dict[str, Any]:
    """The OpenAPI document of a door: its routes, with the bodies we read ourselves."""
    routes = [route for route in app.routes if isinstance(route, APIRoute) and route.include_in_schema]
    bodies = {route.operation_id or route.name: (route.openapi_extra or {}).get(_BODY) for route in routes}
    made = get_openapi(title=title, version="1", openapi_version="3.1.0", routes=_without_bodies(routes))
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = _schema(Problem, schemas)
    for operation in _operations(made):
        body = bodies.get(operation["operationId"])
        if body is not None:
            content = {"application/json": {"schema": _schema(body, schemas)}}
            operation["requestBody"] = {"required": True, "content": content}
    made["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-amparo"},
    }
    return made
