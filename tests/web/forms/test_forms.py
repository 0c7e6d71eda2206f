"""A form is made of the schema of its request, and what is typed into it becomes that request and nothing else."""

import json
from datetime import date
from typing import Annotated, Literal
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel, Field, SecretStr, TypeAdapter

from web.forms.making import Asked, Option, fields_of
from web.forms.making import Field as Drawn
from web.forms.reading import value_of
from web.forms.schema import Document

REF = "#/components/schemas/{model}"


class Given(BaseModel):
    """A day that is given."""

    day: date


class Period(BaseModel):
    """A time from a day."""

    count: int
    unit: Literal["months", "calendar_days"] = "months"


class Row(BaseModel):
    """A thing in a list."""

    title: str
    number: int | None = None


class Told(BaseModel):
    """All that a form of ours may have to ask."""

    person: UUID | None = None
    text: SecretStr
    title: Annotated[str, Field(max_length=80)] = ""
    passphrase: str = ""
    sure: bool = False
    states: list[str] = []
    rows: list[Row] = []
    due: Given | Period | None = None
    share: float | None = None


class Ask(BaseModel):
    """One of several requests at an address."""

    trigger: Literal["ask"]
    payload: Told


class Stop(BaseModel):
    """Another one."""

    trigger: Literal["stop"]


Body = Annotated[Ask | Stop, Field(discriminator="trigger")]


def contract() -> tuple[Document, dict[str, object]]:
    """The document that holds the schemas, and the body's own."""
    schema = TypeAdapter(Body).json_schema(ref_template=REF)
    return Document({"components": {"schemas": schema.pop("$defs")}}), schema


def drawn(typed: dict[str, list[str]] | None = None, **asked: object) -> dict[str, Drawn]:
    """Every field of the form for `ask`, those within others too, by name."""
    document, schema = contract()
    made = fields_of(document, schema, Asked(fixed={"trigger": "ask"}, **asked), typed or {})  # type: ignore[arg-type]  fields of Asked
    found: dict[str, Drawn] = {}
    waiting = list(made)
    while waiting:
        one = waiting.pop(0)
        found[one.name] = one
        waiting += one.inside
    return found


def read(**typed: str | list[str]) -> dict[str, object]:
    """The request that comes of what was typed; `__` for a dot."""
    document, schema = contract()
    pairs = {name.replace("__", "."): [told] if isinstance(told, str) else told for name, told in typed.items()}
    return value_of(document, schema, {"trigger": ["ask"]} | pairs)


def test_each_part_of_a_request_gets_the_field_that_fits_it():
    found = {name: one.sort for name, one in drawn().items()}
    assert found["payload.text"] == "area"
    assert found["payload.title"] == "line"
    assert found["payload.passphrase"] == "secret"
    assert found["payload.sure"] == "yes"
    assert found["payload.states"] == "lines"
    assert found["payload.rows"] == "rows"
    assert found["payload.rows.2.number"] == "number"
    assert found["payload.due"] == "variant"
    assert found["payload.due.day"] == "day"
    assert found["payload.due.unit"] == "pick"
    assert "trigger" not in found


def test_what_may_be_left_out_is_not_asked_for():
    found = drawn()
    assert found["payload.text"].required
    assert not found["payload.title"].required
    assert not found["payload.rows.0.title"].required  # an empty row is no row


def test_a_list_of_people_is_picked_from_and_never_typed():
    someone = str(uuid4())
    found = drawn(choices={"payload.person": [Option(someone, "Ana")]})["payload.person"]
    assert (found.sort, [option.label for option in found.options]) == ("pick", ["Ana"])


def test_what_there_is_to_pick_stands_in_groups_where_it_has_any():
    options = (Option("1A", "Pay", "1 Money"), Option("1B", "Payroll", "1 Money"), Option("2H", "Retaliation", "2 People"))
    found = Drawn("issues", "issues", "several", required=False, options=options, picked=frozenset({"1B"})).groups
    assert [(one.name, [place for place, _ in one.options], one.picked) for one in found] == [
        ("1 Money", [1, 2], 1),
        ("2 People", [3], 0),
    ]
    assert Drawn("issues", "issues", "several", required=False, options=(Option("a"),)).groups == ()


def test_a_form_can_ask_for_some_parts_alone():
    assert set(drawn(only=frozenset({"payload.text"}))) == {"payload", "payload.text"}
    assert "payload.due" not in drawn(without=frozenset({"payload.due"}))


def test_what_was_typed_stands_in_its_field_again_but_for_a_passphrase():
    typed = {
        "payload.text": ["<b>"],
        "payload.rows.4.title": ["five"],
        "payload.passphrase": ["open sesame"],
        "payload.due._which": ["1"],
    }
    found = drawn(typed)
    assert found["payload.text"].value == "<b>"
    assert found["payload.rows.4.title"].value == "five"
    assert found["payload.rows.5.title"].value == ""  # and there is room for one more
    assert found["payload.passphrase"].value == ""
    assert found["payload.due"].picked == {"1"}


def test_what_is_typed_becomes_the_request_a_program_would_send():
    made = read(
        payload__text="a\r\nb",
        payload__sure="true",
        payload__states=["AR\n  BR \n\n"],
        payload__rows__0__title="",
        payload__rows__2__title="three",
        payload__rows__2__number="3",
        payload__due___which="1",
        payload__due__count="90",
        payload__due__unit="calendar_days",
        payload__share="1,5",
    )
    assert made == {
        "trigger": "ask",
        "payload": {
            "text": "a\nb",
            "sure": True,
            "states": ["AR", "BR"],
            "rows": [{"title": "three", "number": 3}],
            "due": {"count": 90, "unit": "calendar_days"},
            "share": 1.5,
        },
    }
    assert TypeAdapter(Body).validate_json(json.dumps(made), strict=True)


def test_what_is_left_empty_is_left_out_and_what_is_needed_stays_to_be_asked_for():
    made = read(payload__text="", payload__title="t", payload__states="", payload__passphrase=" ")
    assert made["payload"] == {"text": "", "title": "t", "states": []}
    assert read(payload__text="", payload__title=" ")["payload"] == {}


def test_one_of_several_shapes_is_meant_by_what_was_typed_where_nobody_ticked():
    made = read(payload__text="x", payload__due__day="2016-01-01")
    assert made["payload"] == {"text": "x", "due": {"day": "2016-01-01"}}
    made = read(payload__text="x", payload__due___which="", payload__due__day="2016-01-01")
    assert made["payload"] == {"text": "x"}  # none of these, somebody said


@pytest.mark.parametrize("typed", ["three", "3.5", "", "١"])
def test_what_is_no_number_stays_what_it_is_for_the_door_to_judge(typed: str):
    made = read(payload__text="x", payload__rows__0__title="t", payload__rows__0__number=typed)
    (row,) = made["payload"]["rows"]  # type: ignore[index]  what was read is a dict
    assert row.get("number") in ({"": None, "١": 1}.get(typed, typed),)


def test_a_request_that_is_none_of_several_is_told():
    document, schema = contract()
    with pytest.raises(KeyError):
        fields_of(document, schema, Asked(fixed={"trigger": "nonsense"}), {})
