"""What must be shown of a complaint before it may move: its facts, and the claims its table makes of them."""

from dataclasses import dataclass

from states.table import Facts


@dataclass(frozen=True, slots=True)
class ComplaintFacts(Facts):
    """What must be shown before a complaint may move. "She" is the person who came."""

    read_by_a_person: bool = False
    """Someone with a seat opened the text."""
    ground_given: bool = False
    reason_given: bool = False
    consent_to_exact_text: bool = False
    """Her consent stands, is not used up, and is to this very text and this very receiver."""
    consent_asked: bool = False
    """A consent was asked and neither given, refused, nor lapsed."""
    consent_stands: bool = False
    """Some consent was given and nothing was sent under it yet."""
    serious_harm_imminent: bool = False
    """A person recorded that somebody may be seriously harmed very soon, and why."""
    danger_told_whole: bool = False
    """It is written what is told to whom."""
    danger_told_her_first: bool = False
    """It is written when and how she was told first, or why she could not be."""
    alarm_open: bool = False
    """Somebody said that a person may be in danger, and nobody has judged it since."""
    findings_name_nobody: bool = False
    draft_served: bool = False
    named_were_heard: bool = False
    """The draft was served, and the reply came or the time for it has passed."""
    reply_on_file: bool = False
    """What somebody outside answered: written down, or the letter that it came in."""
    answer_waits: bool = False
    """A letter of theirs came that nobody has read yet; it is named."""
    answers_were_read: bool = False
    """No letter that came still waits to be read."""
    handler_heard_no_consultation: bool = False
    """Also true where the pack's office model does not separate the tracks."""
    same_person_asked_for: bool = False
    reviewer_did_not_decide: bool = False
    second_look_unused: bool = False
    """No second look has been decided since the complaint was opened or last reopened."""
    takes_part: bool = False
    """True until she lets the office go on without her."""
    question_open: bool = False
    """A question to her is neither answered nor given up."""
    third_party_asked: bool = False
    """A question to someone outside is neither answered nor given up."""
    suspended: bool = False
    no_question_waits: bool = False
    """The pause `awaiting_complainant` does not go on."""
    time_left_to_wait: bool = False
    """The pauses `awaiting_complainant` together have not lasted as long as the policy allows."""
    not_suspended: bool = False
    """The pause `by_decision` does not go on."""
    time_left_to_pause: bool = False
    """The pauses `by_decision` together have not lasted as long as the policy allows."""
    feedback_still_ahead: bool = False
    """The clock `feedback` runs and its due day has not passed."""
    watched: bool = False
    """The clock `protection_watch` runs and its due day has not passed, or a protection of her goes on."""
    still_asked: bool = False
    """She is asked whether anybody treats her worse, and has not told us to stop asking."""
    watched_over: bool = False
    """A protection grew out of this case and has not come to its end."""
    not_watched_over: bool = False
    """No protection grew out of this case, or every one has come to its end."""
    time_taken: bool = False
    """She took a time to talk, and neither she nor the office has given it up."""
    office_holds_keys: bool = False
    """She has not asked to be forgotten."""
    no_mediation_open: bool = False
    """No mediation that grew out of it is proposed or under way; what was settled may still be looked at."""
    mediation_proposed: bool = False
    """A mediation is proposed to her and not agreed yet."""
    mediation_under_way: bool = False
    """Both sides agreed to a mediation, and it has not come to its end."""
    did_not_mediate: bool = False
    """Whoever acts never was the mediator of this case, or closes it for a ground that finds nothing."""
    others_read_it: bool = False
    """As many others as the house wants, besides whoever acts, have opened it."""
    alone: bool = False
    """Whoever acts is the only one left of those who came, or the one it is about."""
    others_stay: bool = False
    """Whoever acts is one of several who came, and not the one it is about."""
    came_alone: bool = False
    """One person came, for themselves, and is here."""
    person_concerned_agrees: bool = False
    """Nobody came for somebody else, or the one it is about joined with words of their own."""
    may_bring_others: bool = False
    """Whoever acts came first, several can come here, and whoever it is about has not joined."""
    room_for_one_more: bool = False
    code_brought: bool = False
    """A code that leads here was typed in at the door."""
    code_unused: bool = False
    """A code was made that nobody has used."""
    others_agreed: bool = False
    """Everybody else has said yes to the text that is asked."""
    others_still_asked: bool = False
    """Somebody else has not said yes to the text that is asked."""
    own_yes_missing: bool = False
    """Whoever acts has not said yes to the text that is asked."""
    represented: bool = False
    """Whoever acts is the one it is about, and whoever came for them is here."""


def a_time_is_taken(facts: ComplaintFacts) -> bool:
    """There is a time to give up."""
    return facts.time_taken


def a_person_has_read_it(facts: ComplaintFacts) -> bool:
    """A human being opened it: no flow can ever say so."""
    return facts.read_by_a_person


def a_ground_is_given(facts: ComplaintFacts) -> bool:
    """One of the grounds is named."""
    return facts.ground_given


def a_reason_is_given(facts: ComplaintFacts) -> bool:
    """A reason stands there that she can read."""
    return facts.reason_given


def consent_to_the_exact_text(facts: ComplaintFacts) -> bool:
    """She agreed to exactly this text for exactly this receiver."""
    return facts.consent_to_exact_text


def a_consent_is_asked(facts: ComplaintFacts) -> bool:
    """There is a text before her to agree to or not."""
    return facts.consent_asked


def a_consent_stands(facts: ComplaintFacts) -> bool:
    """There is a consent that nothing was sent under yet."""
    return facts.consent_stands


def serious_harm_is_imminent(facts: ComplaintFacts) -> bool:
    """The one exception to consent (IOA 3: imminent risk of serious harm), recorded by a person."""
    return facts.serious_harm_imminent


def what_is_told_to_whom_is_written(facts: ComplaintFacts) -> bool:
    """The record says exactly what was told, and to whom."""
    return facts.danger_told_whole


def it_is_written_whether_she_was_told_first(facts: ComplaintFacts) -> bool:
    """We promise her: if we can, she is told first."""
    return facts.danger_told_her_first


def an_alarm_is_open(facts: ComplaintFacts) -> bool:
    """There is something to judge: whether somebody is in danger."""
    return facts.alarm_open


def findings_name_nobody(facts: ComplaintFacts) -> bool:
    """Nobody can be recognised in the findings."""
    return facts.findings_name_nobody


def the_draft_was_served(facts: ComplaintFacts) -> bool:
    """Someone outside has the draft."""
    return facts.draft_served


def those_named_were_heard(facts: ComplaintFacts) -> bool:
    """Whoever the findings name had the draft and the time to answer."""
    return facts.named_were_heard


def their_answer_is_on_file(facts: ComplaintFacts) -> bool:
    """What they answered is written down, or it is in the letter that is named."""
    return facts.reply_on_file


def an_answer_waits_to_be_read(facts: ComplaintFacts) -> bool:
    """A letter came that nobody has read, and it is the one that is named."""
    return facts.answer_waits


def every_answer_that_came_was_read(facts: ComplaintFacts) -> bool:
    """Nobody decides over an answer that lies unread."""
    return facts.answers_were_read


def handler_heard_no_consultation_or_is_wanted(facts: ComplaintFacts) -> bool:
    """Two tracks, two people, unless the visitor asks for the same one."""
    return facts.handler_heard_no_consultation or facts.same_person_asked_for


def reviewer_did_not_decide(facts: ComplaintFacts) -> bool:
    """Who takes the second look did not take the first."""
    return facts.reviewer_did_not_decide


def a_second_look_is_left(facts: ComplaintFacts) -> bool:
    """This decision was not looked at a second time before."""
    return facts.second_look_unused


def she_still_takes_part(facts: ComplaintFacts) -> bool:
    """Nothing more is asked of her once she let the office go on alone."""
    return facts.takes_part


def a_question_is_open(facts: ComplaintFacts) -> bool:
    """She was asked something."""
    return facts.question_open


def a_third_party_was_asked(facts: ComplaintFacts) -> bool:
    """Someone outside was asked something."""
    return facts.third_party_asked


def it_is_suspended(facts: ComplaintFacts) -> bool:
    """A decision to pause is in force."""
    return facts.suspended


def no_question_waits_for_her(facts: ComplaintFacts) -> bool:
    """One question at a time: our work waits for one answer, not for several."""
    return facts.no_question_waits


def time_is_left_to_wait_for_her(facts: ComplaintFacts) -> bool:
    """A wait that could hold nothing any more is not begun."""
    return facts.time_left_to_wait


def it_is_not_suspended_yet(facts: ComplaintFacts) -> bool:
    """Nobody begins a pause by decision while one goes on: its end would move without anybody deciding it."""
    return facts.not_suspended


def time_is_left_to_pause(facts: ComplaintFacts) -> bool:
    """A pause by decision that could hold nothing any more is not begun."""
    return facts.time_left_to_pause


def the_feedback_date_is_still_ahead(facts: ComplaintFacts) -> bool:
    """A late answer cannot be made punctual afterwards."""
    return facts.feedback_still_ahead


def we_still_read_here(facts: ComplaintFacts) -> bool:
    """The time in which she can still tell us with the same words is not over."""
    return facts.watched


def we_still_ask(facts: ComplaintFacts) -> bool:
    """She is asked from time to time whether it happened, until she says that she does not want to be."""
    return facts.still_asked


def she_is_watched_over(facts: ComplaintFacts) -> bool:
    """A protection of her goes on."""
    return facts.watched_over


def nobody_watches_over_her(facts: ComplaintFacts) -> bool:
    """One protection at a time: all that is told goes into it."""
    return facts.not_watched_over


def no_mediation_is_open(facts: ComplaintFacts) -> bool:
    """One mediation at a time: nobody has to answer two proposals."""
    return facts.no_mediation_open


def a_mediation_is_proposed(facts: ComplaintFacts) -> bool:
    """There is a proposal before her, which she can answer, and answer otherwise until both agreed."""
    return facts.mediation_proposed


def a_mediation_goes_on(facts: ComplaintFacts) -> bool:
    """There is something that she can stop."""
    return facts.mediation_under_way


def who_mediated_makes_no_findings(facts: ComplaintFacts) -> bool:
    """Whoever heard both sides in confidence judges nothing of it."""
    return facts.did_not_mediate


def enough_others_have_read_it(facts: ComplaintFacts) -> bool:
    """Nobody ends it alone where the house wants a second pair of eyes."""
    return facts.others_read_it


def the_office_still_holds_keys(facts: ComplaintFacts) -> bool:
    """There is something left to take from us: she has not asked to be forgotten yet."""
    return facts.office_holds_keys
