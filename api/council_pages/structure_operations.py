"""Operations as people read them: what is done, to what, and each thing by its name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from api.council_pages.structure_seen import Names
from structure.things import Sort

SORTS: Final[Mapping[str, str]] = {
    "unit": Sort.UNIT,
    "units": Sort.UNIT,
    "from_unit": Sort.UNIT,
    "to_unit": Sort.UNIT,
    "head": Sort.UNIT,
    "from_head": Sort.UNIT,
    "to_head": Sort.UNIT,
    "owners": Sort.UNIT,
    "contributors": Sort.UNIT,
    "to": Sort.UNIT,
    "parts": Sort.UNIT,
    "primary": Sort.UNIT,
    "owner": Sort.UNIT,
    "with": Sort.UNIT,
    "by": Sort.UNIT,
    "origin": Sort.UNIT,
    "function": Sort.FUNCTION,
    "functions": Sort.FUNCTION,
    "part_of": Sort.FUNCTION,
    "post": Sort.POST,
}
"""Parts of operations that name something of the house."""
HANDED: Final[Mapping[str, str]] = {"functions": Sort.FUNCTION, "posts": Sort.POST, "children": Sort.UNIT}
"""Parts that say what becomes of what a unit leaves: thing -> unit."""


@dataclass(frozen=True, slots=True)
class Said:
    """An operation in words, and its parts: each with what it is called, and its value."""

    what: str
    parts: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells operations with the names that things have in an organisation."""

    names: Names

    def operation(self, written: Mapping[str, Any]) -> Said:
        """What an operation as JSON carries it does."""
        tongue = self.names.sight.tongue
        kind = str(written["kind"])
        parts = tuple((tongue.label(f"house.part.{name}", name), said) for name, said in self._parts(kind, written))
        return Said(tongue.label(f"operation.{kind}", kind), parts)

    def _parts(self, kind: str, written: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for name, value in written.items():
            if name != "kind":
                yield name, self._value(kind, name, value)

    def _value(self, kind: str, name: str, value: Any) -> str:
        tongue = self.names.sight.tongue
        if value is None:
            return tongue.t("house.nothing")
        if isinstance(value, bool):
            return tongue.t("council.yes" if value else "council.no")
        if isinstance(value, Mapping) and name in HANDED:
            return tongue.both(f"{self._name(HANDED[name], thing)} → {self._name(Sort.UNIT, to)}" for thing, to in value.items())
        if isinstance(value, Mapping):
            return "; ".join(f"{tongue.label(f'house.part.{inner}', inner)}: {said}" for inner, said in self._parts(kind, value))
        if isinstance(value, list):
            return tongue.both(self._value(kind, name, one) for one in value) or tongue.t("house.nothing")
        sort = Sort.FUNCTION if name == "into" and "function" in kind else Sort.UNIT if name == "into" else SORTS.get(name)
        if name == "type":
            return tongue.label(f"thing.{value}", value)
        begins = kind.startswith("create_") and name == kind.removeprefix("create_")  # it may have another name by now
        return str(value) if sort is None or begins else self._name(sort, str(value))

    def _name(self, sort: str, id: str) -> str:
        called = self.names.name(sort, id)
        return called if called == id else f"{called} ({id})"
