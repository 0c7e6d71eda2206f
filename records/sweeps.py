"""Runs of the sweep: the truth about what was done when, whether Prefect looked on or not. And what went wrong, without words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from records.books import Books
from records.tables import SWEEP_RUN, TROUBLE


@dataclass(frozen=True, slots=True)
class Counts:
    """What one sweep did. All a flow may pass on."""

    matters: int = 0
    fired: int = 0
    lapsed: int = 0
    failed: int = 0
    dead: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Counts of two batches together (`dead` is a level, not a flow: the later one stands)."""
        return Counts(
            self.matters + other.matters,
            self.fired + other.fired,
            self.lapsed + other.lapsed,
            self.failed + other.failed,
            other.dead,
        )


def begin(books: Books, run_id: UUID, through: str, lag_seconds: float) -> None:
    """Write down that a sweep began, before it does anything."""
    values = {"id": run_id, "began_at": books.wall, "office_at": books.now, "through": through, "lag_seconds": lag_seconds}
    books.connection.execute(insert(SWEEP_RUN).values(**values))


def end(books: Books, run_id: UUID, counts: Counts) -> None:
    """Write down what a sweep did."""
    done = {name: getattr(counts, name) for name in Counts.__dataclass_fields__}
    books.connection.execute(update(SWEEP_RUN).where(SWEEP_RUN.c.id == run_id).values(ended_at=books.wall, **done))


def newest(books: Books, most: int = 20) -> list[Any]:
    """The newest runs, newest first."""
    query = select(SWEEP_RUN).order_by(SWEEP_RUN.c.began_at.desc()).limit(most)
    return list(books.connection.execute(query))


def totals(books: Books) -> dict[str, int]:
    """How many runs went through Prefect and how many directly, and what they fired together."""
    rows = books.connection.execute(
        select(SWEEP_RUN.c.through, func.count(), func.sum(SWEEP_RUN.c.fired)).group_by(SWEEP_RUN.c.through)
    )
    found: dict[str, int] = {}
    for through, runs, fired in rows:
        found |= {f"{through}_runs": int(runs), f"{through}_fired": int(fired or 0)}
    return {name: found.get(name, 0) for name in ("prefect_runs", "prefect_fired", "direct_runs", "direct_fired")}


def note_trouble(books: Books, ref: UUID, where: str, what: str) -> None:
    """Write down that something went wrong: where, and the class of the error, never its text."""
    books.connection.execute(insert(TROUBLE).values(ref=ref, at=books.wall, where=where, what=what))


def troubles(books: Books, since: datetime) -> list[Any]:
    """What went wrong since an instant, newest first."""
    query = select(TROUBLE).where(TROUBLE.c.at >= since).order_by(TROUBLE.c.at.desc())
    return list(books.connection.execute(query))
