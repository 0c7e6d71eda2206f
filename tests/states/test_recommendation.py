"""The recommendation's whole square, typed again by hand, and what it promises."""

import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from policies.rules import KindPolicy, TimedClock
from states.acts import acts_of
from states.complaint import COMPLAINT
from states.machine import Machine, MoveRefused, NoSuchMove
from states.recommendation import RECOMMENDATION, RecommendationFacts, State
from web.messages import LANGUAGES, Messages

MACHINE = Machine(RECOMMENDATION)
NOTHING = RecommendationFacts()
EVERYTHING = RecommendationFacts(**{fact.name: True for fact in fields(RecommendationFacts)})

EXPECTED = {
    ("drafted", "revise"): "drafted",
    ("drafted", "issue"): "issued",
    ("drafted", "close"): "closed",
    ("drafted", "end_with_case"): "closed",
    ("issued", "accept"): "accepted",
    ("issued", "accept_in_part"): "partly_accepted",
    ("issued", "reject"): "rejected",
    ("issued", "pass_without_reply"): "no_reply",
    ("issued", "close"): "closed",
    ("issued", "end_with_case"): "closed",
    ("accepted", "start_follow_up"): "follow_up",
    ("accepted", "close"): "closed",
    ("accepted", "end_with_case"): "closed",
    ("partly_accepted", "accept"): "accepted",
    ("partly_accepted", "start_follow_up"): "follow_up",
    ("partly_accepted", "close"): "closed",
    ("partly_accepted", "end_with_case"): "closed",
    ("rejected", "accept"): "accepted",
    ("rejected", "accept_in_part"): "partly_accepted",
    ("rejected", "note_not_implemented"): "not_implemented",
    ("rejected", "close"): "closed",
    ("rejected", "end_with_case"): "closed",
    ("no_reply", "accept"): "accepted",
    ("no_reply", "accept_in_part"): "partly_accepted",
    ("no_reply", "reject"): "rejected",
    ("no_reply", "note_not_implemented"): "not_implemented",
    ("no_reply", "close"): "closed",
    ("no_reply", "end_with_case"): "closed",
    ("follow_up", "check_follow_up"): "follow_up",
    ("follow_up", "confirm_implemented"): "implemented",
    ("follow_up", "note_not_implemented"): "not_implemented",
    ("follow_up", "close"): "closed",
    ("follow_up", "end_with_case"): "closed",
}
TRIGGERS = tuple(dict.fromkeys(trigger for _, trigger in EXPECTED))
NEEDS = {
    "issue": ("an_addressee_is_named", "consent_to_the_exact_text"),
    "accept": ("the_reply_is_on_file",),
    "accept_in_part": ("the_reply_is_on_file",),
    "reject": ("the_reply_is_on_file",),
    "confirm_implemented": ("the_outcome_is_on_file",),
    "note_not_implemented": ("the_outcome_is_on_file",),
    "close": ("a_ground_is_given",),
}


def policy(pack: str) -> KindPolicy:
    text = Path(f"policies/{pack}/recommendation.toml").read_text(encoding="utf-8")
    return KindPolicy.model_validate(tomllib.loads(text))


@pytest.mark.parametrize("state", [*map(str, State), "no_such_state"])
@pytest.mark.parametrize("trigger", [*TRIGGERS, "no_such_trigger", "to_closed"])
def test_every_pair_moves_as_written_or_not_at_all(state: str, trigger: str) -> None:
    if (state, trigger) in EXPECTED:
        assert MACHINE.advance(state, trigger, EVERYTHING) == EXPECTED[state, trigger]
    else:
        with pytest.raises(NoSuchMove):
            MACHINE.advance(state, trigger, EVERYTHING)


def test_the_square_typed_by_hand_knows_every_trigger() -> None:
    assert set(TRIGGERS) == set(RECOMMENDATION.triggers)


@pytest.mark.parametrize(("state", "trigger"), EXPECTED)
def test_with_nothing_shown_a_move_names_all_that_is_missing(state: str, trigger: str) -> None:
    if trigger in NEEDS:
        with pytest.raises(MoveRefused) as refused:
            MACHINE.advance(state, trigger, NOTHING)
        assert refused.value.unmet == NEEDS[trigger]
    else:
        assert MACHINE.advance(state, trigger, NOTHING) == EXPECTED[state, trigger]


@pytest.mark.parametrize(
    ("fact", "claim", "state", "trigger"),
    [
        ("addressee_named", "an_addressee_is_named", "drafted", "issue"),
        ("consent_to_exact_text", "consent_to_the_exact_text", "drafted", "issue"),
        ("reply_on_file", "the_reply_is_on_file", "issued", "accept"),
        ("outcome_on_file", "the_outcome_is_on_file", "follow_up", "confirm_implemented"),
        ("ground_given", "a_ground_is_given", "issued", "close"),
    ],
)
def test_each_claim_alone_holds_its_move_back(fact: str, claim: str, state: str, trigger: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        MACHINE.advance(state, trigger, replace(EVERYTHING, **{fact: False}))
    assert refused.value.unmet == (claim,)


def test_without_reply_then_a_late_acceptance() -> None:
    silent = MACHINE.advance("issued", str(RECOMMENDATION.clock("reply").lapse), NOTHING)
    assert silent == "no_reply"
    accepted = MACHINE.advance(silent, "accept", replace(NOTHING, reply_on_file=True))
    followed = MACHINE.advance(accepted, "start_follow_up", NOTHING)
    assert MACHINE.advance(followed, "confirm_implemented", replace(NOTHING, outcome_on_file=True)) == "implemented"


def test_it_leaves_the_office_only_with_consent_to_its_text() -> None:
    assert {move.trigger for move in RECOMMENDATION.moves if move.discloses} == {"issue"}
    with pytest.raises(MoveRefused):
        MACHINE.advance("drafted", "issue", replace(EVERYTHING, consent_to_exact_text=False))


def test_when_the_person_withdraws_everything_stops() -> None:
    listened = dict(RECOMMENDATION.listens)
    for signal in ("withdraw_stop", "withdraw_forget"):
        assert signal in COMPLAINT.emits
        assert listened[f"complaint.{signal}"] == "end_with_case"
    assert "complaint.withdraw_leave" not in listened
    for stage in RECOMMENDATION.stages:
        assert stage.final or MACHINE.advance(str(stage.name), "end_with_case", NOTHING) == "closed"


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_the_reply_is_due_in_twenty_working_days(pack: str) -> None:
    rule = policy(pack).clocks["reply"]
    assert isinstance(rule, TimedClock)
    assert (rule.count, rule.unit) == (20, "working_days")
    assert "New Brunswick" in rule.source


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_the_policy_names_every_clock_and_trigger_and_no_other(pack: str) -> None:
    rules = policy(pack)
    assert set(rules.clocks) == {clock.name for clock in RECOMMENDATION.clocks}
    assert set(rules.access) == {"open", "read", *RECOMMENDATION.triggers, *acts_of(RECOMMENDATION)}
    assert {t for t, grants in rules.access.items() if "clock:clock" in grants} == RECOMMENDATION.lapses
    assert not [grant for grant in rules.access["read"] if grant.startswith("complainant")]


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_nobody_opens_or_ends_it_but_its_case(pack: str) -> None:
    heard = {own for _, own in RECOMMENDATION.listens}
    assert heard == {"open", "end_with_case"}
    assert {trigger for trigger, grants in policy(pack).access.items() if not grants} == heard


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_move_clock_and_claim_has_its_words(language: str) -> None:
    messages = Messages(language)
    wanted = [
        *(f"{what}.recommendation.{state}" for what in ("state", "plain") for state in RECOMMENDATION.states),
        *(f"move.recommendation.{trigger}" for trigger in RECOMMENDATION.triggers),
        *(f"clock.recommendation.{clock.name}" for clock in RECOMMENDATION.clocks),
        *(f"claim.{guard.__name__}" for move in RECOMMENDATION.moves for guard in move.only_if),
    ]
    assert not [key for key in wanted if key not in messages]
