"""Walls: each role tries every table of both databases. What is not typed here must be impossible, on a real PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import LargeBinary

from records.bootstrap import DATABASES, DIRECTOR, OWNER
from records.tables import METADATA
from records.vault import SEALED
from tests.fixtures.databases import Database, Server
from tests.fixtures.grants import FUNCTIONS, HOUSE, OMBUDS

POWERS = [
    "CREATE TABLE loose (x int)",
    "CREATE TEMPORARY TABLE loose (x int)",
    "CREATE SCHEMA loose",
    "CREATE FUNCTION loose() RETURNS int LANGUAGE sql RETURN 1",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION postgres_fdw",
    "CREATE DATABASE loose",
    "CREATE ROLE loose",
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "COPY (SELECT 1) TO '/tmp/loose'",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT pg_ls_dir('.')",
    "SELECT lo_import('/etc/hostname')",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_shadow",
    "SELECT * FROM pg_hba_file_rules",
    "SELECT * FROM pg_stat_activity",
    "SELECT * FROM pg_stat_user_tables",
    "SELECT * FROM pg_locks",
    "SELECT pg_stat_get_activity(NULL)",
    "SELECT pg_total_relation_size('matter')",
    "SELECT pg_reload_conf()",
    "SELECT pg_switch_wal()",
    f"SET ROLE {OWNER}",
    f"SET SESSION AUTHORIZATION {OWNER}",
    "SET session_replication_role = replica",
    "ALTER SYSTEM SET log_statement = 'all'",
    "SET log_statement = 'all'",
    "ALTER TABLE matter DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE matter ADD COLUMN loose int",
    "CREATE POLICY loose ON matter USING (true)",
    "DROP POLICY amparo_owner_all ON matter",
    "DROP TABLE matter",
    "CREATE TRIGGER loose AFTER INSERT ON matter EXECUTE FUNCTION shred()",
    "ALTER FUNCTION shred(uuid, date) SECURITY INVOKER",
]
ROLES = [(database, role) for database, roles in DATABASES.items() for role in roles]


def typed(table: str, short: str) -> dict[str, dict[str, str]]:
    """The rights by role and table."""
    head, *lines = table.strip("\n").splitlines()
    names = [name if name == DIRECTOR else f"{short}_{name}" for name in head.split()]
    rows = {line.split()[0]: line.split()[1:] for line in lines}
    return {name: {row: cells[place].strip("-") for row, cells in rows.items()} for place, name in enumerate(names)}


MATRIX = {"ombuds": typed(OMBUDS, "ombuds"), "house": typed(HOUSE, "house")}


@pytest.fixture(scope="module")
def databases(database_server: Server) -> Iterator[dict[str, Database]]:
    """One of each for the whole module: nothing that is tried here stays."""
    with contextmanager(database_server.fresh)("ombuds") as ombuds, contextmanager(database_server.fresh)("house") as house:
        yield {"ombuds": ombuds, "house": house}


def session(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", "", 1))


def tried(connection: psycopg.Connection, table: str, columns: list[str]) -> str:
    """The rights that a role turns out to have on a table: what fails for another reason was permitted."""
    statements = {
        "S": f"SELECT {columns[-1]} FROM {table} LIMIT 0",
        "I": f"INSERT INTO {table} DEFAULT VALUES",
        "U": f"UPDATE {table} SET {columns[-1]} = NULL WHERE false",
        "D": f"DELETE FROM {table} WHERE false",
        "T": f"TRUNCATE {table}",
    }
    return "".join(letter for letter, statement in statements.items() if not refused(connection, table, statement))


def refused(connection: psycopg.Connection, table: str, statement: str) -> bool:
    """Whether a role may not do this with this table at all."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement.encode())
    except errors.InsufficientPrivilege as error:
        return f"permission denied for table {table}" in str(error)
    except psycopg.Error:
        return False
    return False


def achieved(connection: psycopg.Connection, statement: str) -> str | None:
    """What became of it, unless it was refused for want of a right, or this server has no such thing."""
    try:
        connection.execute(statement.encode())
    except (errors.InsufficientPrivilege, errors.FeatureNotSupported):
        return None
    except psycopg.Error as error:
        return f"{statement}: {type(error).__name__}"
    return statement


def tables() -> dict[str, list[str]]:
    """Every table with its columns."""
    found = {table.name: [f'"{column.name}"' for column in table.columns] for table in METADATA.sorted_tables}
    return found | {"alembic_version": ["version_num"]}


@pytest.mark.parametrize(("database", "role"), ROLES)
def test_each_role_tries_every_table_and_gets_what_is_typed(databases: dict[str, Database], database: str, role: str):
    expected = dict.fromkeys(tables(), "") | MATRIX[database].get(role, {})
    with session(databases[database].url(role)) as connection:
        got = {table: tried(connection, table, columns) for table, columns in tables().items()}
    assert got == expected


def test_the_matrix_names_every_role_and_no_table_that_is_not_there():
    assert {database: set(MATRIX[database]) for database in DATABASES} == {one: set(roles) for one, roles in DATABASES.items()}
    assert {table for roles in MATRIX.values() for rights in roles.values() for table in rights} <= set(tables())


@pytest.mark.parametrize(("database", "role"), ROLES)
def test_each_role_runs_only_what_is_typed(databases: dict[str, Database], database: str, role: str):
    with session(databases[database].owner_url) as owner:
        rows = owner.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND has_function_privilege(%s, oid, 'EXECUTE')",
            (role,),
        )
        assert {row[0] for row in rows} == FUNCTIONS.get(role, set())


@pytest.mark.parametrize("database", DATABASES)
def test_nothing_is_granted_by_column_or_to_everybody_or_to_pass_on(databases: dict[str, Database], database: str):
    with session(databases[database].owner_url) as owner:
        columns = owner.execute(
            "SELECT relname, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid"
            " WHERE relnamespace = 'public'::regnamespace AND attacl IS NOT NULL"
        ).fetchall()
        loose = owner.execute(
            "SELECT relname, one::text FROM pg_class, aclexplode(relacl) one WHERE relnamespace = 'public'::regnamespace"
            " AND (one.grantee = 0 OR one.is_grantable AND one.grantee <> relowner"
            " OR one.grantee <> relowner AND one.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))"
        ).fetchall()
        owned = owner.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner::regrole::text <> %s", (OWNER,)
        ).fetchall()
    assert (columns, loose, owned) == ([], [], [])


@pytest.mark.parametrize("database", DATABASES)
def test_a_function_that_runs_as_the_owner_looks_nowhere_else(databases: dict[str, Database], database: str):
    with session(databases[database].owner_url) as owner:
        loose = owner.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
            " AND NOT coalesce(proconfig, '{}') && ARRAY['search_path=public', 'search_path=public, pg_temp']"
        ).fetchall()
    assert loose == []


@pytest.mark.parametrize(("database", "role"), ROLES)
def test_no_role_has_a_power_beyond_its_rows(databases: dict[str, Database], database: str, role: str):
    with session(databases[database].url(role)) as connection:
        connection.autocommit = True
        assert [done for power in POWERS if (done := achieved(connection, power))] == []


@pytest.mark.parametrize(("role", "other"), [(role, other) for (home, role), other in product(ROLES, DATABASES) if home != other])
def test_the_other_database_is_a_connection_that_cannot_be_made(database_server: Server, role: str, other: str):
    if role in DATABASES[other]:
        return  # the director moves both clocks and sees nothing else
    with pytest.raises(psycopg.OperationalError, match="does not have CONNECT privilege"):
        session(database_server.postgres.url(role, database_server.passwords[role], other))


def test_flows_reaches_nothing_sealed():
    """Two exceptions: `seat`, which says who may read, and the post, which flows carry. Both hold sealed boxes that only their
    holders open.
    """
    sealed = {slot.table for slot in SEALED} | {table for table in tables() if table.startswith("sealed_")}
    post = {"post_out", "post_in"}
    may = {"ombuds_flows": {"seat"} | post, "house_flows": post, "ombuds_reports": set[str]()}
    for database, role in (("ombuds", "ombuds_flows"), ("ombuds", "ombuds_reports"), ("house", "house_flows")):
        reached = {table for table, rights in MATRIX[database][role].items() if rights}
        assert reached & sealed <= may[role], role


def test_every_sealed_column_is_a_slot_of_the_vault_and_every_slot_has_its_column():
    marked = ("sealed", "wrapped")
    columns = {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and any(mark in column.name for mark in marked)
    }
    slots = {(slot.table, slot.column) for slot in SEALED if slot.table in METADATA.tables}
    assert columns == slots
