"""What becomes of a released report at the other side: it is transmitted, received by each mission, and noted by the Council.

What goes to one person alone (the annex, to the chair) ends when that person has received it. A newer edition takes the place
of one that nobody has noted yet.
"""

from dataclasses import dataclass
from enum import StrEnum

from states.table import Clock, Facts, Move, Owner, Stage, StateTable, from_each


class State(StrEnum):
    """Where a transmittal can rest."""

    TRANSMITTED = "transmitted"
    RECEIVED = "received"
    """By every member of the Council."""
    TAKEN = "taken"
    """Received by the one person it goes to."""
    NOTED = "noted"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class TransmittalFacts(Facts):
    """What must be shown before a transmittal may move."""

    by_receiver: bool = False
    """Who acts is one it goes to, and says for whom."""
    first_time: bool = False
    """For whom it is said now, it was not said before."""
    last_one: bool = False
    """Everybody else has received it."""
    for_one: bool = False
    """It goes to one person alone."""
    noting_shown: bool = False
    newer_out: bool = False


def a_receiver_says_so(facts: TransmittalFacts) -> bool:
    """Who acts is one it goes to."""
    return facts.by_receiver


def it_was_not_said_before(facts: TransmittalFacts) -> bool:
    """One receipt each."""
    return facts.first_time


def others_are_missing(facts: TransmittalFacts) -> bool:
    """It goes to several, and not all of them have it yet."""
    return not facts.for_one and not facts.last_one


def it_is_the_last(facts: TransmittalFacts) -> bool:
    """It goes to several, and everybody else has it."""
    return not facts.for_one and facts.last_one


def it_goes_to_one_alone(facts: TransmittalFacts) -> bool:
    """It goes to one person, who has it now."""
    return facts.for_one


def it_goes_to_the_council(facts: TransmittalFacts) -> bool:
    """What goes to one person alone is noted by nobody."""
    return not facts.for_one


def it_is_shown_where(facts: TransmittalFacts) -> bool:
    """A meeting that was held, or a document that says so, is named."""
    return facts.noting_shown


def a_newer_edition_is_out(facts: TransmittalFacts) -> bool:
    """The edition that corrects it was transmitted."""
    return facts.newer_out


S = State
OUT = (S.TRANSMITTED, S.RECEIVED)

STAGES = (
    Stage(S.TRANSMITTED, Owner.BODY),
    Stage(S.RECEIVED, Owner.BODY),
    *(Stage(end, final=True) for end in (S.TAKEN, S.NOTED, S.REPLACED)),
)

SAID = (a_receiver_says_so, it_was_not_said_before)

MOVES = (
    # trigger, from, to, only if
    Move("receive", S.TRANSMITTED, S.TRANSMITTED, (*SAID, others_are_missing)),
    Move("receive_last", S.TRANSMITTED, S.RECEIVED, (*SAID, it_is_the_last)),
    Move("receive_alone", S.TRANSMITTED, S.TAKEN, (*SAID, it_goes_to_one_alone)),
    # whoever comes later has received it all the same
    Move("receive_late", S.NOTED, S.NOTED, SAID),
    *from_each(OUT, "note", S.NOTED, only_if=(it_goes_to_the_council, it_is_shown_where)),
    *from_each(OUT, "replace", S.REPLACED, only_if=(a_newer_edition_is_out,)),
)

CLOCKS = (
    Clock("receipt", starts_on=(S.TRANSMITTED,), stops_on=("receive_last", "receive_alone")),
    Clock("noting", starts_on=(S.TRANSMITTED,), stops_on=("note",)),
)

TRANSMITTAL = StateTable(
    kind="transmittal",
    facts=TransmittalFacts,
    initial=S.TRANSMITTED,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
)
