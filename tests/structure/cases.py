"""A small house and the cases of plan rules: short ways to write both."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from policies.pack import load_pack, pack_folder
from policies.structure import StructureRules
from structure.checking import check_plan
from structure.operation import Operation
from structure.organisation import Organisation
from structure.rule import Authority, Case, Finding, PlanRule
from structure.rules import PLAN_RULES
from structure.things import Edge, EdgeKind, Function, Post, Unit
from structure.timeline import Planned, attempt

DAY = date(2015, 12, 11)
LATER = date(2016, 1, 1)
DECIDED = date(2015, 9, 30)
_LOADED = load_pack(pack_folder("oas")).structure
assert _LOADED is not None
RULES: StructureRules = _LOADED


def under(head: str, *more: str) -> tuple[Edge, ...]:
    """Edges up: one line, or a matrix."""
    kind = EdgeKind.MATRIX if more else EdgeKind.LINE
    return tuple(Edge(kind, each) for each in (head, *more))


def house() -> Organisation:
    """Two roots, two secretariats, two departments with functions and posts."""
    return Organisation.of(
        [
            Unit("OSG", "Office of the Secretary General", "office"),
            Unit("OASG", "Office of the Assistant Secretary General", "office"),
            Unit("SER", "External Relations", "secretariat", under("OSG", "OASG")),
            Unit("SPA", "Political Affairs", "secretariat", under("OSG", "OASG")),
            Unit("DIA", "International Affairs", "department", under("SER")),
            Unit("DECO", "Electoral Observation", "department", under("SPA")),
        ],
        [
            Function("F1", "Institutional relations", ("DIA",)),
            Function("F2", "Permanent observers", ("DIA",)),
            Function("F3", "Electoral observation", ("DECO",)),
        ],
        [Post("P1", "Chief", "DIA", "regular", "P5"), Post("P2", "Officer", "DECO", "regular", "P3")],
    )


def plan(*operations: Operation | tuple[date, Operation]) -> tuple[Planned, ...]:
    """Operations numbered OP-1, OP-2, ..., from DAY unless another date stands before them."""
    dated = [one if isinstance(one, tuple) else (DAY, one) for one in operations]
    return tuple(Planned(f"OP-{number}", on, operation) for number, (on, operation) in enumerate(dated, 1))


def case(*operations: Operation | tuple[date, Operation], before: Organisation | None = None, **facts: Any) -> Case:
    """A case of these operations on the house."""
    start = house() if before is None else before
    return Case(start, attempt(start, plan(*operations)), **facts)


def decided(body: str = "GA", on: date | None = DECIDED, scope: Iterable[str] = (), method: str = "consensus") -> Authority:
    """A decision."""
    return Authority(body, on, method, frozenset(scope))


def found(of: Case, *rules: type[PlanRule], number: str = "") -> list[Finding]:
    """What rules, or all rules of a number, find."""
    asked: Sequence[PlanRule] = [rule() for rule in rules] or [rule for rule in PLAN_RULES if rule.id == number]
    return check_plan(of, asked, RULES)


def said(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Message and subject of each."""
    return [(finding.message.key.removeprefix("finding."), finding.subject.id) for finding in findings]
