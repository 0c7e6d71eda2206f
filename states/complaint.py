"""A complaint: from the first word to the remedy. Only a person can say it was read; nothing leaves without consent.

Why the rows are as they are: `docs/decisions/0020-complaint-procedure.md`. Assignment and recusal are not moves: they
are the kernel's.
"""

from enum import StrEnum

from states.complaint_claims import (
    ComplaintFacts,
    a_consent_is_asked,
    a_consent_stands,
    a_ground_is_given,
    a_mediation_goes_on,
    a_mediation_is_proposed,
    a_person_has_read_it,
    a_question_is_open,
    a_reason_is_given,
    a_second_look_is_left,
    a_third_party_was_asked,
    a_time_is_taken,
    an_alarm_is_open,
    consent_to_the_exact_text,
    findings_name_nobody,
    handler_heard_no_consultation_or_is_wanted,
    it_is_not_suspended_yet,
    it_is_suspended,
    it_is_written_whether_she_was_told_first,
    no_mediation_is_open,
    no_question_waits_for_her,
    nobody_watches_over_her,
    reviewer_did_not_decide,
    serious_harm_is_imminent,
    she_is_watched_over,
    she_still_takes_part,
    the_draft_was_served,
    the_feedback_date_is_still_ahead,
    the_office_still_holds_keys,
    those_named_were_heard,
    time_is_left_to_pause,
    time_is_left_to_wait_for_her,
    we_still_ask,
    we_still_read_here,
    what_is_told_to_whom_is_written,
    who_mediated_makes_no_findings,
)
from states.counting import Counted, Mark
from states.table import Clock, Move, Owner, Pause, Stage, StateTable, after, event, from_each


class State(StrEnum):
    """Where a complaint can rest."""

    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    SCREENING = "screening"
    INQUIRY = "inquiry"
    DRAFT_FINDINGS = "draft_findings"
    FINDINGS = "findings"
    FOLLOW_UP = "follow_up"
    REVIEW = "review"
    REOPENED = "reopened"
    DECLINED = "declined"
    REFERRED = "referred"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Ground(StrEnum):
    """Why a complaint is not taken up. Codes, because nobody can search reasons in prose (`domain.md` 5.2)."""

    OUT_OF_REMIT = "out_of_remit"
    PREMATURE = "premature"
    NOT_PROPERLY_MADE = "not_properly_made"
    OUT_OF_TIME = "out_of_time"
    BETTER_PLACED_ELSEWHERE = "better_placed_elsewhere"
    REPETITIVE = "repetitive"
    DISCRETION = "discretion"


class ClosingGround(StrEnum):
    """Why the office closes a complaint that it took up."""

    SETTLED = "settled"
    NOTHING_FOUND = "nothing_found"
    NO_CONSENT = "no_consent"
    FINDINGS_GIVEN = "findings_given"
    FOLLOWED_UP = "followed_up"
    CANNOT_GO_ON = "cannot_go_on"


S = State
WORK = (S.ACKNOWLEDGED, S.SCREENING, S.INQUIRY, S.DRAFT_FINDINGS, S.FINDINGS, S.FOLLOW_UP, S.REVIEW, S.REOPENED)
AT_REST = (S.DECLINED, S.REFERRED, S.CLOSED)
"""Decided, but a second look may still be asked for."""
OVER = (S.WITHDRAWN, S.ENDED)
"""We have finished. If somebody treats her worse because she came, she can still tell us with the same words."""
LIVE = (S.SUBMITTED, *WORK)
CHECK_INS = ("first_check_in", "second_check_in", "third_check_in", "last_check_in")
"""Clocks, each with the act it makes by itself on its day: the question is before her again."""
OUTWARD = (S.SCREENING, S.INQUIRY, S.DRAFT_FINDINGS, S.FOLLOW_UP, S.REVIEW)
FROM_DRAFT = (S.DRAFT_FINDINGS, S.FINDINGS, S.FOLLOW_UP)
CONSENT = (consent_to_the_exact_text,)
TRACKS_APART = (handler_heard_no_consultation_or_is_wanted,)
REVIEWER = (reviewer_did_not_decide,)
APART = (who_mediated_makes_no_findings,)
# a consent, or an answer from outside, can always be asked for: once that wait is spent, it holds no clock
ASKING = (she_still_takes_part, no_question_waits_for_her, time_is_left_to_wait_for_her)
DANGER = (serious_harm_is_imminent, what_is_told_to_whom_is_written, it_is_written_whether_she_was_told_first)
# with a protection of her the office may have to speak after the end, and only with her yes
PROTECTED = (*AT_REST, *OVER)
SUSPENDING = (a_reason_is_given, it_is_not_suspended_yet, time_is_left_to_pause)

STAGES = (
    *(Stage(live, Owner.OFFICE) for live in LIVE),
    *(Stage(rest, Owner.VISITOR) for rest in AT_REST),
    Stage(S.WITHDRAWN, final=True),
    Stage(S.ENDED, final=True),
)

MOVES = (
    # trigger, from, to, only if
    Move("acknowledge", S.SUBMITTED, S.ACKNOWLEDGED, (a_person_has_read_it,)),
    *from_each((S.ACKNOWLEDGED, S.REOPENED), "screen", S.SCREENING),
    Move("decline", S.SCREENING, S.DECLINED, (a_ground_is_given,)),
    *from_each((S.SCREENING, S.INQUIRY), "refer", S.REFERRED, only_if=CONSENT, discloses=True),
    *from_each((S.SCREENING, S.REOPENED), "inquire", S.INQUIRY, only_if=TRACKS_APART),
    Move("draft", S.INQUIRY, S.DRAFT_FINDINGS, APART),
    Move("serve_draft", S.DRAFT_FINDINGS, S.DRAFT_FINDINGS, CONSENT, discloses=True),
    *from_each((S.INQUIRY, *FROM_DRAFT), "draft_answered", only_if=(the_draft_was_served,)),
    Move("inquire_further", S.DRAFT_FINDINGS, S.INQUIRY),
    Move("conclude", S.DRAFT_FINDINGS, S.FINDINGS, (those_named_were_heard, *APART)),
    Move("conclude_without_names", S.DRAFT_FINDINGS, S.FINDINGS, (findings_name_nobody, *APART)),
    *from_each((S.FINDINGS, S.FOLLOW_UP), "serve_findings", only_if=CONSENT, discloses=True),
    *from_each((S.FINDINGS, S.FOLLOW_UP), "recommend", only_if=APART),
    Move("follow_up", S.FINDINGS, S.FOLLOW_UP),
    Move("check_follow_up", S.FOLLOW_UP, S.FOLLOW_UP),
    *from_each((S.SCREENING, S.INQUIRY, *FROM_DRAFT), "close", S.CLOSED, only_if=(a_ground_is_given, *APART)),
    # a second look
    *from_each(AT_REST, "request_review", S.REVIEW, only_if=(a_second_look_is_left,)),
    Move("uphold", S.REVIEW, S.CLOSED, (*REVIEWER, *APART)),
    Move("reopen", S.REVIEW, S.REOPENED, REVIEWER),
    *from_each(AT_REST, "end", S.ENDED),
    # words, questions and answers
    *from_each((*LIVE, *AT_REST), "message"),
    *from_each(OVER, "message", only_if=(we_still_read_here,)),
    *from_each((*WORK, *AT_REST, *OVER), "reply"),
    *from_each((*AT_REST, *OVER), "end_watch"),
    # is she treated worse because she came? asked again and again, told whenever she likes; silence is no answer and no fault
    *from_each((*LIVE, *AT_REST), "name_fear", only_if=(nobody_watches_over_her,)),
    *from_each(OVER, "name_fear", only_if=(nobody_watches_over_her, we_still_read_here)),
    *from_each((*LIVE, *AT_REST), "it_happened"),
    *from_each(OVER, "it_happened", only_if=(we_still_read_here,)),
    *from_each((*AT_REST, *OVER), "nothing_happened", only_if=(we_still_read_here,)),
    *from_each((*AT_REST, *OVER), "stop_asking", only_if=(we_still_ask,)),
    *(move for name in CHECK_INS for move in from_each((*AT_REST, *OVER), name)),
    *from_each((*LIVE, *AT_REST), "watch_over", only_if=(nobody_watches_over_her,)),
    *from_each(OVER, "watch_over", only_if=(nobody_watches_over_her, we_still_read_here)),
    *from_each(WORK, "ask", only_if=ASKING),
    *from_each(WORK, "answer", only_if=(a_question_is_open,)),
    *from_each(WORK, "go_on_without_answer", only_if=(a_question_is_open,)),
    *from_each(WORK, "give_feedback"),
    *from_each(WORK, "extend_feedback", only_if=(a_reason_is_given, the_feedback_date_is_still_ahead)),
    # consent
    *from_each(WORK, "ask_consent", only_if=(she_still_takes_part,)),
    *from_each(WORK, "consent", only_if=(a_consent_is_asked,)),
    *from_each(WORK, "refuse_consent", only_if=(a_consent_is_asked,)),
    *from_each((*WORK, *PROTECTED), "refuse_consent_by_silence"),
    *from_each(WORK, "take_back_consent", only_if=(a_consent_stands,)),
    *from_each(PROTECTED, "ask_consent", only_if=(she_still_takes_part, she_is_watched_over)),
    *from_each(PROTECTED, "consent", only_if=(a_consent_is_asked,)),
    *from_each(PROTECTED, "refuse_consent", only_if=(a_consent_is_asked,)),
    *from_each(PROTECTED, "take_back_consent", only_if=(a_consent_stands,)),
    # the world outside
    *from_each(OUTWARD, "ask_third_party", only_if=CONSENT, discloses=True),
    *from_each((*WORK, *AT_REST), "third_party_answered", only_if=(a_third_party_was_asked,)),
    *from_each(WORK, "go_on_without_third_party", only_if=(a_third_party_was_asked,)),
    *from_each((*LIVE, *AT_REST, *OVER), "act_on_danger", only_if=DANGER, discloses=True),
    # she would rather talk: a time of those the office offers
    *from_each(LIVE, "take_time"),
    *from_each(LIVE, "leave_time", only_if=(a_time_is_taken,)),
    *from_each(LIVE, "cancel_time", only_if=(a_time_is_taken,)),
    # is anyone in danger? she says so, a person judges it
    *from_each(LIVE, "raise_alarm"),
    *from_each(LIVE, "triage", only_if=(a_person_has_read_it, an_alarm_is_open)),
    # a mediation, if both sides agree: it holds no clock, and her no is nobody's to read afterwards
    *from_each((S.SCREENING, S.INQUIRY, *FROM_DRAFT), "propose_mediation", only_if=(she_still_takes_part, no_mediation_is_open)),
    *from_each((*WORK, *AT_REST), "answer_mediation", only_if=(a_mediation_is_proposed,)),
    *from_each((*WORK, *AT_REST, S.ENDED), "stop_mediation", only_if=(a_mediation_goes_on,)),
    *from_each(WORK, "suspend", only_if=SUSPENDING),
    *from_each(WORK, "resume", only_if=(it_is_suspended,)),
    # three ways to withdraw: stop everything, go on without me, forget me
    *from_each(LIVE, "withdraw_stop", S.WITHDRAWN),
    *from_each(LIVE, "withdraw_leave", only_if=(she_still_takes_part,)),
    *from_each((*LIVE, *AT_REST), "withdraw_forget", S.WITHDRAWN),
    # the strongest way stays open after the weakest
    Move("withdraw_forget", S.WITHDRAWN, S.WITHDRAWN, (the_office_still_holds_keys,)),
)

DECISIONS = ("decline", "refer", "close")
COME_TO_REST = (*DECISIONS, "uphold")
OUTCOMES = (*DECISIONS, "conclude", "conclude_without_names")
CONSENT_SETTLED = ("consent", "refuse_consent", "withdraw_leave")
ANSWERED = ("answer", "message", "go_on_without_answer", "withdraw_leave")
JUDGED = ("triage", "act_on_danger")
WITHDRAWALS = ("withdraw_stop", "withdraw_leave", "withdraw_forget")
MEDIATING = ("propose_mediation", "answer_mediation", "stop_mediation")
THIRD_PARTY_SETTLED = ("third_party_answered", "go_on_without_third_party")

CLOCKS = (
    Clock("triage", starts_on=(event("raise_alarm"),), stops_on=JUDGED, ends_in=AT_REST),
    Clock("acknowledgement", starts_on=(S.SUBMITTED,), stops_on=("acknowledge",)),
    Clock("feedback", starts_on=(after("acknowledgement"),), stops_on=("give_feedback", "extend_feedback", *OUTCOMES)),
    Clock("extended_feedback", starts_on=(event("extend_feedback"),), stops_on=("give_feedback", *OUTCOMES)),
    Clock("screening", starts_on=(S.ACKNOWLEDGED, S.REOPENED), stops_on=("inquire", *DECISIONS)),
    Clock("inquiry", starts_on=(S.INQUIRY,), stops_on=("draft", "refer", "close")),
    Clock("findings", starts_on=(S.DRAFT_FINDINGS,),
          stops_on=("conclude", "conclude_without_names", "inquire_further", "close")),
    Clock("draft_reply", starts_on=(event("serve_draft"),), stops_on=("draft_answered",),
          ends_in=(S.INQUIRY, S.FINDINGS, S.CLOSED)),
    Clock("after_findings", starts_on=(S.FINDINGS,), stops_on=("follow_up", "close")),
    Clock("follow_up", starts_on=(S.FOLLOW_UP,), stops_on=("check_follow_up",), ends_in=(S.CLOSED,), repeats=True),
    Clock("second_look", starts_on=AT_REST, stops_on=("request_review",), lapse="end"),
    Clock("review", starts_on=(S.REVIEW,), stops_on=("uphold", "reopen")),
    Clock("reply_owed", starts_on=(event("message"), event("take_time")),
          stops_on=("acknowledge", "reply", "ask", "ask_consent", "give_feedback", *OUTCOMES, "withdraw_forget"),
          ends_in=(S.WITHDRAWN,),
          outlives=True),
    # she comes first: whatever she writes until this day is read, and nothing of it is destroyed before
    Clock("protection_watch", starts_on=(*AT_REST, event("withdraw_stop")), stops_on=("withdraw_forget",),
          ends_in=(S.REVIEW, S.WITHDRAWN), lapse="end_watch", outlives=True),
    # days on which she is asked again; that one passed unanswered is written down, and means nothing
    *(Clock(name, starts_on=(*AT_REST, event("withdraw_stop")), stops_on=("stop_asking", "withdraw_forget"),
            ends_in=(S.REVIEW, S.WITHDRAWN), lapse=name, outlives=True) for name in CHECK_INS),
    Clock("protection_answer", starts_on=(event("name_fear"), event("it_happened")),
          stops_on=("watch_over", "reply", "withdraw_forget"), ends_in=(S.WITHDRAWN,), outlives=True),
    Clock("consent_answer", starts_on=(event("ask_consent"),), stops_on=CONSENT_SETTLED, ends_in=(*AT_REST, S.WITHDRAWN),
          lapse="refuse_consent_by_silence", outlives=True),
    # the end of a pause's cap is itself a decision due
    Clock("no_answer_decision", starts_on=(event("ask"),), stops_on=ANSWERED, ends_in=AT_REST),
    Clock("no_third_party_answer_decision", starts_on=(event("ask_third_party"),), stops_on=THIRD_PARTY_SETTLED,
          ends_in=AT_REST),
    Clock("suspension_decision", starts_on=(event("suspend"),), stops_on=("resume",), ends_in=AT_REST),
)  # fmt: skip

PAUSED = ("screening", "inquiry", "findings", "after_findings", "follow_up", "review")
"""Only the office's own work waits. What we owe her (a first reading, feedback, a reply) never does."""

PAUSES = (
    Pause("awaiting_complainant", "ask", stops_on=(*ANSWERED, *COME_TO_REST), holds=PAUSED),
    Pause("awaiting_consent", "ask_consent", holds=PAUSED,
          stops_on=(*CONSENT_SETTLED, "refuse_consent_by_silence", *COME_TO_REST)),
    Pause("awaiting_third_party", "ask_third_party", stops_on=(*THIRD_PARTY_SETTLED, *COME_TO_REST), holds=PAUSED),
    Pause("by_decision", "suspend", stops_on=("resume", *COME_TO_REST), holds=PAUSED),
)  # fmt: skip

COUNTED = Counted(
    measure="cases",
    track="formal",
    # a second look opens nothing: only its outcome may
    open_in=tuple(live for live in LIVE if live != S.REVIEW),
    outcomes=(
        ("decline", "declined"),
        ("refer", "referred"),
        ("close", "closed"),
        ("withdraw_stop", "withdrawn"),
        ("withdraw_forget", "withdrawn"),
    ),
    ground="ground",
    grounds=(*Ground, *ClosingGround),
    marks=(
        Mark("second_look_asked", ("request_review",)),
        Mark("second_look_upheld", ("uphold",)),
        Mark("second_look_reopened", ("reopen",)),
        Mark("consent_refused", ("refuse_consent", "refuse_consent_by_silence")),
        Mark("acted_on_danger", ("act_on_danger",)),
        Mark("said_urgent", ("raise_alarm",)),
        Mark("left_it_to_the_office", ("withdraw_leave",)),
        Mark("wrote_after_the_end", ("message",), within=(*AT_REST, *OVER)),
        Mark("watch_ended", ("end_watch",)),
        Mark("named_fear", ("name_fear",)),
        Mark("told_of_harm", ("it_happened",)),
        Mark("said_unharmed", ("nothing_happened",)),
    ),
    duties=(
        "triage",
        "acknowledgement",
        "feedback",
        "extended_feedback",
        "screening",
        "inquiry",
        "findings",
        "after_findings",
        "follow_up",
        "review",
        "reply_owed",
        "protection_answer",
        "no_answer_decision",
        "no_third_party_answer_decision",
        "suspension_decision",
    ),
)

COMPLAINT = StateTable(
    kind="complaint",
    facts=ComplaintFacts,
    initial=S.SUBMITTED,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
    pauses=PAUSES,
    sealed=True,
    consent_facts=("consent_to_exact_text", "serious_harm_imminent"),
    emits=("recommend", "watch_over", "it_happened", "end_watch", *WITHDRAWALS, *MEDIATING),
    listens=(("consultation.make_official", "open"),),
    counted=COUNTED,
)
