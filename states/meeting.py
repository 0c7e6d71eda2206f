"""A meeting of a body, from the day it is called for to the record that a later meeting approves.

Its order of business goes round before it; what becomes of each item is noted while it is held, and moves the proposal that
the item is about in the same act (`actions/kernel/driving.py`). A meeting put off is called anew, with a new day.
"""

from dataclasses import dataclass
from enum import StrEnum

from states.table import Clock, Facts, Move, Owner, Stage, StateTable, event, from_each


class State(StrEnum):
    """Where a meeting can rest."""

    PLANNED = "planned"
    ORDER_CIRCULATED = "order_circulated"
    POSTPONED = "postponed"
    HELD = "held"
    RECORD_APPROVED = "record_approved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class MeetingFacts(Facts):
    """What must be shown before a meeting may move."""

    has_business: bool = False
    on_its_day: bool = False
    attendance_told: bool = False
    majority_recorded: bool = False
    """For this very change of the order of business: the numbers of a vote that carries it by the pack's rule."""
    record_open: bool = False
    """No summary record has gone round yet."""
    all_disposed: bool = False
    record_circulated: bool = False
    later_meeting: bool = False


def there_is_business(facts: MeetingFacts) -> bool:
    """Its order of business has at least one item."""
    return facts.has_business


def it_is_its_day(facts: MeetingFacts) -> bool:
    """It is held on the day it was called for; another day is a postponement."""
    return facts.on_its_day


def it_is_told_who_is_there(facts: MeetingFacts) -> bool:
    """At least one member state is noted as present."""
    return facts.attendance_told


def the_majority_for_it_is_recorded(facts: MeetingFacts) -> bool:
    """The vote that the pack's rule asks for is told in numbers, and carries."""
    return facts.majority_recorded


def its_record_has_not_gone_round(facts: MeetingFacts) -> bool:
    """What went round as the record of a meeting is corrected, not changed."""
    return facts.record_open


def every_item_has_its_result(facts: MeetingFacts) -> bool:
    """For each item that was not struck out it is noted what became of it."""
    return facts.all_disposed


def its_record_has_gone_round(facts: MeetingFacts) -> bool:
    """The summary record was circulated."""
    return facts.record_circulated


def a_later_meeting_approves_it(facts: MeetingFacts) -> bool:
    """Another meeting of the same body, held after this one."""
    return facts.later_meeting


S = State
CALLED = (S.PLANNED, S.ORDER_CIRCULATED)

STAGES = (
    Stage(S.PLANNED, Owner.BODY),
    Stage(S.ORDER_CIRCULATED, Owner.BODY),
    Stage(S.POSTPONED, Owner.BODY),
    Stage(S.HELD, Owner.BODY),
    Stage(S.RECORD_APPROVED, final=True),
    Stage(S.CANCELLED, final=True),
)

MOVES = (
    # trigger, from, to, only if
    Move("set_order", S.PLANNED, S.PLANNED),
    Move("circulate_order", S.PLANNED, S.ORDER_CIRCULATED, (there_is_business,)),
    # Rules of Procedure of the General Assembly, arts. 20 and 32: what went round is changed by a majority of its own.
    *from_each((S.ORDER_CIRCULATED, S.HELD), "change_order",
               only_if=(the_majority_for_it_is_recorded, its_record_has_not_gone_round)),
    Move("hold", S.ORDER_CIRCULATED, S.HELD, (it_is_its_day, it_is_told_who_is_there)),
    Move("attend", S.HELD, S.HELD, (its_record_has_not_gone_round,)),
    Move("dispose", S.HELD, S.HELD),
    Move("circulate_record", S.HELD, S.HELD, (every_item_has_its_result,)),
    Move("correct_record", S.HELD, S.HELD, (its_record_has_gone_round,)),
    Move("approve_record", S.HELD, S.RECORD_APPROVED, (its_record_has_gone_round, a_later_meeting_approves_it)),
    *from_each(CALLED, "postpone", S.POSTPONED),
    Move("set_date", S.POSTPONED, S.PLANNED),
    *from_each((*CALLED, S.POSTPONED), "cancel", S.CANCELLED),
)  # fmt: skip

CLOCKS = (
    # The days of notice before the meeting, and the meeting's own day: a new date begins both anew.
    Clock("order", starts_on=(S.PLANNED,), stops_on=("circulate_order",), ends_in=(S.POSTPONED,)),
    Clock("holding", starts_on=(S.PLANNED,), stops_on=("hold",), ends_in=(S.POSTPONED,)),
    Clock("standing", starts_on=(S.PLANNED,), stops_on=("hold", "postpone")),
    Clock("new_date", starts_on=(S.POSTPONED,), stops_on=("set_date",)),
    Clock("record", starts_on=(S.HELD,), stops_on=("circulate_record",)),
    Clock("approval", starts_on=(event("circulate_record"),), stops_on=("approve_record",)),
)

MEETING = StateTable(
    kind="meeting",
    facts=MeetingFacts,
    initial=S.PLANNED,
    stages=STAGES,
    moves=MOVES,
    clocks=CLOCKS,
)
