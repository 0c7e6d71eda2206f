"""Walls: each role tries every table of both databases. What is not typed here must be impossible, on a real PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import product
from uuid import UUID

import psycopg
import pytest
from psycopg import errors, sql
from sqlalchemy import LargeBinary

from actions.retention import keep_house
from records.bootstrap import DATABASES, DIRECTOR, OWNER
from records.tables import METADATA
from records.vault import SEALED
from tests.fixtures.databases import Database, Server
from tests.fixtures.ombuds_office import OmbudsStage, ombuds_house
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by, secret

OMBUDS = """
                    intake  desk    flows   reports director
absence             S       SIU     S       -       -
account             -       -       -       -       -
alembic_version     S       S       S       -       -
appointment         S       S       S       -       -
certificate         -       -       -       -       -
clock               SIU     SIU     SIU     -       -
closure             S       SI      S       -       -
complaint           SIU     SIU     S       -       -
consent             SIU     SIU     SU      -       -
consultation        SIU     SIU     S       -       -
decision            -       -       -       -       -
edition             SI      SI      SI      -       -
epoch               SIU     SIU     -       -       -
event               SI      SI      SI      -       -
executive_order     -       -       -       -       -
hold                S       SIU     -       -       -
idempotency         SIUD    SIUD    -       -       -
ledger_entry        I       I       SIU     -       -
ledger_head         S       S       SI      -       -
link                SI      SI      S       -       -
mandate             -       -       -       -       -
matter              SIU     SIU     SU      -       -
office_clock        S       S       S       -       SU
outbox              -       S       SIU     -       -
pause               SIU     SIU     SIU     -       -
person              S       S       S       -       -
proposal            -       -       -       -       -
read_log            S       SI      S       -       -
receipt             SIU     S       -       -       -
recommendation      SIU     SIU     S       -       -
responsibility      SIU     SIU     SIU     -       -
rung_fired          SI      SI      SI      -       -
sealed_chunk        SID     SI      -       -       -
sealed_file         SIUD    SIU     -       -       -
sealed_identity     SI      S       -       -       -
sealed_text         SI      SI      -       -       -
search_log          -       SIU     -       -       -
seat                SIU     SIU     S       -       -
session             -       SIUD    -       -       -
shred_announcement  S       S       S       -       -
signed_key          S       S       -       -       -
staff_key           -       SU      -       -       -
sweep_run           -       S       SIU     -       -
swept_day           -       -       S       -       -
tally               SIU     SIU     SIU     -       -
trouble             SI      SI      SI      -       -
waiver              -       SI      -       -       -
"""
HOUSE = """
                    council flows   director
absence             SIU     S       -
account             SU      -       -
alembic_version     S       S       -
appointment         S       S       -
clock               SIU     SIU     -
closure             SI      S       -
decision            SI      S       -
edition             SI      SI      -
event               SI      SI      -
executive_order     SI      S       -
ledger_entry        I       SIU     -
ledger_head         S       SI      -
link                SI      S       -
mandate             SIU     S       -
matter              SIU     SU      -
office_clock        S       S       SU
outbox              SI      SIU     -
pause               SIU     SIU     -
person              S       S       -
proposal            SIU     S       -
responsibility      SIU     SIU     -
rung_fired          SI      SI      -
session             SIUD    -       -
sweep_run           S       SIU     -
trouble             SI      SI      -
waiver              SI      -       -
"""
FUNCTIONS = {
    "ombuds_intake": {"own_matter", "grown", "seated", "is_unseated", "own_opening", "ledger_leaves"},
    "ombuds_desk": {"own_matter", "grown", "seated", "is_unseated"},
    "ombuds_flows": {"begin_retention", "announce_shreds", "shred", "purge_notes", "drop_cut_off"},
}
"""What each role may run; who is not named, nothing."""
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
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND has_function_privilege(%s, oid, 'EXECUTE')",
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
    """One exception: `seat`, which says who may read. Its keys are sealed boxes that only their holders open."""
    sealed = {slot.table for slot in SEALED} | {table for table in tables() if table.startswith("sealed_")}
    for database, role in (("ombuds", "ombuds_flows"), ("ombuds", "ombuds_reports"), ("house", "house_flows")):
        reached = {table for table, rights in MATRIX[database][role].items() if rights}
        assert reached & sealed <= ({"seat"} if role == "ombuds_flows" else set()), role


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


@pytest.fixture(scope="module")
def two(databases: dict[str, Database]) -> Iterator[tuple[OmbudsStage, Guest, Guest]]:
    """Two complaints with something in every table: the first must not be seen by officer_a, the second not by the head."""
    with ombuds_house(databases["ombuds"]) as stage:
        yield stage, filled(stage, "officer_a"), filled(stage, "head")


def filled(stage: OmbudsStage, excluded: str) -> Guest:
    guest = come(stage, identity=secret("Rosa Luna"), excluded=(stage.people[excluded],))
    matter = guest.matter
    who = on_rung(stage, matter, 0)
    opened_by(stage, who, matter)
    for trigger in ("acknowledge", "screen", "inquire"):
        at_desk(stage, who, matter, trigger)
    at_desk(stage, who, matter, "suspend", reason="We wait.")
    at_desk(stage, who, matter, "ask_consent", to="Human Resources", text="Move her desk.")
    guest.does("consent", consent=guest.sees().consents[-1].id)
    at_desk(stage, who, matter, "draft", text="So it is.")
    at_desk(stage, who, matter, "conclude_without_names", text="So it is.", names_nobody=True)
    at_desk(stage, who, matter, "recommend", text="Move her desk.", to="Human Resources")
    guest.does("withdraw_stop")
    plant(stage, matter, stage.people[who])
    return guest


def seated(stage: OmbudsStage, who: str, matter: UUID) -> bool:
    query = "SELECT 1 FROM seat WHERE matter_id = :m AND person_id = :p"
    return bool(stage.rows(query, m=matter, p=stage.people[who]))


def plant(stage: OmbudsStage, matter: UUID, person: UUID) -> None:
    """Rows of the kinds that take years to come about."""
    told = {"m": matter, "p": person, "d": date(2016, 9, 1)}
    with psycopg.connect(stage.database.owner_url.replace("+psycopg", "", 1)) as owner:
        for statement in (
            "INSERT INTO consultation (matter_id, language) VALUES (%(m)s, 'en')",
            "INSERT INTO waiver (id, matter_id, rule, by_person, authority, reason, until_on)"
            " VALUES (gen_random_uuid(), %(m)s, 'inquiry', %(p)s, 'x', 'x', %(d)s)",
            "INSERT INTO hold VALUES (gen_random_uuid(), %(m)s, 'court', %(p)s, %(d)s, '2017-01-01', NULL)",
            "INSERT INTO shred_announcement VALUES (%(m)s, %(d)s, %(d)s, %(d)s)",
            "INSERT INTO rung_fired SELECT id, 'x', 0, now(), now(), NULL, 'told' FROM clock WHERE matter_id = %(m)s",
            "INSERT INTO sealed_file (id, matter_id, epoch, author, visibility, name_sealed, key_sealed, arrived_at, made_on)"
            " VALUES (%(m)s, %(m)s, 1, 'visitor', 'shared', '', '', now(), %(d)s)",
            "INSERT INTO sealed_chunk VALUES (%(m)s, %(m)s, 0, '')",
        ):
            owner.execute(statement, told)


OWNER_OF = {
    "matter": "id",
    "rung_fired": "(SELECT c.matter_id FROM clock c WHERE c.id = clock_id)",
    "link": "to_id",
}
TIED = {"matter", "event", "clock", "pause", "responsibility", "recommendation", "seat", "rung_fired"}
"""What she reaches of a recommendation that grew out of her matter, because it ends with it: never its texts or keys."""
BY_MATTER = [table.name for table in METADATA.sorted_tables if "matter_id" in table.columns or table.name in OWNER_OF]


def whose(connection: psycopg.Connection, table: str) -> dict[UUID, int]:
    """How many rows of a table are seen, by the matter they belong to."""
    asked = sql.SQL(f"SELECT {OWNER_OF.get(table, 'matter_id')} AS m, count(*) FROM {table} GROUP BY 1")  # noqa: S608  our own names
    return {row[0]: row[1] for row in connection.execute(asked)}


def readable(role: str) -> list[str]:
    """Tables that hold rows of matters and that a role may read."""
    return [table for table in BY_MATTER if "S" in MATRIX["ombuds"][role].get(table, "")]


def grown(stage: OmbudsStage, matter: UUID) -> set[UUID]:
    return {UUID(str(row[0])) for row in stage.rows("SELECT from_id FROM link WHERE to_id = :m", m=matter)}


def test_every_table_with_rows_of_matters_is_guarded_by_rows(databases: dict[str, Database]):
    with session(databases["ombuds"].owner_url) as owner:
        rows = owner.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        guarded = {row[0] for row in rows}
    in_the_house_alone = {"mandate", "proposal", "decision", "executive_order"}
    assert set(BY_MATTER) - guarded == {"ledger_entry"} | in_the_house_alone  # the doors add to the ledger and never read it


def test_words_lead_to_one_matter_in_every_table(two: tuple[OmbudsStage, Guest, Guest]):
    stage, first, second = two
    everything = {}
    with session(stage.database.owner_url) as owner:
        everything = {table: whose(owner, table) for table in readable("ombuds_intake")}
    lacking = [table for table, rows in everything.items() if table not in {"link", "recommendation"} and not rows.get(first.matter)]
    assert lacking == [], "the test proves nothing of a table without rows"
    for guest in (first, second):
        own = guest.matter
        with session(stage.database.url("ombuds_intake")) as connection:
            connection.execute("SELECT set_config('amparo.locator', %s, true)", (guest.visitor.locator.hex(),))
            for table in readable("ombuds_intake"):
                reached = {own} | (grown(stage, own) if table in TIED else set())
                expected = {matter: count for matter, count in everything[table].items() if matter in reached}
                assert whose(connection, table) == expected, table


@pytest.mark.parametrize("told", [None, "", "00" * 32])
def test_without_words_nothing_is_seen_at_intake(two: tuple[OmbudsStage, Guest, Guest], told: str | None):
    stage, *_ = two
    with session(stage.database.url("ombuds_intake")) as connection:
        if told is not None:
            connection.execute("SELECT set_config('amparo.locator', %s, true)", (told,))
        assert {table: rows for table in readable("ombuds_intake") if (rows := whose(connection, table))} == {}


def test_at_the_desk_a_person_sees_the_matters_of_their_seats_in_every_table(two: tuple[OmbudsStage, Guest, Guest]):
    stage, first, second = two
    with session(stage.database.owner_url) as owner:
        everything = {table: whose(owner, table) for table in readable("ombuds_desk")}
    for who, expected in (("officer_a", {second.matter}), ("head", {first.matter}), ("alternate", {first.matter, second.matter})):
        reached = {one for one in (first.matter, second.matter) if seated(stage, who, one)}
        assert reached <= expected
        reached |= {rec for one in reached for rec in grown(stage, one)}
        with session(stage.database.url("ombuds_desk")) as connection:
            connection.execute("SELECT set_config('amparo.person', %s, true)", (str(stage.people[who]),))
            for table, rows in everything.items():
                assert whose(connection, table) == {matter: count for matter, count in rows.items() if matter in reached}, table


@pytest.mark.parametrize("told", [None, "", str(UUID(int=7))])
def test_nobody_at_the_desk_sees_nothing(two: tuple[OmbudsStage, Guest, Guest], told: str | None):
    stage, *_ = two
    with session(stage.database.url("ombuds_desk")) as connection:
        if told is not None:
            connection.execute("SELECT set_config('amparo.person', %s, true)", (told,))
        assert {table: rows for table in readable("ombuds_desk") if (rows := whose(connection, table))} == {}


@pytest.mark.parametrize(("role", "setting"), [("ombuds_intake", "amparo.locator"), ("ombuds_desk", "amparo.person")])
def test_nobody_writes_into_a_matter_that_is_not_theirs(two: tuple[OmbudsStage, Guest, Guest], role: str, setting: str):
    stage, first, second = two
    me = first.visitor.locator.hex() if role == "ombuds_intake" else str(stage.people["head"])
    with session(stage.database.url(role)) as connection:
        for table in readable(role):
            rights, key = MATRIX["ombuds"][role][table], OWNER_OF.get(table, "matter_id")
            written = {"U": f"UPDATE {table} SET {key} = {key}", "D": f"DELETE FROM {table}"}
            for right, statement in written.items():
                if right in rights and table != "rung_fired":
                    with connection.transaction(force_rollback=True):
                        connection.execute("SELECT set_config(%s, %s, true)", (setting, me))
                        done = connection.execute(sql.SQL(f"{statement} WHERE {key} = %s"), (second.matter,))  # type: ignore[arg-type]  # our names
                        assert done.rowcount == 0, (table, right)
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            connection.execute("SELECT set_config(%s, %s, false)", (setting, me))
            connection.execute(
                "INSERT INTO sealed_text (id, matter_id, seq, slot, epoch, author, visibility, sealed, made_on)"
                " VALUES (%s, %s, 99, 'message', 1, 'visitor', 'shared', '', '2016-09-01')",
                (UUID(int=1), second.matter),
            )


@pytest.mark.parametrize("role", ["ombuds_intake", "ombuds_desk"])
def test_row_level_security_cannot_be_switched_off(two: tuple[OmbudsStage, Guest, Guest], role: str):
    stage, *_ = two
    with session(stage.database.url(role)) as connection:
        connection.execute("SET row_security = off")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("SELECT count(*) FROM matter")


def test_only_flows_destroys_and_no_door_can_ask_for_it(two: tuple[OmbudsStage, Guest, Guest]):
    stage, first, _ = two
    for role in ("ombuds_intake", "ombuds_desk", "ombuds_reports", DIRECTOR):
        with session(stage.database.url(role)) as connection, pytest.raises(errors.InsufficientPrivilege):
            connection.execute("SELECT shred(%s, '2016-09-01')", (first.matter,))
    assert keep_house(stage.flows).destroyed == 0
    assert stage.rows("SELECT count(*) FROM matter WHERE kind = 'complaint'") == [(2,)]
