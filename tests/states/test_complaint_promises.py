"""What the complaint promises to the person who came, and what its policies must say."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from policies.rules import KindPolicy, TimedClock
from states.acts import acts_of
from states.complaint import COMPLAINT, ClosingGround, Ground
from states.complaint_claims import ComplaintFacts
from states.complaint_stages import AT_REST
from states.complaint_time import PAUSED
from states.machine import Machine, MoveRefused
from states.table import After, Event, Owner
from tests.states.test_complaint import EVERYTHING, EXPECTED
from web.messages import LANGUAGES, Messages

MACHINE = Machine(COMPLAINT)
NOTHING = ComplaintFacts()
LONE = ComplaintFacts(alone=True)
"""Nobody else is in it: of several, each leaves, and the last one withdraws."""


def policy(pack: str) -> KindPolicy:
    return KindPolicy.model_validate(tomllib.loads(Path(f"policies/{pack}/complaint.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_only_a_person_can_say_that_it_was_read(pack: str) -> None:
    assert "acknowledge" not in COMPLAINT.lapses
    assert "acknowledge" not in {own for _, own in COMPLAINT.listens}
    grants = policy(pack).access["acknowledge"]
    assert grants
    assert not [grant for grant in grants if "clock" in grant or "complainant" in grant]
    ways_out = {move.trigger for move in COMPLAINT.moves_from("submitted") if move.dest != "submitted"}
    assert ways_out == {"acknowledge", "withdraw_stop", "withdraw_forget"}


def test_nothing_is_shown_to_anyone_without_consent_to_the_text_or_danger_to_somebody() -> None:
    no_consent = replace(EVERYTHING, consent_to_exact_text=False)
    shown = [move for move in COMPLAINT.moves if move.discloses]
    outward = {"refer", "serve_draft", "serve_findings", "ask_third_party"}
    assert {move.trigger for move in shown} == {*outward, "act_on_danger"}
    for move in shown:
        if move.trigger == "act_on_danger":
            assert MACHINE.advance(str(move.source), move.trigger, no_consent) == move.source
        else:
            with pytest.raises(MoveRefused):
                MACHINE.advance(str(move.source), move.trigger, no_consent)


def test_without_consent_findings_name_nobody_or_the_case_is_closed() -> None:
    refused = replace(EVERYTHING, consent_to_exact_text=False, named_were_heard=False)
    ways = {trigger for trigger, unmet in MACHINE.permitted("draft_findings", refused).items() if not unmet}
    onward = {t for t in ways if EXPECTED["draft_findings", t] in {"findings", "closed"}}
    assert onward == {"conclude_without_names", "close"}


def test_silence_is_a_no() -> None:
    clock = COMPLAINT.clock("consent_answer")
    assert clock.lapse == "refuse_consent_by_silence"
    assert all(move.source == move.dest for move in COMPLAINT.moves if move.trigger == clock.lapse)
    assert {move.source for move in COMPLAINT.moves if move.trigger == "ask_consent"} <= {
        move.source for move in COMPLAINT.moves if move.trigger == clock.lapse
    }


def test_who_heard_the_consultation_takes_the_case_only_if_she_asks_for_the_same_person() -> None:
    heard = replace(EVERYTHING, handler_heard_no_consultation=False, same_person_asked_for=False)
    with pytest.raises(MoveRefused) as refused:
        MACHINE.advance("screening", "inquire", heard)
    assert refused.value.unmet == ("handler_heard_no_consultation_or_is_wanted",)
    assert MACHINE.advance("screening", "inquire", replace(heard, same_person_asked_for=True)) == "inquiry"
    assert MACHINE.advance("screening", "inquire", replace(heard, handler_heard_no_consultation=True)) == "inquiry"


def test_she_can_withdraw_in_three_ways_at_any_time_and_nothing_is_asked_of_her_after_leaving() -> None:
    for stage in COMPLAINT.stages:
        if stage.final:
            continue
        assert MACHINE.advance(str(stage.name), "withdraw_forget", LONE) == "withdrawn"
        if stage.name not in AT_REST:
            assert MACHINE.advance(str(stage.name), "withdraw_stop", LONE) == "withdrawn"
            assert MACHINE.advance(str(stage.name), "withdraw_leave", EVERYTHING) == stage.name
    gone = replace(EVERYTHING, takes_part=False)
    for move in COMPLAINT.moves:
        if move.trigger in {"ask", "ask_consent"}:
            with pytest.raises(MoveRefused):
                MACHINE.advance(str(move.source), move.trigger, gone)
    for name in ("consent_answer", "no_answer_decision"):
        assert "withdraw_leave" in COMPLAINT.clock(name).stops_on
    asking = [pause for pause in COMPLAINT.pauses if pause.starts_on in {"ask", "ask_consent"}]
    assert len(asking) == 2
    assert all("withdraw_leave" in pause.stops_on for pause in asking)


def test_a_decision_can_be_looked_at_again_within_a_window_and_rests_for_good_after_it() -> None:
    clock = COMPLAINT.clock("second_look")
    assert set(clock.starts_on) == {"declined", "referred", "closed"}
    assert clock.lapse == "end"
    for state in clock.starts_on:
        assert MACHINE.advance(str(state), "request_review", EVERYTHING) == "review"
        assert MACHINE.advance(str(state), "end", NOTHING) == "ended"


def test_d15_what_has_ended_waits_for_nobody() -> None:
    for stage in COMPLAINT.stages:
        assert (stage.owner is Owner.NOBODY) is stage.final
        assert stage.final is (stage.name in {"withdrawn", "ended"})
        assert stage.final is ({move.dest for move in COMPLAINT.moves_from(stage.name)} <= {stage.name})


def test_after_the_end_she_can_write_until_a_day_and_is_owed_an_answer() -> None:
    watch, owed = COMPLAINT.clock("protection_watch"), COMPLAINT.clock("reply_owed")
    assert watch.outlives
    assert owed.outlives
    assert {"declined", "referred", "closed", Event("withdraw_stop")} == set(watch.starts_on), "not if she was to be forgotten"
    assert set(watch.ends_in) == {"review", "withdrawn"}, "a second look begins it anew; forgetting ends it"
    for state in ("ended", "withdrawn"):
        assert MACHINE.advance(state, "message", ComplaintFacts(watched=True)) == state, "it opens nothing again by itself"
        assert MACHINE.advance(state, "reply", NOTHING) == state


def test_feedback_is_due_from_the_acknowledgement_or_from_the_day_it_was_due() -> None:
    assert COMPLAINT.clock("feedback").starts_on == (After("acknowledgement"),)
    assert COMPLAINT.clock("extended_feedback").starts_on == (Event("extend_feedback"),)


def test_no_pause_touches_what_we_owe_her() -> None:
    owed = {"acknowledgement", "feedback", "extended_feedback", "second_look", "consent_answer", "reply_owed"}
    assert owed.isdisjoint(PAUSED)
    assert all(pause.holds == PAUSED for pause in COMPLAINT.pauses)


def test_her_word_starts_a_clock_and_only_ours_stops_it() -> None:
    clock = COMPLAINT.clock("reply_owed")
    assert clock.starts_on == (Event("message"), Event("take_time"), Event("join"))
    hers = {t for t, grants in policy("oas").access.items() if "complainant:self" in grants}
    assert hers & set(clock.stops_on) == {"withdraw_forget"}, "once she is forgotten nobody could read what we answer"
    assert {"reply", "ask", "give_feedback"} <= set(clock.stops_on)
    for stage in COMPLAINT.stages:
        assert stage.final or MACHINE.advance(str(stage.name), "message", NOTHING) == stage.name


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_the_policy_names_every_clock_pause_and_trigger_and_no_other(pack: str) -> None:
    rules = policy(pack)
    assert set(rules.clocks) == {clock.name for clock in COMPLAINT.clocks}
    assert set(rules.pauses) == {pause.name for pause in COMPLAINT.pauses}
    assert set(rules.access) == {"open", "read", *COMPLAINT.triggers, *acts_of(COMPLAINT)}
    assert {t for t, grants in rules.access.items() if "clock:clock" in grants} == COMPLAINT.lapses
    assert all(rules.access[lapse] == ("clock:clock",) for lapse in COMPLAINT.lapses)
    assert rules.retention is not None


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_the_end_of_a_pause_is_a_decision_due(pack: str) -> None:
    rules = policy(pack)
    for pause, clock in (
        ("awaiting_complainant", "no_answer_decision"),
        ("awaiting_third_party", "no_third_party_answer_decision"),
        ("by_decision", "suspension_decision"),
    ):
        rule = rules.clocks[clock]
        assert isinstance(rule, TimedClock)
        assert (rule.count, rule.unit) == (rules.pauses[pause].each, "calendar_days")
        started_by = [each.starts_on for each in COMPLAINT.pauses if each.name == pause]
        assert COMPLAINT.clock(clock).starts_on == tuple(Event(trigger) for trigger in started_by)


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_both_packs_take_the_directives_days(pack: str) -> None:
    rules = policy(pack)
    timed = {name: rule for name, rule in rules.clocks.items() if isinstance(rule, TimedClock)}
    told = {name: (rule.count, rule.unit, rule.verified) for name, rule in timed.items()}
    assert told["acknowledgement"] == (7, "calendar_days", True)
    assert told["feedback"] == (3, "months", True)
    assert told["extended_feedback"] == (3, "months", False)
    ours = {name for name, rule in rules.clocks.items() if rule.source == "default of this product"}
    assert ours
    assert not [name for name in ours if rules.clocks[name].verified]


def test_the_grounds_are_codes() -> None:
    assert {*Ground} == {
        "out_of_remit",
        "premature",
        "not_properly_made",
        "out_of_time",
        "better_placed_elsewhere",
        "repetitive",
        "discretion",
    }
    assert not {*Ground} & {*ClosingGround}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_move_clock_and_claim_has_its_words(language: str) -> None:
    messages = Messages(language)
    wanted = [
        *(f"{what}.complaint.{state}" for what in ("state", "plain") for state in COMPLAINT.states),
        *(f"move.complaint.{trigger}" for trigger in COMPLAINT.triggers),
        *(f"clock.complaint.{clock.name}" for clock in COMPLAINT.clocks),
        *(f"{what}.complaint.{pause.name}" for what in ("pause", "pause_called") for pause in COMPLAINT.pauses),
        *(f"claim.{guard.__name__}" for move in COMPLAINT.moves for guard in move.only_if),
        *(f"ground.{ground}" for ground in (*Ground, *ClosingGround)),
    ]
    assert not [key for key in wanted if key not in messages]
