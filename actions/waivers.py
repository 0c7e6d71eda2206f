"""Waivers: the lateness of one clock, excused until a day. The due day stays what the rule says; no rule is rewritten.

While one stands no rung fires, and a clock that moves the matter by itself does not; what was kept back comes on the first day
after it, in order. It excuses one epoch of the clock, never the next. Which clocks can be waived, for how long, and who may, is
the policy's (docs/decisions/0024-waivers.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

from pydantic import SecretStr

from actions.desk import write_down
from actions.desk_acting import act
from actions.kernel import access
from actions.kernel.actor import VISITORS_OWN, Actor, as_person
from actions.kernel.callers import DeskPerson
from actions.kernel.move import lock_with_ties
from actions.kernel.settle import settle, tell
from actions.kernel.step import subject_of
from actions.kernel.watching import Subject, refresh
from actions.looking import Named, seen
from actions.office import Office
from actions.replays import Repeatable, matter_once
from actions.sealing import write_text, writing_epoch
from policies.refusal import Refusal
from policies.rules import KindPolicy
from records import clocks, people, waivers
from records.books import Books
from records.clocks import ClockRow
from records.matters import Matter, StaleVersion
from records.vault import MESSAGE, NOTE, Author, Visibility
from records.waivers import WaiverRow
from states.acts import WAIVE
from states.clocks import Status
from states.due import DAY


class UnknownClock(Refusal):
    """Matters of this kind have no such clock."""

    code: ClassVar[str] = "unknown_clock"
    status: ClassVar[int] = 422


class NotWaivable(Refusal):
    """The policy lets nobody waive this clock: most often because it protects the person who came."""

    code: ClassVar[str] = "not_waivable"
    status: ClassVar[int] = 422


class NothingToWaive(Refusal):
    """This clock does not run now, or it is paused: there is no day that could be late."""

    code: ClassVar[str] = "nothing_to_waive"


class WaiverEnded(Refusal):
    """A waiver holds until a day that is still to come."""

    code: ClassVar[str] = "waiver_ended"
    status: ClassVar[int] = 422


class WaiverTooEarly(Refusal):
    """It would end before there is any lateness to excuse."""

    code: ClassVar[str] = "waiver_too_early"
    status: ClassVar[int] = 422


class WaiverTooLong(Refusal):
    """The policy excuses lateness for so many days and no longer."""

    code: ClassVar[str] = "waiver_too_long"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver as people see it: who, in which roles on that day, through which day. `stands`: no later one took its place, and
    its last day has not passed. `text` is the sealed text with authority and reason; in the house these are told here instead.
    """

    on: date
    until: date
    by: Named
    roles: tuple[str, ...]
    stands: bool
    text: UUID | None
    authority: str | None = field(default=None, repr=False)
    reason: str | None = field(default=None, repr=False)


def waive(
    office: Office,
    kind: str,
    matter_id: UUID,
    rule: str,
    *,
    authority: SecretStr,
    reason: SecretStr,
    until: date,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Excuse the lateness of the running epoch of a clock, through the day `until`.

    By which authority and why is one sealed text; she reads it, where the matter is one she came with. A claim cannot be waived:
    no authority makes up for a consent, or for a person having read it. Raises NotFound, NotAllowed, StaleVersion, UnknownClock,
    NotWaivable, NothingToWaive, WaiverEnded, WaiverTooEarly, WaiverTooLong, KeyReused; then nothing was written.
    """

    def do(books: Books, actor: Actor, subject: Subject) -> Matter:
        row = require_waivable(books, subject, rule, until)
        text = _seal(books, subject, actor, f"{authority.get_secret_value()}\n\n{reason.get_secret_value()}")
        excuse(books, subject, row, until, by=by.person, authority=str(text), reason=str(text))
        return write_down(books, subject.matter, "waived", actor, {"rule": rule, "until": until, "text": str(text)})

    return act(office, kind, matter_id, do, may=WAIVE, by=by, version=version, request=request)


def waive_openly(
    office: Office,
    kind: str,
    matter_id: UUID,
    rule: str,
    *,
    authority: str,
    reason: str,
    until: date,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Like `waive`, in the house: by which authority and why is kept in clear, for everybody who reads the matter."""
    with office.open() as books:
        seen(office, books, kind, matter_id, by)

        def first() -> Matter:
            matter = lock_with_ties(office, books, matter_id)
            if version is not None and version != matter.version:
                raise StaleVersion()
            subject = subject_of(office.kinds, books, settle(office.kinds, books, matter))
            actor = as_person(books, by, matter_id)
            access.require(subject.policy, actor, WAIVE, subject.matter)
            row = require_waivable(books, subject, rule, until)
            excuse(books, subject, row, until, by=by, authority=authority, reason=reason)
            tell(books)
            return write_down(books, subject.matter, "waived", actor, {"rule": rule, "until": until})

        return matter_once(books, request, first, by=by)


def require_waivable(books: Books, subject: Subject, rule: str, until: date) -> ClockRow:
    """The running epoch of the clock `rule`, if its lateness may be excused through `until`. Raises as `waive`."""
    kind = subject.kind.name
    names = [clock.name for clock in subject.kind.table.clocks]
    if rule not in names:
        raise UnknownClock(kind=kind, clocks=", ".join(names))
    if rule not in subject.policy.waivers:
        raise NotWaivable(kind=kind, rule=rule, clocks=", ".join(subject.policy.waivers))
    row = next((row for row in clocks.running(books, [subject.matter.id]) if row.name == rule), None)
    if row is None or row.due_on is None:
        raise NothingToWaive(kind=kind, rule=rule)
    if until <= books.today:
        raise WaiverEnded(until=until, today=books.today)
    if until <= row.due_on:
        raise WaiverTooEarly(until=until, due=row.due_on)
    latest = latest_day(subject.policy, row)
    if latest is not None and until > latest:
        raise WaiverTooLong(until=until, latest=latest, most=subject.policy.waivers[rule].most_days)
    return row


def latest_day(policy: KindPolicy, row: ClockRow) -> date | None:
    """The last day through which this clock's lateness may be excused; None: it cannot be, or it has no day now."""
    rule = policy.waivers.get(row.name)
    if rule is None or row.due_on is None or row.status != Status.RUNNING:
        return None
    return row.due_on + rule.most_days * DAY


def excuse(books: Books, subject: Subject, row: ClockRow, until: date, *, by: UUID, authority: str, reason: str) -> None:
    """Write the waiver down and look ahead again: what would have fired before its end fires after it."""
    waivers.add(books, WaiverRow(uuid4(), subject.matter.id, row.id, row.name, by, authority, reason, until, books.now))
    refresh(books, subject, [row])


def waivers_of(books: Books, subject: Subject) -> Mapping[UUID, Sequence[Waived]]:
    """The waivers of a matter's clocks, by clock, in the order they were made."""
    rows = waivers.of_matter(books, subject.matter.id)
    names = people.names(books, [row.by_person for row in rows])
    local = books.calendar(subject.matter.calendar).local_date
    newest = {row.clock_id: row.id for row in rows}
    found: dict[UUID, list[Waived]] = {}
    sealed = subject.kind.table.sealed
    for row in rows:
        if row.clock_id is None:
            continue
        on = local(row.made_at)
        waived = Waived(
            on=on,
            until=row.until_on,
            by=Named(row.by_person, names[row.by_person]),
            roles=tuple(sorted(people.roles_of(books, row.by_person, on))),
            stands=newest[row.clock_id] == row.id and row.until_on >= books.today,
            text=UUID(row.reason) if sealed else None,
            authority=None if sealed else row.authority,
            reason=None if sealed else row.reason,
        )
        found.setdefault(row.clock_id, []).append(waived)
    return found


def standing(found: Sequence[Waived]) -> Waived | None:
    """The waiver that excuses a clock today."""
    return next((each for each in found if each.stands), None)


def _seal(books: Books, subject: Subject, actor: Actor, words: str) -> UUID:
    """She reads why her matter takes longer; of what she does not read, it stays in the office."""
    hers = VISITORS_OWN in subject.policy.access.get("read", ())
    matter_id, epoch = subject.matter.id, writing_epoch(books, subject.matter.id, actor)
    return write_text(
        books,
        matter_id,
        epoch,
        MESSAGE if hers else NOTE,
        words,
        author=Author.OFFICE,
        visibility=Visibility.SHARED if hers else Visibility.OFFICE,
        by=actor.person,
    )
