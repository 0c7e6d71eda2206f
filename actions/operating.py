"""How the house's installation runs, for its operator at the council's door: counts, days and times; no matter, no person.

The ombudsperson's database is behind a wall of its own: of that one `amparo status` tells, on the machine.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final
from uuid import UUID

from actions.kernel.actor import as_permitted
from actions.ledger import Standing, newest_head, standing_at_a_door
from actions.office import Office
from actions.status import figures_of
from policies.refusal import Refusal
from policies.unverified import Unverified, unverified_of
from records import structure, sweeps
from records.books import Books
from records.ledger.store import LedgerDamaged

KIND: Final = "operator"
READ: Final = "read"
_SHOWN: Final = 12
"""Runs of the sweep that are told one by one."""
_DAY: Final = timedelta(days=1)


class OperatingNotOffered(Refusal):
    """The pack lets nobody see at the door how the installation runs."""

    code: ClassVar[str] = "operating_not_offered"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class Run:
    """One sweep. Times are wall times; `ended_at` None: under way, or killed. `lag`: how long the oldest due instant waited."""

    began_at: datetime
    ended_at: datetime | None
    through: str
    fired: int
    failed: int
    lag: timedelta


@dataclass(frozen=True, slots=True)
class Trouble:
    """Errors of one class in one place within a day."""

    where: str
    what: str
    count: int
    newest: datetime


@dataclass(frozen=True, slots=True)
class Operating:
    """All of it. `figures` are those of `amparo status`. `root` is the newest head's, in hex; empty: there is none, or none that
    can be read. `alarm` is what is wrong with the rules' files. `not_applied`: days of the structure, and the claim that fails.
    """

    figures: dict[str, Any]
    now: datetime
    wall: datetime
    ledger: Standing
    size: int
    root: str
    alarm: Refusal | None
    runs: tuple[Run, ...]
    troubles: tuple[Trouble, ...]
    not_applied: tuple[tuple[Any, str], ...]
    unverified: tuple[Unverified, ...]


def may_operate(office: Office, roles: frozenset[str]) -> bool:
    """Whether one of these roles may see it."""
    rules = office.shelf.pack.house.operating
    return rules is not None and bool(roles & set(rules.read))


def operating(office: Office, *, by: UUID) -> Operating:
    """How the house's installation runs. Raises OperatingNotOffered, NotAllowed."""
    with office.open() as books:
        rules = books.pack.house.operating
        if rules is None:
            raise OperatingNotOffered()
        as_permitted(books, by, KIND, READ, [f"{role}:any" for role in rules.read])
        now, wall = books.now, books.wall
        runs = tuple(_run(row) for row in sweeps.newest(books, _SHOWN))
        troubles, failing = _troubles(books), structure.failing(books)
        pack = books.pack
    ledger = standing_at_a_door(office)
    size, root = _head(office, ledger)
    alarm = office.shelf.refresh()
    return Operating(
        figures=figures_of(office, ledger),
        now=now,
        wall=wall,
        ledger=ledger,
        size=size,
        root=root,
        alarm=alarm.refusal if alarm else None,
        runs=runs,
        troubles=troubles,
        not_applied=tuple((day, claim) for day, _, claim in failing),
        unverified=tuple(unverified_of(pack)),
    )


def _run(row: Any) -> Run:
    return Run(row.began_at, row.ended_at, row.through, row.fired, row.failed, timedelta(seconds=row.lag_seconds))


def _troubles(books: Books) -> tuple[Trouble, ...]:
    rows = sweeps.troubles(books, books.wall - _DAY)
    counted = Counter((row.where, row.what) for row in rows)
    newest = {(row.where, row.what): row.at for row in reversed(rows)}
    return tuple(Trouble(*which, count, newest[which]) for which, count in counted.most_common())


def _head(office: Office, ledger: Standing) -> tuple[int, str]:
    if ledger.last_day is None:
        return 0, ""
    try:
        head = newest_head(office).head
    except LedgerDamaged:
        return 0, ""
    return head.size, head.root.hex()
