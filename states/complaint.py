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
    an_answer_waits_to_be_read,
    consent_to_the_exact_text,
    enough_others_have_read_it,
    every_answer_that_came_was_read,
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
    their_answer_is_on_file,
    those_named_were_heard,
    time_is_left_to_pause,
    time_is_left_to_wait_for_her,
    we_still_ask,
    we_still_read_here,
    what_is_told_to_whom_is_written,
    who_mediated_makes_no_findings,
)
from states.complaint_group import (
    a_code_is_unused,
    a_code_was_brought,
    everybody_else_agreed,
    nobody_else_is_in_it,
    others_stay_in_it,
    she_came_alone,
    she_has_not_agreed_yet,
    she_may_bring_others,
    somebody_came_for_her,
    somebody_else_is_still_asked,
    the_person_concerned_agrees,
    there_is_room_for_one_more,
)
from states.complaint_stages import AT_REST, LIVE, OVER, WORK, State
from states.complaint_time import CHECK_INS, CLOCKS, MEDIATING, PAUSES, WITHDRAWALS
from states.counting import Counted, Mark
from states.table import Move, Owner, Stage, StateTable, from_each


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
OUTWARD = (S.SCREENING, S.INQUIRY, S.DRAFT_FINDINGS, S.FOLLOW_UP, S.REVIEW)
FROM_DRAFT = (S.DRAFT_FINDINGS, S.FINDINGS, S.FOLLOW_UP)
CONSENT = (consent_to_the_exact_text, the_person_concerned_agrees)
TRACKS_APART = (handler_heard_no_consultation_or_is_wanted, the_person_concerned_agrees)
REVIEWER = (reviewer_did_not_decide,)
APART = (who_mediated_makes_no_findings,)
SECOND_EYES = (enough_others_have_read_it,)
# a consent, or an answer from outside, can always be asked for: once that wait is spent, it holds no clock
ASKING = (she_still_takes_part, no_question_waits_for_her, time_is_left_to_wait_for_her)
DANGER = (serious_harm_is_imminent, what_is_told_to_whom_is_written, it_is_written_whether_she_was_told_first)
# with a protection of her the office may have to speak after the end, and only with her yes
PROTECTED = (*AT_REST, *OVER)
PROPOSING = (she_still_takes_part, no_mediation_is_open, she_came_alone)
ONE_OF_SEVERAL = (a_consent_is_asked, she_has_not_agreed_yet, somebody_else_is_still_asked)
BRINGING = (she_may_bring_others, there_is_room_for_one_more, no_mediation_is_open)
JOINING = (a_code_was_brought, no_mediation_is_open)
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
    Move("decline", S.SCREENING, S.DECLINED, (a_ground_is_given, *SECOND_EYES)),
    *from_each((S.SCREENING, S.INQUIRY), "refer", S.REFERRED, only_if=CONSENT, discloses=True),
    *from_each((S.SCREENING, S.REOPENED), "inquire", S.INQUIRY, only_if=TRACKS_APART),
    Move("draft", S.INQUIRY, S.DRAFT_FINDINGS, APART),
    Move("serve_draft", S.DRAFT_FINDINGS, S.DRAFT_FINDINGS, CONSENT, discloses=True),
    *from_each((S.INQUIRY, *FROM_DRAFT), "draft_answered", only_if=(the_draft_was_served, their_answer_is_on_file)),
    Move("inquire_further", S.DRAFT_FINDINGS, S.INQUIRY),
    Move("conclude", S.DRAFT_FINDINGS, S.FINDINGS, (those_named_were_heard, every_answer_that_came_was_read, *APART)),
    Move("conclude_without_names", S.DRAFT_FINDINGS, S.FINDINGS, (findings_name_nobody, every_answer_that_came_was_read, *APART)),
    *from_each((S.FINDINGS, S.FOLLOW_UP), "serve_findings", only_if=CONSENT, discloses=True),
    *from_each((S.FINDINGS, S.FOLLOW_UP), "recommend", only_if=APART),
    Move("follow_up", S.FINDINGS, S.FOLLOW_UP),
    Move("check_follow_up", S.FOLLOW_UP, S.FOLLOW_UP),
    *from_each((S.SCREENING, S.INQUIRY, *FROM_DRAFT), "close", S.CLOSED, only_if=(a_ground_is_given, *APART, *SECOND_EYES)),
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
    *from_each((*AT_REST, *OVER), "stop_asking", only_if=(we_still_ask, nobody_else_is_in_it)),
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
    *from_each(WORK, "consent", only_if=(a_consent_is_asked, everybody_else_agreed)),
    *from_each(WORK, "say_yes", only_if=ONE_OF_SEVERAL),
    *from_each(WORK, "refuse_consent", only_if=(a_consent_is_asked,)),
    *from_each((*WORK, *PROTECTED), "refuse_consent_by_silence"),
    *from_each(WORK, "take_back_consent", only_if=(a_consent_stands,)),
    *from_each(PROTECTED, "ask_consent", only_if=(she_still_takes_part, she_is_watched_over)),
    *from_each(PROTECTED, "consent", only_if=(a_consent_is_asked, everybody_else_agreed)),
    *from_each(PROTECTED, "say_yes", only_if=ONE_OF_SEVERAL),
    *from_each(PROTECTED, "refuse_consent", only_if=(a_consent_is_asked,)),
    *from_each(PROTECTED, "take_back_consent", only_if=(a_consent_stands,)),
    # the world outside
    *from_each(OUTWARD, "ask_third_party", only_if=CONSENT, discloses=True),
    *from_each((*WORK, *AT_REST), "third_party_answered", only_if=(a_third_party_was_asked, their_answer_is_on_file)),
    *from_each(WORK, "go_on_without_third_party", only_if=(a_third_party_was_asked,)),
    # the post brings a letter: it waits to be read, and is never silence
    *from_each((*WORK, *AT_REST, *OVER), "reply_came"),
    *from_each((*WORK, *AT_REST, S.ENDED), "take_answer", only_if=(an_answer_waits_to_be_read,)),
    *from_each((*LIVE, *AT_REST, *OVER), "act_on_danger", only_if=DANGER, discloses=True),
    # she would rather talk: a time of those the office offers
    *from_each(LIVE, "take_time"),
    *from_each(LIVE, "leave_time", only_if=(a_time_is_taken,)),
    *from_each(LIVE, "cancel_time", only_if=(a_time_is_taken,)),
    # is anyone in danger? she says so, a person judges it
    *from_each(LIVE, "raise_alarm"),
    *from_each(LIVE, "triage", only_if=(a_person_has_read_it, an_alarm_is_open)),
    # a mediation, if both sides agree: it holds no clock, and her no is nobody's to read afterwards
    *from_each((S.SCREENING, S.INQUIRY, *FROM_DRAFT), "propose_mediation", only_if=PROPOSING),
    *from_each((*WORK, *AT_REST), "answer_mediation", only_if=(a_mediation_is_proposed,)),
    *from_each((*WORK, *AT_REST, S.ENDED), "stop_mediation", only_if=(a_mediation_goes_on,)),
    *from_each(WORK, "suspend", only_if=SUSPENDING),
    *from_each(WORK, "resume", only_if=(it_is_suspended,)),
    # three ways to withdraw: stop everything, go on without me, forget me
    *from_each(LIVE, "withdraw_stop", S.WITHDRAWN, only_if=(nobody_else_is_in_it,)),
    *from_each(LIVE, "withdraw_leave", only_if=(she_still_takes_part, nobody_else_is_in_it)),
    *from_each((*LIVE, *AT_REST), "withdraw_forget", S.WITHDRAWN, only_if=(nobody_else_is_in_it,)),
    # the strongest way stays open after the weakest
    Move("withdraw_forget", S.WITHDRAWN, S.WITHDRAWN, (the_office_still_holds_keys, nobody_else_is_in_it)),
    # several people, one matter: the first brings the others, each can leave; one came for another until that person takes over
    *from_each(LIVE, "invite", only_if=BRINGING),
    *from_each((*LIVE, *AT_REST, *OVER), "take_code_back", only_if=(a_code_is_unused,)),
    *from_each(LIVE, "join", only_if=JOINING),
    *from_each((*LIVE, *AT_REST, *OVER), "leave_group", only_if=(others_stay_in_it,)),
    *from_each((*LIVE, *AT_REST, *OVER), "take_over", only_if=(somebody_came_for_her,)),
)

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
        "answer_reading",
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
