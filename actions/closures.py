"""A holiday or closure announced late: settled first, written down once, then every open clock it touches derived again."""

from datetime import date
from uuid import UUID

from actions.kernel.settle import settle_all, tell
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

    Whatever was due before the announcement fires first, on the days it had: a rung that a stopped worker has not fired gets no
    other instant from a day that nobody knew of then. Clocks that have stopped keep the dates they had. The act and each changed
    date are entered in the ledger. Safe to run again: what is derived twice comes out the same. Raises UnknownCalendar.
    """
    with office.open() as books:
        books.calendar(calendar)
    while _settled(office):
        pass
    with office.open() as books:
        while _settle_some(office, books):  # what came due, or was held by somebody, between the last batch and this instant
            pass
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


def _settled(office: Office) -> int:
    """Settle a batch of what is due, in a transaction of its own; return how many matters it was."""
    with office.open() as books:
        return _settle_some(office, books)


def _settle_some(office: Office, books: Books) -> int:
    """Fire all that is due of up to a batch of matters; return how many. What was given up stays as it is until it is revived."""
    due = clocks.due_matters(books, BATCH)
    ties = matters.tied_to(books, due)
    found = matters.lock(books, sorted({*due, *(other for others in ties.values() for other in others)}))
    settle_all(office.kinds, books, [found[matter_id] for matter_id in due if matter_id in found])
    tell(books)
    return len(due)


def _derive_again(kinds: Kinds, books: Books, matter: Matter) -> int:
    moved = refresh(books, subject_of(kinds, books, matter), clocks.running(books, [matter.id]))
    for row, due_on in moved:
        facts: dict[str, str | date] = {"clock": row.name, "was": row.due_on or "paused", "due": due_on or "paused"}
        store.enter(books, matter, Entry(books.today, "clock.recomputed", str(matter.id), None, dict(facts)))
    return len(moved)
