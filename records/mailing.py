"""What the post room asks of the books: the next mail, mails that a newer one replaces, and what is late, for a number."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert

from records.books import Books
from records.tables import CLOCK, EVENT, MATTER, OUTBOX, PERSON, REPORT_MATTER, RUNG_FIRED


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail that waits, with the address it goes to. `made_at` is office time; `attempts` those that failed."""

    id: UUID
    key: str
    params: dict[str, Any]
    made_at: datetime
    attempts: int
    mail: str
    language: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A mail that goes out by the calendar: `dedup` names its day or week and, where there are several, its receiver."""

    person: UUID
    dedup: str
    key: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class LateRung:
    """A rung that fired for a duty which is still open and late."""

    clock: UUID
    kind: str
    edition: str
    name: str
    rung: str
    person: UUID | None


@dataclass(frozen=True, slots=True)
class HeldReport:
    """That a report was held: the line of its history, and what the mail about it is called."""

    matter_id: UUID
    recorded_at: datetime
    effective_on: date
    dedup: str


def next_mail(books: Books, keys: Collection[str] | None) -> Mail | None:
    """Lock the oldest mail that may be sent now; what another sender holds is left out. None: there is none.

    `keys` are the only ones that may leave this database; None: any. People without an address are never waited for.
    """
    query = (
        select(OUTBOX.c.id, OUTBOX.c.key, OUTBOX.c.params, OUTBOX.c.made_at, OUTBOX.c.attempts)
        .add_columns(PERSON.c.mail, PERSON.c.language)
        .join(PERSON, PERSON.c.id == OUTBOX.c.person_id)
        .where(_may_go(books, keys))
        .order_by(OUTBOX.c.made_at, OUTBOX.c.dedup)
        .limit(1)
        .with_for_update(of=OUTBOX, skip_locked=True)
    )
    row = books.connection.execute(query).one_or_none()
    return None if row is None else Mail(**row._mapping)


def anything(books: Books, keys: Collection[str] | None) -> bool:
    """Whether `next_mail` would find one."""
    query = select(OUTBOX.c.id).join(PERSON, PERSON.c.id == OUTBOX.c.person_id).where(_may_go(books, keys)).limit(1)
    return books.connection.execute(query).one_or_none() is not None


def _may_go(books: Books, keys: Collection[str] | None) -> Any:
    retried = or_(OUTBOX.c.retry_at.is_(None), OUTBOX.c.retry_at <= books.wall)
    allowed = true() if keys is None else OUTBOX.c.key.in_(keys)
    return and_(OUTBOX.c.sent_at.is_(None), ~OUTBOX.c.stuck, retried, PERSON.c.mail.is_not(None), allowed)


def hold_all(books: Books, retry_after: timedelta) -> None:
    """The post office is closed: let every mail wait that long (wall time), without counting it against any of them."""
    later = books.wall + retry_after
    waiting = and_(OUTBOX.c.sent_at.is_(None), ~OUTBOX.c.stuck)
    sooner = or_(OUTBOX.c.retry_at.is_(None), OUTBOX.c.retry_at < later)
    free = select(OUTBOX.c.id).where(waiting, sooner).with_for_update(skip_locked=True)
    books.connection.execute(update(OUTBOX).where(OUTBOX.c.id.in_(free)).values(retry_at=later))


def known(books: Books, dedups: Collection[str]) -> set[str]:
    """Which of these mails were made already."""
    return set(books.connection.execute(select(OUTBOX.c.dedup).where(OUTBOX.c.dedup.in_(dedups))).scalars())


def put_standing(books: Books, mail: Standing) -> None:
    """Put a mail of the calendar into the outbox, in place of an older one of its kind that never got out: of many that an
    outage held back, a person gets the newest alone. One that is already there is not put twice.
    """
    newest = {"dedup": mail.dedup, "params": mail.params, "made_at": books.now}
    values = {"id": uuid4(), "person_id": mail.person, "key": mail.key} | newest
    older = and_(OUTBOX.c.person_id == mail.person, OUTBOX.c.key == mail.key, OUTBOX.c.sent_at.is_(None))
    one = select(OUTBOX.c.id).where(older).order_by(OUTBOX.c.made_at.desc()).limit(1).with_for_update()
    held = books.connection.execute(one).scalar_one_or_none()
    if held is None:
        books.connection.execute(insert(OUTBOX).values(**values).on_conflict_do_nothing(index_elements=["dedup"]))
        return
    again = newest | {"attempts": 0, "retry_at": None, "stuck": False}
    books.connection.execute(update(OUTBOX).where(OUTBOX.c.id == held).values(**again))


def put_new(books: Books, mails: Collection[Standing]) -> int:
    """Put mails that replace no other into the outbox; return how many were not there yet."""
    fresh = 0
    for mail in mails:
        values = {"id": uuid4(), "person_id": mail.person, "key": mail.key, "made_at": books.now}
        put = insert(OUTBOX).values(**values, dedup=mail.dedup, params=mail.params)
        kept = put.on_conflict_do_nothing(index_elements=["dedup"]).returning(OUTBOX.c.id)
        fresh += books.connection.execute(kept).one_or_none() is not None
    return fresh


def added_before(books: Books, people: Collection[UUID], instant: datetime) -> set[UUID]:
    """Which of these people have an address and were here at an instant of the office."""
    query = select(PERSON.c.id).where(PERSON.c.id.in_(people), PERSON.c.mail.is_not(None), PERSON.c.made_at <= instant)
    return set(books.connection.execute(query).scalars())


def untold_holds(books: Books) -> list[HeldReport]:
    """Every time a report was held of which no mail was made, oldest first. Also where it was let go since."""
    dedup = func.concat("report_held:", EVENT.c.matter_id, ":", EVENT.c.seq)
    held = and_(EVENT.c.dest == "held", EVENT.c.source != "held")
    query = (
        select(EVENT.c.matter_id, EVENT.c.recorded_at, EVENT.c.effective_on, dedup.label("dedup"))
        .join(REPORT_MATTER, REPORT_MATTER.c.matter_id == EVENT.c.matter_id)
        .where(held, ~select(OUTBOX.c.id).where(OUTBOX.c.dedup == dedup).exists())
        .order_by(EVENT.c.recorded_at)
    )
    return [HeldReport(**row._mapping) for row in books.connection.execute(query)]


def late_rungs(books: Books, today: date) -> Iterator[LateRung]:
    """Every rung that fired for a duty that is open and whose day is past. Of a paused duty no day is past."""
    query = (
        select(CLOCK.c.id.label("clock"), MATTER.c.kind, MATTER.c.edition, CLOCK.c.name)
        .add_columns(RUNG_FIRED.c.rung, RUNG_FIRED.c.person_id.label("person"))
        .join(MATTER, MATTER.c.id == CLOCK.c.matter_id)
        .join(RUNG_FIRED, RUNG_FIRED.c.clock_id == CLOCK.c.id)
        .where(CLOCK.c.status == "running", CLOCK.c.due_on < today)
        .distinct()
    )
    for row in books.connection.execute(query):
        yield LateRung(**row._mapping)
