"""What a case file may hold, as a page made from its shape.

python -m structure.reading.describing      # writes docs/case-file.md; `make diagrams`
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from structure.operations import OPERATIONS
from structure.reading.acts import KEYS
from structure.reading.pieces import Piece
from structure.reading.shape import Content
from structure.reading.shape_structure import OF
from structure.things import EdgeKind, UnitState

BEGINNING: Final = f"""# What a case file may hold

A case is one YAML or JSON file: an organisation before, the operations of a proposal, and, if an instrument shows one, the
organisation after. `amparo structure check FILE` reads it. This page is made from the shape that reads it
(`make diagrams`); a key that is not here is refused with its line. The real one to look at is
`cli/demo/data/oas2015.yaml`.

```yaml
schema_version: 1
structure_before:
  units:
    - {{id: SG, name: Secretary General, type: office}}
    - {{id: DIA, name: Department of International Affairs, type: department, parents: [SG]}}
    - {{id: DECO, name: Department of Electoral Cooperation, type: department, parents: [SG]}}
  functions:
    - {{id: F1, name: relations with observers, unit: DIA}}
operations:
  - {{id: OP1, kind: move_function, function: F1, from_unit: DIA, to_unit: DECO, on: 2016-01-01}}
  - {{id: OP2, kind: eliminate, target: DIA, on: 2016-01-01}}
```

- `unknown` says that no source tells: it is counted (I16), never filled in.
- Every piece may carry `src` (sources, one or several) and `note` (prose), which the tables below leave out.
- A *stated* value is written bare, or as {{value, src, note, precision, qualifier, status, as_of}}.
- A *when* is a day (2016-01-01), or a month or a year where no more is known, or `unknown`.
- `parents` are heads: an id, or {{head, kind: line | matrix, matters}}. A unit without `parents` is a root.
- `origin` of a function in the structure after: who had it before, `unknown`, or `none_new`.
- The functions of one unit may stand under `{OF}<unit>`.
"""
PAGE: Final = Path(__file__).parents[2] / "docs" / "case-file.md"
VALUES: Final[Mapping[str, type[StrEnum]]] = {"EdgeKind": EdgeKind, "UnitState": UnitState}
SIMPLE: Final[Mapping[str, str]] = {"boolean": "true or false", "integer": "a whole number", "object": "names with values"}


def page() -> str:
    """The page, in Markdown."""
    shape = Content.model_json_schema(by_alias=True)
    pieces = {name: one for name, one in shape["$defs"].items() if "properties" in one and not name.startswith("Stated_")}
    parts = [BEGINNING, "## The file\n", *_table(shape), "", *_instrument(), *_own()]
    for name in sorted(pieces.keys() - {"Act", "OwnAct"}):
        parts += [f"## {name}\n", pieces[name]["description"], "", *_table(pieces[name]), ""]
    return "\n".join(parts).rstrip() + "\n"


def _table(piece: Mapping[str, Any]) -> Iterator[str]:
    yield "| key | takes | needed |"
    yield "|---|---|---|"
    needed = piece.get("required", ())
    for key, value in piece["properties"].items():
        if key not in Piece.model_fields:
            yield f"| `{key}` | {_takes(value)} | {'yes' if key in needed else ''} |"


def _takes(value: Mapping[str, Any]) -> str:
    if "$ref" in value:
        return _called(value["$ref"])
    for several in ("anyOf", "oneOf"):
        if several in value:
            kinds = [_takes(one) for one in value[several] if one.get("type") != "null"]
            return " or ".join(dict.fromkeys(kinds))
    if "enum" in value or "const" in value:
        return " or ".join(f"`{one}`" for one in value.get("enum", [value.get("const")]))
    match value.get("type"):
        case "array":
            return f"several: {_takes(value['items'])}"
        case "string":
            return _string(value)
        case "object" if isinstance(value.get("additionalProperties"), dict):
            return f"names, each with {_takes(value['additionalProperties'])}"
        case kind:
            return SIMPLE.get(str(kind), "a when")


def _string(value: Mapping[str, Any]) -> str:
    if value.get("format") == "date":
        return "a day"
    if "pattern" in value:
        return "a word" if " " in value["pattern"] else "an id"
    return "text"


def _called(place: str) -> str:
    name = place.rpartition("/")[2]
    if name in VALUES:
        return " or ".join(f"`{one.value}`" for one in VALUES[name])
    if not name.startswith("Stated_"):
        return {"Act": "an operation", "OwnAct": "an operation"}.get(name, name)
    return f"stated: {'a when' if 'date' in name else 'a whole number' if 'int__Ge' in name else 'text'}"


def _instrument() -> Iterator[str]:
    yield "## Operations in an instrument's words\n"
    yield "Besides: `declared` (`implied`: derived, not written), `on` (day of effect), `requires` (what comes before it), `n`.\n"
    yield "| kind | keys it needs | keys it may have |"
    yield "|---|---|---|"
    for kind, (needed, may) in KEYS.items():
        yield f"| `{kind}` | {_keys(needed)} | {_keys(may)} |"
    yield ""


def _own() -> Iterator[str]:
    yield "## Operations in this program's words\n"
    yield "The same four keys, and those of the operation. A proposal's version at the council's door takes these.\n"
    yield "| kind | keys it needs | keys it may have | what it does |"
    yield "|---|---|---|---|"
    for operation in sorted(OPERATIONS, key=lambda one: str(one.model_fields["kind"].default)):
        fields = {field.alias or name: field.is_required() for name, field in operation.model_fields.items() if name != "kind"}
        needed, may = ({key for key, is_needed in fields.items() if is_needed is wanted} for wanted in (True, False))
        does = (operation.__doc__ or "").split("\n")[0]
        yield f"| `{operation.model_fields['kind'].default}` | {_keys(needed)} | {_keys(may)} | {does} |"
    yield ""


def _keys(keys: frozenset[str] | set[str]) -> str:
    return ", ".join(f"`{key}`" for key in sorted(keys))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
