"""Every field that a form may show, and all there is to pick in it, has its word in four languages."""

from collections.abc import Iterator
from itertools import chain

import pytest
from fastapi import FastAPI

from api.contract import document
from records.vault.secret import Secret
from tests.fixtures.apps import council_app, desk_app
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage
from web.forms.making import Asked, Field, fields_of
from web.forms.schema import Document, Schema, Shape
from web.messages import LANGUAGES, Messages


@pytest.fixture(params=["council", "desk"])
def door(request: pytest.FixtureRequest) -> FastAPI:
    if request.param == "council":
        house: Stage = request.getfixturevalue("house_office")
        return council_app(house.office, Secret.random())
    office: OmbudsStage = request.getfixturevalue("ombuds_office")
    return desk_app(office.desk)


def bodies(contract: Schema) -> Iterator[tuple[str, Schema]]:
    """The path of every request that has a body, with the body's schema."""
    for path, methods in contract["paths"].items():
        for operation in methods.values():
            if told := operation.get("requestBody"):
                yield path, told["content"]["application/json"]["schema"]


def moves_of(schemas: Document, shape: Shape) -> Iterator[dict[str, str]]:
    """The fixed fields of every form that this body may come from: one for each of several shapes."""
    several = schemas.variants(shape)
    if not several:
        yield {}
    name = shape.schema.get("discriminator", {}).get("propertyName", "trigger")
    for one in several:
        inner = schemas.variants(one)
        yield from (
            moves_of(schemas, one)
            if inner
            else ({name: value} for value in schemas.follow(one.schema["properties"][name]).values)
        )


def spread(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Fields with all that is inside of them, but what is sent unseen."""
    for one in fields:
        if not one.hidden:
            yield one
            yield from spread(one.inside)


def shown(contract: Schema) -> Iterator[tuple[str, Field]]:
    """Every field of every form of a door, with the kind or act it belongs to."""
    schemas = Document(contract)
    for path, schema in bodies(contract):
        scope = path.removeprefix("/v1/").partition("/")[0].removesuffix("s")
        for fixed in moves_of(schemas, schemas.follow(schema)):
            for one in spread(fields_of(schemas, schema, Asked(fixed=fixed, rows=1), {})):
                yield scope, one


def asked_for(scope: str, one: Field) -> Iterator[tuple[str, ...]]:
    """The keys of which a form says one, as `api/pages/forms.py` looks for them: for a field, for each thing to pick in it."""
    if one.called[:1].isupper():
        yield (f"variant.{one.called}",)
    else:
        yield (f"field.{scope}.{one.called}", f"field.{one.called}")
    for option in one.options:
        duty = [f"clock.{scope}.{option.value}"] if one.called == "rule" else []
        yield (*duty, f"option.{scope}.{one.called}.{option.value}", f"option.{one.called}.{option.value}")


def missing(contract: Schema, words: Messages) -> set[tuple[str, ...]]:
    asked = chain.from_iterable(asked_for(scope, one) for scope, one in shown(contract))
    return {keys for keys in asked if not any(key in words for key in keys)}


def test_every_field_and_everything_to_pick_has_its_word(door: FastAPI):
    contract = document(door, door.title)
    assert len({one.called for _, one in shown(contract)}) > 20
    for language in LANGUAGES:
        assert sorted(missing(contract, Messages(language))) == []


def test_a_field_without_a_word_and_a_choice_without_one_are_found():
    pick = {"type": "string", "enum": ["en", "tlhingan"]}
    inside = {"type": "object", "properties": {"language": pick, "unheard_of": {"type": "string"}}}
    move = {"type": "object", "properties": {"trigger": {"const": "go", "type": "string"}, "payload": inside}}
    told = {"content": {"application/json": {"schema": move}}}
    contract = {"paths": {"/v1/mandates/{id}/moves": {"post": {"requestBody": told}}}}
    assert missing(contract, Messages("pt")) == {
        ("field.mandate.unheard_of", "field.unheard_of"),
        ("option.mandate.language.tlhingan", "option.language.tlhingan"),
    }
