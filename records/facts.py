"""What reports count of a matter: the stretches in which it was open, its marks, and what its handler said of it in codes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from records import retention
from records.books import Books
from records.matters import StaleVersion
from records.tables import APPOINTMENT, CASE_FACTS, CASE_ISSUE, CASE_MARK, CASE_SPELL, CLOCK, MATTER, RUNG_FIRED, SEAT, TALLY
from records.there import where_any

BEGAN, ENDED, CLOCKS, RUNGS = "began", "ended", "clocks", "rungs"
"""What is tallied of matters that are destroyed soon after their end; see `tally_kind`."""
OFF_LADDER = ("lapse", "passed", "cap")
"""What fires of a clock and is no rung of a ladder."""
CLIMBED = and_(RUNG_FIRED.c.rung.not_in(OFF_LADDER), RUNG_FIRED.c.outcome != "not_needed")
"""That a late duty climbed a rung: nobody hands over what the one responsible is there to do."""


@dataclass(frozen=True, slots=True)
class FactsRow:
    """What a handler said of a case. None: not known. `about` unknown, nobody or head; `subject` the head's random tag."""

    station: str | None
    personnel: str | None
    about: str = field(repr=False)
    subject: UUID | None = field(repr=False)
    version: int
    set_by: UUID
    set_on: date
    issues: tuple[str, ...] = ()


_SAID = select(*(CASE_FACTS.c[name] for name in FactsRow.__dataclass_fields__ if name != "issues"))
_SAID = _SAID.where(CASE_FACTS.c.matter_id == bindparam("matter"))


def begin_spell(books: Books, matter_id: UUID, kind: str, began: str, on: date) -> None:
    """A matter is open from a day. What grew out of a case shares its facts."""
    before = select(func.coalesce(func.max(CASE_SPELL.c.number), 0)).where(CASE_SPELL.c.matter_id == matter_id)
    number = books.connection.execute(before).scalar_one() + 1 if began != "received" else 1
    ended = select(func.max(CASE_SPELL.c.until_on)).where(CASE_SPELL.c.matter_id == matter_id).scalar_subquery()
    # one told late of a day before its last end would be open twice
    row = {"matter_id": matter_id, "number": number, "kind": kind, "from_on": func.greatest(on, ended), "began": began}
    books.connection.execute(insert(CASE_SPELL).values(**row, facts_of=retention.root(books, matter_id)))


def end_spell(books: Books, matter_id: UUID, outcome: str, ground: str | None, on: date) -> tuple[date, date]:
    """A matter is not open from a day on. Return the first day of the stretch, and the first day after it.

    An act told of an earlier day than its opening ends it on the day it was opened.
    """
    ended = {"until_on": func.greatest(CASE_SPELL.c.from_on, on), "outcome": outcome, "ground": ground}
    still = (CASE_SPELL.c.matter_id == matter_id) & CASE_SPELL.c.until_on.is_(None)
    told = update(CASE_SPELL).where(still).values(**ended).returning(CASE_SPELL.c.from_on, CASE_SPELL.c.until_on)
    row = books.connection.execute(told).one()
    return row.from_on, row.until_on


def mark(books: Books, matter_id: UUID, seq: int, marks: Collection[str], on: date) -> None:
    """Something worth counting happened to a matter, in the line `seq` of its history."""
    rows = [{"matter_id": matter_id, "seq": seq, "mark": each, "on_day": on} for each in marks]
    books.connection.execute(insert(CASE_MARK), rows)


def tally_kind(kind: str, what: str, *, apart: bool) -> str:
    """Under which name `what` of a kind is tallied; that of matters in which no head of the office ever had a seat, apart."""
    return f"{kind}.apart.{what}" if apart else f"{kind}.{what}"


def tally(books: Books, kind: str, outcomes: Iterable[str], on: date) -> None:
    """Add one to the month of each: a kind, an outcome and a number, tied to nothing."""
    for outcome in sorted(outcomes):  # one order for everybody, or two would wait for each other
        row = upsert(TALLY).values(month=on.replace(day=1), kind=kind, outcome=outcome, count=1)
        more = {"count": TALLY.c.count + 1}
        books.connection.execute(row.on_conflict_do_update(index_elements=["month", "kind", "outcome"], set_=more))


def is_apart(books: Books, matter_id: UUID, head: str) -> bool:
    """Whether nobody who held the role `head` had a seat in a matter while holding it: as `apart_matters` of the database."""
    zone = books.calendar().zone.key
    left, came = (func.date(func.timezone(zone, at)) for at in (SEAT.c.until_at, SEAT.c.from_at))
    met = and_(
        or_(left.is_(None), APPOINTMENT.c.from_on <= left), or_(APPOINTMENT.c.until_on.is_(None), APPOINTMENT.c.until_on > came)
    )
    query = select(SEAT.c.id).join(APPOINTMENT, APPOINTMENT.c.person_id == SEAT.c.person_id)
    held = query.where(SEAT.c.matter_id == matter_id, APPOINTMENT.c.role == head, met)
    return not books.connection.execute(select(exists(held))).scalar_one()


def clocks_ended(books: Books, matter_id: UUID, names: Collection[str]) -> list[str]:
    """Of these clocks of a matter that has come to its end: `<clock>.met` or `<clock>.late`, once for each time it ran."""
    past_due = CLOCK.c.stopped_on > CLOCK.c.due_on
    query = select(CLOCK.c.name, func.coalesce(past_due, False).label("late")).where(
        CLOCK.c.matter_id == matter_id, CLOCK.c.name.in_(names), or_(CLOCK.c.status == "met", past_due)
    )
    return [f"{row.name}.{'late' if row.late else 'met'}" for row in books.connection.execute(query)]


def rungs_fired(books: Books, matter_id: UUID, names: Collection[str]) -> list[str]:
    """The rungs of the ladders that the late duties of a matter climbed."""
    query = select(RUNG_FIRED.c.rung).join(CLOCK, CLOCK.c.id == RUNG_FIRED.c.clock_id)
    fired = query.where(CLOCK.c.matter_id == matter_id, CLOCK.c.name.in_(names), CLIMBED)
    return list(books.connection.execute(fired).scalars())


@where_any("case_facts", lambda: None)
def facts(books: Books, matter_id: UUID) -> FactsRow | None:
    """What was said of a case; None: nothing yet."""
    row = books.connection.execute(_SAID, {"matter": matter_id}).one_or_none()
    if row is None:
        return None
    issues = select(CASE_ISSUE.c.code).where(CASE_ISSUE.c.matter_id == matter_id, CASE_ISSUE.c.stands).order_by(CASE_ISSUE.c.code)
    return FactsRow(**row._mapping, issues=tuple(books.connection.execute(issues).scalars()))


def set_facts(books: Books, matter_id: UUID, row: FactsRow) -> None:
    """Write what is said of a case in the place of what was said. Raises StaleVersion if somebody was faster."""
    told = {name: getattr(row, name) for name in FactsRow.__dataclass_fields__ if name != "issues"}
    first = upsert(CASE_FACTS).values(matter_id=matter_id, **told)
    same = CASE_FACTS.c.version == row.version - 1
    kept = first.on_conflict_do_update(index_elements=["matter_id"], set_=told, where=same).returning(CASE_FACTS.c.version)
    if books.connection.execute(kept).one_or_none() is None:
        raise StaleVersion()
    books.connection.execute(update(CASE_ISSUE).where(CASE_ISSUE.c.matter_id == matter_id).values(stands=False))
    for code in row.issues:
        said = upsert(CASE_ISSUE).values(matter_id=matter_id, code=code, stands=True)
        books.connection.execute(said.on_conflict_do_update(index_elements=["matter_id", "code"], set_={"stands": True}))


def unclassified(books: Books, kinds: Collection[str]) -> list[UUID]:
    """Matters of these kinds, of those that can be seen here, of which nobody has said whom they are about, in locking order."""
    query = select(CASE_SPELL.c.matter_id).distinct().outerjoin(CASE_FACTS, CASE_FACTS.c.matter_id == CASE_SPELL.c.matter_id)
    nothing = func.coalesce(CASE_FACTS.c.about, "unknown") == "unknown"
    return list(
        books.connection.execute(query.where(CASE_SPELL.c.kind.in_(kinds), nothing).order_by(CASE_SPELL.c.matter_id)).scalars()
    )


def about_a_head(books: Books, most: int) -> list[tuple[UUID, datetime]]:
    """The newest matters, of those that can be seen here, about the head of some unit; with the instant each was opened."""
    query = select(MATTER.c.id, MATTER.c.opened_at).join_from(CASE_FACTS, MATTER).where(CASE_FACTS.c.subject.is_not(None))
    rows = books.connection.execute(query.order_by(MATTER.c.opened_at.desc(), MATTER.c.id).limit(most))
    return [(row.id, row.opened_at) for row in rows]


def about_the_same(books: Books, subject: UUID) -> list[UUID]:
    """The matters, of those that can be seen here, that are about the head with this tag."""
    query = select(CASE_FACTS.c.matter_id).where(CASE_FACTS.c.subject == subject).order_by(CASE_FACTS.c.matter_id)
    return list(books.connection.execute(query).scalars())
