"""The log of outreach: when the office told people that it exists, how, where, and how many it reached."""

from dataclasses import replace
from datetime import date
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.choosing import require_among
from actions.kernel.callers import DeskPerson
from actions.of_the_office import require_of_the_office
from actions.office import Office
from actions.office_record import rules_of
from actions.office_record_shapes import OutreachLine
from actions.replays import Repeatable, once
from policies.office_record import OutreachRules
from policies.refusal import Refusal
from records import office_record
from records.books import Books
from records.ledger import Entry, store
from records.matters import StaleVersion
from records.office_record import OutreachRow

WRITE: Final = "write_outreach"
"""What a refusal calls the act."""
Line = OutreachRow
"""A line of the log, as doors know it."""


class DayToCome(Refusal):
    """What is written down has happened: its day is not still to come."""

    code: ClassVar[str] = "day_to_come"
    status: ClassVar[int] = 422


def record(office: Office, told: OutreachLine, *, by: DeskPerson, request: Repeatable | None = None) -> UUID:
    """Write a line. Return its id. Raises NoOfficeRecord, NotAllowed, KeyNotSigned, DayToCome, NotInList, KeyReused."""
    with office.open() as books:
        rules = require_permitted(books, by)

        def first() -> dict[str, str]:
            _require_sense(books, rules, told)
            row = _row(books, uuid4(), told, by.person)
            office_record.add_outreach(books, row)
            _enter(books, "entered", row, by.person)
            return {"id": str(row.id)}

        return UUID(once(books, request, first, by=by.person)["id"])


def change(
    office: Office,
    line: UUID,
    told: OutreachLine,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> None:
    """Say it in the place of what was said. Raises NotFound, StaleVersion, and as `record`."""
    with office.open() as books:
        rules = require_permitted(books, by)

        def first() -> dict[str, str]:
            before = office_record.outreach_line(books, line)
            if version is not None and version != before.version:
                raise StaleVersion()
            _require_sense(books, rules, told)
            row = replace(_row(books, line, told, by.person), version=before.version + 1)
            office_record.change_outreach(books, row)
            _enter(books, "changed", row, by.person)
            return {}

        once(books, request, first, by=by.person)


def take_out(office: Office, line: UUID, *, by: DeskPerson, request: Repeatable | None = None) -> None:
    """Take a line out that never should have been there; the ledger says that it was. Raises as `change`."""
    with office.open() as books:
        require_permitted(books, by)

        def first() -> dict[str, str]:
            row = office_record.outreach_line(books, line)
            office_record.remove_outreach(books, line)
            _enter(books, "taken_out", row, by.person)
            return {}

        once(books, request, first, by=by.person)


def log(office: Office, *, by: DeskPerson) -> tuple[OutreachRow, ...]:
    """The whole log, the latest day first. Raises NoOfficeRecord, NotAllowed, KeyNotSigned."""
    with office.open() as books:
        require_permitted(books, by)
        return tuple(office_record.outreach(books))


def one_line(office: Office, line: UUID, *, by: DeskPerson) -> OutreachRow:
    """One line. Raises NotFound, and as `log`."""
    with office.open() as books:
        require_permitted(books, by)
        return office_record.outreach_line(books, line)


def require_permitted(books: Books, by: DeskPerson) -> OutreachRules:
    """The rules, for somebody who may read and write the log. Raises NoOfficeRecord, NotAllowed, KeyNotSigned."""
    rules = rules_of(books).outreach
    require_of_the_office(books, by, rules.by, WRITE)
    return rules


def _require_sense(books: Books, rules: OutreachRules, told: OutreachLine) -> None:
    if told.on > books.today:
        raise DayToCome(today=books.today)
    require_among("sort", told.sort, rules.sorts)
    require_among("region", told.region, rules.regions)
    require_among("language", told.language, rules.languages)


def _row(books: Books, line: UUID, told: OutreachLine, person: UUID) -> OutreachRow:
    return OutreachRow(line, told.on, told.sort, told.region, told.language, told.people, person, books.today)


def _enter(books: Books, what: str, row: OutreachRow, person: UUID) -> None:
    facts: dict[str, str | int | date] = {"line": str(row.id), "sort": row.sort, "day": row.on_day, "version": row.version}
    store.append(books, Entry(books.today, f"outreach.{what}", None, str(person), facts), None)
