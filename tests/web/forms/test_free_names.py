"""An object with free names: the page tells the names, each gets a field, and what was typed is read back."""

from web.forms.making import Asked, Option, fields_of
from web.forms.reading import value_of
from web.forms.schema import Document

TEXT = {"type": "string", "format": "password", "minLength": 1}
BODY = {
    "type": "object",
    "required": ["section", "text"],
    "properties": {"section": {"type": "string"}, "text": {"type": "object", "patternProperties": {"^[a-z]{2}$": TEXT}}},
}


def test_each_name_that_the_page_tells_is_a_field_with_what_was_typed():
    asked = Asked(choices={"text": [Option("en"), Option("es")]}, fixed={"section": "flow"})
    (group,) = fields_of(Document({}), BODY, asked, {"text.es": ["Algo."]})
    assert [(one.name, one.sort, one.value, one.required) for one in group.inside] == [
        ("text.en", "area", "", False),
        ("text.es", "area", "Algo.", False),
    ]


def test_what_was_typed_is_read_by_name_and_empty_ones_are_left_out():
    typed = {"section": ["flow"], "text.en": ["  "], "text.es": ["Algo."], "text.es.deep": ["x"]}
    assert value_of(Document({}), BODY, typed) == {"section": "flow", "text": {"es": "Algo."}}
    assert value_of(Document({}), BODY, {"section": ["flow"]}) == {"section": "flow", "text": {}}


def test_an_object_without_free_names_takes_none():
    closed = {"type": "object", "properties": {"text": {"type": "object", "additionalProperties": False, "properties": {}}}}
    assert value_of(Document({}), closed, {"text.en": ["x"]}) == {}
