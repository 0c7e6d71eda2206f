"""Registered operations take effect on their dates: a date at a time, each in a transaction of its own, written down once.

What the structure is on a day follows from the record alone and never from when this ran. This is the watch over it: it writes
down what took effect, and where a date cannot be done whole it leaves that one and all later ones and raises the alarm.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import uuid4

from actions.office import Office
from actions.structure_record import Failure, known
from records import structure, sweeps
from records.books import Books
from records.ledger import Entry, store


@dataclass(frozen=True, slots=True)
class Effects:
    """What one run did. All a flow may pass on."""

    dates: int = 0
    operations: int = 0
    failed: int = 0
    """Dates that are due and cannot be applied: the first one counts, the others wait for it."""


def due_effects(office: Office) -> bool:
    """Whether anything has to take effect, or a date that cannot be applied has not been told yet. Writes nothing."""
    if office.database != "house":
        return False
    with office.open() as books:
        if books.pack.structure is None:
            return False
        waiting, failure = _waiting(books)
        told = {on for on, _, _ in structure.failing(books)}
        return bool(waiting) or (failure is not None and failure.on not in told) or (failure is None and bool(told))


def apply_effects(office: Office) -> Effects:
    """Apply every date that is due, the earliest first. Safe to run late, twice, or beside another."""
    done = Effects()
    while (count := _one_date(office)) is not None:
        done = Effects(done.dates + 1, done.operations + count)
    return Effects(done.dates, done.operations, _tell_failure(office))


def _one_date(office: Office) -> int | None:
    """One transaction: the earliest date that waits. Return how many operations took effect; None: nothing waits."""
    with office.open() as books:
        structure.hold(books)
        waiting, _ = _waiting(books)
        if not waiting:
            return None
        on = min(waiting)
        count = structure.apply(books, on, waiting[on])
        ids = sha256("\n".join(sorted(waiting[on])).encode()).hexdigest()
        facts: dict[str, str | int | date] = {"on": on, "operations": count, "operations_sha256": ids}
        store.append(books, Entry(books.today, "structure.applied", facts=facts), None)
        return count


def _tell_failure(office: Office) -> int:
    """Raise the alarm about the first date that cannot be done, or take it back."""
    with office.open() as books:
        structure.hold(books)
        _, failure = _waiting(books)
        if failure is None:
            structure.mend(books)
            return 0
        structure.mend(books, but=[failure.on])
        if structure.fail(books, failure.on, failure.operation, failure.claim):
            sweeps.note_trouble(books, uuid4(), "effects", failure.claim)
        return 1


def _waiting(books: Books) -> tuple[dict[date, list[str]], Failure | None]:
    """By date: operations that are due and not applied, before the first date that cannot be done; and that date, once due."""
    whole = known(books).whole(books.today)
    failure = whole.failure if whole.failure is not None and whole.failure.on <= books.today else None
    applied = structure.applied(books)
    waiting: dict[date, list[str]] = {}
    for one in whole.plan:
        if one.on <= books.today and one.id not in applied and (failure is None or one.on < failure.on):
            waiting.setdefault(one.on, []).append(one.id)
    return waiting, failure
