"""Registered operations take effect on their dates: a date at a time, each in a transaction of its own, written down once.

What the structure is on a day follows from the record alone and never from when this ran. This is the watch over it: it writes
down what took effect, and where a date cannot be done whole it leaves that one and all later ones and raises the alarm.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import uuid4
from weakref import WeakKeyDictionary

from actions.office import Office
from actions.structure_record import Failure, known
from records import structure, sweeps
from records.books import Books
from records.ledger import Entry, store
from records.structure import Mark


@dataclass(frozen=True, slots=True)
class Effects:
    """What one run did. All a flow may pass on."""

    dates: int = 0
    operations: int = 0
    failed: int = 0
    """Dates that are due and cannot be applied: the first one counts, the others wait for it."""


_QUIET: "WeakKeyDictionary[object, tuple[Mark, date]]" = WeakKeyDictionary()
"""By the engine of a database: a mark of the record and a day at which nothing was left to apply. What is applied stays so."""


def due_effects(office: Office) -> bool:
    """Whether anything has to take effect, or a date that cannot be applied has not been told yet. Writes nothing.

    Asked all day long: a record that has not moved since nothing was left costs two small looks, whatever its size.
    """
    if office.database != "house":
        return False
    with office.open() as books:
        if books.pack.structure is None:
            return False
        told = {on for on, _, _ in structure.failing(books)}
        engine, now = books.connection.engine, _now(books)
        if _QUIET.get(engine) != now:
            waiting, failure = _waiting(books)
            if waiting or failure is not None:
                return bool(waiting) or (failure is not None and failure.on not in told)
            _QUIET[engine] = now
        return bool(told)


def apply_effects(office: Office) -> Effects:
    """Apply every date that is due, the earliest first. Safe to run late, twice, or beside another."""
    run = _Run()
    while run.one_date(office):
        pass
    return Effects(run.dates, run.operations, _tell_failure(office))


class _Run:
    """One run and what it has left to apply. It looks for that again only when the record or the day has moved."""

    def __init__(self) -> None:
        self.dates = self.operations = 0
        self._left: deque[tuple[date, list[str]]] = deque()
        self._seen: tuple[Mark, date] | None = None

    def one_date(self, office: Office) -> bool:
        """One transaction: the earliest date that is left. False: none was."""
        with office.open() as books:
            structure.hold(books)
            if (now := _now(books)) != self._seen:
                self._left, self._seen = deque(sorted(_waiting(books)[0].items())), now
            if not self._left:
                return False
            on, operations = self._left[0]
            count = _apply(books, on, sorted(set(operations) - structure.applied(books, among=operations)))
        self._left.popleft()
        self.dates += bool(count)
        self.operations += count
        return True


def _apply(books: Books, on: date, operations: Sequence[str]) -> int:
    """Write down that these took effect, if another run has not done so meanwhile."""
    if not operations:
        return 0
    count = structure.apply(books, on, operations)
    ids = sha256("\n".join(operations).encode()).hexdigest()
    facts: dict[str, str | int | date] = {"on": on, "operations": count, "operations_sha256": ids}
    store.append(books, Entry(books.today, "structure.applied", facts=facts), None)
    return count


def _now(books: Books) -> tuple[Mark, date]:
    return known(books).mark, books.today


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
