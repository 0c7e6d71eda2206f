"""What pydantic has against a content, said as faults: by key and place, never with the words that stood there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from structure.reading.content import lines_of
from structure.reading.faults import Fault, Path
from structure.reading.pieces import NO_DATE
from structure.reading.shape_structure import OF, OWN_KINDS

_KINDS: Final = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "string_type": "wrong_text",
    "string_too_short": "wrong_text",
    "string_too_long": "wrong_text",
    "string_pattern_mismatch": "wrong_word",
    "tuple_type": "wrong_list",
    "frozen_set_type": "wrong_list",
    "too_short": "wrong_list",
    "model_type": "wrong_group",
    "dict_type": "wrong_group",
    "model_attributes_type": "wrong_group",
    "enum": "wrong_choice",
    "literal_error": "wrong_choice",
    "union_tag_invalid": "wrong_choice",
    "bool_parsing": "wrong_choice",
    "bool_type": "wrong_choice",
    "int_type": "wrong_number",
    "int_parsing": "wrong_number",
    "int_from_float": "wrong_number",
    "greater_than": "wrong_number",
    "greater_than_equal": "wrong_number",
    NO_DATE: "wrong_date",
    "date_type": "wrong_date",
    "date_parsing": "wrong_date",
    "date_from_datetime_parsing": "wrong_date",
    "date_from_datetime_inexact": "wrong_date",
}


def noticed(wrong: ValidationError, data: object, under: Path = ()) -> Iterator[Fault]:
    """Every fault pydantic found in `data`, each once. `under`: where in the data the checked part stands."""
    found = list(_each(wrong, data, under))
    dates = {fault.where for fault in found if fault.kind == "wrong_date"}  # which says of `unknown` what a choice would say
    return (fault for fault in found if fault.kind != "wrong_choice" or fault.where not in dates)


def _each(wrong: ValidationError, data: object, under: Path) -> Iterator[Fault]:
    for error in wrong.errors(include_input=False, include_url=False):
        kind = _KINDS.get(error["type"], "wrong_value")
        written = _as_written((*under, *error["loc"]))
        key = str(written[-1]) if written else ""
        if kind == "missing_key":
            yield Fault(kind, walked(written[:-1], data), key)
        else:
            values = _values(error, key) if kind == "wrong_choice" else "-"
            yield Fault(kind, walked(written, data), key if kind == "unknown_key" else "", values=values)


def _values(error: ErrorDetails, key: str) -> str:
    """What the shape allows; of the error's context nothing else is looked at, because it may hold what was written."""
    told = str(error.get("ctx", {}).get("expected", ""))
    expected = re.findall(r"'([^']*)'", told) or [told] * bool(told)
    own = sorted(OWN_KINDS) if key == "kind" and "create" in expected else []
    return ", ".join((*expected, *own)) or ("true, false" if error["type"].startswith("bool") else "-")


def with_lines(faults: Iterable[Fault], text: str) -> list[Fault]:
    """The faults with the line each stands on."""
    named = list(faults)
    lines = lines_of(text, {fault.where for fault in named if not fault.line})
    return [fault if fault.line else replace(fault, line=lines.get(fault.where, 0)) for fault in named]


def walked(path: Path, data: Any) -> Path:
    """The path as far as it leads in the data; what pydantic adds of its own (which of two shapes it tried) is left out."""
    found: list[str | int] = []
    for part in path:
        inside = data if isinstance(data, dict) else dict(enumerate(data)) if isinstance(data, list) else {}
        if part in inside:
            found.append(part)
            data = inside[part]
    return tuple(found)


def _as_written(path: Path) -> Path:
    """With `functions_of` and a unit as the one key they are in the file."""
    parts = list(path)
    if len(parts) > 2 and parts[1] == "functions_of":
        parts[1:3] = [f"{OF}{parts[2]}"]
    return tuple(parts)
