"""Whom a plan touches: what today, what after it, from when, and whether somebody has to act."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from actions.kinds.proposal_plans import Judged, judge
from actions.looking import seen
from actions.office import Office
from actions.structure_record import known
from actions.versions import KIND
from records import mandate, versions
from records.books import Books
from records.versions import NoSuchVersion
from structure.diff import Difference, diff
from structure.responsible import heirs_in, responsible
from structure.things import UNKNOWN, Sort


@dataclass(frozen=True, slots=True)
class Touched:
    """One line. `sort`: unit, function, post, or mandate. `acts`: somebody has to do something about it.

    `on`: the plan's last date that changes anything; the structure in force says from when each change holds.
    """

    sort: str
    id: str
    what: str
    today: tuple[str, ...]
    after: tuple[str, ...]
    on: date | None
    acts: bool


def impact_of(office: Office, matter_id: UUID, number: int | None = None, *, by: UUID) -> tuple[Touched, ...]:
    """What a version (left out: the newest) changes for units, functions, posts and mandates. Raises NotFound, NoSuchVersion."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        version = versions.newest(books, matter_id) if number is None else versions.one(books, matter_id, number)
        if version is None:
            raise NoSuchVersion(number=0)
        judged = judge(books, matter_id, version)
        since = judged.case.ends_on
        changes = diff(judged.case.before, judged.attempt.timeline.end)
        return (*(_line(found, since) for found in changes), *_mandates(books, judged, since))


def _line(found: Difference, on: date | None) -> Touched:
    held = found.subject.sort is Sort.POST and found.field in {"unit", "ended"}
    unclear = UNKNOWN in found.after
    return Touched(found.subject.sort.value, found.subject.id, found.field, found.before, found.after, on, held or unclear)


def _mandates(books: Books, judged: Judged, on: date | None) -> Iterator[Touched]:
    """Mandates whose answering units change; one that would be left to nobody needs an act first."""
    record = known(books)
    whole = record.whole(books.today)
    end = judged.attempt.timeline.end
    heirs = {**whole.heirs, **heirs_in(judged.attempt.done)}
    for matter_id, function in mandate.owed(books).items():
        named = record.named.get(str(matter_id), frozenset())
        chosen = {owing for owed, owing in judged.case.obligations.items() if owed == str(matter_id)}
        now = responsible(judged.case.before, whole.heirs, function, on or books.today, named)
        then = responsible(end, heirs, function, on or books.today, named | chosen)
        if now.units != then.units:
            acts = not then.units or UNKNOWN in then.units or len(then.functions) > 1
            yield Touched("mandate", str(matter_id), "responsible_units", now.units, then.units, on, acts)
