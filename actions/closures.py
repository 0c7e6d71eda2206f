"""A holiday or closure announced late: written down once, and every open clock it touches derived again, seen by all."""

from datetime import date
from uuid import UUID

from actions.kernel.step import Kinds, subject_of
from actions.kernel.watching import refresh
from actions.office import Office
from records import clocks, matters, office_clock
from records.books import Books
from records.ledger import Entry, store
from records.matters import Matter

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
            changed += sum(_derive_again(office.kinds, books, matter) for matter in matters.lock(books, batch).values())
            after = batch[-1]


def _derive_again(kinds: Kinds, books: Books, matter: Matter) -> int:
    moved = refresh(books, subject_of(kinds, books, matter), clocks.running(books, [matter.id]))
    for row, due_on in moved:
        facts: dict[str, str | date] = {"clock": row.name, "was": row.due_on or "paused", "due": due_on or "paused"}
        store.enter(books, matter, Entry(books.today, "clock.recomputed", str(matter.id), None, dict(facts)))
    return len(moved)
