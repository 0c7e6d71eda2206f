"""A house with many mandates under way, written by SQL alone: planting a million through the product would take hours.

Each mandate has one clock: a sunset of 180 days, first day counted, as CP/RES. 1051 (2017/15) set it. Its ladder reminds the
person responsible twenty working days before the end. On each of the planted days a thousand of these reminders come due,
spread evenly over the table; all other mandates end in the two years after that. A clock that has fired waits for its next
rung, so as many stay pending as were planted.
"""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from actions.office import Office
from bench.ground import Ground
from cli.supervise.postgres import SUPERUSER
from policies.pack import pack_folder
from policies.shelf import Shelf
from records import office_clock, people
from records.bootstrap import OWNER
from records.people import PersonRow
from states.calendars import Calendar
from states.due import business_offset
from states.opening import refuse_contradictions

FIRST_DAY = date(2016, 3, 1)
SUNSET_DAYS = 180
BEFORE = 20
"""Working days from the first rung of the ladder `house_sunset` to the due day."""
MOST_DAYS = 14
"""On the fifteenth day the second rung of the first day's mandates would come due among the rest."""
OFFICERS = 12

ROSTER = ("council_secretary", "chair", "chief_of_staff", "mission", *("secretariat_officer",) * OFFICERS)


@dataclass(frozen=True)
class House:
    """A planted database. `office` fires as the worker does; `days` are those on which `due` clocks each come due."""

    ground: Ground
    name: str
    pending: int
    due: int
    days: tuple[date, ...]
    office: Office
    calendar: Calendar
    planted_in: float

    def close(self) -> None:
        """Let the database go."""
        self.office.engine.dispose()

    def to_day(self, day: date) -> None:
        """Move the office's instant to noon in Washington on `day`: what the day's opening hour brought is due."""
        with psycopg.connect(**self.ground.straight(OWNER, self.name)) as connection:
            connection.execute("UPDATE office_clock SET instant = %s", (noon(day),))

    def ask(self, query: str, *told: object) -> list[tuple[object, ...]]:
        """Look at the rows, as the owner."""
        with psycopg.connect(**self.ground.straight(OWNER, self.name)) as connection:
            return connection.execute(query.encode(), told).fetchall()


def noon(day: date) -> datetime:
    """17:00 UTC."""
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


def plant(ground: Ground, pending: int, *, due: int, days: int, copy: int = 0) -> House:
    """Make a house with `pending` running clocks, of which `due` come due on each of `days` working days.

    Raises ValueError for more days than the ladder has room for, and for fewer clocks than come due.
    """
    if not 0 < days <= MOST_DAYS or days * due > pending:
        raise ValueError("more days than the ladder has room for, or fewer clocks than come due")
    began = time.perf_counter()
    name = f"house_{pending}_{copy}"
    ground.copy(name)
    shelf = Shelf(pack_folder("oas"), refuse_contradictions)
    officers, calendar = _people(ground, name, shelf)
    first = calendar.next_working(FIRST_DAY)
    on = tuple(first if n == 0 else business_offset(first, n, calendar) for n in range(days))
    _matters(ground, name, pending, due, on, officers, shelf.pack.edition, calendar)
    engine = create_engine(ground.url("house_flows", name), pool_pre_ping=True, hide_parameters=True, pool_size=5)
    office = Office(engine, database="house", environment="test", shelf=shelf)
    return House(ground, name, pending, due, on, office, calendar, time.perf_counter() - began)


def _people(ground: Ground, name: str, shelf: Shelf) -> tuple[list[UUID], Calendar]:
    engine = create_engine(ground.url(OWNER, name), poolclass=NullPool)
    with engine.begin() as connection:
        office_clock.initialise(connection, "test")
        office_clock.move(connection, noon(FIRST_DAY - timedelta(days=1)))
    officers = []
    with Office(engine, database="house", environment="test", shelf=shelf).open() as books:
        for number, role in enumerate(ROSTER):
            person = uuid4()
            people.add_person(books, PersonRow(person, f"Person {number}", f"p{number}@house.invalid", "en"))
            people.appoint(books, uuid4(), person, role, date(2015, 1, 1), None)
            if role == "secretariat_officer":
                officers.append(person)
        return officers, books.calendar()


_PLANT = """
CREATE TEMPORARY TABLE ends (day int PRIMARY KEY, due_on date NOT NULL, next_at timestamptz NOT NULL);
INSERT INTO ends SELECT * FROM unnest(%(days)s::int[], %(due)s::date[], %(next)s::timestamptz[]);
CREATE TEMPORARY TABLE plant AS
SELECT i, gen_random_uuid() AS matter, gen_random_uuid() AS clock, e.due_on, e.due_on - %(length)s AS started_on, e.next_at,
       (%(officers)s::uuid[])[1 + i %% %(many)s] AS officer,
       jsonb_build_object('count', %(length)s + 1, 'unit', 'calendar_days', 'first_day', 'counted',
                          'start', e.due_on - %(length)s) AS given
  FROM generate_series(0, %(pending)s - 1) AS i
  JOIN ends e ON e.day = CASE WHEN i %% %(every)s < %(waves)s THEN i %% %(every)s ELSE %(waves)s + i %% %(later)s END;
SET session_replication_role = replica;
INSERT INTO matter (id, kind, state, version, edition, calendar, opened_at)
SELECT matter, 'mandate', 'in_progress', 3, %(edition)s, %(calendar)s, started_on + interval '15 hours' FROM plant;
INSERT INTO mandate (matter_id, symbol, title, task, issued_by, addressee, adopted_on, sunset, unit, source)
SELECT matter, 'CP/RES. ' || i, 'Mandate number ' || i, 'Report on item ' || i, 'Permanent Council', 'General Secretariat',
       started_on, given, 'Unit ' || i %% 40, 'planted by the bench' FROM plant;
INSERT INTO event (matter_id, seq, trigger, source, dest, recorded_at, effective_on, by_person, facts)
SELECT matter, n, (ARRAY['open', 'assign', 'start'])[n], (ARRAY['in_force', 'in_force', 'assigned'])[n],
       (ARRAY['in_force', 'assigned', 'in_progress'])[n], started_on + interval '15 hours', started_on, officer,
       jsonb_build_object('unit', 'Unit ' || i %% 40) FROM plant, generate_series(1, %(history)s) AS n;
INSERT INTO responsibility (id, matter_id, person_id, from_at, why)
SELECT gen_random_uuid(), matter, officer, started_on + interval '15 hours', 'assigned' FROM plant;
INSERT INTO clock (id, matter_id, name, epoch, started_on, started_at, given, due_on, status, next_at)
SELECT clock, matter, 'sunset', 1, started_on, started_on + interval '15 hours', given, due_on, 'running', next_at FROM plant;
SET session_replication_role = origin;
DROP TABLE plant, ends;
"""
LATER = 480
"""Days after the planted ones over which all other mandates end."""


def _matters(
    ground: Ground,
    name: str,
    pending: int,
    due: int,
    on: tuple[date, ...],
    officers: list[UUID],
    edition: str,
    calendar: Calendar,
) -> None:
    ends = [business_offset(day, BEFORE, calendar) for day in on]
    after = business_offset(ends[-1], BEFORE + 2 * MOST_DAYS, calendar)
    ends += [calendar.next_working(after + timedelta(days=n)) for n in range(LATER)]
    told = {
        "days": list(range(len(ends))),
        "due": ends,
        "next": [calendar.opens(business_offset(end, -BEFORE, calendar)) for end in ends],
        "length": SUNSET_DAYS - 1,
        "officers": officers,
        "many": len(officers),
        "pending": pending,
        "every": pending // due,
        "waves": len(on),
        "later": LATER,
        "edition": edition,
        "calendar": calendar.code,
        "history": 3 if pending <= 100_000 else 1,
    }
    with psycopg.connect(**ground.straight(SUPERUSER, name), autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        with connection.transaction():
            connection.execute("SET LOCAL TIME ZONE 'UTC'")
            connection.execute(_PLANT, told)
        for table in ("matter", "mandate", "event", "responsibility", "clock"):
            connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))
        connection.execute("CHECKPOINT")
