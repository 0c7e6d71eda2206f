"""The fields of a form, made of the schema of the request it becomes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final, Literal

from web.forms.schema import Document, Schema, Shape

Sort = Literal["line", "secret", "area", "day", "number", "yes", "pick", "several", "lines", "json", "group", "rows", "variant"]
SECRETS: Final = frozenset({"passphrase", "again", "totp", "code"})
"""Fields whose text is never shown again and waits nowhere: who typed them types them once more."""
TOO_FAR: Final = 4
"""Digits of a place in a list that no form of ours has: a page makes as many rows as the last place says (S17)."""
ROWS: Final = 3
"""Empty rows that a list of things begins with."""
WHICH: Final = "_which"
"""The last part of a field's name that tells which of several shapes is meant."""
ONLY_IF: Final = "_if"
"""The last part of a field's name that tells which field of a row must be filled for the row to be meant at all."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick. `label` empty: the catalogue has its word. `group`: what it stands under, where there are very many."""

    value: str
    label: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things to pick that stand under one name: each with its place among all, from 1, and how many of them are picked."""

    name: str
    options: tuple[tuple[int, Option], ...]
    picked: int


Choices = Mapping[str, Sequence[Option]]
"""What there is to pick, by the dotted name of the field (places in lists left out: `items.proposal`)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field, or a group of them. `name` is the dotted path in the request; `called` its last name, for label and hint."""

    name: str
    called: str
    sort: Sort
    required: bool
    most: int | None = None
    options: tuple[Option, ...] = ()
    inside: tuple["Field", ...] = ()
    value: str = field(default="", repr=False)
    picked: frozenset[str] = frozenset()
    hidden: bool = False

    @property
    def id(self) -> str:
        """Its name as part of an HTML id."""
        return self.name.replace(".", "-")

    @property
    def groups(self) -> tuple[Group, ...]:
        """What there is to pick, group by group in the order they come; nothing where it does not stand in groups."""
        if not any(option.group for option in self.options):
            return ()
        parts = groupby(enumerate(self.options, 1), key=lambda placed: placed[1].group)
        several = ((name, tuple(inside)) for name, inside in parts)
        return tuple(Group(name, inside, sum(one.value in self.picked for _, one in inside)) for name, inside in several)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form is made for. `fixed` fields are sent as they are; `only` names the fields shown (dotted, none: all)."""

    fixed: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    choices: Choices = field(default_factory=dict)
    rows: int = ROWS


def fields_of(document: Document, schema: Schema, asked: Asked, typed: Mapping[str, Sequence[str]]) -> tuple[Field, ...]:
    """The fields of a request body, with what was typed in them."""
    shape = document.chosen(schema, asked.fixed)
    return tuple(_Maker(document, asked, typed).inside("", shape))


@dataclass(frozen=True, slots=True)
class _Maker:
    document: Document
    asked: Asked
    typed: Mapping[str, Sequence[str]]

    def inside(self, prefix: str, shape: Shape, *, must: bool = True) -> Iterator[Field]:
        for called, one, required in self.document.parts(shape):
            name = f"{prefix}.{called}" if prefix else called
            if name in self.asked.fixed or not self._wanted(name):
                continue
            if one.values and "const" in one.schema:
                yield Field(name, called, "line", required=True, value=one.values[0], hidden=True)
                continue
            yield self.field(name, called, one, required=required and must and not one.optional)

    def _wanted(self, name: str) -> bool:
        plain = _placeless(name)
        if any(plain == out or plain.startswith(f"{out}.") for out in self.asked.without):
            return False
        own = self.asked.only
        return not own or any(plain == one or plain.startswith(f"{one}.") or one.startswith(f"{plain}.") for one in own)

    def field(self, name: str, called: str, shape: Shape, *, required: bool) -> Field:
        several = self.typed.get(name, ())
        value, picked = (several[0] if several else _before(shape)), frozenset(several)
        options = tuple(self.asked.choices.get(_placeless(name), ())) or tuple(Option(one) for one in shape.values)

        bare = Field(name, called, "line", required, shape.most, options, (), value, picked)
        variants = self.document.variants(shape)
        if variants:
            return self._variant(bare, variants)
        if shape.type == "array":
            return self._list(bare, shape)
        if shape.type == "object":
            inner = tuple(self.inside(name, shape, must=required)) or self._named(name, options, shape)
            return replace(bare, sort="group", inside=inner) if inner else replace(bare, sort="json")
        if called in SECRETS:
            return replace(bare, sort="line" if called in ("totp", "code") else "secret", value="")
        return replace(bare, sort="pick" if options else _plain_sort(shape))

    def _named(self, name: str, options: Sequence[Option], shape: Shape) -> tuple[Field, ...]:
        """A field for each name there is to choose, of an object that may have any."""
        if shape.named is None:
            return ()
        inner = self.document.follow(shape.named)
        return tuple(self.field(f"{name}.{one.value}", one.value, inner, required=False) for one in options)

    def _variant(self, bare: Field, variants: tuple[Shape, ...]) -> Field:
        """Objects of a few shapes: each with its own fields. Too many, or too deep: as text, for those who can write it."""
        if len(variants) > 3 or any(one.type != "object" for one in variants):
            plain = {one.type for one in variants}
            return replace(bare, sort="line" if plain <= {"string", "integer", "number"} else "json")
        picked = self.typed.get(f"{bare.name}.{WHICH}", ())
        groups = tuple(
            Field(f"{bare.name}.{WHICH}.{place}", _title(one), "group", required=False, inside=self._all(bare.name, one))
            for place, one in enumerate(variants)
        )
        return replace(bare, sort="variant", inside=groups, picked=frozenset(picked))

    def _all(self, name: str, shape: Shape) -> tuple[Field, ...]:
        """The fields of one of several shapes, or of one row: none must be filled before it is known to be meant."""
        return tuple(self.inside(name, shape, must=False))

    def _list(self, bare: Field, shape: Shape) -> Field:
        item, name = self.document.follow(shape.schema.get("items", {})), bare.name
        options = bare.options or tuple(Option(one) for one in item.values)
        if options:
            return replace(bare, sort="several", options=options)
        if item.type == "object" and not self.document.variants(item):
            rows = tuple(
                Field(f"{name}.{row}", bare.called, "group", required=False, inside=self._all(f"{name}.{row}", item))
                for row in range(max(self._rows(name) + 1, self.asked.rows))
            )
            return replace(bare, sort="rows", inside=rows)
        return replace(bare, sort="lines" if item.type in ("string", "integer") else "json")

    def _rows(self, name: str) -> int:
        places = [key.removeprefix(f"{name}.").partition(".")[0] for key in self.typed if key.startswith(f"{name}.")]
        return max((int(place) + 1 for place in places if place.isdecimal() and len(place) < TOO_FAR), default=0)


def _plain_sort(shape: Shape) -> Sort:
    if shape.type == "boolean":
        return "yes"
    if shape.type in ("integer", "number"):
        return "number"
    if shape.schema.get("format") == "date":
        return "day"
    return "area" if shape.long else "line"


def _before(shape: Shape) -> str:
    """What stands in a field that nobody has touched: its default."""
    default = shape.schema.get("default")
    if isinstance(default, bool):
        return "true" if default else ""
    return str(default) if isinstance(default, (str, int)) else ""


def _title(shape: Shape) -> str:
    return str(shape.schema.get("title", ""))


def _placeless(name: str) -> str:
    return ".".join(part for part in name.split(".") if not part.isdigit())
