"""An ombudsperson's office with many open cases, written by SQL alone, and one among them that was really filed and worked on.

The many have a state, clocks, three seats and somebody responsible, and nothing sealed: a queue opens nothing. Their due days
lie evenly over two hundred days, some of them past. The lines of the queue are made by the database from these rows, as its own
migration makes them. The one is what a page about a case is measured with.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID, uuid4

import psycopg
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import create_engine
from starlette.testclient import TestClient

from actions.intake import Coming, Received, receive
from actions.office import Office
from actions.sessions import SignedIn
from api import desk, intake
from bench.ground import Ground
from cli.supervise.postgres import SUPERUSER
from policies.pack import pack_folder
from policies.shelf import Shelf
from records import accounts, migrate, office_clock, people, seats
from records.accounts import SessionRow
from records.books import Trust
from records.bootstrap import DATABASES, OWNER, create_database
from records.people import PersonRow
from records.vault import (
    HolderKey,
    Secret,
    new_holder_key,
    session_context,
    session_locator,
    sign_key,
    vouch_for_recovery,
    wrap_for_session,
)
from states.opening import refuse_contradictions

TODAY: Final = date(2016, 9, 1)
ROSTER: Final = ("ombudsperson", "case_officer", "alternate")
STATEMENT: Final = "Since March my supervisor has kept me out of every meeting of my own project. " * 12
MOVES: Final = (
    {"trigger": "acknowledge"},
    {"trigger": "screen"},
    {"trigger": "inquire"},
    {"trigger": "ask", "payload": {"text": "When?"}},
)
PLANT: Final = (
    "SET session_replication_role = replica",  # every reference holds by construction
    """CREATE TEMPORARY TABLE born AS
       SELECT gen_random_uuid() AS id, n, date '2016-08-01' AS day,
              (ARRAY['submitted', 'screening', 'inquiry', 'closed', 'draft_findings', 'follow_up'])[n %% 6 + 1] AS state
         FROM generate_series(1, %(cases)s) n""",
    """INSERT INTO matter SELECT id, 'complaint', state, 1, %(edition)s, 'US-DC', day, NULL FROM born""",
    """INSERT INTO seat (id, matter_id, holder, person_id, rung, epoch, key_sealed, from_at)
       SELECT gen_random_uuid(), id, 'person', who, rung, 1, decode(repeat('00', 80), 'hex'), day
         FROM born, unnest(%(people)s::uuid[]) WITH ORDINALITY AS p (who, rung)""",
    """INSERT INTO responsibility SELECT gen_random_uuid(), id, (%(people)s::uuid[])[1], day, NULL, 'opened' FROM born""",
    """INSERT INTO clock (id, matter_id, name, epoch, started_on, started_at, due_on, status)
       SELECT gen_random_uuid(), id, name, 1, day, day, date '2016-08-20' + (n * 7919 %% 200), 'running'
         FROM born JOIN (VALUES
           ('submitted', 'acknowledgement'), ('submitted', 'feedback'), ('screening', 'screening'), ('screening', 'feedback'),
           ('inquiry', 'inquiry'), ('inquiry', 'reply_owed'), ('closed', 'second_look'), ('closed', 'protection_watch'),
           ('draft_findings', 'findings'), ('draft_findings', 'draft_reply'), ('follow_up', 'follow_up')
         ) AS c (state, name) USING (state)""",
    """INSERT INTO clock (id, matter_id, name, epoch, started_on, started_at, due_on, status)
       SELECT gen_random_uuid(), id, 'triage', 1, day, day, date '2016-09-02', 'running' FROM born WHERE n IN (6, 12)""",
    "ANALYZE matter, seat, clock, responsibility",
    """INSERT INTO queue_line
       SELECT person_id, matter_id, kind, state, yours, due_on, in_time_until, new_to_read, waiting_for_her, waiting_for_them
         FROM queue_now ON CONFLICT DO NOTHING""",
    "VACUUM ANALYZE",
)


@dataclass(frozen=True)
class DeskHouse:
    """A planted office. `head` is signed in at its desk; `case` is the one that was really filed."""

    name: str
    cases: int
    desk: Office
    head: TestClient = field(repr=False)
    case: UUID
    person: UUID
    planted_in: float

    def close(self) -> None:
        """Let the database go."""
        self.desk.engine.dispose()


def plant_desk(ground: Ground, cases: int) -> DeskHouse:
    """Make an office with `cases` open cases, the last of which somebody filed and the head works on."""
    began = time.perf_counter()
    name, shelf = f"desk_{cases}", Shelf(pack_folder("oas"), refuse_contradictions)
    migrate.upgrade(ground.url(OWNER, "ombuds"))
    create_database(ground.postgres.admin_url, name, DATABASES["ombuds"], template="ombuds")
    ceremony, keys = new_holder_key(), [new_holder_key() for _ in ROSTER]
    owner = Office(create_engine(ground.url(OWNER, name)), database="ombuds", environment="test", shelf=shelf)
    ids = _people(owner, ceremony, keys)
    desk_office = _office(ground, "ombuds_desk", name, shelf, Trust(ceremony.verify, server_key=Secret.random()))
    head = TestClient(desk.make_app(desk_office), base_url="https://desk.invalid", follow_redirects=False)
    head.headers["Authorization"] = f"Bearer {_session(owner, ids[0], keys[0])}"
    case = _filed(ground, name, shelf, ceremony, owner)
    _worked_on(head, case)
    told = {"cases": cases - 1, "edition": shelf.pack.edition, "people": ids}
    with psycopg.connect(**ground.straight(SUPERUSER, name), autocommit=True, cursor_factory=psycopg.ClientCursor) as plain:
        for statement in PLANT:
            plain.execute(statement.encode(), told)
    owner.engine.dispose()
    return DeskHouse(name, cases, desk_office, head, case, ids[0], time.perf_counter() - began)


def intake_door(ground: Ground, house: DeskHouse) -> tuple[FastAPI, TestClient]:
    """The intake's door of a planted office, and somebody before it."""
    trust = Trust(new_holder_key().verify, pepper=Secret.random())
    app = intake.make_app(_office(ground, "ombuds_intake", house.name, house.desk.shelf, trust))
    return app, TestClient(app, base_url="https://intake.invalid")


def _office(ground: Ground, role: str, name: str, shelf: Shelf, trust: Trust) -> Office:
    engine = create_engine(ground.url(role, name), pool_pre_ping=True, hide_parameters=True, pool_size=5)
    return Office(engine, database="ombuds", environment="test", shelf=shelf, trust=trust)


def _people(owner: Office, ceremony: HolderKey, keys: list[HolderKey]) -> list[UUID]:
    with owner.engine.begin() as connection:
        office_clock.initialise(connection, "test")
        office_clock.move(connection, datetime(TODAY.year, TODAY.month, TODAY.day, 17, tzinfo=UTC))
    ids = [uuid4() for _ in ROSTER]
    with owner.open() as books:
        seats.add_signed_key(books, vouch_for_recovery(ceremony))
        for person, role, key in zip(ids, ROSTER, keys, strict=True):
            people.add_person(books, PersonRow(person, role, f"{role}@ombuds.invalid", "en"))
            people.appoint(books, uuid4(), person, role, date(2015, 1, 1), None)
            signed = sign_key(ceremony, person, key.box.public, key.verify, enrols=True, serial=1)
            seats.add_signed_key(books, signed)
    return ids


def _session(owner: Office, person: UUID, key: HolderKey) -> str:
    """A session made without the half second that a passphrase takes."""
    cookie, session = Secret.random(), uuid4()
    wrapped = wrap_for_session(key, cookie, session_context(session))
    with owner.open() as books:
        row = SessionRow(session_locator(cookie), session, person, books.wall, books.wall, wrapped)
        accounts.begin_session(books, row)
    return SignedIn(person, "", "en", frozenset(), cookie).token


def _filed(ground: Ground, name: str, shelf: Shelf, ceremony: HolderKey, owner: Office) -> UUID:
    office = _office(ground, "ombuds_intake", name, shelf, Trust(ceremony.verify, pepper=Secret.random()))

    def answer(_: Received) -> dict[str, str]:
        return {}

    receive(office, Coming("complaint", "en", SecretStr(STATEMENT)), request=None, answer=answer)
    office.engine.dispose()
    with owner.engine.connect() as connection:
        return UUID(str(connection.exec_driver_sql("SELECT id FROM matter").scalar_one()))


def _worked_on(head: TestClient, case: UUID) -> None:
    path = f"/v1/complaints/{case}"
    head.get(path).raise_for_status()
    for told in MOVES:
        head.post(f"{path}/moves", json=told).raise_for_status()
