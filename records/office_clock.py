"""The office's instant, its environment, its closures and the editions of its rules."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar

from policies.pack import Pack
from policies.refusal import Refusal
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from records.tables import CLOSURE, EDITION, OFFICE_CLOCK


class NotInitialised(Refusal):
    """The database has no office clock yet: it was migrated but never given an environment."""

    code: ClassVar[str] = "not_initialised"
    status: ClassVar[int] = 503


class WrongEnvironment(Refusal):
    """Demo data met a real house, or real data a demo."""

    code: ClassVar[str] = "wrong_environment"
    status: ClassVar[int] = 503


class TimeRunsForward(Refusal):
    """The office's instant may only be moved forward."""

    code: ClassVar[str] = "time_runs_forward"


def initialise(connection: Connection, environment: str, instant: datetime | None) -> None:
    """Fix a new database's environment, and in demo and test its first instant. Keeps what is there already."""
    row = insert(OFFICE_CLOCK).values(id=1, environment=environment, instant=instant)
    connection.execute(row.on_conflict_do_nothing())


def read(connection: Connection) -> tuple[str, datetime | None]:
    """The environment, and the office's instant where it is simulated. Raises NotInitialised."""
    row = connection.execute(select(OFFICE_CLOCK.c.environment, OFFICE_CLOCK.c.instant)).one_or_none()
    if row is None:
        raise NotInitialised()
    return row[0], row[1]


def move(connection: Connection, to: datetime) -> None:
    """Move a simulated instant forward. Raises TimeRunsForward for a step back, or where time is real."""
    moved = update(OFFICE_CLOCK).where(OFFICE_CLOCK.c.instant.is_not(None), OFFICE_CLOCK.c.instant <= to).values(instant=to)
    if connection.execute(moved).rowcount != 1:
        raise TimeRunsForward(to=to)


def closures(connection: Connection) -> dict[str, tuple[tuple[date, str], ...]]:
    """Late-announced closures by calendar, in order of their days."""
    found: dict[str, list[tuple[date, str]]] = {}
    for row in connection.execute(select(CLOSURE).order_by(CLOSURE.c.calendar, CLOSURE.c.day)):
        found.setdefault(row.calendar, []).append((row.day, row.name))
    return {code: tuple(days) for code, days in found.items()}


def announce(connection: Connection, calendar: str, days: Iterable[tuple[date, str]], at: datetime) -> int:
    """Write down closures; return how many are new."""
    values = [{"calendar": calendar, "day": day, "name": name, "recorded_at": at} for day, name in days]
    return connection.execute(insert(CLOSURE).on_conflict_do_nothing().returning(CLOSURE.c.day), values).rowcount if values else 0


def keep_edition(connection: Connection, pack: Pack, at: datetime) -> None:
    """Keep an edition's whole content, so that matters pinned to it outlive the files."""
    row = insert(EDITION).values(hash=pack.edition, pack=pack.code, content=pack.canonical(), made_at=at)
    connection.execute(row.on_conflict_do_nothing())


def edition(connection: Connection, name: str) -> Pack:
    """The pack of an edition that was kept. Raises KeyError for one that never was."""
    content: Any = connection.execute(select(EDITION.c.content).where(EDITION.c.hash == name)).scalar_one_or_none()
    if content is None:
        raise KeyError(name)
    return Pack.from_text(content)
