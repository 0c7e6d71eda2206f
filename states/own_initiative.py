"""An inquiry of the office's own: nobody came with it, the office noticed something and asks by itself.

What it asks, and how far, are terms that a second person of the office approves, never the one who wrote them; and whoever wrote
the findings does not conclude on them alone. Nobody's words stand behind it, so no consent can be asked: what leaves is only what
names nobody (`docs/decisions/0065-own-initiative.md`).
"""

from dataclasses import dataclass
from enum import StrEnum

from states.counting import Counted, Mark
from states.table import Clock, Facts, Move, Owner, Stage, StateTable, from_each


class State(StrEnum):
    """Where an inquiry of the office's own can rest."""

    NOTICED = "noticed"
    TERMS_PROPOSED = "terms_proposed"
    TERMS_SET = "terms_set"
    INQUIRING = "inquiring"
    DRAFTED = "drafted"
    CONCLUDED = "concluded"
    NOT_PURSUED = "not_pursued"
    CLOSED = "closed"


class Source(StrEnum):
    """Where the office noticed it. A wish of a manager is none of them."""

    PATTERN = "pattern"
    """Several matters of the office look alike."""
    CONTACTS = "contacts"
    """The tally of contact slips."""
    PRESS = "press"
    """What anybody could read or hear."""
    COUNCIL = "council"
    """The Council asked; the office decides whether, and what."""


@dataclass(frozen=True, slots=True)
class OwnInitiativeFacts(Facts):
    """What must be shown before it may move."""

    approver_is_another: bool = False
    """Whoever acts did not write the terms that wait."""
    concluder_is_another: bool = False
    """Whoever acts did not write the findings that wait."""
    findings_name_nobody: bool = False
    reply_on_file: bool = False
    reason_given: bool = False


def whoever_approves_did_not_write_the_terms(facts: OwnInitiativeFacts) -> bool:
    """A second pair of eyes looked at what is asked, and how far."""
    return facts.approver_is_another


def whoever_concludes_did_not_write_the_findings(facts: OwnInitiativeFacts) -> bool:
    """A second pair of eyes looked at what was found."""
    return facts.concluder_is_another


def findings_name_nobody(facts: OwnInitiativeFacts) -> bool:
    """Whoever acts says that nobody can be recognised in what leaves."""
    return facts.findings_name_nobody


def the_reply_is_on_file(facts: OwnInitiativeFacts) -> bool:
    """What was answered is written down, with its date."""
    return facts.reply_on_file


def a_reason_is_given(facts: OwnInitiativeFacts) -> bool:
    """It says why."""
    return facts.reason_given


S = State
BEFORE_THE_END = (S.NOTICED, S.TERMS_PROPOSED, S.TERMS_SET, S.INQUIRING, S.DRAFTED)
LIVE = (*BEFORE_THE_END, S.CONCLUDED)
REASON = (a_reason_is_given,)

STAGES = (
    *(Stage(live, Owner.OFFICE) for live in LIVE),
    Stage(S.NOT_PURSUED, final=True),
    Stage(S.CLOSED, final=True),
)

MOVES = (
    # trigger, from, to, only if
    # other terms are approved anew, also when the inquiry is under way
    *from_each((S.NOTICED, S.TERMS_SET, S.INQUIRING), "propose_terms", S.TERMS_PROPOSED),
    Move("approve_terms", S.TERMS_PROPOSED, S.TERMS_SET, (whoever_approves_did_not_write_the_terms,)),
    Move("return_terms", S.TERMS_PROPOSED, S.NOTICED, REASON),
    Move("inquire", S.TERMS_SET, S.INQUIRING),
    Move("note_step", S.INQUIRING, S.INQUIRING),
    Move("draft", S.INQUIRING, S.DRAFTED),
    Move("inquire_further", S.DRAFTED, S.INQUIRING),
    Move("conclude", S.DRAFTED, S.CONCLUDED, (whoever_concludes_did_not_write_the_findings,)),
    Move("send_findings", S.CONCLUDED, S.CONCLUDED, (findings_name_nobody,), discloses=True),
    Move("note_answer", S.CONCLUDED, S.CONCLUDED, (the_reply_is_on_file,)),
    Move("check_follow_up", S.CONCLUDED, S.CONCLUDED),
    *from_each(BEFORE_THE_END, "not_pursue", S.NOT_PURSUED, only_if=REASON),
    Move("close", S.CONCLUDED, S.CLOSED, REASON),
)

CLOCKS = (
    Clock("terms", starts_on=(S.NOTICED,), stops_on=("propose_terms", "not_pursue")),
    Clock("approval", starts_on=(S.TERMS_PROPOSED,), stops_on=("approve_terms", "return_terms", "not_pursue")),
    Clock("beginning", starts_on=(S.TERMS_SET,), stops_on=("inquire", "propose_terms", "not_pursue")),
    Clock("inquiry", starts_on=(S.INQUIRING,), stops_on=("draft", "propose_terms", "not_pursue")),
    Clock("findings", starts_on=(S.DRAFTED,), stops_on=("conclude", "inquire_further", "not_pursue")),
    Clock("follow_up", starts_on=(S.CONCLUDED,), stops_on=("check_follow_up",), ends_in=(S.CLOSED,), repeats=True),
)

COUNTED = Counted(
    measure="own",
    track="own_initiative",
    open_in=LIVE,
    outcomes=(("not_pursue", "not_pursued"), ("close", "closed")),
    marks=(
        Mark("own_terms_approved", ("approve_terms",)),
        Mark("own_concluded", ("conclude",)),
        Mark("own_findings_sent", ("send_findings",)),
        Mark("own_answered", ("note_answer",)),
    ),
    duties=("terms", "approval", "beginning", "inquiry", "findings", "follow_up"),
)

OWN_INITIATIVE = StateTable(
    kind="own_initiative",
    facts=OwnInitiativeFacts,
    initial=S.NOTICED,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
    sealed=True,
    # nobody came, so nobody can agree: only what names nobody leaves
    consent_facts=("findings_name_nobody",),
    counted=COUNTED,
)
