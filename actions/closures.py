"""A holiday or closure announced late: written down once, and every open clock it touches derived again, seen by all."""

from datetime import date
from uuid import UUID

from actions.kernel.step import Kinds, subject_of
from actions.kernel.watching import refresh
from actions.office import Office
from records import clocks, matters, office_clock
from records.books import Books
from records.clocks import ClockRow
from records.ledger import Entry, store

BATCH = 200
"""Matters whose clocks are derived again in one transaction."""


def announce_closure(office: Office, calendar: str, day: date, name: str, *, by: UUID | None = None) -> int:
    """Close the office of `calendar` on `day`; return how many open clocks got another due day.

    Clocks that have stopped keep the dates they had. The act and each batch of changed dates are entered in the ledger. Safe to
    run again: what is derived twice comes out the same. Raises UnknownCalendar.
    """
    with office.open() as books:
        books.calendar(calendar)
        office_clock.announce(books.connection, calendar, [(day, name)], books.now)
        facts: dict[str, str | date] = {"calendar": calendar, "day": day}
        store.append(books, Entry(books.today, "closure.announced", None, str(by) if by else None, dict(facts)), None)
    changed = 0
    after: UUID | None = None
    while True:
        with office.open() as books:
            batch = matters.open_after(books, after, BATCH)
            if not batch:
                return changed
            moved = [change for matter_id in batch for change in _derive_again(office.kinds, books, matter_id)]
            for row, due_on in moved:
                _enter(books, row, due_on)
            changed += len(moved)
            after = batch[-1]


def _derive_again(kinds: Kinds, books: Books, matter_id: UUID) -> list[tuple[ClockRow, date | None]]:
    matter = matters.lock(books, [matter_id])[matter_id]
    return refresh(books, subject_of(kinds, books, matter), clocks.running(books, [matter_id]))


def _enter(books: Books, row: ClockRow, due_on: date | None) -> None:
    facts: dict[str, str | date] = {"clock": row.name, "was": row.due_on or "paused", "due": due_on or "paused"}
    store.append(books, Entry(books.today, "clock.recomputed", str(row.matter_id), None, dict(facts)), row.matter_id)
