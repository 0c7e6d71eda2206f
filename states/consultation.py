"""A consultation: someone talks to the office. No official complaint, no record but a tally, notes with a short life.

It becomes a complaint only by the visitor's own act. It passes nothing on: there is no consent here because there is
nothing to consent to; who wants something passed on makes it official. The one exception is imminent serious harm.
"""

from dataclasses import dataclass
from enum import StrEnum

from states.counting import Counted
from states.table import Clock, Facts, Move, Owner, Stage, StateTable, event, from_each


class State(StrEnum):
    """Where a consultation can rest."""

    ASKED = "asked"
    IN_CONVERSATION = "in_conversation"
    OPTIONS_DISCUSSED = "options_discussed"
    BECAME_FORMAL = "became_formal"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ConsultationFacts(Facts):
    """What must be shown before a consultation may move."""

    read_by_a_person: bool = False
    """Someone with a seat opened the text."""
    not_official_understood: bool = False
    """The visitor was told, and said so, that talking is no official complaint and stops no time limit."""
    serious_harm_imminent: bool = False
    """A person recorded that somebody may be seriously harmed very soon, and why."""
    danger_told_whole: bool = False
    """It is written what is told to whom."""
    danger_told_her_first: bool = False
    """It is written when and how she was told first, or why she could not be."""
    time_taken: bool = False
    """She took a time to talk, and neither she nor the office has given it up."""
    alarm_open: bool = False
    """Somebody said that a person may be in danger, and nobody has judged it since."""
    hand_over_asked: bool = False
    """She was asked whether somebody else may go on with it, and has not answered; nor has the time to answer passed."""


def a_person_has_read_it(facts: ConsultationFacts) -> bool:
    """A human being opened it: no flow can ever say so."""
    return facts.read_by_a_person


def not_official_is_understood(facts: ConsultationFacts) -> bool:
    """The visitor knows that this is no official complaint."""
    return facts.not_official_understood


def serious_harm_is_imminent(facts: ConsultationFacts) -> bool:
    """The one exception (IOA 3: imminent risk of serious harm), recorded by a person."""
    return facts.serious_harm_imminent


def what_is_told_to_whom_is_written(facts: ConsultationFacts) -> bool:
    """The record says exactly what was told, and to whom."""
    return facts.danger_told_whole


def it_is_written_whether_she_was_told_first(facts: ConsultationFacts) -> bool:
    """We promise her: if we can, she is told first."""
    return facts.danger_told_her_first


def an_alarm_is_open(facts: ConsultationFacts) -> bool:
    """There is something to judge: whether somebody is in danger."""
    return facts.alarm_open


def a_time_is_taken(facts: ConsultationFacts) -> bool:
    """There is a time to give up."""
    return facts.time_taken


def no_hand_over_is_asked(facts: ConsultationFacts) -> bool:
    """She is asked one thing at a time: whether this person may go on."""
    return not facts.hand_over_asked


def a_hand_over_is_asked(facts: ConsultationFacts) -> bool:
    """There is something for her to say yes or no to."""
    return facts.hand_over_asked


S = State
TALKING = (S.IN_CONVERSATION, S.OPTIONS_DISCUSSED)
LIVE = (S.ASKED, *TALKING)
DANGER = (serious_harm_is_imminent, what_is_told_to_whom_is_written, it_is_written_whether_she_was_told_first)

STAGES = (
    *(Stage(live, Owner.OFFICE) for live in LIVE),
    Stage(S.BECAME_FORMAL, final=True),
    Stage(S.ENDED, final=True),
)

MOVES = (
    # trigger, from, to, only if
    Move("understand", S.ASKED, S.ASKED),
    Move("open_conversation", S.ASKED, S.IN_CONVERSATION, (a_person_has_read_it, not_official_is_understood)),
    *from_each(LIVE, "message"),
    *from_each(TALKING, "reply"),
    *from_each(TALKING, "discuss_options", S.OPTIONS_DISCUSSED),
    *from_each(LIVE, "make_official", S.BECAME_FORMAL),
    *from_each(LIVE, "stop", S.ENDED),
    *from_each(TALKING, "end", S.ENDED),
    *from_each(TALKING, "end_by_silence", S.ENDED),
    *from_each(LIVE, "purge_notes"),
    *from_each(LIVE, "act_on_danger", only_if=DANGER, discloses=True),
    # she would rather talk: a time of those the office offers
    *from_each(LIVE, "take_time"),
    *from_each(LIVE, "leave_time", only_if=(a_time_is_taken,)),
    *from_each(LIVE, "cancel_time", only_if=(a_time_is_taken,)),
    # is anyone in danger? she says so, a person judges it
    *from_each(LIVE, "raise_alarm"),
    *from_each(LIVE, "triage", only_if=(a_person_has_read_it, an_alarm_is_open)),
    # the time in office of whoever answers for it ends: nobody else goes on unless she says so
    *from_each(LIVE, "ask_hand_over", only_if=(no_hand_over_is_asked,)),
    *from_each(LIVE, "agree_hand_over", only_if=(a_hand_over_is_asked,)),
    *from_each(LIVE, "refuse_hand_over", only_if=(a_hand_over_is_asked,)),
    *from_each(LIVE, "leave_unanswered"),
    *from_each(LIVE, "announce_term"),
    *from_each(LIVE, "call_off_term"),
    *from_each(LIVE, "end_with_term", S.ENDED),
)

JUDGED = ("triage", "act_on_danger")
ANSWERED = ("agree_hand_over", "refuse_hand_over")

CLOCKS = (
    Clock("triage", starts_on=(event("raise_alarm"),), stops_on=JUDGED),
    Clock("first_answer", starts_on=(S.ASKED,), stops_on=("open_conversation",)),
    # whatever she answers, she is owed a word: of whoever goes on, or of whoever does not
    Clock("reply_owed", starts_on=(event("message"), event("take_time"), *map(event, ANSWERED)),
          stops_on=("open_conversation", "reply", "discuss_options")),
    # silence counts only from our last word: nobody's consultation ends because we were late
    Clock("quiet", starts_on=(event("open_conversation"), event("reply"), event("discuss_options")),
          stops_on=("message", "take_time", *ANSWERED), lapse="end_by_silence"),
    Clock("note_life", starts_on=(S.ASKED,), repeats=True, lapse="purge_notes"),
    # silence is a no
    Clock("hand_over_answer", starts_on=(event("ask_hand_over"),), stops_on=ANSWERED, lapse="leave_unanswered"),
    # announced as many days before the last day as it counts: what was neither finished nor handed over ends with the term
    Clock("term", starts_on=(event("announce_term"),),
          stops_on=("announce_term", "call_off_term", "agree_hand_over"), lapse="end_with_term"),
)  # fmt: skip

COUNTED = Counted(
    measure="visitors",
    track="informal",
    open_in=LIVE,
    outcomes=(
        ("make_official", "became_formal"),
        ("stop", "stopped"),
        ("end", "ended"),
        ("end_by_silence", "ended_by_silence"),
        ("end_with_term", "ended_with_term"),
    ),
    duties=("triage", "first_answer", "reply_owed"),
    kept=False,
)

CONSULTATION = StateTable(
    kind="consultation",
    facts=ConsultationFacts,
    initial=S.ASKED,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
    sealed=True,
    consent_facts=("serious_harm_imminent",),
    emits=("make_official",),
    counted=COUNTED,
)
