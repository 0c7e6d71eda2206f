"""Houses to do harm to: planted once, copied as often as a test wants, so that two of them begin with the very same rows."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from actions.office import Office
from records import office_clock, people
from records.bootstrap import DATABASES, create_database, drop_database
from records.people import PersonRow
from tests.chaos.invariants import broken, unsettled
from tests.fixtures.databases import Database, Server
from tests.fixtures.offices import ROSTER, Stage, shelf

BEGINS = datetime(2015, 6, 15, 17, tzinfo=UTC)
SHELF = shelf()
LOOKING = {"options": "-c jit=off -c max_parallel_workers_per_gather=0", "prepare_threshold": 1}
"""The questions are long and the tables small: making them ready once is most of the work of asking."""


@contextmanager
def planted(server: Server, plant: Callable[[Stage], None] = lambda _: None) -> Iterator[Database]:
    """A house on 2015-06-15 with everybody of ROSTER in office and what `plant` adds; nobody is connected to it."""
    for database in server.fresh("house"):
        engine = create_engine(database.owner_url, poolclass=NullPool)
        with engine.begin() as connection:
            office_clock.initialise(connection, "test")
            office_clock.move(connection, BEGINS)
        ids = {who: uuid4() for who in ROSTER}
        with Office(engine, database="house", environment="test", shelf=SHELF).open() as books:
            for who, role in ROSTER.items():
                people.add_person(books, PersonRow(ids[who], who, f"{who}@house.invalid", "en"))
                people.appoint(books, uuid4(), ids[who], role, date(2015, 1, 1), None)
        with opened(database) as stage:
            plant(stage)
        yield database


@contextmanager
def opened(database: Database) -> Iterator[Stage]:
    """The offices of a planted house, as its roles have them."""
    owner = create_engine(database.owner_url, connect_args=LOOKING)
    engines = [create_engine(database.url(role)) for role in ("house_council", "house_flows")]
    offices = [Office(engine, database="house", environment="test", shelf=SHELF) for engine in engines]
    stage = Stage(database, offices[0], offices[1], owner)
    stage.people = {str(name): UUID(str(found)) for name, found in stage.rows("SELECT name, id FROM person")}
    try:
        yield stage
    finally:
        for engine in (*engines, owner):
            engine.dispose()


@contextmanager
def copied(server: Server, database: Database) -> Iterator[Stage]:
    """A house with the same rows as `database`, ids included."""
    name = f"house_{secrets.token_hex(6)}"
    create_database(server.postgres.admin_url, name, DATABASES["house"], template=database.name)
    try:
        with opened(Database(name, DATABASES["house"], server.postgres, server.passwords)) as stage:
            yield stage
    finally:
        drop_database(server.postgres.admin_url, name)


def emptied(stage: Stage) -> None:
    """As it was planted without anything: the same people on the first day. Quicker than another copy."""
    with stage.owner.begin() as connection:
        for table in ("matter", "outbox", "ledger_entry", "absence", "closure", "sweep_run", "trouble"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("UPDATE office_clock SET instant = :at"), {"at": BEGINS})


def assert_sound(stage: Stage, *, settled: bool = False) -> None:
    """All invariants hold; with `settled`, nothing is due either."""
    found = broken(stage.owner, stage.flows)
    if settled:
        found |= unsettled(stage.owner)
    assert not found, "\n".join(f"{name}: {rows[:5]}" for name, rows in found.items())


LIFE = {
    "matters": "SELECT id, kind, state, version, rested_on FROM matter ORDER BY id",
    "events": "SELECT matter_id, seq, trigger, source, dest, recorded_at, effective_on, irregular, by_person, by_clock "
    "FROM event ORDER BY 1, 2",
    "clocks": "SELECT matter_id, name, epoch, started_on, due_on, status, stopped_on, next_at FROM clock ORDER BY 1, 2, 3",
    "fired": "SELECT c.matter_id, c.name, c.epoch, f.rung, f.round, f.due_at, f.outcome, f.person_id FROM rung_fired f "
    "JOIN clock c ON c.id = f.clock_id ORDER BY 1, 2, 3, f.due_at, 4, 5",
    "responsible": "SELECT matter_id, person_id, from_at, until_at, why FROM responsibility ORDER BY 1, 3, 4 NULLS LAST",
}
"""What must not depend on when anybody swept."""


def life(stage: Stage) -> dict[str, list[tuple[object, ...]]]:
    """All that happened, by table."""
    return {name: stage.rows(query) for name, query in LIFE.items()}


def dump(stage: Stage) -> list[tuple[object, ...]]:
    """A fingerprint of every row of every table but those that only tell who swept."""
    names = [
        str(row[0])
        for row in stage.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('sweep_run')")
    ]
    rows = "md5(string_agg(t::text, '|' ORDER BY t::text))"
    parts = [f"SELECT '{name}', count(*), {rows} FROM \"{name}\" t" for name in names]
    return stage.rows(" UNION ALL ".join(parts) + " ORDER BY 1")
