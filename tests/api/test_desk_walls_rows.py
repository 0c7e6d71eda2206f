"""Whoever is excluded, in the database itself: no row of it is seen, no seat taken, whatever is asked by SQL."""

from datetime import date
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.pool import NullPool

from actions.kernel.sweep import sweep
from tests.api.test_desk_walls import filled_case
from tests.fixtures.desk_door import DeskDoor, come

TABLES = (
    "matter", "event", "responsibility", "waiver", "clock", "pause", "rung_fired", "link", "epoch", "seat", "comer",
    "sealed_text", "sealed_file", "sealed_chunk", "sealed_identity", "consent", "complaint", "consultation",
    "recommendation", "mediation", "read_log",
)  # fmt: skip


def test_by_sql_an_excluded_person_sees_no_row_of_it_in_any_table(desk_door: DeskDoor):
    stage = desk_door.stage
    filled_case(stage)
    come(stage, "consultation", excluded=("head",))
    stage.to_day(date(2016, 11, 1))
    assert sweep(stage.flows).fired > 0
    desk = create_engine(stage.database.url("ombuds_desk"), poolclass=NullPool)
    for who, sees in (("head", False), ("chair", False), ("nobody", False), ("alternate", True)):
        person = stage.people.get(who, uuid4())
        with desk.connect() as connection:
            connection.execute(text("SELECT set_config('amparo.person', :p, true)"), {"p": str(person)})
            counted = {table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in TABLES}
        assert [table for table, count in counted.items() if (count > 0) != sees] == [], who
    with desk.connect() as connection:
        assert [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in TABLES] == [0] * len(TABLES)
    desk.dispose()


def test_by_sql_an_excluded_person_cannot_take_a_seat_or_write_into_it(desk_door: DeskDoor):
    stage = desk_door.stage
    came, _ = filled_case(stage)
    before = [stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]
    desk = create_engine(stage.database.url("ombuds_desk"), poolclass=NullPool)
    told = {"p": str(stage.people["head"]), "m": str(came.id), "i": str(uuid4())}
    for query in (
        "INSERT INTO seat (id, matter_id, holder, person_id, rung, epoch, key_sealed, from_at)"
        " VALUES (:i, :m, 'person', :p, 0, 9, 'x', now())",
        "INSERT INTO read_log VALUES (:m, :p, '2016-09-01')",
        "INSERT INTO link VALUES (:m, :m, 'x', now())",
        "UPDATE matter SET version = 99 WHERE id = :m",
        "UPDATE seat SET person_id = :p",
        "DELETE FROM sealed_text",
    ):
        with desk.connect() as connection:
            connection.execute(text("SELECT set_config('amparo.person', :p, true)"), {"p": told["p"]})
            try:
                assert connection.execute(text(query), told).rowcount == 0, query
            except ProgrammingError:
                continue  # refused by grant or by row-level security
    desk.dispose()
    assert [stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES] == before
