"""The mediation's whole square, typed again by hand, and what it promises."""

import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from policies.rules import KindPolicy, TimedClock
from states.acts import acts_of
from states.complaint import COMPLAINT
from states.consultation import CONSULTATION
from states.machine import Machine, MoveRefused
from states.mediation import MEDIATION, MediationFacts
from states.table import StateTable
from tests.fixtures.squares import Square
from web.messages import LANGUAGES, Messages

MACHINE = Machine(MEDIATION)
NOTHING = MediationFacts()
EVERYTHING = MediationFacts(**{fact.name: True for fact in fields(MediationFacts)})

EXPECTED = {
    ("proposed", "take_answer"): "answered",
    ("proposed", "pass_unanswered"): "not_taken_up",
    ("proposed", "end_with_case"): "closed",
    ("answered", "act_on_answer"): "asking",
    ("answered", "end_with_case"): "closed",
    ("asking", "agree"): "agreed",
    ("asking", "note_no_agreement"): "not_taken_up",
    ("asking", "end_with_case"): "closed",
    ("agreed", "choose_mediator"): "mediator_chosen",
    ("agreed", "stop"): "stopped",
    ("agreed", "end_with_case"): "closed",
    ("mediator_chosen", "choose_mediator"): "mediator_chosen",
    ("mediator_chosen", "hold_session"): "in_sessions",
    ("mediator_chosen", "stop"): "stopped",
    ("mediator_chosen", "end_with_case"): "closed",
    ("in_sessions", "choose_mediator"): "mediator_chosen",
    ("in_sessions", "hold_session"): "in_sessions",
    ("in_sessions", "settle"): "settled",
    ("in_sessions", "settle_in_part"): "partly_settled",
    ("in_sessions", "end_unsettled"): "not_settled",
    ("in_sessions", "stop"): "stopped",
    ("in_sessions", "end_with_case"): "closed",
    ("settled", "check_settlement"): "settled",
    ("settled", "confirm_kept"): "kept",
    ("settled", "note_not_kept"): "not_kept",
    ("settled", "close"): "closed",
    ("settled", "end_with_case"): "closed",
    ("partly_settled", "check_settlement"): "partly_settled",
    ("partly_settled", "confirm_kept"): "kept",
    ("partly_settled", "note_not_kept"): "not_kept",
    ("partly_settled", "close"): "closed",
    ("partly_settled", "end_with_case"): "closed",
}
TRIGGERS = tuple(dict.fromkeys(trigger for _, trigger in EXPECTED))
NEEDS = {
    "act_on_answer": ("only_what_she_agreed_to_goes_out",),
    "agree": ("both_sides_agree",),
    "note_no_agreement": ("the_time_to_answer_is_over",),
    "choose_mediator": ("a_mediator_is_named", "no_conflict_was_found"),
    "settle": ("the_settlement_is_on_file",),
    "settle_in_part": ("the_settlement_is_on_file",),
    "confirm_kept": ("the_outcome_is_on_file",),
    "note_not_kept": ("the_outcome_is_on_file",),
    "close": ("a_ground_is_given",),
}
ROUND = ("proposed", "answered", "asking")
WAY = ("agreed", "mediator_chosen", "in_sessions")
ALONE = (
    ("goes_out_as_answered", "only_what_she_agreed_to_goes_out", "answered", "act_on_answer"),
    ("both_agree", "both_sides_agree", "asking", "agree"),
    ("time_to_answer_over", "the_time_to_answer_is_over", "asking", "note_no_agreement"),
    ("mediator_named", "a_mediator_is_named", "agreed", "choose_mediator"),
    ("conflict_checked", "no_conflict_was_found", "agreed", "choose_mediator"),
    ("settlement_on_file", "the_settlement_is_on_file", "in_sessions", "settle"),
    ("outcome_on_file", "the_outcome_is_on_file", "settled", "confirm_kept"),
    ("ground_given", "a_ground_is_given", "settled", "close"),
)
SQUARE = Square(MEDIATION, EVERYTHING, EXPECTED, NEEDS, alone=ALONE, said=("state", "plain"))


def policy(pack: str) -> KindPolicy:
    text = Path(f"policies/{pack}/mediation.toml").read_text(encoding="utf-8")
    return KindPolicy.model_validate(tomllib.loads(text))


def test_no_act_stage_or_fact_of_the_round_names_a_side_or_a_no() -> None:
    """A refusal is recorded against nobody: there is no word for it in the table."""
    acts = {trigger for state, trigger in EXPECTED if state in ROUND}
    assert acts == {"take_answer", "pass_unanswered", "act_on_answer", "agree", "note_no_agreement", "end_with_case"}
    named = " ".join((*acts, *MEDIATION.states, *MediationFacts.names()))
    for word in ("refuse", "decline", "reject", "visitor", "her_", "other_side"):
        assert word not in named
    assert MEDIATION.counted is not None
    assert {outcome for trigger, outcome in MEDIATION.counted.outcomes if trigger in acts} == {"not_taken_up", "ended_with_case"}


def test_it_leaves_the_office_by_one_act_and_only_as_she_answered() -> None:
    assert {(move.source, move.trigger) for move in MEDIATION.moves if move.discloses} == {("answered", "act_on_answer")}
    with pytest.raises(MoveRefused):
        MACHINE.advance("answered", "act_on_answer", replace(EVERYTHING, goes_out_as_answered=False))


def test_it_is_voluntary_until_both_have_settled() -> None:
    for state in WAY:
        assert MACHINE.advance(state, "stop", NOTHING) == "stopped"
    assert ("complaint.stop_mediation", "stop") in MEDIATION.listens
    assert {"propose_mediation", "answer_mediation", "stop_mediation"} <= set(COMPLAINT.emits)


def test_when_the_person_withdraws_in_any_way_it_ends() -> None:
    listened = dict(MEDIATION.listens)
    for signal in ("withdraw_stop", "withdraw_leave", "withdraw_forget"):
        assert signal in COMPLAINT.emits
        assert listened[f"complaint.{signal}"] == "end_with_case"
    for stage in MEDIATION.stages:
        assert stage.final or MACHINE.advance(str(stage.name), "end_with_case", NOTHING) == "closed"


def test_limits_still_run_a_mediation_pauses_nothing() -> None:
    started = {pause.starts_on for pause in COMPLAINT.pauses}
    stopped = {trigger for clock in COMPLAINT.clocks for trigger in clock.stops_on}
    assert MEDIATION.pauses == ()
    assert not {"propose_mediation", "answer_mediation", "stop_mediation"} & (started | stopped)


def test_nothing_of_it_is_told_to_its_case_and_a_talk_has_none() -> None:
    assert MEDIATION.emits == ()
    assert not [heard for heard, _ in COMPLAINT.listens if heard.startswith("mediation.")]
    assert not [trigger for trigger in CONSULTATION.triggers if "mediation" in trigger]


@pytest.mark.parametrize("trigger", ["draft", "conclude", "conclude_without_names", "recommend", "close", "uphold"])
def test_who_mediated_makes_no_findings(trigger: str) -> None:
    for move in COMPLAINT.moves:
        if move.trigger == trigger:
            assert "who_mediated_makes_no_findings" in {claim.__name__ for claim in move.only_if}


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_both_sides_have_the_same_time_and_a_settlement_is_looked_at_every_three_months(pack: str) -> None:
    clocks = policy(pack).clocks
    terms = {}
    for name in ("first_answer", "second_answer", "settlement_check"):
        rule = clocks[name]
        assert isinstance(rule, TimedClock)
        terms[name] = (rule.count, rule.unit)
    assert terms["first_answer"] == terms["second_answer"]
    assert terms["settlement_check"] == (3, "months")
    assert MEDIATION.clock("settlement_check").repeats


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_the_policy_names_every_clock_and_trigger_and_no_other(pack: str) -> None:
    rules = policy(pack)
    assert set(rules.clocks) == {clock.name for clock in MEDIATION.clocks}
    assert set(rules.access) == {"open", "read", *MEDIATION.triggers, *acts_of(MEDIATION)}
    assert {t for t, grants in rules.access.items() if "clock:clock" in grants} == MEDIATION.lapses
    assert not [grant for grants in rules.access.values() for grant in grants if grant.startswith("complainant")]


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_nobody_opens_answers_or_ends_it_but_its_case(pack: str) -> None:
    heard = {own for _, own in MEDIATION.listens} - {"stop"}
    assert {trigger for trigger, grants in policy(pack).access.items() if not grants} == heard


def _named(table: StateTable, triggers: set[str]) -> set[str]:
    return {guard.__name__ for move in table.moves if move.trigger in triggers for guard in move.only_if}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_move_clock_and_claim_has_its_words(language: str) -> None:
    messages = Messages(language)
    hers = {"propose_mediation", "answer_mediation", "stop_mediation"}
    wanted = [
        *(f"{what}.mediation.{state}" for what in ("state", "plain") for state in MEDIATION.states),
        *(f"move.mediation.{trigger}" for trigger in ("open", *MEDIATION.triggers)),
        *(f"move.complaint.{trigger}" for trigger in hers),
        *(f"clock.mediation.{clock.name}" for clock in MEDIATION.clocks),
        *(f"claim.{name}" for name in _named(MEDIATION, set(TRIGGERS)) | _named(COMPLAINT, hers)),
        "claim.who_mediated_makes_no_findings",
    ]
    assert not [key for key in wanted if key not in messages]
