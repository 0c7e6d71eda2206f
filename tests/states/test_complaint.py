"""The complaint's whole square, typed again by hand, and what it promises to the person who came."""

import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from policies.rules import KindPolicy, TimedClock
from states.acts import acts_of
from states.complaint import AT_REST, COMPLAINT, PAUSED, ClosingGround, Ground, State
from states.complaint_claims import ComplaintFacts
from states.machine import Machine, MoveRefused, NoSuchMove
from states.table import After, Event, Owner
from web.messages import LANGUAGES, Messages

MACHINE = Machine(COMPLAINT)
NOTHING = ComplaintFacts()
EVERYTHING = ComplaintFacts(**{fact.name: True for fact in fields(ComplaintFacts)})

# "trigger" stays, "trigger>stage" goes there
ROWS = {
    "submitted": """
        acknowledge>acknowledged message act_on_danger
        withdraw_stop>withdrawn withdraw_leave withdraw_forget>withdrawn""",
    "acknowledged": """
        screen>screening message reply ask answer go_on_without_answer give_feedback extend_feedback
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent
        third_party_answered go_on_without_third_party act_on_danger suspend resume
        withdraw_stop>withdrawn withdraw_leave withdraw_forget>withdrawn""",
    "screening": """
        decline>declined refer>referred inquire>inquiry close>closed
        message reply ask answer go_on_without_answer give_feedback extend_feedback
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent
        ask_third_party third_party_answered go_on_without_third_party act_on_danger suspend resume
        withdraw_stop>withdrawn withdraw_leave withdraw_forget>withdrawn""",
    "inquiry": """
        refer>referred draft>draft_findings draft_answered close>closed
        message reply ask answer go_on_without_answer give_feedback extend_feedback
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent
        ask_third_party third_party_answered go_on_without_third_party act_on_danger suspend resume
        withdraw_stop>withdrawn withdraw_leave withdraw_forget>withdrawn""",
    "draft_findings": """
        serve_draft draft_answered inquire_further>inquiry
        conclude>findings conclude_without_names>findings close>closed
        message reply ask answer go_on_without_answer give_feedback extend_feedback
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent
        ask_third_party third_party_answered go_on_without_third_party act_on_danger suspend resume
        withdraw_stop>withdrawn withdraw_leave withdraw_forget>withdrawn""",
    "findings": """
        draft_answered serve_findings recommend follow_up>follow_up close>closed
        message reply ask answer go_on_without_answer give_feedback extend_feedback
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent
        third_party_answered go_on_without_third_party act_on_danger suspend resume
        withdraw_stop>withdrawn withdraw_leave withdraw_forget>withdrawn""",
    "follow_up": """
        draft_answered serve_findings recommend check_follow_up close>closed
        message reply ask answer go_on_without_answer give_feedback extend_feedback
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent
        ask_third_party third_party_answered go_on_without_third_party act_on_danger suspend resume
        withdraw_stop>withdrawn withdraw_leave withdraw_forget>withdrawn""",
    "review": """
        uphold>closed reopen>reopened
        message reply ask answer go_on_without_answer give_feedback extend_feedback
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent
        ask_third_party third_party_answered go_on_without_third_party act_on_danger suspend resume
        withdraw_stop>withdrawn withdraw_leave withdraw_forget>withdrawn""",
    "reopened": """
        screen>screening inquire>inquiry
        message reply ask answer go_on_without_answer give_feedback extend_feedback
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent
        third_party_answered go_on_without_third_party act_on_danger suspend resume
        withdraw_stop>withdrawn withdraw_leave withdraw_forget>withdrawn""",
    "declined": """
        request_review>review end>ended end_watch message reply third_party_answered act_on_danger
        withdraw_forget>withdrawn""",
    "referred": """
        request_review>review end>ended end_watch message reply third_party_answered act_on_danger
        withdraw_forget>withdrawn""",
    "closed": """
        request_review>review end>ended end_watch message reply third_party_answered act_on_danger
        withdraw_forget>withdrawn""",
    "withdrawn": "message reply end_watch act_on_danger withdraw_forget",
    "ended": "message reply end_watch act_on_danger",
}
EXPECTED = {
    (state, word.partition(">")[0]): word.partition(">")[2] or state
    for state, row in ROWS.items()
    for word in row.split()
}
TRIGGERS = tuple(dict.fromkeys(trigger for _, trigger in EXPECTED))

# what each trigger needs, whatever the stage; a trigger that is not here needs nothing
NEEDS_AT_ITS_END = {"message": ("we_still_read_here",), "withdraw_forget": ("the_office_still_holds_keys",)}
NEEDS = {
    "acknowledge": ("a_person_has_read_it",),
    "decline": ("a_ground_is_given",),
    "close": ("a_ground_is_given",),
    "refer": ("consent_to_the_exact_text",),
    "serve_draft": ("consent_to_the_exact_text",),
    "serve_findings": ("consent_to_the_exact_text",),
    "ask_third_party": ("consent_to_the_exact_text",),
    "inquire": ("handler_heard_no_consultation_or_is_wanted",),
    "draft_answered": ("the_draft_was_served",),
    "conclude": ("those_named_were_heard",),
    "conclude_without_names": ("findings_name_nobody",),
    "request_review": ("a_second_look_is_left",),
    "uphold": ("reviewer_did_not_decide",),
    "reopen": ("reviewer_did_not_decide",),
    "ask": ("she_still_takes_part", "no_question_waits_for_her", "time_is_left_to_wait_for_her"),
    "ask_consent": ("she_still_takes_part",),
    "withdraw_leave": ("she_still_takes_part",),
    "answer": ("a_question_is_open",),
    "go_on_without_answer": ("a_question_is_open",),
    "extend_feedback": ("a_reason_is_given", "the_feedback_date_is_still_ahead"),
    "consent": ("a_consent_is_asked",),
    "refuse_consent": ("a_consent_is_asked",),
    "take_back_consent": ("a_consent_stands",),
    "third_party_answered": ("a_third_party_was_asked",),
    "go_on_without_third_party": ("a_third_party_was_asked",),
    "act_on_danger": ("serious_harm_is_imminent",),
    "suspend": ("a_reason_is_given", "it_is_not_suspended_yet", "time_is_left_to_pause"),
    "resume": ("it_is_suspended",),
}


def policy(pack: str) -> KindPolicy:
    return KindPolicy.model_validate(tomllib.loads(Path(f"policies/{pack}/complaint.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("state", [*map(str, State), "no_such_state"])
@pytest.mark.parametrize("trigger", [*TRIGGERS, "no_such_trigger", "to_closed"])
def test_every_pair_moves_as_written_or_not_at_all(state: str, trigger: str) -> None:
    if (state, trigger) in EXPECTED:
        assert MACHINE.advance(state, trigger, EVERYTHING) == EXPECTED[state, trigger]
    else:
        with pytest.raises(NoSuchMove):
            MACHINE.advance(state, trigger, EVERYTHING)


def test_the_square_typed_by_hand_knows_every_stage_and_trigger() -> None:
    assert set(ROWS) == set(COMPLAINT.states)
    assert set(TRIGGERS) == set(COMPLAINT.triggers)


@pytest.mark.parametrize(("state", "trigger"), EXPECTED)
def test_with_nothing_shown_a_move_names_all_that_is_missing(state: str, trigger: str) -> None:
    needs = NEEDS | NEEDS_AT_ITS_END if state in {"withdrawn", "ended"} else NEEDS
    if trigger in needs:
        with pytest.raises(MoveRefused) as refused:
            MACHINE.advance(state, trigger, NOTHING)
        assert refused.value.unmet == needs[trigger]
    else:
        assert MACHINE.advance(state, trigger, NOTHING) == EXPECTED[state, trigger]


@pytest.mark.parametrize(
    ("fact", "claim", "state", "trigger"),
    [
        ("read_by_a_person", "a_person_has_read_it", "submitted", "acknowledge"),
        ("ground_given", "a_ground_is_given", "screening", "decline"),
        ("ground_given", "a_ground_is_given", "inquiry", "close"),
        ("consent_to_exact_text", "consent_to_the_exact_text", "screening", "refer"),
        ("consent_to_exact_text", "consent_to_the_exact_text", "draft_findings", "serve_draft"),
        ("consent_to_exact_text", "consent_to_the_exact_text", "findings", "serve_findings"),
        ("consent_to_exact_text", "consent_to_the_exact_text", "inquiry", "ask_third_party"),
        ("draft_served", "the_draft_was_served", "draft_findings", "draft_answered"),
        ("named_were_heard", "those_named_were_heard", "draft_findings", "conclude"),
        ("findings_name_nobody", "findings_name_nobody", "draft_findings", "conclude_without_names"),
        ("second_look_unused", "a_second_look_is_left", "declined", "request_review"),
        ("reviewer_did_not_decide", "reviewer_did_not_decide", "review", "uphold"),
        ("reviewer_did_not_decide", "reviewer_did_not_decide", "review", "reopen"),
        ("takes_part", "she_still_takes_part", "inquiry", "ask"),
        ("takes_part", "she_still_takes_part", "inquiry", "ask_consent"),
        ("takes_part", "she_still_takes_part", "inquiry", "withdraw_leave"),
        ("question_open", "a_question_is_open", "inquiry", "answer"),
        ("question_open", "a_question_is_open", "inquiry", "go_on_without_answer"),
        ("reason_given", "a_reason_is_given", "screening", "extend_feedback"),
        ("feedback_still_ahead", "the_feedback_date_is_still_ahead", "screening", "extend_feedback"),
        ("consent_asked", "a_consent_is_asked", "inquiry", "consent"),
        ("consent_asked", "a_consent_is_asked", "inquiry", "refuse_consent"),
        ("consent_stands", "a_consent_stands", "inquiry", "take_back_consent"),
        ("third_party_asked", "a_third_party_was_asked", "closed", "third_party_answered"),
        ("third_party_asked", "a_third_party_was_asked", "review", "go_on_without_third_party"),
        ("serious_harm_imminent", "serious_harm_is_imminent", "submitted", "act_on_danger"),
        ("watched", "we_still_read_here", "ended", "message"),
        ("watched", "we_still_read_here", "withdrawn", "message"),
        ("reason_given", "a_reason_is_given", "inquiry", "suspend"),
        ("no_question_waits", "no_question_waits_for_her", "inquiry", "ask"),
        ("time_left_to_wait", "time_is_left_to_wait_for_her", "inquiry", "ask"),
        ("not_suspended", "it_is_not_suspended_yet", "inquiry", "suspend"),
        ("time_left_to_pause", "time_is_left_to_pause", "inquiry", "suspend"),
        ("suspended", "it_is_suspended", "inquiry", "resume"),
    ],
)
def test_each_claim_alone_holds_its_move_back(fact: str, claim: str, state: str, trigger: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        MACHINE.advance(state, trigger, replace(EVERYTHING, **{fact: False}))
    assert refused.value.unmet == (claim,)


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
        assert MACHINE.advance(str(stage.name), "withdraw_forget", NOTHING) == "withdrawn"
        if stage.name not in AT_REST:
            assert MACHINE.advance(str(stage.name), "withdraw_stop", NOTHING) == "withdrawn"
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
    assert clock.starts_on == (Event("message"),)
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
