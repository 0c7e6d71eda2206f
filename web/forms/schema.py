"""Looking into a JSON schema as the doors write it: pydantic's, in an OpenAPI 3.1 document."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Schema = Mapping[str, Any]
_REF: Final = "#/components/schemas/"
LONG: Final = 300
"""A text that may be longer than this gets several lines."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema with its references followed. `optional`: null, or leaving it out, is fine."""

    schema: Schema
    optional: bool = False

    @property
    def type(self) -> str:
        """`string`, `integer`, `number`, `boolean`, `array`, `object`, or nothing where several are possible."""
        return str(self.schema.get("type", "object" if "properties" in self.schema else ""))

    @property
    def values(self) -> tuple[str, ...]:
        """The only values there are; none: any."""
        if "const" in self.schema:
            return (str(self.schema["const"]),)
        return tuple(str(value) for value in self.schema.get("enum", ()))

    @property
    def most(self) -> int | None:
        """The longest a text may be, in characters."""
        found = self.schema.get("maxLength")
        return int(found) if found is not None else None

    @property
    def named(self) -> Schema | None:
        """Of an object whose fields nobody knows beforehand (a text per language), what each of them is."""
        several = [*self.schema.get("patternProperties", {}).values(), self.schema.get("additionalProperties")]
        return next((one for one in several if isinstance(one, Mapping)), None)

    @property
    def long(self) -> bool:
        """Whether it is a text of several lines: one without a length, one that may be long, one that is kept sealed."""
        if self.schema.get("format") == "password":
            return True  # a text that hides itself; its pattern only asks for more than blanks
        if self.schema.get("pattern") or self.schema.get("format") in ("uuid", "date", "date-time"):
            return False
        return (self.most or 0) > LONG


class Document:
    """The schemas of one door."""

    def __init__(self, contract: Schema) -> None:
        self._schemas: Schema = contract.get("components", {}).get("schemas", {})

    def follow(self, schema: Schema) -> Shape:
        """The shape behind references, and behind `or null`. A choice between several shapes stays one (`variants`)."""
        optional = False
        while True:
            if "$ref" in schema:
                others = {key: value for key, value in schema.items() if key != "$ref"}
                schema = {**self._schemas[schema["$ref"].removeprefix(_REF)], **others}
            elif len(schema.get("allOf", ())) == 1:
                schema = {**schema["allOf"][0], **{key: value for key, value in schema.items() if key != "allOf"}}
            elif "anyOf" in schema:
                several = [each for each in schema["anyOf"] if each.get("type") != "null"]
                optional = optional or len(several) < len(schema["anyOf"])
                if len(several) != 1:
                    return Shape({**schema, "anyOf": several}, optional)
                schema = {**several[0], **{key: value for key, value in schema.items() if key != "anyOf"}}
            else:
                return Shape(schema, optional)

    def variants(self, shape: Shape) -> tuple[Shape, ...]:
        """The shapes a value may have, where there are several."""
        several = shape.schema.get("oneOf") or shape.schema.get("anyOf") or ()
        return tuple(self.follow(each) for each in several)

    def chosen(self, schema: Schema, fixed: Mapping[str, str]) -> Shape:
        """The shape of a body: of several, the one whose fixed fields are `fixed`. Raises KeyError where none is."""
        shape = self.follow(schema)
        variants = self.variants(shape)
        if not variants:
            return shape
        told = shape.schema.get("discriminator", {}).get("propertyName", "trigger")
        for one in self._single(variants):
            if fixed.get(told) in self.follow(one.schema["properties"][told]).values:
                return one
        raise KeyError(fixed.get(told))

    def _single(self, several: Iterable[Shape]) -> Iterator[Shape]:
        """The shapes of a choice between choices, one by one."""
        for one in several:
            inner = self.variants(one)
            yield from self._single(inner) if inner else (one,)

    def parts(self, shape: Shape) -> Iterator[tuple[str, Shape, bool]]:
        """The fields of an object: name, shape, and whether it must be there."""
        required = set(shape.schema.get("required", ()))
        for name, schema in shape.schema.get("properties", {}).items():
            yield name, self.follow(schema), name in required
