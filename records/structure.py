"""The house's structure as it became known, registration by registration, and what of it took effect."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, String, any_, cast, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from records.books import Books
from records.tables import APPLIED, FAILED, OPERATION, REGISTRATION
from structure.history import Registration
from structure.operations import read_operation
from structure.timeline import Planned

_LOCK: Final = 0x73_74_72_75_63_74  # "struct": one registration at a time, so that each is judged by all before it
ADDS, WITHDRAWS, CORRECTS = "adds", "withdraws", "corrects"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the record holds: how many registrations, and the newest one's number (0: none). Equal marks, equal records."""

    count: int
    seq: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was registered. `order` is an executive order's symbol and revision; `heirs`: who owes what after a split."""

    why: str
    source: str
    matter: UUID | None = None
    order: tuple[str, int] | None = None
    heirs: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """One registration as it is kept. `origins`: operation -> its id in the version that was adopted."""

    seq: int
    reason: Reason
    recorded_at: datetime
    registration: Registration
    origins: Mapping[str, str]


def hold(books: Books) -> None:
    """Wait until nobody else registers or applies, and keep others waiting until the transaction ends."""
    books.connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def mark(books: Books) -> Mark:
    """What the record holds now."""
    query = select(func.count(), func.coalesce(func.max(REGISTRATION.c.seq), 0))
    return Mark(*books.connection.execute(query).one())


def add(books: Books, new: Registration, reason: Reason, by: UUID, origins: Mapping[str, str]) -> int:
    """Write a registration down and return its number. Who asks holds the record."""
    order = reason.order or (None, None)
    columns = {"known_on": new.known_on, "recorded_at": books.now, "by_person": by, "why": reason.why}
    columns |= {"matter_id": reason.matter, "order_symbol": order[0], "order_revision": order[1]}
    columns |= {"heirs": dict(reason.heirs or {}), "source": reason.source}
    seq: int = books.connection.execute(insert(REGISTRATION).values(**columns).returning(REGISTRATION.c.seq)).scalar_one()
    rows = [*_written(new, origins)]
    if rows:
        numbered = [row | {"registration": seq, "place": place} for place, row in enumerate(rows)]
        books.connection.execute(insert(OPERATION), numbered)
    return seq


def after(books: Books, seq: int) -> list[Registered]:
    """Every registration after a number, in order. Raises what `read_operation` raises for one this program cannot read."""
    rows: dict[int, list[Any]] = {}
    query = select(OPERATION).where(OPERATION.c.registration > seq).order_by(OPERATION.c.registration, OPERATION.c.place)
    for row in books.connection.execute(query):
        rows.setdefault(row.registration, []).append(row)
    heads = books.connection.execute(select(REGISTRATION).where(REGISTRATION.c.seq > seq).order_by(REGISTRATION.c.seq))
    return [_registered(head, rows.get(head.seq, [])) for head in heads]


def applied(books: Books, among: Collection[str] | None = None) -> set[str]:
    """Every operation that took effect, or those of some."""
    query = select(APPLIED.c.operation)
    if among is not None:
        query = query.where(APPLIED.c.operation == any_(cast(list(among), ARRAY(String))))
    return set(books.connection.execute(query).scalars())


def apply(books: Books, on: date, operations: Sequence[str]) -> int:
    """Write down that operations took effect; return how many had not been written down before."""
    each = func.unnest(cast(list(operations), ARRAY(String)))  # one parameter: a loaded structure has more than a query may have
    rows = select(each, literal(on), literal(books.now))
    done = insert_or(APPLIED).from_select(["operation", "on_day", "applied_at"], rows).on_conflict_do_nothing()
    return len(books.connection.execute(done.returning(APPLIED.c.operation)).all())


def fail(books: Books, on: date, operation: str, claim: str) -> bool:
    """Write down that a date cannot be applied, and why; say whether that is news."""
    told = {"id": uuid4(), "on_day": on, "operation": operation, "claim": claim, "seen_at": books.now}
    values = insert_or(FAILED).values(**told)
    again = values.on_conflict_do_update(
        index_elements=["on_day", "operation", "claim"],
        set_={"mended_at": None, "seen_at": books.now},
        where=FAILED.c.mended_at.is_not(None),
    )
    return books.connection.execute(again.returning(FAILED.c.id)).one_or_none() is not None


def mend(books: Books, but: Collection[date] = ()) -> None:
    """Write down that what had failed is applied, but for these dates."""
    query = update(FAILED).where(FAILED.c.mended_at.is_(None), FAILED.c.on_day.not_in(but))
    books.connection.execute(query.values(mended_at=books.now))


def failing(books: Books) -> list[tuple[date, str, str]]:
    """Dates that could not be applied and still are not: day, operation, claim."""
    query = select(FAILED.c.on_day, FAILED.c.operation, FAILED.c.claim).where(FAILED.c.mended_at.is_(None))
    return [(row.on_day, row.operation, row.claim) for row in books.connection.execute(query.order_by(FAILED.c.on_day))]


def _written(new: Registration, origins: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    for act, planned in ((ADDS, new.adds), (CORRECTS, new.corrects)):
        for one in planned:
            yield {
                "act": act,
                "operation": one.id,
                "origin": origins.get(one.id),
                "on_day": one.on,
                "body": one.operation.written(),
                "declared": one.declared,
                "assumed": one.assumed,
            }
    bare = {"origin": None, "on_day": None, "body": None, "declared": True, "assumed": False}
    for id in sorted(new.withdraws):
        yield {"act": WITHDRAWS, "operation": id} | bare


def _registered(head: Any, rows: Sequence[Any]) -> Registered:
    adds, corrects = (tuple(_planned(row) for row in rows if row.act == act) for act in (ADDS, CORRECTS))
    withdraws = frozenset(row.operation for row in rows if row.act == WITHDRAWS)
    order = None if head.order_symbol is None else (head.order_symbol, head.order_revision)
    return Registered(
        seq=head.seq,
        reason=Reason(head.why, head.source, head.matter_id, order, head.heirs),
        recorded_at=head.recorded_at,
        registration=Registration(head.known_on, adds, withdraws, corrects),
        origins={row.operation: row.origin for row in rows if row.origin is not None},
    )


def _planned(row: Any) -> Planned:
    return Planned(row.operation, row.on_day, read_operation(row.body), row.declared, row.assumed)
