"""What a browser sends of a form that nobody filled in is nothing: what stands there by itself means no row and no choice."""

from typing import Any

import pytest

from web.forms.reading import value_of
from web.forms.schema import Document

PERIOD = {
    "title": "Period",
    "type": "object",
    "properties": {"count": {"type": "integer"}, "unit": {"type": "string", "enum": ["days", "months"], "default": "days"}},
    "required": ["count"],
}
DAY = {"title": "Day", "type": "object", "properties": {"on": {"type": "string", "format": "date"}}, "required": ["on"]}
ROW = {
    "type": "object",
    "properties": {"state": {"type": "string"}, "choice": {"type": "string"}, "loud": {"type": "boolean", "default": True}},
    "required": ["state", "choice"],
}
COUNT = {"type": "object", "properties": {"for": {"type": "integer"}, "against": {"type": "integer", "default": 0}}}
BODY: dict[str, Any] = {
    "type": "object",
    "properties": {
        "due": {"anyOf": [DAY, PERIOD, {"type": "null"}], "default": None},
        "rows": {"type": "array", "items": ROW, "default": []},
        "count": {"anyOf": [COUNT, {"type": "null"}], "default": None},
    },
}


def told(**typed: str) -> dict[str, Any]:
    """The body that these fields mean; a dot in a name is written as two underscores."""
    return value_of(Document({}), BODY, {name.replace("__", "."): [value] for name, value in typed.items()})


def test_an_untouched_form_says_nothing():
    assert told(due___which="", due__on="", due__count="", due__unit="days", rows__0__loud="true", count__against="0") == {}


@pytest.mark.parametrize("which", [{}, {"due___which": "1"}])
def test_what_was_typed_is_meant_with_what_stands_beside_it(which: dict[str, str]):
    assert told(**which, due__count="3", due__unit="days") == {"due": {"count": 3, "unit": "days"}}


def test_what_stands_in_a_shape_that_is_not_shown_is_not_meant():
    assert told(due___which="", due__count="3", due__unit="days") == {}
    assert told(due___which="0", due__on="2016-01-01", due__count="3") == {"due": {"on": "2016-01-01"}}


def test_what_was_changed_is_meant():
    assert told(due__unit="months") == {"due": {"unit": "months"}}
    assert told(rows__0__loud="") == {}  # a box that is not ticked is not sent; an empty one says nothing
    assert told(count__for="4", count__against="0") == {"count": {"for": 4, "against": 0}}


def test_a_row_that_names_its_field_is_meant_only_where_that_is_filled():
    rows = {"rows__0__state": "AR", "rows__0___if": "choice", "rows__0__choice": ""}
    assert told(**rows) == {}
    more = {"rows__4__state": "BR", "rows__4___if": "choice", "rows__4__choice": "for"}
    assert told(**rows, **more) == {"rows": [{"state": "BR", "choice": "for"}]}
