"""The sweep: fire all that is due in this database. Called by flows, by the worker when Prefect is away, and by an operator."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

import structlog

from actions.kernel.settle import settle_all, tell
from actions.office import Office
from records import clocks, matters, sweeps
from records.books import Books
from records.matters import Matter
from records.sweeps import Counts

BATCH: Final = 50
"""Matters a transaction: small enough that a person never waits long for a lock."""
RETRY_AFTER: Final = timedelta(minutes=1)
MOST_ATTEMPTS: Final = 5
"""After so many failures a clock is dead-lettered: it stands still, and the alarm says so until an operator revives it."""

_log = structlog.get_logger("sweep")


def sweep(office: Office, *, batch: int = BATCH, through: str = "direct") -> Counts:
    """Fire everything that is due and return counts. Safe to run late, twice, or beside another.

    Each transaction takes up to `batch` matters, longest waiting first, leaving out those that somebody else holds. If a batch
    fails, each of its matters is tried in a savepoint of its own, so a poisoned one is set aside and the rest goes on. The run
    is written down before and after: `sweep_run` is the truth about what ran, whoever started it.
    """
    run = uuid4()
    with office.open() as books:
        oldest = clocks.oldest_due(books)
        sweeps.begin(books, run, through, (books.now - oldest).total_seconds() if oldest else 0.0)
    total = Counts()
    while (done := _one_batch(office, batch)).matters + done.failed:
        total += done
    with office.open() as books:
        total += Counts(dead=clocks.dead_count(books))
        sweeps.end(books, run, total)
    return total


def anything_due(office: Office) -> bool:
    """Whether a sweep would find anything. Reads one index entry and writes nothing."""
    with office.open() as books:
        return clocks.oldest_due(books) is not None


def note_error(office: Office, where: str, error: BaseException) -> UUID:
    """Keep that something went wrong, without its text, and return the reference that may be shown."""
    ref = uuid4()
    with office.open() as books:
        sweeps.note_trouble(books, ref, where, type(error).__name__)
    return ref


def _one_batch(office: Office, batch: int) -> Counts:
    """One transaction: all claimed matters together; if that fails, each by itself, so that one cannot stop the others."""
    with office.open() as books:
        claimed = _claim(books, batch)
        try:
            with books.connection.begin_nested():
                return _settled(office, books, claimed)
        except Exception:  # noqa: BLE001  # which of them it was is found out below, where it is counted and seen
            books.notices.clear()
            counts = Counts()
            for matter in claimed:
                counts += _guarded(office, books, matter)
            return counts


def _claim(books: Books, batch: int) -> list[Matter]:
    """Lock the matters with something due, and what they are tied to. Where somebody holds a tie, leave it for the next sweep."""
    due = clocks.due_matters(books, batch)
    ties = matters.tied_to(books, due)
    found = matters.lock_free(books, sorted({*due, *(other for others in ties.values() for other in others)}))
    return [found[matter_id] for matter_id in due if matter_id in found and ties[matter_id] <= found.keys()]


def _settled(office: Office, books: Books, claimed: Sequence[Matter]) -> Counts:
    settled = settle_all(office.kinds, books, claimed)
    tell(books)
    return Counts(matters=len(claimed), fired=settled.fired, lapsed=settled.lapsed)


def _guarded(office: Office, books: Books, matter: Matter) -> Counts:
    """Settle one matter in a savepoint of its own; if that fails, take back what it wrote and count the attempt."""
    try:
        with books.connection.begin_nested():
            return _settled(office, books, [matter])
    except Exception as error:  # noqa: BLE001  # whatever it is must not stop the other matters; it is counted and seen
        books.notices.clear()
        _log.error("matter_failed", what=type(error).__name__)
        sweeps.note_trouble(books, uuid4(), "sweep", type(error).__name__)
        dead = clocks.failed(books, matter.id, retry_after=RETRY_AFTER, most=MOST_ATTEMPTS)
        return Counts(failed=1, dead=dead)
