"""I8: the table of endings and successors, kept by every operation, and every record that breaks it."""

import pytest

from structure.operations import EliminateUnit, MergeUnits, RenameUnit, ReplaceUnit, SplitUnit
from structure.operations.heads import Head
from structure.rule import Case, Severity
from structure.rules.i08_succession import CARDINALITY
from structure.things import UNKNOWN, ChangeEvent, ChangeKind
from structure.timeline import Attempt, Timeline
from tests.structure.cases import DAY, case, found, house, said


def recorded(kind: ChangeKind, results: tuple[str, ...], primary: str | None = None) -> Case:
    """A case whose record says this of SER, as a record that was read from elsewhere may."""
    before = house()
    event = ChangeEvent("OP-1", kind, ("SER",), results, DAY, primary)
    return Case(before, Attempt(Timeline(before, (DAY,), (before.with_change(event),)), (), ()))


@pytest.mark.parametrize(
    "operation",
    [
        RenameUnit(unit="SER", name="Foreign Relations"),
        ReplaceUnit(unit="SER", by="SX", name="X", type="secretariat", heads=(Head(head="OSG"),)),
        MergeUnits(units=("DIA",), into="DECO"),
        SplitUnit(unit="DIA", parts=("DECO", "SPA"), primary="SPA", functions={"F1": "SPA", "F2": "DECO"}),
        EliminateUnit(unit="SER", reason="no longer exists"),
    ],
    ids=lambda operation: operation.kind,
)
def test_every_operation_keeps_the_table(operation):
    assert found(case(operation), number="I8") == []


def test_the_table_speaks_of_every_kind_of_change():
    assert set(CARDINALITY) == set(ChangeKind)


@pytest.mark.parametrize(
    ("kind", "results", "primary", "expected"),
    [
        (ChangeKind.REPLACED, (), None, ["too_few_successors"]),
        (ChangeKind.REPLACED, ("SPA",), None, []),
        (ChangeKind.REPLACED, ("SPA", "DECO"), None, ["too_many_successors"]),
        (ChangeKind.MERGED, (), None, ["too_few_successors"]),
        (ChangeKind.MERGED, ("SPA", "DECO"), None, ["too_many_successors"]),
        (ChangeKind.RENAMED, (), None, ["too_few_successors"]),
        (ChangeKind.RENAMED, ("SER", "SPA"), None, ["too_many_successors"]),
        (ChangeKind.SPLIT, ("SPA",), "SPA", ["too_few_successors"]),
        (ChangeKind.SPLIT, ("SPA", "SPA"), "SPA", ["too_few_successors"]),
        (ChangeKind.SPLIT, ("SPA", "DECO"), "SPA", []),
        (ChangeKind.SPLIT, ("SPA", "DECO"), None, ["split_without_primary"]),
        (ChangeKind.SPLIT, ("SPA", "DECO"), "DIA", ["split_without_primary"]),
        (ChangeKind.ABOLISHED, ("SPA",), None, ["abolished_without_reason", "too_many_successors"]),
        (ChangeKind.CREATED, (), None, ["too_few_successors"]),
        (ChangeKind.REPLACED, ("GONE",), None, ["successor_is_not_there"]),
    ],
)
def test_a_record_that_breaks_the_table_is_found(kind, results, primary, expected):
    findings = found(recorded(kind, results, primary), number="I8")
    assert said(findings) == [(name, "SER") for name in expected]
    assert {finding.severity for finding in findings} <= {Severity.BLOCKS}


@pytest.mark.parametrize("reason", [UNKNOWN, " "])
def test_an_abolition_without_successor_needs_its_reason(reason):
    findings = found(case(EliminateUnit(unit="SER", reason=reason)), number="I8")
    assert said(findings) == [("abolished_without_reason", "SER")]
    assert findings[0].message.params == {"operation": "OP-1", "unit": "SER"}


def test_what_was_on_record_before_the_plan_is_not_the_plans_fault():
    before = house().with_change(ChangeEvent("OLD", ChangeKind.SPLIT, ("X",), (), DAY))
    assert found(case(RenameUnit(unit="SER", name="Y"), before=before), number="I8") == []
