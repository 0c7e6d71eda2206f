"""The clocks of a complaint, and what holds them. Their days stand in the policy under the same names.

Why they are as they are: `docs/decisions/0020-complaint-procedure.md`.
"""

from states.complaint_stages import AT_REST, State
from states.table import Clock, Pause, after, event

S = State
CHECK_INS = ("first_check_in", "second_check_in", "third_check_in", "last_check_in")
"""Clocks, each with the act it makes by itself on its day: the question is before her again."""

DECISIONS = ("decline", "refer", "close")
COME_TO_REST = (*DECISIONS, "uphold")
OUTCOMES = (*DECISIONS, "conclude", "conclude_without_names")
OTHERS_CAME_OR_LEFT = ("join", "leave_group", "take_over")
"""What was agreed to was agreed to by others than those who are here from now on: it is asked anew."""
CONSENT_SETTLED = ("consent", "refuse_consent", "withdraw_leave", *OTHERS_CAME_OR_LEFT)
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
    Clock("reply_owed", starts_on=(event("message"), event("take_time"), event("join")),
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
    Clock("answer_reading", starts_on=(event("reply_came"),), stops_on=("draft_answered", "third_party_answered", "take_answer"),
          ends_in=(S.WITHDRAWN,), outlives=True),
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
