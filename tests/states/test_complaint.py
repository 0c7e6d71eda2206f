"""The complaint's whole square, typed again by hand, and what each move needs."""

from dataclasses import fields

from states.complaint import COMPLAINT
from states.complaint_claims import ComplaintFacts
from tests.fixtures.squares import Square

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
# is she treated worse because she came?
TREATED_WORSE = {
    "submitted": "name_fear it_happened watch_over",
    "acknowledged": "name_fear it_happened watch_over",
    "screening": "name_fear it_happened watch_over",
    "inquiry": "name_fear it_happened watch_over",
    "draft_findings": "name_fear it_happened watch_over",
    "findings": "name_fear it_happened watch_over",
    "follow_up": "name_fear it_happened watch_over",
    "review": "name_fear it_happened watch_over",
    "reopened": "name_fear it_happened watch_over",
    "declined": """
        name_fear it_happened nothing_happened stop_asking watch_over
        first_check_in second_check_in third_check_in last_check_in
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent""",
    "referred": """
        name_fear it_happened nothing_happened stop_asking watch_over
        first_check_in second_check_in third_check_in last_check_in
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent""",
    "closed": """
        name_fear it_happened nothing_happened stop_asking watch_over
        first_check_in second_check_in third_check_in last_check_in
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent""",
    "withdrawn": """
        name_fear it_happened nothing_happened stop_asking watch_over
        first_check_in second_check_in third_check_in last_check_in
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent""",
    "ended": """
        name_fear it_happened nothing_happened stop_asking watch_over
        first_check_in second_check_in third_check_in last_check_in
        ask_consent consent refuse_consent refuse_consent_by_silence take_back_consent""",
}
# a mediation is proposed, answered, stopped
MEDIATION = {
    "acknowledged": "answer_mediation stop_mediation",
    "screening": "propose_mediation answer_mediation stop_mediation",
    "inquiry": "propose_mediation answer_mediation stop_mediation",
    "draft_findings": "propose_mediation answer_mediation stop_mediation",
    "findings": "propose_mediation answer_mediation stop_mediation",
    "follow_up": "propose_mediation answer_mediation stop_mediation",
    "review": "answer_mediation stop_mediation",
    "reopened": "answer_mediation stop_mediation",
    "declined": "answer_mediation stop_mediation",
    "referred": "answer_mediation stop_mediation",
    "closed": "answer_mediation stop_mediation",
    "ended": "stop_mediation",
}
# is anyone in danger?
DANGER = dict.fromkeys(
    ("submitted", "acknowledged", "screening", "inquiry", "draft_findings", "findings", "follow_up", "review", "reopened"),
    "raise_alarm triage",
)
# she would rather talk
TALKING = dict.fromkeys(DANGER, "take_time leave_time cancel_time")
# several people, one matter; or one came for another
SEVERAL = dict.fromkeys(DANGER, "invite take_code_back join say_yes leave_group take_over")
SEVERAL |= {"submitted": "invite take_code_back join leave_group take_over"}
SEVERAL |= dict.fromkeys(("declined", "referred", "closed", "withdrawn", "ended"), "take_code_back say_yes leave_group take_over")
# the post brings an answer, and it is read
LETTERS = dict.fromkeys((*DANGER, "declined", "referred", "closed", "ended"), "reply_came take_answer")
LETTERS |= {"submitted": "", "withdrawn": "reply_came"}
EXPECTED = {
    (state, word.partition(">")[0]): word.partition(">")[2] or state
    for rows in (ROWS, TREATED_WORSE, MEDIATION, DANGER, TALKING, SEVERAL, LETTERS)
    for state, row in rows.items()
    for word in row.split()
}

# what each trigger needs, whatever the stage; a trigger that is not here needs nothing
NEEDS_AT_ITS_END = {
    "message": ("we_still_read_here",),
    "withdraw_forget": ("the_office_still_holds_keys", "nobody_else_is_in_it"),
    "it_happened": ("we_still_read_here",),
    "name_fear": ("nobody_watches_over_her", "we_still_read_here"),
    "watch_over": ("nobody_watches_over_her", "we_still_read_here"),
}
NEEDS_AT_REST = {"ask_consent": ("she_still_takes_part", "she_is_watched_over")}
NEEDS = {
    "acknowledge": ("a_person_has_read_it",),
    "decline": ("a_ground_is_given", "enough_others_have_read_it"),
    "close": ("a_ground_is_given", "who_mediated_makes_no_findings", "enough_others_have_read_it"),
    "draft": ("who_mediated_makes_no_findings",),
    "recommend": ("who_mediated_makes_no_findings",),
    "propose_mediation": ("she_still_takes_part", "no_mediation_is_open", "she_came_alone"),
    "answer_mediation": ("a_mediation_is_proposed",),
    "stop_mediation": ("a_mediation_goes_on",),
    "refer": ("consent_to_the_exact_text", "the_person_concerned_agrees"),
    "serve_draft": ("consent_to_the_exact_text", "the_person_concerned_agrees"),
    "serve_findings": ("consent_to_the_exact_text", "the_person_concerned_agrees"),
    "ask_third_party": ("consent_to_the_exact_text", "the_person_concerned_agrees"),
    "inquire": ("handler_heard_no_consultation_or_is_wanted", "the_person_concerned_agrees"),
    "invite": ("she_may_bring_others", "there_is_room_for_one_more", "no_mediation_is_open"),
    "take_code_back": ("a_code_is_unused",),
    "join": ("a_code_was_brought", "no_mediation_is_open"),
    "say_yes": ("a_consent_is_asked", "she_has_not_agreed_yet", "somebody_else_is_still_asked"),
    "leave_group": ("others_stay_in_it",),
    "take_over": ("somebody_came_for_her",),
    "withdraw_stop": ("nobody_else_is_in_it",),
    "withdraw_forget": ("nobody_else_is_in_it",),
    "draft_answered": ("the_draft_was_served", "their_answer_is_on_file"),
    "take_answer": ("an_answer_waits_to_be_read",),
    "conclude": ("those_named_were_heard", "every_answer_that_came_was_read", "who_mediated_makes_no_findings"),
    "conclude_without_names": ("findings_name_nobody", "every_answer_that_came_was_read", "who_mediated_makes_no_findings"),
    "request_review": ("a_second_look_is_left",),
    "uphold": ("reviewer_did_not_decide", "who_mediated_makes_no_findings"),
    "reopen": ("reviewer_did_not_decide",),
    "ask": ("she_still_takes_part", "no_question_waits_for_her", "time_is_left_to_wait_for_her"),
    "ask_consent": ("she_still_takes_part",),
    "withdraw_leave": ("she_still_takes_part", "nobody_else_is_in_it"),
    "name_fear": ("nobody_watches_over_her",),
    "watch_over": ("nobody_watches_over_her",),
    "nothing_happened": ("we_still_read_here",),
    "stop_asking": ("we_still_ask", "nobody_else_is_in_it"),
    "answer": ("a_question_is_open",),
    "go_on_without_answer": ("a_question_is_open",),
    "extend_feedback": ("a_reason_is_given", "the_feedback_date_is_still_ahead"),
    "consent": ("a_consent_is_asked", "everybody_else_agreed"),
    "refuse_consent": ("a_consent_is_asked",),
    "take_back_consent": ("a_consent_stands",),
    "third_party_answered": ("a_third_party_was_asked", "their_answer_is_on_file"),
    "go_on_without_third_party": ("a_third_party_was_asked",),
    "act_on_danger": (
        "serious_harm_is_imminent",
        "what_is_told_to_whom_is_written",
        "it_is_written_whether_she_was_told_first",
    ),
    "triage": ("a_person_has_read_it", "an_alarm_is_open"),
    "leave_time": ("a_time_is_taken",),
    "cancel_time": ("a_time_is_taken",),
    "suspend": ("a_reason_is_given", "it_is_not_suspended_yet", "time_is_left_to_pause"),
    "resume": ("it_is_suspended",),
}
ALONE = (
    ("read_by_a_person", "a_person_has_read_it", "submitted", "acknowledge"),
    ("ground_given", "a_ground_is_given", "screening", "decline"),
    ("ground_given", "a_ground_is_given", "inquiry", "close"),
    ("consent_to_exact_text", "consent_to_the_exact_text", "screening", "refer"),
    ("consent_to_exact_text", "consent_to_the_exact_text", "draft_findings", "serve_draft"),
    ("consent_to_exact_text", "consent_to_the_exact_text", "findings", "serve_findings"),
    ("consent_to_exact_text", "consent_to_the_exact_text", "inquiry", "ask_third_party"),
    ("draft_served", "the_draft_was_served", "draft_findings", "draft_answered"),
    ("reply_on_file", "their_answer_is_on_file", "findings", "draft_answered"),
    ("reply_on_file", "their_answer_is_on_file", "review", "third_party_answered"),
    ("answer_waits", "an_answer_waits_to_be_read", "ended", "take_answer"),
    ("answers_were_read", "every_answer_that_came_was_read", "draft_findings", "conclude"),
    ("answers_were_read", "every_answer_that_came_was_read", "draft_findings", "conclude_without_names"),
    ("named_were_heard", "those_named_were_heard", "draft_findings", "conclude"),
    ("findings_name_nobody", "findings_name_nobody", "draft_findings", "conclude_without_names"),
    ("second_look_unused", "a_second_look_is_left", "declined", "request_review"),
    ("reviewer_did_not_decide", "reviewer_did_not_decide", "review", "uphold"),
    ("did_not_mediate", "who_mediated_makes_no_findings", "review", "uphold"),
    ("did_not_mediate", "who_mediated_makes_no_findings", "inquiry", "draft"),
    ("did_not_mediate", "who_mediated_makes_no_findings", "draft_findings", "conclude"),
    ("did_not_mediate", "who_mediated_makes_no_findings", "findings", "recommend"),
    ("did_not_mediate", "who_mediated_makes_no_findings", "follow_up", "close"),
    ("others_read_it", "enough_others_have_read_it", "screening", "decline"),
    ("others_read_it", "enough_others_have_read_it", "inquiry", "close"),
    ("no_mediation_open", "no_mediation_is_open", "screening", "propose_mediation"),
    ("mediation_proposed", "a_mediation_is_proposed", "closed", "answer_mediation"),
    ("mediation_under_way", "a_mediation_goes_on", "ended", "stop_mediation"),
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
    ("danger_told_whole", "what_is_told_to_whom_is_written", "inquiry", "act_on_danger"),
    ("danger_told_her_first", "it_is_written_whether_she_was_told_first", "ended", "act_on_danger"),
    ("read_by_a_person", "a_person_has_read_it", "submitted", "triage"),
    ("alarm_open", "an_alarm_is_open", "inquiry", "triage"),
    ("watched", "we_still_read_here", "ended", "message"),
    ("watched", "we_still_read_here", "withdrawn", "message"),
    ("watched", "we_still_read_here", "withdrawn", "it_happened"),
    ("watched", "we_still_read_here", "ended", "name_fear"),
    ("watched", "we_still_read_here", "ended", "watch_over"),
    ("still_asked", "we_still_ask", "closed", "stop_asking"),
    ("not_watched_over", "nobody_watches_over_her", "submitted", "name_fear"),
    ("not_watched_over", "nobody_watches_over_her", "inquiry", "watch_over"),
    ("watched_over", "she_is_watched_over", "closed", "ask_consent"),
    ("reason_given", "a_reason_is_given", "inquiry", "suspend"),
    ("no_question_waits", "no_question_waits_for_her", "inquiry", "ask"),
    ("time_left_to_wait", "time_is_left_to_wait_for_her", "inquiry", "ask"),
    ("not_suspended", "it_is_not_suspended_yet", "inquiry", "suspend"),
    ("time_left_to_pause", "time_is_left_to_pause", "inquiry", "suspend"),
    ("suspended", "it_is_suspended", "inquiry", "resume"),
    ("alone", "nobody_else_is_in_it", "inquiry", "withdraw_stop"),
    ("alone", "nobody_else_is_in_it", "withdrawn", "withdraw_forget"),
    ("alone", "nobody_else_is_in_it", "closed", "withdraw_forget"),
    ("alone", "nobody_else_is_in_it", "inquiry", "withdraw_leave"),
    ("alone", "nobody_else_is_in_it", "closed", "stop_asking"),
    ("others_stay", "others_stay_in_it", "ended", "leave_group"),
    ("came_alone", "she_came_alone", "screening", "propose_mediation"),
    ("person_concerned_agrees", "the_person_concerned_agrees", "screening", "inquire"),
    ("person_concerned_agrees", "the_person_concerned_agrees", "screening", "refer"),
    ("person_concerned_agrees", "the_person_concerned_agrees", "inquiry", "ask_third_party"),
    ("person_concerned_agrees", "the_person_concerned_agrees", "draft_findings", "serve_draft"),
    ("person_concerned_agrees", "the_person_concerned_agrees", "findings", "serve_findings"),
    ("may_bring_others", "she_may_bring_others", "submitted", "invite"),
    ("room_for_one_more", "there_is_room_for_one_more", "inquiry", "invite"),
    ("no_mediation_open", "no_mediation_is_open", "inquiry", "join"),
    ("code_brought", "a_code_was_brought", "submitted", "join"),
    ("code_unused", "a_code_is_unused", "closed", "take_code_back"),
    ("others_agreed", "everybody_else_agreed", "inquiry", "consent"),
    ("others_still_asked", "somebody_else_is_still_asked", "inquiry", "say_yes"),
    ("own_yes_missing", "she_has_not_agreed_yet", "ended", "say_yes"),
    ("represented", "somebody_came_for_her", "inquiry", "take_over"),
)
# a stage whose matter is at rest, or over, asks otherwise
_OVER, _REST = ("withdrawn", "ended"), ("declined", "referred", "closed")
NEEDS_AT = {(state, trigger): claims for state in (*_OVER, *_REST) for trigger, claims in NEEDS_AT_REST.items()}
NEEDS_AT |= {(state, trigger): claims for state in _OVER for trigger, claims in NEEDS_AT_ITS_END.items()}
SQUARE = Square(COMPLAINT, EVERYTHING, EXPECTED, NEEDS, NEEDS_AT, ALONE)
