"""Default deny (S26): a route that declares no permission, or asks nobody who they are, does not pass."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import BaseModel, create_model

from api import council, desk, intake
from api.contract import PUBLIC, TwoModels, declared, document, needs, public
from records.vault.secret import Secret
from tests.fixtures.doors import SETTING_UP, SHOWN_AT_ONCE, STRANGERS
from tests.fixtures.intake_door import COMING, COMING_BACK
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage

AT_THE_INTAKE = COMING | COMING_BACK | {("GET", "/v1/office"), ("POST", "/v1/complaints")}
OPEN_TO_ANYBODY = STRANGERS | SETTING_UP | SHOWN_AT_ONCE | AT_THE_INTAKE
"""Typed by hand: to open a route to strangers takes a line here."""
HOLDS_WORDS = {("POST", "/v1/complaint/words"), ("POST", "/here/files")}
"""The words are the permission, and are asked for inside: the same request brings the same new words again; a page's form with a
file says only within it that it comes from our page."""


@pytest.fixture(params=["council", "desk", "intake"])
def door(request: pytest.FixtureRequest) -> FastAPI:
    if request.param == "council":
        house: Stage = request.getfixturevalue("house_office")
        return council.make_app(house.office, server_key=Secret.random())
    office: OmbudsStage = request.getfixturevalue("ombuds_office")
    return desk.make_app(office.desk) if request.param == "desk" else intake.make_app(office.intake)


def holes(app: FastAPI) -> Iterator[str]:
    """Routes that anybody could use without anybody having meant it."""
    for method, path, permission, asked in declared(app):
        if permission is None:
            yield f"{method} {path} declares no permission"
        elif permission != PUBLIC and not asked:
            yield f"{method} {path} does not ask who is there"
        elif permission == PUBLIC and (method, path) not in OPEN_TO_ANYBODY | HOLDS_WORDS:
            yield f"{method} {path} is open to anybody"


def test_every_route_of_every_door_is_closed_unless_somebody_opened_it(door: FastAPI):
    assert len([*declared(door)]) > 12
    assert [*holes(door)] == []


def test_every_permission_says_what_it_is_for(door: FastAPI):
    permissions = [permission for _, _, permission, _ in declared(door) if permission != PUBLIC]
    assert [permission for permission in permissions if not permission or " " in permission] == []


@pytest.mark.parametrize(
    ("declaration", "found"),
    [
        ({}, ["GET /planted declares no permission"]),
        (public(), ["GET /planted is open to anybody"]),
        ({**needs("matter.read"), "dependencies": []}, ["GET /planted does not ask who is there"]),
        (needs("matter.read"), []),
    ],
)
def test_a_planted_route_is_found(declaration: dict[str, object], found: list[str]):
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.get("/planted", **declaration)(lambda: None)  # type: ignore[arg-type]  a declaration is keyword arguments
    assert [*holes(app)] == found


def test_two_models_of_one_name_are_found():
    """Of our doors, every test that asks for `/openapi.json` shows that there are none."""

    def takes(part: type[BaseModel]) -> dict[str, Any]:
        return needs("matter.read", body=create_model("Body", part=part))

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.post("/one", **takes(create_model("Order", on=int)))(lambda: None)
    app.post("/again", **takes(create_model("Order", on=int)))(lambda: None)
    assert "Order" in document(app, "one")["components"]["schemas"]
    app.post("/other", **takes(create_model("Order", symbol=str)))(lambda: None)
    with pytest.raises(TwoModels, match="Order"):
        document(app, "two")
