"""What was typed into a form, as the value that its request is made of.

A field left empty is left out, unless the request cannot be without it; then the door says what is missing. What cannot be
read as a number stays the text it is, and the door says so. Nothing is judged here.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from web.forms.making import ONLY_IF, TOO_FAR, WHICH
from web.forms.schema import Document, Schema, Shape

Typed = Mapping[str, Sequence[str]]
"""Everything typed, by dotted name; a name that comes several times keeps all of them."""
NOT_ASKED: Final = "-"
"""Stands for the answer to which of several shapes is meant, where nobody ticked any."""
_NOTHING: Final = object()


def value_of(document: Document, schema: Schema, typed: Typed) -> dict[str, Any]:
    """The body of the request that a form means."""
    flat = {name: several[0] for name, several in typed.items() if several}
    shape = document.chosen(schema, flat)
    made = _Reader(document, typed).object("", shape)
    return made if isinstance(made, dict) else {}


class _Reader:
    def __init__(self, document: Document, typed: Typed) -> None:
        self._document = document
        self._typed = typed
        self._filled = {name for name, several in typed.items() if any(one.strip() for one in several)}

    def object(self, prefix: str, shape: Shape) -> Any:
        made: dict[str, Any] = {}
        for called, one, required in self._document.parts(shape):
            name = f"{prefix}.{called}" if prefix else called
            value = self._one(name, one, required=required)
            if value is not _NOTHING:
                made[called] = value
        return made if shape.named is None else self._named(prefix, shape.named) | made

    def _named(self, prefix: str, each: Schema) -> dict[str, Any]:
        """What was typed for names that the object may have."""
        shape, below = self._document.follow(each), f"{prefix}."
        names = [name for name in self._filled if name.startswith(below) and "." not in name.removeprefix(below)]
        return {name.removeprefix(below): self._one(name, shape, required=False) for name in sorted(names)}

    def _one(self, name: str, shape: Shape, *, required: bool) -> Any:
        variants = self._document.variants(shape)
        if variants and all(one.type == "object" for one in variants) and name not in self._typed:
            return self._variant(name, variants)
        if shape.type == "array" and name not in self._typed:
            return self._rows(name, shape)
        if shape.type == "object" and name not in self._typed:
            inner = self.object(name, shape) if self._told(name, shape) else {}
            return inner if inner or required else _NOTHING
        if name not in self._typed:
            return False if shape.type == "boolean" and required else _NOTHING
        return self._plain(self._typed[name], shape, required=required)

    def _plain(self, several: Sequence[str], shape: Shape, *, required: bool) -> Any:
        value = several[0].replace("\r\n", "\n") if several else ""
        if shape.type == "array":
            return self._array(several, shape)
        if not value.strip():
            return "" if required and shape.type == "string" and not shape.optional else _NOTHING
        if shape.type == "object" or self._document.variants(shape):
            return _json(value)
        return _scalar(value, shape)

    def _array(self, several: Sequence[str], shape: Shape) -> Any:
        item = self._document.follow(shape.schema.get("items", {}))
        if item.type not in ("string", "integer"):
            return _json(several[0]) if several and several[0].strip() else _NOTHING
        lines = [line.strip() for one in several for line in one.splitlines() if line.strip()]
        return [_scalar(line, item) for line in lines]

    def _rows(self, name: str, shape: Shape) -> Any:
        item = self._document.follow(shape.schema.get("items", {}))
        places = {key.removeprefix(f"{name}.").partition(".")[0] for key in self._typed if key.startswith(f"{name}.")}
        rows = (f"{name}.{place}" for place in sorted((one for one in places if one.isdecimal() and len(one) < TOO_FAR), key=int))
        made = [self.object(row, item) for row in rows if self._meant(row, item)]
        return made or _NOTHING

    def _meant(self, row: str, item: Shape) -> bool:
        """Whether a row was filled; one that names a field by `_if` is meant only where that one is, whatever else it has."""
        only = self._typed.get(f"{row}.{ONLY_IF}")
        return f"{row}.{only[0]}" in self._filled if only else self._told(row, item)

    def _told(self, prefix: str, shape: Shape) -> bool:
        """Whether anything was typed in the fields of an object that does not stand there by itself, as a default does."""
        if shape.named is not None and self._touched(prefix):
            return True
        parts = ((f"{prefix}.{called}", one) for called, one, _ in self._document.parts(shape))
        return any(self._touched(name) or (name in self._filled and not self._stands(name, one)) for name, one in parts)

    def _stands(self, name: str, shape: Shape) -> bool:
        default = shape.schema.get("default")
        before = {True: "true", False: ""}[default] if isinstance(default, bool) else default
        return before is not None and self._typed[name][0] == str(before)

    def _variant(self, name: str, variants: tuple[Shape, ...]) -> Any:
        asked = self._typed.get(f"{name}.{WHICH}", (NOT_ASKED,))[0]
        if not asked:  # none of them was ticked as the answer: what stands in fields that are not shown is not meant
            return _NOTHING
        if asked.isdecimal() and len(asked) < TOO_FAR and int(asked) < len(variants):
            return self.object(name, variants[int(asked)])
        for one in variants:  # nothing was ticked, but something was typed: it is not thrown away
            if self._told(name, one):
                return self.object(name, one)
        return _NOTHING

    def _touched(self, prefix: str) -> bool:
        """Whether anything was typed below a name."""
        own = (several for name, several in self._typed.items() if name.startswith(f"{prefix}."))
        return any(one.strip() for several in own for one in several)


def _scalar(value: str, shape: Shape) -> Any:
    match shape.type:
        case "boolean":
            return {"true": True, "false": False}.get(value, value)
        case "integer":
            return _whole_number(value)
        case "number":
            return _number(value)
        case _:
            return value


def _whole_number(value: str) -> int | str:
    try:
        return int(value) if value.strip().lstrip("-").isdecimal() else value
    except ValueError:  # two signs, or more digits than are read
        return value


def _number(value: str) -> float | str:
    try:
        return float(value.replace(",", "."))
    except ValueError:
        return value


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
