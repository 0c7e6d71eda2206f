"""I9: who may decide what, by the pack or by delegation, on that day."""

from datetime import date, timedelta

import pytest

from structure.operations import CreateUnit, EliminateUnit, MergeUnits, MoveFunction, RenameUnit, ReplaceUnit
from structure.operations.heads import Head
from structure.rule import Case, Delegation, Severity
from structure.things import UNKNOWN
from tests.structure.cases import DECIDED, case, decided, found, said

CREATE = CreateUnit(unit="SHA", name="Hemispheric Affairs", type="secretariat", heads=(Head(head="OSG"), Head(head="OASG")))
MOVE = MoveFunction(function="F1", from_unit="DIA", to_unit="DECO")
SINCE = date(2015, 6, 15)
DELEGATED = Delegation("GA", "PC", frozenset({"create_secretariat", "abolish_secretariat"}), SINCE)


@pytest.mark.parametrize("body", ["GA", "PC", "SG"])
def test_what_no_power_names_is_for_any_of_three_to_decide(body):
    assert found(case(MOVE, authority=decided(body)), number="I9") == []


def test_the_assembly_may_create_a_secretariat_and_the_council_may_not():
    assert found(case(CREATE, authority=decided("GA")), number="I9") == []
    findings = found(case(CREATE, MOVE, authority=decided("PC")), number="I9")
    assert said(findings) == [("body_without_power", "OP-1")]
    assert findings[0].severity is Severity.BLOCKS
    assert findings[0].message.params == {
        "operation": "OP-1",
        "act": "create",
        "type": "secretariat",
        "body": "PC",
        "bodies": "GA",
        "on": DECIDED,
    }


@pytest.mark.parametrize(
    ("on", "until", "valid"),
    [
        (SINCE - timedelta(days=1), None, False),
        (SINCE, None, True),
        (DECIDED, DECIDED, False),
        (DECIDED, DECIDED + timedelta(days=1), True),
    ],
    ids=["before it", "its first day", "its end", "its last day"],
)
def test_a_delegation_counts_on_its_days_half_open(on, until, valid):
    delegation = Delegation("GA", "PC", DELEGATED.classes, SINCE, until)
    findings = found(case(CREATE, authority=decided("PC", on), delegations=(delegation,)), number="I9")
    assert (findings == []) is valid


@pytest.mark.parametrize(
    "delegation",
    [
        Delegation("GA", "PC", frozenset({"abolish_secretariat"}), SINCE),
        Delegation("GA", "SG", DELEGATED.classes, SINCE),
        Delegation("SG", "PC", DELEGATED.classes, SINCE),
    ],
    ids=["another class", "to another", "from one without the power"],
)
def test_a_delegation_that_does_not_cover_it_does_not_count(delegation):
    assert said(found(case(CREATE, authority=decided("PC"), delegations=(delegation,)), number="I9")) == [
        ("body_without_power", "OP-1")
    ]


def test_a_delegated_power_cannot_be_delegated_again():
    chain = (DELEGATED, Delegation("PC", "SG", DELEGATED.classes, SINCE))
    assert len(found(case(CREATE, authority=decided("SG"), delegations=chain), number="I9")) == 1


def test_a_delegation_with_a_scope_covers_only_what_stands_under_it():
    scoped = Delegation("GA", "PC", DELEGATED.classes, SINCE, scope=frozenset({"OSG", "OASG"}))
    narrow = Delegation("GA", "PC", DELEGATED.classes, SINCE, scope=frozenset({"SPA"}))
    assert found(case(CREATE, authority=decided("PC"), delegations=(scoped,)), number="I9") == []
    assert len(found(case(CREATE, authority=decided("PC"), delegations=(narrow,)), number="I9")) == 1


def test_ad_referendum_holds_at_once_and_awaits_the_organ_that_has_the_power():
    findings = found(case(CREATE, MOVE, authority=decided("PC", method="ad_referendum")), number="I9")
    assert said(findings) == [("awaits_confirmation", "OP-1")]
    assert findings[0].severity is Severity.INFORMS
    assert said(found(case(CREATE, authority=decided("PC"), decided_ad_referendum=True), number="I9")) == [
        ("awaits_confirmation", "OP-1")
    ]


def test_only_a_political_organ_decides_ad_referendum():
    assert said(found(case(CREATE, authority=decided("SG", method="ad_referendum")), number="I9")) == [
        ("body_without_power", "OP-1")
    ]


@pytest.mark.parametrize("authority", [None, decided(UNKNOWN), decided("GA", None)], ids=["none", "body", "day"])
def test_an_unknown_decision_blocks_once(authority):
    findings = found(case(CREATE, MOVE, authority=authority), number="I9")
    assert said(findings) == [("decision_unknown", "authority")]
    assert findings[0].severity is Severity.BLOCKS


def test_nothing_to_decide_needs_no_decision():
    assert found(case(), number="I9") == []


@pytest.mark.parametrize(
    ("operation", "act"),
    [
        (MergeUnits(units=("DIA", "SER"), into="SPA"), "abolish_secretariat"),
        (ReplaceUnit(unit="SER", by="OER", name="Office", type="office", heads=(Head(head="OSG"),)), "abolish_secretariat"),
        (EliminateUnit(unit="SER", reason="closed"), "abolish_secretariat"),
    ],
    ids=["second of a merger", "replaced by an office", "abolished"],
)
def test_a_secretariat_does_not_end_inside_another_act_without_the_assembly(operation, act):
    findings = found(case(operation, authority=decided("SG")), number="I9")
    assert [f"{finding.message.params['act']}_{finding.message.params['type']}" for finding in findings] == [act]


def test_a_rename_is_no_abolition():
    assert found(case(RenameUnit(unit="SER", name="X"), authority=decided("SG")), number="I9") == []


def test_an_operation_cut_in_two_is_found_once():
    one = CreateUnit(unit="SA", name="A", type="secretariat", heads=(Head(head="SB"),))
    other = CreateUnit(unit="SB", name="B", type="secretariat", heads=(Head(head="SA"),))
    made: Case = case(one, other, authority=decided("PC"))
    assert len(made.steps) == 4
    assert said(found(made, number="I9")) == [("body_without_power", "OP-1"), ("body_without_power", "OP-2")]
