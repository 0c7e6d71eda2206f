"""Small case files for tests, and the real one."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from policies.pack import load_pack, pack_folder
from structure.reading import CaseFile, CaseFileRefused, read_case

REAL = Path(__file__).parents[3] / "cli" / "demo" / "data" / "oas2015.yaml"
RULES = load_pack(pack_folder("oas")).structure
DAY = date(2016, 1, 1)


def real() -> dict[str, Any]:
    """The 2015 file as plain data, to be changed by a test."""
    return deepcopy(yaml.safe_load(REAL.read_text(encoding="utf-8")))


def unit(id: str, *parents: str, type: str = "department", **more: Any) -> dict[str, Any]:
    return {"id": id, "name": f"Unit {id}", "type": type, "parents": list(parents), **more}


def case(**parts: Any) -> dict[str, Any]:
    """OSG with A and B below it, A with one function, and nothing changes; `parts` instead of that."""
    units = [unit("OSG", type="office"), unit("A", "OSG"), unit("B", "OSG")]
    functions = [{"id": "F1", "name": "The first", "unit": "A"}]
    standing = {"units": units, "functions": functions}
    return {"schema_version": 1, "structure_before": standing, "structure_after": deepcopy(standing)} | parts


def read(data: object, on: date | None = DAY) -> CaseFile:
    assert RULES is not None
    return read_case(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "yaml", RULES, effect_on=on)


def faults(data: object) -> set[tuple[str, str, str]]:
    """The faults of a file: kind, place, name."""
    try:
        read(data)
    except CaseFileRefused as refused:
        return {(fault.kind, fault.place, fault.name) for fault in refused.faults}
    return set()
