"""The desk's queue: what waits for whom, from state, clocks and own seats alone (D15).

Reading takes nothing out of it and nothing is stored for it. Matters that came to their end are in none of its lists unless
she wrote since and is owed an answer; every other one with an own seat is in at least one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from actions.kernel.callers import DeskPerson
from actions.office import Office
from records import desk, people
from records.books import Books
from records.matters import Matter
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
    ("consultation", "quiet"): Waits.HER,
    ("consultation", "note_life"): Waits.NOBODY,
    ("recommendation", "reply"): Waits.THEM,
}
"""The clocks that are no duty of the office, by kind. Every other one is owed by us."""
PAUSES: Final[Mapping[tuple[str, str], Waits]] = {
    ("complaint", "awaiting_complainant"): Waits.HER,
    ("complaint", "awaiting_consent"): Waits.HER,
    ("complaint", "awaiting_third_party"): Waits.THEM,
    ("complaint", "by_decision"): Waits.NOBODY,
}
OWNERS: Final = {Owner.VISITOR: Waits.HER, Owner.ADDRESSEE: Waits.THEM}
HER_WORDS: Final = "message"
"""The trigger by which she writes, in every kind that has one."""
READ_FIRST: Final = "a_person_has_read_it"
"""The claim without which nobody leaves a first stage: what rests there, nobody has acknowledged."""


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
    """All that decides where a matter stands in the queue. `yours`: the person who looks is responsible for it."""

    matter: Matter
    yours: bool
    owed: tuple[Owed, ...] = ()
    pauses: frozenset[str] = frozenset()


@dataclass(slots=True)
class Queue:
    """The lists, each with what is due first on top. A matter may stand in several: late ones are owed this week too."""

    new_to_read: list[Standing] = field(default_factory=list)
    owed_this_week: list[Standing] = field(default_factory=list)
    waiting_for_her: list[Standing] = field(default_factory=list)
    waiting_for_them: list[Standing] = field(default_factory=list)
    late: list[Standing] = field(default_factory=list)
    later: list[Standing] = field(default_factory=list)


LISTS: Final = ("new_to_read", "owed_this_week", "waiting_for_her", "waiting_for_them", "late", "later")


def queue_of(office: Office, *, by: DeskPerson) -> Queue:
    """The queue of one person: matters with an own seat, and not a sign of any other (S33, S42)."""
    with office.open() as books:
        by.enter(books, None)
        found = desk.own_matters(books, by.person, under_way=True)
        responsible = people.responsible(books, [matter.id for matter in found])
        clocks, pauses = _running(books, by.person, found), desk.open_pauses(books, by.person)
        standing = [
            Standing(
                matter=matter,
                yours=responsible.get(matter.id) == by.person,
                owed=tuple(clocks[matter.id]),
                pauses=frozenset(name for matter_id, name in pauses if matter_id == matter.id),
            )
            for matter in found
        ]
        return sort(standing, {kind.name: kind.table for kind in office.kinds.values()}, books.today)


def _running(books: Books, person: UUID, found: Sequence[Matter]) -> dict[UUID, list[Owed]]:
    """The running clocks of these matters, what is due first on top."""
    by_id = {matter.id: matter for matter in found}
    clocks: dict[UUID, list[Owed]] = {matter.id: [] for matter in found}
    told, waived = desk.told(books, person), desk.waived(books, person, books.today)
    for matter_id, name, due_on in desk.running(books, person):
        if matter_id not in by_id:
            continue  # of what came to its end, a clock may outlive it
        matter, (rung, at) = by_id[matter_id], told.get((matter_id, name), (None, None))
        told_on = None if at is None else books.calendar(matter.calendar).local_date(at)
        days = None if due_on is None else (due_on - books.today).days
        until = waived.get((matter_id, name))
        clocks[matter_id].append(Owed(name, due_on, days, CLOCKS.get((matter.kind, name)), rung, told_on, until))
    return clocks


def sort(standing: list[Standing], tables: Mapping[str, StateTable], today: date) -> Queue:
    """Put each matter into its lists."""
    queue = Queue()
    for one in sorted(standing, key=_most_pressing):
        for name in lists_of(one, tables[one.matter.kind], today):
            getattr(queue, name).append(one)
    return queue


def lists_of(one: Standing, table: StateTable, today: date) -> tuple[str, ...]:
    """The lists a matter stands in today; none once it came to its end, unless something is still owed."""
    stage = table.stage(one.matter.state)
    ours = [owed for owed in one.owed if owed.waits_for is None and owed.days is not None]
    if stage.final and not any(table.clock(owed.clock).outlives for owed in ours):
        return ()
    left = (_sunday(today) - today).days
    waits = {OWNERS.get(stage.owner), *(PAUSES[one.matter.kind, name] for name in one.pauses)}
    waits |= {owed.waits_for for owed in one.owed}
    in_it = {
        "new_to_read": _must_be_read(table, one.matter.state) or any(_her_words_wait(table, owed.clock) for owed in one.owed),
        "owed_this_week": any(owed.days is not None and owed.days <= left for owed in ours),
        "waiting_for_her": Waits.HER in waits,
        "waiting_for_them": Waits.THEM in waits,
        "late": any(owed.late and not owed.excused for owed in ours),
    }
    return tuple(name for name in LISTS if in_it.get(name)) or ("later",)


def _must_be_read(table: StateTable, state: str) -> bool:
    return any(guard.__name__ == READ_FIRST for move in table.moves_from(state) for guard in move.only_if)


def _her_words_wait(table: StateTable, clock: str) -> bool:
    return Event(HER_WORDS) in table.clock(clock).starts_on


def _sunday(today: date) -> date:
    return today + timedelta(days=6 - today.weekday())


def _most_pressing(one: Standing) -> tuple[date, str]:
    dues = [owed.due_on for owed in one.owed if owed.waits_for is None and owed.due_on is not None]
    return min(dues, default=date.max), str(one.matter.id)
