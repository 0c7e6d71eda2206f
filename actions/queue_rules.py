"""In which lists of the desk's queue a matter stands: from state, clocks and pauses alone (D15).

This is what the lists mean. Pages of them are found by the database's own lines (`queue_line`), which follow the same rules:
a test compares what it was told with this.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from actions.kinds.danger import TRIAGE
from records.matters import Matter
from states.complaint_time import CHECK_INS
from states.table import Event, Owner, StateTable


class Waits(StrEnum):
    """Whom a clock or a pause waits for, when not for us."""

    HER = "her"
    """The person who came."""
    THEM = "them"
    """Somebody outside: an addressee, a third party, who was served a draft."""
    NOBODY = "nobody"
    """Time alone."""


CLOCKS: Final[Mapping[tuple[str, str], Waits]] = {
    ("complaint", "consent_answer"): Waits.HER,
    ("complaint", "second_look"): Waits.HER,
    ("complaint", "draft_reply"): Waits.THEM,
    ("complaint", "protection_watch"): Waits.NOBODY,
    **{("complaint", name): Waits.NOBODY for name in CHECK_INS},
    ("consultation", "quiet"): Waits.HER,
    ("consultation", "note_life"): Waits.NOBODY,
    ("recommendation", "reply"): Waits.THEM,
    ("mediation", "first_answer"): Waits.HER,
    ("protection", "reply"): Waits.THEM,
    ("upward_feedback", "gathering"): Waits.HER,
    ("upward_feedback", "reply"): Waits.THEM,
}
"""The clocks that are no duty of the office, by kind. Every other one is owed by us."""
PAUSES: Final[Mapping[tuple[str, str], Waits]] = {
    ("complaint", "awaiting_complainant"): Waits.HER,
    ("complaint", "awaiting_consent"): Waits.HER,
    ("complaint", "awaiting_third_party"): Waits.THEM,
    ("complaint", "by_decision"): Waits.NOBODY,
}
OWNERS: Final = {Owner.VISITOR: Waits.HER, Owner.ADDRESSEE: Waits.THEM}
HER_WORDS: Final = ("message", "name_fear", "it_happened")
"""The triggers by which she writes, in every kind that has them."""
READ_FIRST: Final = "a_person_has_read_it"
"""The claim without which nobody leaves a first stage: what rests there, nobody has acknowledged."""
URGENT: Final = "urgent"
"""The list that comes first: of these somebody said that a person may be in danger, and nobody judged it yet."""
LISTS: Final = (URGENT, "new_to_read", "owed_this_week", "waiting_for_her", "waiting_for_them", "late", "later")
"""A matter may stand in several: late ones are owed this week too."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A running clock. `due_on` None: it is paused. `days` until it is due, negative when late. `waived_until`: the last day
    through which its lateness is excused, if a waiver stands.

    `told` is the newest rung of its ladder that reached the person who looks, on the day `told_on`; None: none did.
    """

    clock: str
    due_on: date | None
    days: int | None
    waits_for: Waits | None
    told: str | None = None
    told_on: date | None = None
    waived_until: date | None = None

    @property
    def late(self) -> bool:
        """Whether its day has passed."""
        return self.days is not None and self.days < 0

    @property
    def excused(self) -> bool:
        """Whether a waiver stands: late or not, it presses nobody today."""
        return self.waived_until is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides where a matter stands in the queue. `yours`: the person who looks is responsible for it.

    `lists`: all in which it stands, once that was asked.
    """

    matter: Matter
    yours: bool
    owed: tuple[Owed, ...] = ()
    pauses: frozenset[str] = frozenset()
    lists: tuple[str, ...] = ()


def lists_of(one: Standing, table: StateTable, today: date) -> tuple[str, ...]:
    """The lists a matter stands in today; none once it came to its end, unless something is still owed."""
    stage = table.stage(one.matter.state)
    ours = [owed for owed in one.owed if owed.waits_for is None and owed.days is not None]
    if stage.final and not any(table.clock(owed.clock).outlives for owed in ours):
        return ()
    left = (sunday_of(today) - today).days
    waits = {OWNERS.get(stage.owner), *(PAUSES[one.matter.kind, name] for name in one.pauses)}
    waits |= {owed.waits_for for owed in one.owed}
    in_it = {
        URGENT: any(owed.clock == TRIAGE for owed in one.owed),
        "new_to_read": must_be_read(table, one.matter.state) or any(her_words_wait(table, owed.clock) for owed in one.owed),
        "owed_this_week": any(owed.days is not None and owed.days <= left for owed in ours),
        "waiting_for_her": Waits.HER in waits,
        "waiting_for_them": Waits.THEM in waits,
        "late": any(owed.late and not owed.excused for owed in ours),
    }
    found = tuple(name for name in LISTS if in_it.get(name))
    return found if set(found) - {URGENT} else (*found, "later")


def sunday_of(today: date) -> date:
    """The last day of this week."""
    return today + timedelta(days=6 - today.weekday())


def must_be_read(table: StateTable, state: str) -> bool:
    """Whether nobody leaves this stage before a person has read what came."""
    leaves = [move for move in table.moves_from(state) if move.dest != state]
    return any(guard.__name__ == READ_FIRST for move in leaves for guard in move.only_if)


def her_words_wait(table: StateTable, clock: str) -> bool:
    """Whether this clock runs from words of hers to our answer."""
    return any(Event(trigger) in table.clock(clock).starts_on for trigger in HER_WORDS)
