"""Every id once, every reference to something that is there: two tables of places, and one walk over them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from structure.reading.faults import Fault, Path
from structure.reading.pieces import NEW
from structure.reading.shape import Content
from structure.reading.shape_structure import OF
from structure.things import UNKNOWN

Place = tuple[str, ...]
"""Keys from the top; `*` stands for every item of a list or mapping."""
INFERRED: Final = "inferred"
"""A source that is our own reading."""
MEMBERS: Final = "member_states"
"""A recipient that is no single body."""

IDS: Final[Mapping[str, tuple[Place, ...]]] = {
    "body": (("bodies", "*", "id"),),
    "document": (
        ("mandates", "*", "id"),
        ("proposal", "id"),
        ("proposal", "versions", "*", "id"),
        ("proposal", "executive_order", "id"),
        ("training", "*", "id"),
    ),
    "task": (("mandates", "*", "tasks", "*", "id"),),
    "design_rule": (("proposal", "design_rules", "*", "id"),),
    "unit_before": (("structure_before", "units", "*", "id"),),
    "unit_after": (("structure_after", "units", "*", "id"),),
    "function_before": (("structure_before", "functions", "*", "id"), ("structure_before", "functions_of", "*", "*", "id")),
    "function_after": (("structure_after", "functions", "*", "id"), ("structure_after", "functions_of", "*", "*", "id")),
    "post_before": (("structure_before", "posts", "*", "id"),),
    "post_after": (("structure_after", "posts", "*", "id"),),
    "role_before": (("structure_before", "roles", "*", "id"),),
    "role_after": (("structure_after", "roles", "*", "id"),),
    "operation": (("operations", "*", "id"),),
    "report": (("reporting", "*", "id"),),
}

_BOTH: Final = ("unit_before", "unit_after")
_FUNCTIONS: Final = ("function_before", "function_after")


def _in_structure(side: str) -> dict[Place, tuple[str, ...]]:
    top, unit, function = f"structure_{side}", (f"unit_{side}",), (f"function_{side}",)
    each = {
        (top, "units", "*", "parents", "*", "head"): unit,
        (top, "units", "*", "coordinated_by", "*"): unit,
        (top, "units", "*", "reports_to", "*"): ("body",),
        (top, "units", "*", "formerly"): _BOTH,
        (top, "coordination_links", "*", "unit"): unit,
        (top, "roles", "*", "holds"): unit,
        (top, "roles", "*", "unit"): unit,
        (top, "posts", "*", "unit"): unit,
        (top, "overlap_candidates", "*", "a"): (*function, *unit),
        (top, "overlap_candidates", "*", "b"): (*function, *unit),
    }
    for functions in ((top, "functions", "*"), (top, "functions_of", "*", "*")):
        each |= {
            (*functions, "unit", "*"): unit,
            (*functions, "contributors", "*"): unit,
            (*functions, "origin"): _BOTH,
            (*functions, "origin_hint"): _BOTH,
            (*functions, "absorbs", "*"): ("function_before",),
            (*functions, "part_of"): function,
        }
    return each


REFERENCES: Final[Mapping[Place, tuple[str, ...]]] = {
    ("bodies", "*", "parent"): ("body",),
    ("mandates", "*", "issued_by"): ("body",),
    ("mandates", "*", "tasks", "*", "recipient"): ("body",),
    ("mandates", "*", "delegations", "*", "to"): ("body",),
    ("mandates", "*", "scope", "*"): _BOTH,
    ("mandate_lineage", "*", "from_"): ("document",),
    ("mandate_lineage", "*", "to"): ("document",),
    ("proposal", "approval", "body"): ("body",),
    ("proposal", "approval", "instrument"): ("document",),
    **_in_structure("before"),
    **_in_structure("after"),
    ("operations", "*", "requires", "*"): ("operation",),
    ("operations", "*", "target"): _BOTH,
    ("operations", "*", "targets", "*"): _BOTH,
    ("operations", "*", "source"): _BOTH,
    ("operations", "*", "sources", "*"): _BOTH,
    ("operations", "*", "from_"): _BOTH,
    ("operations", "*", "to"): _BOTH,
    ("operations", "*", "primary"): _BOTH,
    ("operations", "*", "parents", "*", "head"): _BOTH,
    ("operations", "*", "reports_to", "*"): ("body",),
    ("operations", "*", "functions", "*"): _FUNCTIONS,
    ("operations", "*", "into"): _FUNCTIONS,
    ("identity_map", "*", "before"): ("unit_before",),
    ("identity_map", "*", "after"): ("unit_after",),
    ("plan_vs_actual", "*", "plan", "*"): _BOTH,
    ("reporting", "*", "owner"): _BOTH,
    ("reporting", "*", "recipient"): ("body",),
    ("auditor_follow_up", "report", "body"): ("body",),
    ("coordinating_office", "unit"): _BOTH,
    ("training", "*", "mandate"): ("document",),
    ("training", "*", "coordinator", "unit"): _BOTH,
    ("training", "*", "framework_body"): ("body",),
}
_FREE: Final = frozenset({UNKNOWN, NEW, MEMBERS})


def faults_of(content: Content, data: object) -> Iterator[Fault]:
    """Ids given twice, references to nothing, sources nobody named. `data` is what `content` was made of."""
    known: dict[str, set[str]] = {}
    for sort, places in IDS.items():
        known[sort] = set()
        for place in places:
            for path, id in _at(content, place):
                if id in known[sort]:
                    yield Fault("duplicate_id", path, id)
                known[sort].add(id)
    for place, sorts in REFERENCES.items():
        for path, reference in _at(content, place):
            if reference not in _FREE and not any(reference in known[sort] for sort in sorts):
                yield Fault("unknown_reference", path, reference)
    for side in ("before", "after"):
        structure = getattr(content, f"structure_{side}")
        for unit in structure.functions_of if structure else ():
            if unit not in known[f"unit_{side}"]:
                yield Fault("unknown_reference", (f"structure_{side}", OF + unit), unit)
    if content.sources:
        yield from _sources(data, (), {*content.sources, INFERRED})


def _at(piece: object, place: Place, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything at a place that is there, each with the path of the file."""
    if piece is None:
        return
    if not place:
        yield path, piece
        return
    key, rest = place[0], place[1:]
    if isinstance(piece, BaseModel):
        if key in type(piece).model_fields:
            yield from _at(getattr(piece, key), rest, (*path, key.rstrip("_")))
    elif isinstance(piece, Mapping):
        for name, inner in piece.items():
            yield from _at(inner, rest, (*path[:-1], f"{path[-1]}_{name}"))
    elif isinstance(piece, tuple | frozenset):
        for number, inner in enumerate(piece if isinstance(piece, tuple) else sorted(piece)):
            yield from _at(inner, rest, (*path, number))


def _sources(data: object, path: Path, known: set[str]) -> Iterator[Fault]:
    if isinstance(data, list):
        for number, inner in enumerate(data):
            yield from _sources(inner, (*path, number), known)
    elif isinstance(data, dict):
        for key, inner in data.items():
            if isinstance(inner, dict | list) and not _is_source(key):
                yield from _sources(inner, (*path, key), known)
            elif _is_source(key):
                named = inner if isinstance(inner, list) else [inner]
                yield from (Fault("unknown_source", (*path, key), str(name)) for name in named if name not in known)


def _is_source(key: str) -> bool:
    return key == "src" or key.endswith("_src")
