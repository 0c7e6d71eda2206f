"""A periodic report over many cases: what its counts take, beside the bare GROUP BYs it needs, written by hand.

Ten years of cases are written by SQL alone: each with an open stretch, facts, two issues, three clocks, a seat; one in fifty is
reopened, one in a hundred has no seat of the head's. Ours goes through `ombuds_counts` as the role `reports`; the floor runs the
same joins straight on the driver, as that role, takes every row, and adds nothing up.
"""

import time
import tracemalloc
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from statistics import median
from typing import Any, Final
from uuid import uuid4

import psycopg
from sqlalchemy import create_engine

from actions.office import Office
from bench.ground import Ground
from bench.saying import say
from cli.supervise.postgres import SUPERUSER
from policies.pack import pack_folder
from policies.reports import ReportPeriod
from policies.shelf import Shelf
from records import migrate, office_clock, people
from records.bootstrap import OWNER
from records.counts.ombuds import ombuds_counts
from records.people import PersonRow
from states.complaint import COUNTED
from states.opening import refuse_contradictions

DATABASE: Final = "ombuds"
READER: Final = "ombuds_reports"
YEARS: Final = 10
YEAR: Final = ReportPeriod.named("2025")
HEADS: Final = 2_000
"""Different heads that half of the cases are about."""
FEW: Final = 30
"""Cases a year of one region: a small part of a large office, so that something must be hidden."""
PLANT: Final = (
    """CREATE TEMPORARY TABLE born AS
       SELECT *, CASE WHEN day + took < '2026-01-20' THEN day + took END AS over FROM (
         SELECT gen_random_uuid() AS id, n, date '2016-01-01' + (n::bigint * %(days)s / %(cases)s)::int AS day,
                (n::bigint * 7919 %% 400)::int AS took FROM generate_series(1, %(cases)s) n) made""",
    """INSERT INTO matter SELECT id, 'complaint', 'closed', 1, %(edition)s, 'US-DC', day, NULL FROM born""",
    """INSERT INTO case_spell SELECT id, 1, 'complaint', id, day, over, 'received',
         CASE WHEN over IS NOT NULL THEN (ARRAY['declined', 'referred', 'closed', 'withdrawn'])[n %% 4 + 1] END,
         CASE WHEN n %% 4 = 0 AND over IS NOT NULL THEN (ARRAY['out_of_remit', 'premature', 'discretion'])[n %% 3 + 1] END
       FROM born""",
    """INSERT INTO case_spell SELECT id, 2, 'complaint', id, over + 20, NULL, 'reopened', NULL, NULL
         FROM born WHERE n %% 50 = 0 AND over IS NOT NULL""",
    """INSERT INTO case_facts SELECT id, CASE WHEN n %% %(rare)s = 0 THEN 'CA'
           ELSE (ARRAY['US-DC', 'CR', 'MX', 'BR', 'CL', 'JM', 'GT', 'PE'])[n %% 8 + 1] END,
         (ARRAY['staff', 'associate', 'consultant', 'intern', 'former'])[n %% 5 + 1],
         (ARRAY['nobody', 'head', 'unknown', 'head'])[n %% 4 + 1],
         CASE WHEN n %% 2 = 1 THEN lpad(to_hex((n * 31) %% %(heads)s), 32, '0')::uuid END, 1, %(head)s, day FROM born""",
    """INSERT INTO case_issue SELECT id, (n %% 9 + 1) || c, true FROM born, unnest(ARRAY['A', 'C']) c""",
    """INSERT INTO case_mark SELECT id, 3, 'second_look_asked', over FROM born WHERE n %% 10 = 0 AND over IS NOT NULL""",
    """INSERT INTO seat (id, matter_id, holder, person_id, rung, epoch, key_sealed, from_at)
         SELECT gen_random_uuid(), id, 'person', %(head)s, 0, 1, '', day FROM born WHERE n %% 100 > 0""",
    """INSERT INTO clock (id, matter_id, name, epoch, started_on, started_at, due_on, status, stopped_on)
         SELECT gen_random_uuid(), id, name, 1, day + wait, day, day + wait + 15, 'met', day + wait + (n + wait) %% 18
         FROM born, (VALUES ('acknowledgement', 20), ('screening', 40), ('inquiry', 60)) AS c (name, wait)""",
    """INSERT INTO rung_fired SELECT id, 'late', 0, due_on + 1, due_on + 1, NULL, 'told' FROM clock WHERE stopped_on > due_on""",
)
WITHOUT: Final = "SELECT coalesce(array_agg(one), '{}')::text FROM apart_matters('ombudsperson', 'America/New_York') one"
MINE: Final = " AND {}.matter_id <> ALL(%(apart)s::uuid[]) GROUP BY {}"
FLOOR: Final = (
    """SELECT s.kind, s.began, CASE WHEN s.until_on <= %(last)s THEN s.outcome END,
           CASE WHEN s.until_on <= %(last)s THEN s.ground END, f.station, f.personnel, f.about, f.subject,
           s.from_on < %(first)s, s.until_on IS NULL OR s.until_on > %(last)s, count(*)
         FROM case_spell s LEFT JOIN case_facts f ON f.matter_id = s.facts_of
        WHERE s.from_on <= %(last)s AND (s.until_on IS NULL OR s.until_on >= %(first)s)"""
    + MINE.format("s", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10"),
    """SELECT i.code, f.about, f.subject, count(*) FROM case_issue i LEFT JOIN case_facts f USING (matter_id)
        WHERE i.stands AND i.matter_id IN (SELECT facts_of FROM case_spell s
              WHERE until_on BETWEEN %(first)s AND %(last)s AND s.matter_id <> ALL(%(apart)s::uuid[])) GROUP BY 1, 2, 3""",
    """SELECT s.kind, m.mark, f.about, f.subject, count(DISTINCT m.matter_id) FROM case_mark m
         JOIN case_spell s ON s.matter_id = m.matter_id AND s.number = 1 LEFT JOIN case_facts f ON f.matter_id = s.facts_of
        WHERE m.on_day BETWEEN %(first)s AND %(last)s"""
    + MINE.format("m", "1, 2, 3, 4"),
    """SELECT s.kind, c.name, count(*) FILTER (WHERE c.stopped_on <= c.due_on), count(*) FILTER (WHERE c.stopped_on > c.due_on),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY c.stopped_on - c.started_on),
           percentile_cont(0.9) WITHIN GROUP (ORDER BY c.stopped_on - c.started_on)
         FROM clock c JOIN case_spell s ON s.matter_id = c.matter_id AND s.number = 1
        WHERE coalesce(c.due_on, c.stopped_on) BETWEEN %(first)s AND %(last)s"""
    + MINE.format("c", "1, 2"),
    """SELECT r.rung, count(*) FROM rung_fired r JOIN clock c ON c.id = r.clock_id
         JOIN case_spell s ON s.matter_id = c.matter_id AND s.number = 1
        WHERE r.due_at >= %(first)s AND r.due_at < %(last)s::date + 1"""
    + MINE.format("c", "1"),
)


@dataclass
class Counting:
    """Seconds of one report's counts, ours and by hand in turn; the most memory that ours held, in MB."""

    cases: int
    planted_in: float = 0.0
    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    peak: float = 0.0
    rows: int = 0

    @property
    def times(self) -> float:
        """How many times the bare GROUP BYs ours takes."""
        return median(own / by_hand for own, by_hand in zip(self.ours, self.floor, strict=True))

    def said(self) -> str:
        """The numbers in a line."""
        return (
            f"{self.cases:,} cases, planted in {self.planted_in:.0f} s: one year's counts {median(self.ours):.2f} s,"
            f" the bare GROUP BYs {median(self.floor):.2f} s ({self.times:.2f} x), {self.rows:,} groups, {self.peak:.0f} MB"
        )


def count(here: Ground, cases: int, *, times: int) -> Counting:
    """Plant and measure one size."""
    migrate.upgrade(here.url(OWNER, DATABASE))
    found = Counting(cases)
    shelf = Shelf(pack_folder("oas"), refuse_contradictions)
    began = time.perf_counter()
    plant_cases(here, cases, shelf)
    found.planted_in = time.perf_counter() - began
    say(f"{cases:,} cases planted in {found.planted_in:.0f} s")
    engine = create_engine(here.url(READER, DATABASE))
    office = Office(engine, database=DATABASE, environment="test", shelf=shelf)
    try:
        _ours(office)  # the first of each reads from the disk
        _floor(here, found)
        for _ in range(times):
            found.ours.append(_ours(office))
            found.floor.append(_floor(here, found))
        tracemalloc.start()
        _ours(office)
        found.peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
    finally:
        engine.dispose()
    return found


def _ours(office: Office) -> float:
    began = time.perf_counter()
    with office.open() as books:
        assert books.pack.reports is not None
        counts = ombuds_counts(books, YEAR, books.pack.reports, apart=False)
    took = time.perf_counter() - began
    if not counts.table("closed").cells or not COUNTED.duties:
        raise RuntimeError("nothing was counted")
    return took


def _floor(here: Ground, found: Counting) -> float:
    with psycopg.connect(**here.straight(READER, DATABASE)) as connection:
        began = time.perf_counter()
        told: dict[str, Any] = {"first": YEAR.first, "last": YEAR.last}
        told["apart"] = connection.execute(WITHOUT).fetchone()[0]  # type: ignore[index]  # an aggregate has a row
        found.rows = sum(len(connection.execute(statement.encode(), told).fetchall()) for statement in FLOOR)
        return time.perf_counter() - began


def plant_cases(here: Ground, cases: int, shelf: Shelf, database: str = DATABASE) -> None:
    """Fill a migrated, empty database with cases, as of the first of February 2026."""
    owner = create_engine(here.url(OWNER, database))
    with owner.begin() as connection:
        office_clock.initialise(connection, "test")
        office_clock.move(connection, datetime(2026, 2, 1, 17, tzinfo=UTC))
    head = uuid4()
    with Office(owner, database="ombuds", environment="test", shelf=shelf).open() as books:
        people.add_person(books, PersonRow(head, "Head", "head@ombuds.invalid", "en"))
        people.appoint(books, uuid4(), head, "ombudsperson", date(2015, 1, 1), None)
    owner.dispose()
    told: dict[str, Any] = {"cases": cases, "days": YEARS * 365, "edition": shelf.pack.edition, "heads": HEADS, "head": head}
    told["rare"] = cases // (YEARS * FEW) | 1  # odd, so that they are of all sorts
    with psycopg.connect(**here.straight(SUPERUSER, database), autocommit=True) as plain:
        plain.execute("SET session_replication_role = replica")  # every reference holds by construction
        for statement in PLANT:
            plain.execute(statement.encode(), told)
        plain.execute("VACUUM ANALYZE")
