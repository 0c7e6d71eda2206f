"""A recommendation: what the office asks of someone who can change things, and what became of it. 0..n a case.

An answer that comes by letter stops the wait at once and is then read by a person; one that comes otherwise is written down at
the desk. Silence is an answer too (`no_reply`), and a late yes is still a yes.
"""

from dataclasses import dataclass
from enum import StrEnum

from states.counting import Counted, Mark
from states.table import Clock, Facts, Move, Owner, Stage, StateTable, event, from_each


class State(StrEnum):
    """Where a recommendation can rest."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    REPLIED = "replied"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
    NO_REPLY = "no_reply"
    FOLLOW_UP = "follow_up"
    IMPLEMENTED = "implemented"
    NOT_IMPLEMENTED = "not_implemented"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RecommendationFacts(Facts):
    """What must be shown before a recommendation may move."""

    addressee_named: bool = False
    consent_to_exact_text: bool = False
    """The person whose case it is agreed to this very text going to this very addressee, and has not taken it back."""
    reply_on_file: bool = False
    """What they answered: written down with its day, or the letter that it came in."""
    promise_on_file: bool = False
    outcome_on_file: bool = False
    ground_given: bool = False


def an_addressee_is_named(facts: RecommendationFacts) -> bool:
    """It says who is asked to do something."""
    return facts.addressee_named


def consent_to_the_exact_text(facts: RecommendationFacts) -> bool:
    """The person whose case it is agreed to exactly this text for exactly this addressee."""
    return facts.consent_to_exact_text


def the_reply_is_on_file(facts: RecommendationFacts) -> bool:
    """The addressee's answer is written down with its date, or it is in the letter that is named."""
    return facts.reply_on_file


def what_they_promised_is_written(facts: RecommendationFacts) -> bool:
    """It says what they promised to do; by when, if they said so."""
    return facts.promise_on_file


def the_outcome_is_on_file(facts: RecommendationFacts) -> bool:
    """What was done, or was not, is written down."""
    return facts.outcome_on_file


def a_ground_is_given(facts: RecommendationFacts) -> bool:
    """It says why the office lets it rest."""
    return facts.ground_given


S = State
OPEN_TO_YES = (S.ISSUED, S.NO_REPLY, S.REJECTED)
ANSWERED = (S.ACCEPTED, S.PARTLY_ACCEPTED, S.REJECTED)
LIVE = (S.DRAFTED, S.ISSUED, S.REPLIED, *ANSWERED, S.NO_REPLY, S.FOLLOW_UP)
REPLY = (the_reply_is_on_file,)
READ = ("accept", "accept_in_part", "reject", "find_no_answer")
"""Acts that say what an answer was."""

STAGES = (
    Stage(S.DRAFTED, Owner.OFFICE),
    Stage(S.ISSUED, Owner.ADDRESSEE),
    Stage(S.REPLIED, Owner.OFFICE),
    *(Stage(answered, Owner.OFFICE) for answered in ANSWERED),
    Stage(S.NO_REPLY, Owner.OFFICE),
    Stage(S.FOLLOW_UP, Owner.OFFICE),
    *(Stage(end, final=True) for end in (S.IMPLEMENTED, S.NOT_IMPLEMENTED, S.CLOSED)),
)

MOVES = (
    # trigger, from, to, only if
    Move("revise", S.DRAFTED, S.DRAFTED),
    Move("issue", S.DRAFTED, S.ISSUED, (an_addressee_is_named, consent_to_the_exact_text), discloses=True),
    # the post brings a letter: it is never silence, and whatever was written down before, it is read
    *from_each((S.ISSUED, S.NO_REPLY, *ANSWERED), "reply_came", S.REPLIED),
    Move("reply_came", S.FOLLOW_UP, S.FOLLOW_UP),
    *from_each((*OPEN_TO_YES, S.REPLIED, S.PARTLY_ACCEPTED), "accept", S.ACCEPTED, only_if=REPLY),
    *from_each((*OPEN_TO_YES, S.REPLIED), "accept_in_part", S.PARTLY_ACCEPTED, only_if=REPLY),
    *from_each((S.ISSUED, S.REPLIED, S.NO_REPLY), "reject", S.REJECTED, only_if=REPLY),
    Move("find_no_answer", S.REPLIED, S.NO_REPLY, REPLY),
    Move("pass_without_reply", S.ISSUED, S.NO_REPLY),
    *from_each((S.ACCEPTED, S.PARTLY_ACCEPTED), "start_follow_up", S.FOLLOW_UP,
               only_if=(what_they_promised_is_written,)),
    Move("check_follow_up", S.FOLLOW_UP, S.FOLLOW_UP),
    Move("confirm_implemented", S.FOLLOW_UP, S.IMPLEMENTED, (the_outcome_is_on_file,)),
    *from_each((S.FOLLOW_UP, S.REJECTED, S.NO_REPLY), "note_not_implemented", S.NOT_IMPLEMENTED,
               only_if=(the_outcome_is_on_file,)),
    *from_each(LIVE, "close", S.CLOSED, only_if=(a_ground_is_given,)),
    *from_each(LIVE, "end_with_case", S.CLOSED),
)  # fmt: skip

CLOCKS = (
    Clock("issuing", starts_on=(S.DRAFTED,), stops_on=("issue", "close")),
    Clock("reply", starts_on=(S.ISSUED,), stops_on=("reply_came", "accept", "accept_in_part", "reject", "close"),
          lapse="pass_without_reply"),
    Clock("reading", starts_on=(S.REPLIED, event("reply_came")),
          stops_on=(*READ, "check_follow_up", "confirm_implemented", "note_not_implemented", "close")),
    Clock("after_silence", starts_on=(S.NO_REPLY,), ends_in=(S.REPLIED,),
          stops_on=("accept", "accept_in_part", "reject", "note_not_implemented", "close")),
    Clock("after_reply", starts_on=ANSWERED, ends_in=(S.REPLIED,),
          stops_on=("start_follow_up", "note_not_implemented", "close")),
    Clock("follow_up", starts_on=(S.FOLLOW_UP,), stops_on=("check_follow_up",), repeats=True),
)  # fmt: skip

COUNTED = Counted(
    measure="recommendations",
    track="recommendation",
    open_in=LIVE,
    outcomes=(
        ("confirm_implemented", "implemented"),
        ("note_not_implemented", "not_implemented"),
        ("close", "closed"),
        ("end_with_case", "ended_with_case"),
    ),
    marks=(
        Mark("issued", ("issue",)),
        Mark("accepted", ("accept",)),
        Mark("accepted_in_part", ("accept_in_part",)),
        Mark("rejected", ("reject",)),
        Mark("no_reply", ("pass_without_reply", "find_no_answer")),
        Mark("implemented", ("confirm_implemented",)),
        Mark("not_implemented", ("note_not_implemented",)),
    ),
    duties=("issuing", "reading", "after_silence", "after_reply", "follow_up"),
)

RECOMMENDATION = StateTable(
    kind="recommendation",
    facts=RecommendationFacts,
    initial=S.DRAFTED,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
    sealed=True,
    consent_facts=("consent_to_exact_text",),
    listens=(
        ("complaint.recommend", "open"),
        ("complaint.withdraw_stop", "end_with_case"),
        ("complaint.withdraw_forget", "end_with_case"),
    ),
    counted=COUNTED,
)
