"""A mandate: what a political organ told the General Secretariat to do, from the resolution to the note that it is done.

Only the mandating body can say that a mandate is fulfilled; the secretariat can only report it as done. "Overdue" is not a
state: it is a date compared with today (`domain.md` 7.4, `structure.md` 5.7).
"""

from dataclasses import dataclass
from enum import StrEnum

from states.table import Clock, Facts, Move, Owner, Stage, StateTable, event, from_each


class State(StrEnum):
    """Where a mandate can rest."""

    IN_FORCE = "in_force"
    ASSIGNED = "assigned"
    WAITING_FOR_FUNDS = "waiting_for_funds"
    IN_PROGRESS = "in_progress"
    REPORTED_AS_DONE = "reported_as_done"
    UNDER_REVIEW = "under_review"
    RENEWED = "renewed"
    ADAPTED = "adapted"
    FULFILLED = "fulfilled"
    MERGED = "merged"
    SUPERSEDED = "superseded"
    RETIRED = "retired"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class MandateFacts(Facts):
    """What must be shown before a mandate may move."""

    body_took_note: bool = False
    body_decided: bool = False
    successor_registered: bool = False
    lineage_acyclic: bool = False


def the_mandating_body_took_note(facts: MandateFacts) -> bool:
    """The body that gave the mandate, and no other, noted on a date that it is done."""
    return facts.body_took_note


def the_mandating_body_decided(facts: MandateFacts) -> bool:
    """A decision of the mandating body is recorded: body, date and instrument."""
    return facts.body_decided


def the_other_mandate_is_registered(facts: MandateFacts) -> bool:
    """The mandate that takes this one up is in the register."""
    return facts.successor_registered


def the_lineage_has_no_circle(facts: MandateFacts) -> bool:
    """Following predecessors never comes back to where it began."""
    return facts.lineage_acyclic


S = State
LIVE = (S.IN_FORCE, S.ASSIGNED, S.WAITING_FOR_FUNDS, S.IN_PROGRESS, S.REPORTED_AS_DONE, S.UNDER_REVIEW, S.RENEWED, S.ADAPTED)
TO_ASSIGN = (S.IN_FORCE, S.RENEWED, S.ADAPTED)
REVIEWABLE = (S.IN_FORCE, S.ASSIGNED, S.WAITING_FOR_FUNDS, S.IN_PROGRESS, S.REPORTED_AS_DONE, S.RENEWED, S.ADAPTED)
TAKES_UP = (the_other_mandate_is_registered, the_lineage_has_no_circle)

STAGES = (
    Stage(S.IN_FORCE, Owner.UNIT),
    Stage(S.ASSIGNED, Owner.UNIT),
    Stage(S.WAITING_FOR_FUNDS, Owner.UNIT),
    Stage(S.IN_PROGRESS, Owner.UNIT),
    Stage(S.REPORTED_AS_DONE, Owner.BODY),
    Stage(S.UNDER_REVIEW, Owner.BODY),
    Stage(S.RENEWED, Owner.UNIT),
    Stage(S.ADAPTED, Owner.UNIT),
    *(Stage(end, final=True) for end in (S.FULFILLED, S.MERGED, S.SUPERSEDED, S.RETIRED, S.EXPIRED)),
)

MOVES = (
    # trigger, from, to, only if
    *from_each(TO_ASSIGN, "assign", S.ASSIGNED),
    *from_each((S.ASSIGNED, S.WAITING_FOR_FUNDS, S.IN_PROGRESS), "reassign"),
    *from_each((S.ASSIGNED, S.IN_PROGRESS), "await_funds", S.WAITING_FOR_FUNDS),
    Move("receive_funds", S.WAITING_FOR_FUNDS, S.IN_PROGRESS),
    Move("check_funds", S.WAITING_FOR_FUNDS, S.WAITING_FOR_FUNDS),
    Move("start", S.ASSIGNED, S.IN_PROGRESS),
    *from_each((S.ASSIGNED, S.IN_PROGRESS), "deliver", S.IN_PROGRESS),
    Move("report_progress", S.IN_PROGRESS, S.IN_PROGRESS),
    Move("report_done", S.IN_PROGRESS, S.REPORTED_AS_DONE),
    Move("return_to_work", S.REPORTED_AS_DONE, S.IN_PROGRESS),
    Move("note_fulfilled", S.REPORTED_AS_DONE, S.FULFILLED, (the_mandating_body_took_note,)),
    *from_each(REVIEWABLE, "open_review", S.UNDER_REVIEW),
    Move("keep", S.UNDER_REVIEW, S.IN_FORCE, (the_mandating_body_decided,)),
    Move("renew", S.UNDER_REVIEW, S.RENEWED, (the_mandating_body_decided,)),
    Move("adapt", S.UNDER_REVIEW, S.ADAPTED, (the_mandating_body_decided,)),
    Move("retire", S.UNDER_REVIEW, S.RETIRED, (the_mandating_body_decided,)),
    Move("merge", S.UNDER_REVIEW, S.MERGED, (the_mandating_body_decided, *TAKES_UP)),
    *from_each(LIVE, "supersede", S.SUPERSEDED, only_if=TAKES_UP),
    *from_each(LIVE, "expire", S.EXPIRED),
)

CLOCKS = (
    Clock("assignment", starts_on=TO_ASSIGN, stops_on=("assign",), ends_in=(S.UNDER_REVIEW,)),
    Clock("due", starts_on=(S.IN_FORCE, S.RENEWED, S.ADAPTED), stops_on=("deliver", "report_done")),
    Clock("sunset", starts_on=(S.IN_FORCE, S.RENEWED, S.ADAPTED), lapse="expire"),
    Clock("review_by", starts_on=(S.IN_FORCE, S.RENEWED, S.ADAPTED), stops_on=("open_review",)),
    Clock("start_of_work", starts_on=(S.ASSIGNED,), stops_on=("start", "deliver", "await_funds"), ends_in=(S.UNDER_REVIEW,)),
    Clock("funds_check", starts_on=(S.WAITING_FOR_FUNDS,), stops_on=("check_funds",), repeats=True,
          ends_in=(S.IN_PROGRESS, S.UNDER_REVIEW)),
    Clock("progress_report", starts_on=(S.IN_PROGRESS,), stops_on=("report_progress",), repeats=True,
          ends_in=(S.WAITING_FOR_FUNDS, S.REPORTED_AS_DONE, S.UNDER_REVIEW)),
    Clock("noting", starts_on=(event("report_done"),), stops_on=("note_fulfilled", "return_to_work"), ends_in=(S.UNDER_REVIEW,)),
    Clock("review", starts_on=(event("open_review"),), stops_on=("keep", "renew", "adapt", "retire", "merge")),
)  # fmt: skip

MANDATE = StateTable(
    kind="mandate",
    facts=MandateFacts,
    initial=S.IN_FORCE,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
    emits=("report_done", "note_fulfilled", "expire", "supersede"),
    listens=(("proposal.submit", "deliver"),),
)
