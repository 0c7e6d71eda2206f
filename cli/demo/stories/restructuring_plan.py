"""What story 8 brings to the door: the file's structure and operations, what the demo adds to them, and the waivers."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from cli.demo.stories.input import oas2015
from policies.pack import load_pack, pack_folder
from structure.creations import creations
from structure.operation import Operation
from structure.operations import EliminateUnit, MoveFunction
from structure.reading import CaseFile, read_case

FILE: Final = Path(__file__).parents[1] / "data" / "oas2015.yaml"
PROPOSAL: Final = oas2015()["proposal"]
ADDED: Final = "added by the demo, not history"
MENDS: Final[dict[str, Operation]] = {
    "demo:F-SER-1": MoveFunction(function="F-SER-1", from_unit="DIA", to_unit="SC-OC"),
    "demo:DIA": EliminateUnit(unit="DIA", reason=ADDED),
}
"""What becomes of the function and of the department that the file leaves behind."""
REASONS: Final = {
    "I5": "The proposal gives both offices without saying who decides on what.",
    "I12": "The proposal names both; the departments are to agree.",
}


@cache
def case() -> CaseFile:
    """The file as the engine reads it."""
    rules = load_pack(pack_folder("oas")).structure
    if rules is None:
        raise LookupError("the pack has no rules of structure")
    return read_case(FILE.read_text(encoding="utf-8"), "yaml", rules)


def structure_before() -> list[dict[str, Any]]:
    """The operations that make the structure before."""
    return [operation.written() for operation in creations(case().before)]


def version(number: int) -> dict[str, Any]:
    """The first version has the file's operations and shows its result; the second also has what the demo adds.

    The second shows no result: the one in the file is not where operations lead that are no history.
    """
    found = case()
    told = [{"id": one.id, "operation": one.operation.written(), "declared": one.declared} for one in found.planned]
    if number > 1:
        told += [{"id": id, "operation": operation.written(), "assumed": True} for id, operation in MENDS.items()]
    return {
        "after": number - 1,
        "label": f"version {number}" + (f": {ADDED}" if number > 1 else ""),
        "author": PROPOSAL["proposer"],
        "operations": told,
        "terms": _terms(found, number),
    }


def _terms(found: CaseFile, number: int) -> dict[str, Any]:
    given = [
        {
            "giver": one.giver,
            "taker": one.taker,
            "classes": sorted(one.classes),
            "since": one.since.isoformat(),
            "source": one.source,
        }
        for one in found.delegations
    ]
    scope = [] if found.authority is None else sorted(found.authority.scope)
    terms: dict[str, Any] = {"decides": "PC", "scope": scope, "delegations": given}
    if number == 1 and found.target is not None:
        terms["target"] = [operation.written() for operation in creations(found.target)]
    return terms


def waiver(rule: str, sort: str, subject: str) -> dict[str, str]:
    """Lets what one rule warns of pass, up to the annual report."""
    return {
        "rule": rule,
        "sort": sort,
        "subject": subject,
        "author": "Chair of the drafting group (assumed)",
        "authority": "AG/RES. 2876 (XLV-O/15)",
        "reason": REASONS.get(rule, ADDED),
        "until": "2016-05-10",
    }
