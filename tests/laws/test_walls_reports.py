"""Walls around reports, in the database itself: what no process can do, whatever its code does."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import psycopg
import pytest
from psycopg import errors
from psycopg.sql import SQL

from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.report_life import does, open_to_review, row_of, small_report, swept, wanted, written
from tests.laws.test_walls import session

ADD = (
    "INSERT INTO report_draft (matter_id, number, made_at, made_by, object, findings, clean, utility)"
    " VALUES (%s, 9, now(), %s, %s, '{}', true, '{}')"
)
RELEASE = "SELECT release_report(%s, '2016-09-20')"


@pytest.fixture
def desk(ombuds_office: OmbudsStage) -> Iterator[psycopg.Connection]:
    """The desk's own connection, with the ombudsperson in front of it."""
    with session(ombuds_office.database.url("ombuds_desk")) as connection:
        connection.execute("SELECT set_config('amparo.person', %s, false)", (str(ombuds_office.people["head"]),))
        connection.commit()
        yield connection


def out(stage: OmbudsStage) -> int:
    return len(stage.rows("SELECT 1 FROM released_report"))


def test_nobody_at_the_desk_releases_other_figures_than_were_drafted(
    ombuds_office: OmbudsStage, desk: psycopg.Connection
) -> None:
    matter = open_to_review(ombuds_office)
    other = small_report(row_of(ombuds_office, matter), count=13).written()
    desk.execute(ADD, (matter, "desk", other))
    with pytest.raises(errors.RaiseException, match="not to be released"):
        desk.execute(RELEASE, (matter,))
    desk.rollback()
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        desk.execute(ADD, (matter, "reports", other))
    assert out(ombuds_office) == 0


def test_what_is_not_due_is_released_by_no_role(ombuds_office: OmbudsStage) -> None:
    open_, unsafe = wanted(ombuds_office, period="2014-H2"), wanted(ombuds_office, kind="annex")
    written(ombuds_office, unsafe, clean=False)
    held = open_to_review(ombuds_office, period="2014")
    does(ombuds_office, "head", held, "hold", reason="other")
    for matter in (open_, unsafe, held, UUID(int=5)):
        for role in ("ombuds_desk", "ombuds_flows"):
            with session(ombuds_office.database.url(role)) as connection, pytest.raises(errors.RaiseException):
                connection.execute(RELEASE, (matter,))
    assert out(ombuds_office) == 0


def test_the_flows_see_no_draft_and_release_nothing_of_their_own(ombuds_office: OmbudsStage) -> None:
    matter = open_to_review(ombuds_office)
    row = "INSERT INTO released_report VALUES ('ombuds', '2015.1', %s, NULL, '{}', '', '2016-09-20')"
    with session(ombuds_office.database.url("ombuds_flows")) as flows:
        assert flows.execute("SELECT number, clean FROM draft_of(%s)", (matter,)).fetchone() == (1, True)
        flows.commit()
        for statement, told in (("SELECT object FROM report_draft", ()), (row, ("ombuds",))):
            with pytest.raises(errors.InsufficientPrivilege):
                flows.execute(statement, told)
            flows.rollback()
        assert flows.execute(row, ("chair_week",)).rowcount == 1


CHANGES = ("object = object || ' '", "edition = '2015.2'", "released_on = released_on + 1", "sha256 = ''", "kind = 'annex'")


def test_what_was_released_never_changes(ombuds_office: OmbudsStage) -> None:
    open_to_review(ombuds_office)
    swept(ombuds_office, date(2016, 9, 20))
    with session(ombuds_office.database.url("ombuds_flows")) as flows:
        for change in CHANGES:
            with pytest.raises(errors.RaiseException, match="does not change"):
                flows.execute(SQL(f"UPDATE released_report SET {change}"))
            flows.rollback()
        assert flows.execute("UPDATE released_report SET symbol = 'CP/doc.1/16', published_at = now()").rowcount == 1
        with pytest.raises(errors.RaiseException, match="does not change"):
            flows.execute("UPDATE released_report SET symbol = 'CP/doc.2/16'")


def test_the_flows_open_reports_and_no_other_matter(ombuds_office: OmbudsStage) -> None:
    wanted(ombuds_office)
    opened = (
        "INSERT INTO matter (id, kind, state, version, edition, calendar, opened_at)"
        " SELECT gen_random_uuid(), %s, 'x', 1, edition, calendar, opened_at FROM matter LIMIT 1"
    )
    with session(ombuds_office.database.url("ombuds_flows")) as flows:
        assert flows.execute(opened, ("report",)).rowcount == 1
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            flows.execute(opened, ("complaint",))


def test_the_process_that_counts_sees_reports_and_no_other_matter(ombuds_office: OmbudsStage) -> None:
    open_to_review(ombuds_office)
    with psycopg.connect(ombuds_office.database.owner_url.replace("+psycopg", "", 1)) as owner:
        owner.execute(
            "INSERT INTO matter (id, kind, state, version, edition, calendar, opened_at)"
            " SELECT %s, 'complaint', 'submitted', 1, edition, calendar, opened_at FROM matter LIMIT 1",
            (UUID(int=5),),
        )
    with session(ombuds_office.database.url("ombuds_reports")) as process:
        assert process.execute("SELECT DISTINCT kind FROM matter").fetchall() == [("report",)]
        process.commit()
        for statement in ("SELECT 1 FROM report_words", "UPDATE report_draft SET clean = true", "DELETE FROM report_draft"):
            with pytest.raises(errors.InsufficientPrivilege):
                process.execute(statement)
            process.rollback()


HERS = ("report", "report_draft", "released_report", "matter", "event", "clock", "responsibility")


def test_of_the_annex_the_ombudsperson_sees_no_row_and_the_alternate_each(
    ombuds_office: OmbudsStage, desk: psycopg.Connection
) -> None:
    annex = open_to_review(ombuds_office, kind="annex")
    does(ombuds_office, "alternate", annex, "approve")
    for who, seen in (("head", False), ("officer_a", False), ("alternate", True)):
        desk.execute("SELECT set_config('amparo.person', %s, false)", (str(ombuds_office.people[who]),))
        for table in HERS:
            key = "id" if table == "matter" else "matter_id"
            found = desk.execute(SQL(f"SELECT 1 FROM {table} WHERE {key} = %s"), (annex,)).fetchall()
            assert bool(found) == seen, (who, table)


def test_whoever_left_the_office_sees_no_report_any_more(ombuds_office: OmbudsStage, desk: psycopg.Connection) -> None:
    matter = open_to_review(ombuds_office)
    assert desk.execute("SELECT matter_id FROM report").fetchall() == [(matter,)]
    desk.commit()
    with psycopg.connect(ombuds_office.database.owner_url.replace("+psycopg", "", 1)) as owner:
        owner.execute("UPDATE appointment SET until_on = '2016-08-01' WHERE person_id = %s", (ombuds_office.people["head"],))
    assert desk.execute("SELECT matter_id FROM report").fetchall() == []
