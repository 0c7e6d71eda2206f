"""The register of officers: who is accredited, who holds an office, who acts for it. Lines are added and ended, never changed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, insert, select

from records import people, rosters
from records.books import Books
from records.people import Serving
from records.tables import ACCREDITATION, OFFICER, OFFICER_END
from states.officers.accrediting import Accreditation
from states.officers.assignment import Assignment, Purpose, Standing, covers, on_day
from structure.rule import Delegation

_LOCK = 0x6F_66_66_69_63_65  # "office": one line at a time, so that each is judged by all before it


def hold(books: Books) -> None:
    """Wait until nobody else writes into the register, and keep others waiting until the transaction ends."""
    books.connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def accredit(books: Books, new: Accreditation, by: UUID) -> None:
    """Write down whom a state has sent. An end that is known goes with it."""
    told = {"id": new.id, "state": new.state, "name": new.name, "capacity": new.capacity, "since_on": new.since}
    _add(books, ACCREDITATION, told | {"source": new.source}, by)
    if new.until is not None:
        end(books, new.id, new.until, new.source, by)


def accreditations(books: Books, state: str | None = None) -> Sequence[Accreditation]:
    """Everybody a state has ever sent (None: every state), the oldest first."""
    query = _with_ends(ACCREDITATION).order_by(ACCREDITATION.c.since_on, ACCREDITATION.c.id)
    if state is not None:
        query = query.where(ACCREDITATION.c.state == state)
    return [
        Accreditation(row.id, row.state, row.name, row.capacity, row.since_on, row.on_day, row.source)
        for row in books.connection.execute(query)
    ]


def assign(books: Books, new: Assignment, by: UUID) -> None:
    """Write down who holds an office or acts for it."""
    told = {"id": new.id, "office": new.office, "standing": new.standing.value, "since_on": new.since, "until_on": new.until}
    told |= {"name": new.name, "person_id": new.person, "taker": new.taker, "state": new.state}
    told |= {"purposes": sorted(new.purposes), "classes": sorted(new.classes), "scope": sorted(new.scope)}
    _add(books, OFFICER, told | {"instrument": new.instrument, "sets_order": new.sets_order, "source": new.source}, by)


def assignments(books: Books) -> Sequence[Assignment]:
    """Every line about offices, the oldest first. One that was ended stands up to the day before its end."""
    query = _with_ends(OFFICER).order_by(OFFICER.c.since_on, OFFICER.c.recorded_at, OFFICER.c.id)
    return [_assignment(row) for row in books.connection.execute(query)]


def end(books: Books, line: UUID, on: date, source: str, by: UUID, *, revoked: bool = False) -> None:
    """Write down that a line ends: `on` is the first day it holds no more."""
    _add(books, OFFICER_END, {"line_id": line, "on_day": on, "revoked": revoked, "source": source}, by)


def has_ended(books: Books, line: UUID) -> bool:
    """Whether an end is on record for a line, of whatever day."""
    return books.connection.execute(select(OFFICER_END.c.line_id).where(OFFICER_END.c.line_id == line)).first() is not None


def delegations(books: Books) -> tuple[Delegation, ...]:
    """Every power over the structure that a body gave to another, as the rules read it (I9)."""
    return tuple(
        Delegation(one.office, one.taker, one.classes, one.since, one.until, one.source, one.scope)
        for one in assignments(books)
        if one.taker is not None and covers(one, one.office, Purpose.STRUCTURE)
    )


def serving(books: Books, on: date) -> Sequence[Serving]:
    """Everybody in office on a day, and in the house also who acts for an office that a role of the pack stands for.

    Whoever acts comes after holders of the role who are there and before those who are away: the rungs of a late duty reach
    them just when the office is theirs to do.
    """
    everybody = people.serving(books, on)
    rules = books.pack.officers
    if rules is None or books.database != "house":
        return everybody
    lines = [one for one in on_day(assignments(books), on) if one.person is not None]
    acting = [(one.person, role) for one in lines if (role := _role_of(books, one)) is not None and one.person is not None]
    if not acting:
        return everybody
    gone = rosters.away_on(books, on)
    there = {(each.person_id, each.role) for each in everybody}
    added = [
        Serving(person, role, person in gone, acting=True)
        for person, role in dict.fromkeys(acting)
        if (person, role) not in there
    ]
    return sorted([*everybody, *added], key=lambda each: 1 if each.acting else 2 if each.absent else 0)


def _role_of(books: Books, line: Assignment) -> str | None:
    """The role whose rungs reach whoever stands in this line; None: it is not for ladders."""
    rules = books.pack.officers
    office = rules.offices.get(line.office) if rules is not None else None
    return office.role if office is not None and covers(line, line.office, Purpose.LADDER) else None


def _with_ends(table: Any) -> Select[Any]:
    ended = OFFICER_END.c
    return select(table, ended.on_day, ended.revoked).outerjoin(OFFICER_END, ended.line_id == table.c.id)


def _add(books: Books, table: Any, told: dict[str, Any], by: UUID) -> None:
    books.connection.execute(insert(table).values(**told, by_person=by, recorded_at=books.now))


def _assignment(row: Any) -> Assignment:
    ends = [day for day in (row.until_on, row.on_day) if day is not None]
    return Assignment(
        id=row.id,
        office=row.office,
        standing=Standing(row.standing),
        since=row.since_on,
        until=min(ends, default=None),
        source=row.source,
        name=row.name,
        person=row.person_id,
        taker=row.taker,
        state=row.state,
        purposes=frozenset(Purpose(one) for one in row.purposes),
        classes=frozenset(row.classes),
        scope=frozenset(row.scope),
        instrument=row.instrument,
        sets_order=row.sets_order,
        revoked=bool(row.revoked),
    )
