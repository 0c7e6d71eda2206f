"""What settling needs to know of several matters, read at once: a sweep asks as often for fifty as for one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from actions.kernel.watching import Subject
from policies.rules import Role
from records import clocks, officers, people, seats, waivers
from records.books import Books
from records.clocks import ClockRow
from records.people import Serving
from states.ladders import Duty, Post, Roster


@dataclass(frozen=True, slots=True)
class View:
    """Due clocks, what has fired of them, pauses, waivers, and the people, as of the transaction's instant."""

    due: Mapping[UUID, Sequence[ClockRow]]
    fired: Mapping[UUID, set[tuple[str, int]]]
    pauses: Mapping[UUID, Sequence[tuple[str, date, date | None]]]
    waived: Mapping[UUID, Sequence[date]]
    """By clock: the last day of each of its waivers."""
    responsible: Mapping[UUID, UUID]
    seated: Mapping[UUID, set[UUID]]
    serving: Callable[[date], Sequence[Serving]]
    """By day: a rung reaches whoever was in office on its own day, however late it is swept."""
    roles: Mapping[str, Role]

    def roster(self, subject: Subject, on: date) -> Roster:
        """Everybody in office on a day, with who was away and who must not see this matter.

        Of a sealed matter, whoever works at the desk and has no seat is excluded. Those above the office never read it: a rung
        that tells them only counts in the weekly band.
        """
        seated = self.seated[subject.matter.id] if subject.kind.table.sealed else None
        posts = tuple(
            Post(
                each.person_id,
                each.role,
                absent=each.absent,
                excluded=seated is not None and self.roles[each.role].door == "desk" and each.person_id not in seated,
                acting=each.acting,
            )
            for each in self.serving(on)
            if each.role in self.roles
        )
        return Roster(posts, self.roles)

    def duty(self, subject: Subject, on: date) -> Duty:
        """Whose duty the matter's clocks are: the person responsible, in the role by which they handle this kind."""
        person = self.responsible.get(subject.matter.id)
        handling = [name for name, role in self.roles.items() if subject.kind.name in role.handles]
        mine = [each for each in self.serving(on) if each.person_id == person]
        held = {each.role for each in mine if not each.acting} or {each.role for each in mine}
        return Duty(subject.kind.name, next((name for name in handling if name in held), handling[0]), person)


def look(books: Books, subjects: Collection[Subject]) -> View:
    """Read what settling these matters needs, in a handful of queries however many they are."""
    ids = [subject.matter.id for subject in subjects]
    due: dict[UUID, list[ClockRow]] = {matter_id: [] for matter_id in ids}
    for row in clocks.running(books, ids):
        if row.next_at is not None and row.next_at <= books.now:
            due[row.matter_id].append(row)
    sealed = [subject.matter.id for subject in subjects if subject.kind.table.sealed]
    paused = [subject.matter.id for subject in subjects if subject.kind.table.pauses]
    ids_due = [row.id for rows in due.values() for row in rows]
    return View(
        due=due,
        fired=clocks.fired(books, ids_due),
        waived=waivers.last_days(books, ids_due),
        pauses=clocks.pauses_of(books, paused),
        responsible=people.responsible(books, ids),
        seated=seats.persons_of(books, sealed),
        serving=cache(lambda on: officers.serving(books, on)),
        roles=books.pack.house.roles,
    )


def roster_of(books: Books, subject: Subject) -> Roster:
    """The roster of one matter."""
    return look(books, [subject]).roster(subject, books.today)


def duty_of(books: Books, subject: Subject) -> Duty:
    """The duty of one matter."""
    return look(books, [subject]).duty(subject, books.today)
