"""The proposal's whole square, typed again by hand, and what it promises."""

from dataclasses import fields, replace

import pytest

from states.machine import Machine, MoveRefused
from states.proposal import PROPOSAL, ProposalFacts
from tests.fixtures.squares import Square

MACHINE = Machine(PROPOSAL)
EVERYTHING = ProposalFacts(**{fact.name: True for fact in fields(ProposalFacts)})

EXPECTED = {
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "refer_to_committee"): "in_committee",
    ("submitted", "refer_to_drafting_group"): "in_drafting_group",
    ("submitted", "table"): "tabled",
    ("submitted", "withdraw"): "withdrawn",
    ("in_committee", "refer_to_drafting_group"): "in_drafting_group",
    ("in_committee", "table"): "tabled",
    ("in_committee", "return_with_instructions"): "returned_with_instructions",
    ("in_committee", "register_note"): "in_committee",
    ("in_committee", "withdraw"): "withdrawn",
    ("in_drafting_group", "return_to_committee"): "in_committee",
    ("in_drafting_group", "table"): "tabled",
    ("in_drafting_group", "register_note"): "in_drafting_group",
    ("in_drafting_group", "withdraw"): "withdrawn",
    ("tabled", "return_to_committee"): "in_committee",
    ("tabled", "defer"): "deferred",
    ("tabled", "return_with_instructions"): "returned_with_instructions",
    ("tabled", "adopt"): "adopted",
    ("tabled", "adopt_in_part"): "adopted_in_part",
    ("tabled", "adopt_ad_referendum"): "adopted_ad_referendum",
    ("tabled", "reject"): "rejected",
    ("tabled", "take_note"): "taken_note_of",
    ("tabled", "register_note"): "tabled",
    ("tabled", "withdraw"): "withdrawn",
    ("deferred", "refer_to_committee"): "in_committee",
    ("deferred", "take_up"): "tabled",
    ("deferred", "register_note"): "deferred",
    ("deferred", "withdraw"): "withdrawn",
    ("returned_with_instructions", "submit"): "submitted",
    ("returned_with_instructions", "withdraw"): "withdrawn",
    ("adopted", "register_note"): "adopted",
    ("adopted", "draft_order"): "order_drafted",
    ("adopted", "supersede"): "superseded",
    ("adopted_in_part", "register_note"): "adopted_in_part",
    ("adopted_in_part", "draft_order"): "order_drafted",
    ("adopted_in_part", "supersede"): "superseded",
    ("adopted_ad_referendum", "confirm"): "adopted",
    ("adopted_ad_referendum", "reject"): "rejected",
    ("adopted_ad_referendum", "register_note"): "adopted_ad_referendum",
    ("adopted_ad_referendum", "draft_order"): "order_drafted",
    ("adopted_ad_referendum", "supersede"): "superseded",
    ("order_drafted", "confirm"): "order_drafted",
    ("order_drafted", "issue_order"): "order_issued",
    ("order_drafted", "supersede"): "superseded",
    ("order_issued", "confirm"): "order_issued",
    ("order_issued", "reissue"): "order_issued",
    ("order_issued", "enter_into_force"): "in_force",
    ("order_issued", "note_in_force"): "in_force",
    ("order_issued", "supersede"): "superseded",
    ("in_force", "confirm"): "in_force",
    ("in_force", "reissue"): "in_force",
    ("in_force", "enter_into_force"): "in_force",
    ("in_force", "report_implementation"): "in_force",
    ("in_force", "complete"): "completed",
    ("in_force", "supersede"): "superseded",
}
IDLE = ("nothing_is_under_way",)
DECISION = ("a_decision_is_recorded", "it_came_out_so", "nothing_is_under_way")
ORDER = (
    "the_order_is_signed",
    "the_order_carries_the_adopted_text",
    "every_operation_was_adopted",
    "what_is_ordered_blocks_nothing",
)
NEEDS = {
    "submit": ("the_structure_it_makes_is_sound",),
    "table": ("the_plan_may_be_decided", "it_may_be_admitted"),
    "adopt": DECISION,
    "adopt_in_part": DECISION,
    "adopt_ad_referendum": DECISION,
    "confirm": (*DECISION, "it_was_adopted_ad_referendum"),
    "reject": DECISION,
    "take_note": ("a_decision_is_recorded", "nothing_is_under_way"),
    "withdraw": ("it_was_not_put_to_the_vote", "nothing_is_under_way"),
    "issue_order": ORDER,
    "reissue": ORDER,
    "supersede": ("the_other_proposal_is_registered",),
}
WHILE_TABLED = dict.fromkeys(("return_to_committee", "defer", "return_with_instructions"), IDLE)
NEEDS_AT = {("tabled", trigger): claims for trigger, claims in WHILE_TABLED.items()}
SQUARE = Square(PROPOSAL, EVERYTHING, EXPECTED, NEEDS, NEEDS_AT)


def test_the_stages_are_the_eighteen_of_the_procedure() -> None:
    assert PROPOSAL.states == (
        "draft", "submitted", "in_committee", "in_drafting_group", "tabled", "deferred", "returned_with_instructions",
        "adopted", "adopted_in_part", "adopted_ad_referendum", "rejected", "withdrawn", "taken_note_of",
        "order_drafted", "order_issued", "in_force", "completed", "superseded",
    )  # fmt: skip


def test_nothing_is_decided_without_a_recorded_decision() -> None:
    undecided = replace(EVERYTHING, decision_recorded=False)
    decided = {"adopted", "adopted_in_part", "adopted_ad_referendum", "rejected", "taken_note_of"}
    for (state, trigger), dest in EXPECTED.items():
        if dest in decided and dest != state:
            with pytest.raises(MoveRefused) as refused:
                MACHINE.advance(state, trigger, undecided)
            assert refused.value.unmet == ("a_decision_is_recorded",)


def test_while_a_vote_is_open_a_tabled_proposal_stays_where_it_is() -> None:
    for state, trigger in EXPECTED:
        if state == "tabled" and trigger != "register_note":
            with pytest.raises(MoveRefused) as refused:
                MACHINE.advance(state, trigger, replace(EVERYTHING, nothing_open=False))
            assert refused.value.unmet == IDLE


def test_what_came_out_otherwise_is_not_recorded_as_decided() -> None:
    for trigger in ("adopt", "adopt_in_part", "adopt_ad_referendum", "reject"):
        with pytest.raises(MoveRefused) as refused:
            MACHINE.advance("tabled", trigger, replace(EVERYTHING, came_out_so=False))
        assert refused.value.unmet == ("it_came_out_so",)
    assert MACHINE.advance("tabled", "take_note", replace(EVERYTHING, came_out_so=False)) == "taken_note_of"


def test_a_revision_changes_no_stage_but_needs_the_adopted_text() -> None:
    for state in ("order_issued", "in_force"):
        assert MACHINE.advance(state, "reissue", EVERYTHING) == state
        with pytest.raises(MoveRefused) as refused:
            MACHINE.advance(state, "reissue", replace(EVERYTHING, order_carries_adopted_text=False))
        assert refused.value.unmet == ("the_order_carries_the_adopted_text",)


def test_only_what_was_adopted_ad_referendum_is_confirmed() -> None:
    with pytest.raises(MoveRefused) as refused:
        MACHINE.advance("in_force", "confirm", replace(EVERYTHING, awaits_confirmation=False))
    assert refused.value.unmet == ("it_was_adopted_ad_referendum",)


def test_after_a_vote_nothing_is_withdrawn() -> None:
    before = {"draft", "submitted", "in_committee", "in_drafting_group", "tabled", "deferred", "returned_with_instructions"}
    assert {state for state, trigger in EXPECTED if trigger == "withdraw"} == before
    for state in before:
        with pytest.raises(MoveRefused) as refused:
            MACHINE.advance(state, "withdraw", replace(EVERYTHING, not_voted_on=False))
        assert refused.value.unmet == ("it_was_not_put_to_the_vote",)


def test_the_story_of_2015_can_be_told() -> None:
    state = "draft"
    story = ("submit", "refer_to_committee", "refer_to_drafting_group", "table", "adopt", "draft_order", "issue_order",
             "enter_into_force", "reissue", "enter_into_force", "report_implementation", "complete")  # fmt: skip
    for trigger in story:
        state = MACHINE.advance(state, trigger, replace(EVERYTHING, awaits_confirmation=False))
    assert state == "completed"


@pytest.mark.parametrize(
    ("fact", "claim", "triggers"),
    [
        ("structure_sound", "the_structure_it_makes_is_sound", {"submit"}),
        ("plan_may_be_decided", "the_plan_may_be_decided", {"table"}),
        ("may_be_admitted", "it_may_be_admitted", {"table"}),
        ("operations_adopted", "every_operation_was_adopted", {"issue_order", "reissue"}),
        ("order_sound", "what_is_ordered_blocks_nothing", {"issue_order", "reissue"}),
    ],
)
def test_a_faulty_structure_goes_no_further(fact: str, claim: str, triggers: set[str]) -> None:
    for (state, trigger), dest in EXPECTED.items():
        without = replace(EVERYTHING, **{fact: False})
        if trigger in triggers:
            with pytest.raises(MoveRefused) as refused:
                MACHINE.advance(state, trigger, without)
            assert refused.value.unmet == (claim,)
        else:
            assert MACHINE.advance(state, trigger, without) == dest
