"""The office's instant, its environment, its closures and the editions of its rules."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from policies.pack import Pack
from policies.refusal import Refusal
from records.tables import CLOSURE, EDITION, OFFICE_CLOCK

_READ = select(OFFICE_CLOCK.c.environment, OFFICE_CLOCK.c.instant)
_CLOSURES = select(CLOSURE).order_by(CLOSURE.c.calendar, CLOSURE.c.day)


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


def initialise(connection: Connection, environment: str) -> bool:
    """Fix a new database's environment; return whether it was new. Raises WrongEnvironment if it is another one's."""
    row = insert(OFFICE_CLOCK).values(id=1, environment=environment).on_conflict_do_nothing().returning(OFFICE_CLOCK.c.id)
    fresh = connection.execute(row).one_or_none() is not None
    found, _ = read(connection)
    if found != environment:
        raise WrongEnvironment(found=found, wanted=environment)
    return fresh


def read(connection: Connection) -> tuple[str, datetime | None]:
    """The environment, and the office's instant where a director moves it. Raises NotInitialised."""
    row = connection.execute(_READ).one_or_none()
    if row is None:
        raise NotInitialised()
    return row[0], row[1]


def move(connection: Connection, to: datetime) -> None:
    """Move the instant of a demo or test forward; the first move takes it from the wall clock.

    Raises TimeRunsForward for a step back, or where time is real.
    """
    simulated = OFFICE_CLOCK.c.environment != "real"
    ahead = or_(OFFICE_CLOCK.c.instant.is_(None), OFFICE_CLOCK.c.instant <= to)
    if connection.execute(update(OFFICE_CLOCK).where(simulated, ahead).values(instant=to)).rowcount != 1:
        raise TimeRunsForward(to=to)


def closures(connection: Connection) -> dict[str, tuple[tuple[date, str], ...]]:
    """Late-announced closures by calendar, in order of their days."""
    found: dict[str, list[tuple[date, str]]] = {}
    for row in connection.execute(_CLOSURES):
        found.setdefault(row.calendar, []).append((row.day, row.name))
    return {code: tuple(days) for code, days in found.items()}


def announce(connection: Connection, calendar: str, days: Iterable[tuple[date, str]], at: datetime) -> int:
    """Write down closures; return how many are new."""
    values = [{"calendar": calendar, "day": day, "name": name, "recorded_at": at} for day, name in days]
    if not values:
        return 0
    return len(connection.execute(insert(CLOSURE).on_conflict_do_nothing().returning(CLOSURE.c.day), values).all())


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
