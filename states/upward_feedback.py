"""Upward feedback: what several people of one unit say together to somebody above them, without saying who they are.

Each is asked alone, in the case that person brought to the office, for a yes to the very same text for the very same receiver.
No answer is a no. With fewer yeses than the policy asks for nothing ever leaves, and nobody outside the office learns that
anybody was asked. No manager can begin it: a request is written down, and moves nothing
(`docs/decisions/0061-upward-feedback.md`).
"""

from dataclasses import dataclass
from enum import StrEnum

from states.counting import Counted, Mark
from states.table import Clock, Facts, Move, Owner, Stage, StateTable, event, from_each


class State(StrEnum):
    """Where upward feedback can rest."""

    GATHERING = "gathering"
    ASKED = "asked"
    READY = "ready"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    NO_REPLY = "no_reply"
    CLOSED = "closed"
    NOT_ENOUGH = "not_enough"


class Asker(StrEnum):
    """Who asked the office for it, by office and never by name. None of them can have it."""

    HEAD_OF_HOUSE = "head_of_house"
    HEAD_OF_UNIT = "head_of_unit"
    INSPECTOR = "inspector"
    HUMAN_RESOURCES = "human_resources"
    LEGAL = "legal"
    COUNCIL = "council"
    SOMEBODY_ELSE = "somebody_else"


@dataclass(frozen=True, slots=True)
class UpwardFeedbackFacts(Facts):
    """What must be shown before upward feedback may move."""

    case_can_join: bool = False
    """A case under way in which people are asked for consent, with a seat of whoever acts, and not in here yet."""
    of_this_unit: bool = False
    another_person: bool = False
    all_readers_know_the_case: bool = False
    """Everybody who can read this can read that case, too."""
    unit_large_enough: bool = False
    case_joined: bool = False
    text_not_put_before: bool = False
    enough_agreed: bool = False
    """As many people as the policy asks for agreed to this very text, can still take it back, and have not."""
    reply_on_file: bool = False
    ground_given: bool = False


def the_case_can_join(facts: UpwardFeedbackFacts) -> bool:
    """It is a case under way that whoever acts may read, and it is not in here yet."""
    return facts.case_can_join


def this_person_is_of_the_unit(facts: UpwardFeedbackFacts) -> bool:
    """Whoever acts says that this person belongs to the unit."""
    return facts.of_this_unit


def this_person_is_counted_once(facts: UpwardFeedbackFacts) -> bool:
    """Whoever acts says that this is nobody who is in here already, with another case."""
    return facts.another_person


def whoever_reads_this_may_read_the_case(facts: UpwardFeedbackFacts) -> bool:
    """Nobody learns here of a case that they must not see."""
    return facts.all_readers_know_the_case


def the_unit_is_large_enough(facts: UpwardFeedbackFacts) -> bool:
    """So many people work there that the text does not tell who stands behind it."""
    return facts.unit_large_enough


def the_case_has_joined(facts: UpwardFeedbackFacts) -> bool:
    """Nobody is asked who is not in here."""
    return facts.case_joined


def the_text_was_not_put_to_this_person(facts: UpwardFeedbackFacts) -> bool:
    """Nobody is asked twice for the same text: a no is a no, and so is silence."""
    return facts.text_not_put_before


def enough_people_agreed_to_the_exact_text(facts: UpwardFeedbackFacts) -> bool:
    """As many as the policy asks for agreed to exactly this text for exactly this receiver, and nobody of them took it back."""
    return facts.enough_agreed


def the_reply_is_on_file(facts: UpwardFeedbackFacts) -> bool:
    """What the receiver answered is written down, with its date."""
    return facts.reply_on_file


def a_ground_is_given(facts: UpwardFeedbackFacts) -> bool:
    """It says why the office lets it rest."""
    return facts.ground_given


S = State
UNSENT = (S.GATHERING, S.ASKED, S.READY)
SENT = (S.DELIVERED, S.ACKNOWLEDGED, S.NO_REPLY)
LIVE = (*UNSENT, *SENT)
JOINING = (the_case_can_join, this_person_is_of_the_unit, this_person_is_counted_once, whoever_reads_this_may_read_the_case)
ASKING = (the_unit_is_large_enough, the_case_has_joined, the_text_was_not_put_to_this_person)
ENOUGH = (the_unit_is_large_enough, enough_people_agreed_to_the_exact_text)

STAGES = (
    *(Stage(unsent, Owner.OFFICE) for unsent in UNSENT),
    Stage(S.DELIVERED, Owner.ADDRESSEE),
    Stage(S.ACKNOWLEDGED, Owner.OFFICE),
    Stage(S.NO_REPLY, Owner.OFFICE),
    Stage(S.CLOSED, final=True),
    Stage(S.NOT_ENOUGH, final=True),
)

MOVES = (
    # trigger, from, to, only if
    *from_each(UNSENT, "include", only_if=JOINING),
    # another text is another question: every yes was to the text before
    *from_each(UNSENT, "revise", S.GATHERING),
    *from_each(UNSENT, "ask", S.ASKED, only_if=ASKING),
    Move("find_ready", S.ASKED, S.READY, ENOUGH),
    Move("deliver", S.READY, S.DELIVERED, ENOUGH, discloses=True),
    *from_each((S.DELIVERED, S.NO_REPLY), "acknowledge", S.ACKNOWLEDGED, only_if=(the_reply_is_on_file,)),
    # the post brings a letter: from then on it is no silence, and a person reads it
    *from_each((S.DELIVERED, S.NO_REPLY), "reply_came"),
    Move("pass_without_reply", S.DELIVERED, S.NO_REPLY),
    *from_each(UNSENT, "come_to_nothing", S.NOT_ENOUGH),
    # somebody outside wants it, or wants to know of it: that is written down, and is all that happens
    *from_each(LIVE, "refuse_request"),
    *from_each(LIVE, "close", S.CLOSED, only_if=(a_ground_is_given,)),
)

CLOCKS = (
    Clock("asking", starts_on=(S.GATHERING,), stops_on=("ask", "close")),
    # it runs on from the day it began, whatever is written or asked meanwhile: nobody is worn down by asking on and on
    Clock("gathering", starts_on=(S.GATHERING,), stops_on=("deliver", "close"), lapse="come_to_nothing"),
    Clock("delivery", starts_on=(S.READY,), stops_on=("deliver", "close"), ends_in=(S.GATHERING, S.ASKED)),
    Clock("reply", starts_on=(S.DELIVERED,), stops_on=("reply_came", "acknowledge", "close"), lapse="pass_without_reply"),
    Clock("reading", starts_on=(event("reply_came"),), stops_on=("acknowledge", "close")),
    Clock("after_reply", starts_on=(S.ACKNOWLEDGED, S.NO_REPLY), stops_on=("acknowledge", "close")),
)

COUNTED = Counted(
    measure="own",
    track="upward_feedback",
    open_in=LIVE,
    # how many were asked, and who said no, is counted nowhere: these marks do not tell it
    outcomes=(("come_to_nothing", "not_sent"), ("close", "closed")),
    marks=(
        Mark("feedback_delivered", ("deliver",)),
        Mark("feedback_acknowledged", ("acknowledge",)),
        Mark("feedback_no_reply", ("pass_without_reply",)),
        Mark("feedback_request_refused", ("refuse_request",)),
    ),
    duties=("asking", "delivery", "reading", "after_reply"),
)

UPWARD_FEEDBACK = StateTable(
    kind="upward_feedback",
    facts=UpwardFeedbackFacts,
    initial=S.GATHERING,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
    sealed=True,
    consent_facts=("enough_agreed",),
    counted=COUNTED,
)
