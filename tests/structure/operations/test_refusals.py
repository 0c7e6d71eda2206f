"""What an operation claims before it is done: each is refused by name, in four languages, and nothing changes."""

from datetime import date

import pytest

from policies.said import Said
from structure import operations as op
from structure.diff import diff
from structure.operation import Operation, OperationRefused
from structure.things import UNKNOWN
from structure.timeline import Planned, PlanRefused, unfold
from tests.structure.operations.house import EXAMPLES, house
from web.messages import LANGUAGES, LOCALE, Messages

ON = date(2015, 12, 11)
SPLIT = EXAMPLES["split_unit"]
assert isinstance(SPLIT, op.SplitUnit)


def split(**other: object) -> op.SplitUnit:
    """The example of a split with something else."""
    assert isinstance(SPLIT, op.SplitUnit)
    return SPLIT.model_copy(update=other)


def part(id: str, owner: str = "DEP") -> op.Part:
    return op.Part(function=id, name="a part", owner=owner)


REFUSED: tuple[tuple[Operation, str, str], ...] = (
    (op.CreateUnit(unit="DEP", name="n", type="office"), "unit_is_new", "DEP"),
    (op.CreateUnit(unit="OLD", name="n", type="office"), "unit_is_new", "OLD"),
    (op.CreateUnit(unit="NEW", name="n", type="office", heads=(op.Head(head="OLD"),)), "head_is_live", "OLD"),
    (op.CreateUnit(unit="NEW", name="n", type="office", heads=(op.Head(head="NEW"),)), "head_is_live", "NEW"),
    (op.EliminateUnit(unit="NOBODY", reason="r"), "unit_is_live", "NOBODY"),
    (op.EliminateUnit(unit="OLD", reason="r"), "unit_is_live", "OLD"),
    (op.RestoreUnit(unit="DEP"), "unit_is_abolished", "DEP"),
    (op.RestoreUnit(unit="NOBODY"), "unit_is_abolished", "NOBODY"),
    (op.RenameUnit(unit="OLD", name="n"), "unit_is_live", "OLD"),
    (op.ReplaceUnit(unit="OLD", by="NEW", name="n", type="office", heads=()), "unit_is_live", "OLD"),
    (op.ReplaceUnit(unit="DEP", by="TWO", name="n", type="office", heads=()), "unit_is_new", "TWO"),
    (op.ReplaceUnit(unit="DEP", by="DEP", name="n", type="office", heads=()), "unit_is_new", "DEP"),
    (op.ReplaceUnit(unit="DEP", by="NEW", name="n", type="office", heads=(op.Head(head="OLD"),)), "head_is_live", "OLD"),
    (op.MergeUnits(units=("DEP",), into="OLD"), "unit_is_live", "OLD"),
    (op.MergeUnits(units=("DEP", "OLD"), into="OFF"), "unit_is_live", "OLD"),
    (op.MergeUnits(units=("DEP", "OFF"), into="OFF"), "merged_units_differ_from_their_target", "OFF"),
    (op.MergeUnits(units=("DEP", "DEP"), into="OFF"), "merged_units_differ_from_their_target", "OFF"),
    (split(unit="OLD"), "unit_is_live", "OLD"),
    (split(primary="SEC"), "split_names_its_primary_part", "DEP"),
    (split(parts_=("OFF", "DEP")), "parts_differ_from_the_unit", "DEP"),
    (split(parts_=("OFF", "OFF")), "parts_differ_from_the_unit", "DEP"),
    (split(parts_=("OFF", "OLD")), "unit_is_live", "OLD"),
    (split(posts={"P1": "SEC"}), "everything_goes_to_a_part", "SEC"),
    (split(functions={"F1": "OFF", "F3": "TWO"}), "every_function_gets_a_part", "F2"),
    (split(functions={"F1": "OFF", "F2": "OFF", "F3": "TWO", "FU": "TWO"}), "what_is_divided_is_with_the_unit", "FU"),
    (split(posts={"P2": "TWO"}), "what_is_divided_is_with_the_unit", "P2"),
    (split(children={"SUS": "TWO"}), "what_is_divided_is_with_the_unit", "SUS"),
    (op.MoveUnit(unit="OLD", from_head="OSG", to_head="SEC"), "unit_is_live", "OLD"),
    (op.MoveUnit(unit="DEP", from_head="SEC", to_head="OLD"), "unit_is_live", "OLD"),
    (op.MoveUnit(unit="DEP", from_head="OSG", to_head="TWO"), "unit_stands_under_that_head", "OSG"),
    (op.MoveUnit(unit="DEP", from_head=UNKNOWN, to_head="TWO"), "unit_stands_under_that_head", UNKNOWN),
    (op.SetHeads(unit="OLD", heads=()), "unit_is_live", "OLD"),
    (op.SetHeads(unit="DEP", heads=(op.Head(head="SEC"), op.Head(head="OLD"))), "head_is_live", "OLD"),
    (op.AddCoordination(unit="OLD", with_="CIM"), "unit_is_live", "OLD"),
    (op.AddCoordination(unit="SEC", with_="CIM"), "coordination_is_new", "SEC"),
    (op.EndCoordination(unit="OLD", with_="CIM"), "unit_is_live", "OLD"),
    (op.EndCoordination(unit="DEP", with_="CIM"), "coordination_is_there", "DEP"),
    (op.SuspendUnit(unit="OLD"), "unit_is_live", "OLD"),
    (op.SuspendUnit(unit="SUS"), "unit_is_active", "SUS"),
    (op.ResumeUnit(unit="DEP"), "unit_is_suspended_pending_approval", "DEP"),
    (op.SetRank(unit="OLD", rank="D1"), "unit_is_live", "OLD"),
    (op.SetType(unit="OLD", type="office"), "unit_is_live", "OLD"),
    (op.SetBodyReport(unit="OLD", bodies=("PC",)), "unit_is_live", "OLD"),
    (op.CreateFunction(function="FX", name="n", owner="DEP"), "function_is_new", "FX"),
    (op.CreateFunction(function="FN", name="n", owner="OLD"), "unit_is_live", "OLD"),
    (op.CreateFunction(function="FN", name="n", owner="DEP", contributors=("OLD",)), "unit_is_live", "OLD"),
    (op.AssignFunction(function="FX", owners=("DEP",)), "function_is_live", "FX"),
    (op.AssignFunction(function="F1", owners=("OLD",)), "unit_is_live", "OLD"),
    (op.AssignFunction(function="F1", owners=("DEP",), contributors=("OLD",)), "unit_is_live", "OLD"),
    (op.MoveFunction(function="FX", from_unit="OFF", to_unit="DEP"), "function_is_live", "FX"),
    (op.MoveFunction(function="F1", from_unit="DEP", to_unit="OLD"), "unit_is_live", "OLD"),
    (op.MoveFunction(function="F1", from_unit="OFF", to_unit="SEC"), "function_is_with_that_unit", "OFF"),
    (op.MoveFunction(function="F1", from_unit=UNKNOWN, to_unit="SEC"), "function_is_with_that_unit", UNKNOWN),
    (op.RenameFunction(function="FX", name="n"), "function_is_live", "FX"),
    (op.SplitFunction(function="FX", into=(part("FA"), part("FB"))), "function_is_live", "FX"),
    (op.SplitFunction(function="F1", into=(part("FA"), part("F2"))), "function_is_new", "F2"),
    (op.SplitFunction(function="F1", into=(part("FA"), part("FA"))), "function_is_new", "FA"),
    (op.SplitFunction(function="F1", into=(part("FA"), part("F1"))), "function_is_new", "F1"),
    (op.SplitFunction(function="F1", into=(part("FA"), part("FB", "OLD"))), "unit_is_live", "OLD"),
    (op.MergeFunctions(functions=("F1",), into="FX"), "function_is_live", "FX"),
    (op.MergeFunctions(functions=("F1", "FX"), into="F2"), "function_is_live", "FX"),
    (op.MergeFunctions(functions=("F1", "F2"), into="F1"), "merged_functions_differ_from_their_target", "F1"),
    (op.MergeFunctions(functions=("F1", "F1"), into="F2"), "merged_functions_differ_from_their_target", "F2"),
    (op.DiscontinueFunction(function="FX", authority="a"), "function_is_live", "FX"),
    (op.RestoreFunction(function="F1"), "function_is_discontinued", "F1"),
    (op.CreatePost(post="PX", title="t", unit="DEP"), "post_is_new", "PX"),
    (op.CreatePost(post="PN", title="t", unit="OLD"), "unit_is_live", "OLD"),
    (op.MovePost(post="PX", to="DEP"), "post_is_live", "PX"),
    (op.MovePost(post="P1", to="OLD"), "unit_is_live", "OLD"),
    (op.AssignPost(post="PX", holder="h"), "post_is_live", "PX"),
    (op.AbolishPost(post="PX"), "post_is_live", "PX"),
    (op.RestorePost(post="P1"), "post_is_abolished", "P1"),
)
IDS = [f"{place:02}-{operation.kind}-{claim}" for place, (operation, claim, _) in enumerate(REFUSED)]


def said_in_the_catalogue() -> set[str]:
    """Claims about operations that structure_plan.po has; those about registrations are in test_history."""
    lines = (LOCALE / "en" / "LC_MESSAGES" / "structure_plan.po").read_text(encoding="utf-8").splitlines()
    claims = {line.split('"')[1].removeprefix("claim.") for line in lines if line.startswith('msgid "claim.')}
    of_registrations = {"registration_says_something", "registered_after_what_is_known", "operation_is_new", "operation_stands"}
    return claims - of_registrations - {"not_yet_in_effect"}


def test_every_claim_is_refused_here_and_has_its_sentence():
    assert {claim for _, claim, _ in REFUSED} == said_in_the_catalogue()


def test_every_operation_is_refused_here():
    assert {operation.kind for operation, _, _ in REFUSED} == set(EXAMPLES)


@pytest.mark.parametrize(("operation", "claim", "subject"), REFUSED, ids=IDS)
def test_a_claim_that_does_not_hold_is_named_and_nothing_changes(operation: Operation, claim: str, subject: str):
    org = house()
    with pytest.raises(OperationRefused) as refused:
        operation.change(org, "OP", ON)
    assert (refused.value.claim, refused.value.subject, refused.value.unmet) == (claim, subject, (claim,))
    assert org == house()
    assert diff(org, house()) == []


@pytest.mark.parametrize(("operation", "claim", "subject"), REFUSED, ids=IDS)
def test_a_plan_with_it_is_refused_whole_and_says_which_when_and_why(operation: Operation, claim: str, subject: str):
    org = house()
    plan = (Planned("GOOD", ON, op.RenameUnit(unit="SUB", name="other")), Planned("BAD", ON, operation))
    with pytest.raises(PlanRefused) as refused:
        unfold(org, plan)
    assert refused.value.params == {"operation": "BAD", "on": ON, "claim": claim, "subject": subject}
    assert refused.value.unmet == (claim,)
    assert org == house()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_a_sentence_that_names_operation_date_and_thing(language: str):
    words = Messages(language)
    refusal = OperationRefused("unit_is_live", "OLD")
    plan = PlanRefused(Planned("OP-3", ON, op.RenameUnit(unit="OLD", name="n")), refusal)
    sentence = words.say(plan.said)
    assert "OP-3" in sentence
    assert "2015" in sentence
    assert "OLD" in sentence
    assert "OLD" in words.say(refusal.said)
    assert all(words.say(Said(f"claim.{claim}")) for _, claim, _ in REFUSED)
