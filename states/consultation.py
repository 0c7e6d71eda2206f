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


def a_person_has_read_it(facts: ConsultationFacts) -> bool:
    """A human being opened it: no flow can ever say so."""
    return facts.read_by_a_person


def not_official_is_understood(facts: ConsultationFacts) -> bool:
    """The visitor knows that this is no official complaint."""
    return facts.not_official_understood


def serious_harm_is_imminent(facts: ConsultationFacts) -> bool:
    """The one exception (IOA 3: imminent risk of serious harm), recorded by a person."""
    return facts.serious_harm_imminent


S = State
TALKING = (S.IN_CONVERSATION, S.OPTIONS_DISCUSSED)
LIVE = (S.ASKED, *TALKING)

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
    *from_each(LIVE, "act_on_danger", only_if=(serious_harm_is_imminent,), discloses=True),
)

CLOCKS = (
    Clock("first_answer", starts_on=(S.ASKED,), stops_on=("open_conversation",)),
    Clock("reply_owed", starts_on=(event("message"),), stops_on=("open_conversation", "reply", "discuss_options")),
    # silence counts only from our last word: nobody's consultation ends because we were late
    Clock("quiet", starts_on=(event("open_conversation"), event("reply"), event("discuss_options")),
          stops_on=("message",), lapse="end_by_silence"),
    Clock("note_life", starts_on=(S.ASKED,), repeats=True, lapse="purge_notes"),
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
    ),
    duties=("first_answer", "reply_owed"),
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
