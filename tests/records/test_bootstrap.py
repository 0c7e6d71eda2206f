"""Who may connect where, and what nobody may look up."""

from itertools import product

import psycopg
import pytest
from psycopg import errors

from records import migrate
from records.bootstrap import DATABASES, DIRECTOR, OWNER, ROLES, bootstrap
from tests.fixtures.databases import Database

PAIRS = list(product(DATABASES, ROLES))


def session(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", "", 1))


@pytest.mark.parametrize(("database", "role"), PAIRS)
def test_a_role_connects_to_its_own_database_and_to_no_other(database_server, database, role):
    url = database_server.postgres.url(role, database_server.passwords[role], database)
    if role == OWNER or role in DATABASES[database]:
        with session(url) as connection:
            assert connection.execute("SELECT current_user, current_database()").fetchone() == (role, database)
    else:
        with pytest.raises(psycopg.OperationalError, match="does not have CONNECT privilege"):
            session(url)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_no_role_connects_to_the_databases_of_the_server_itself(database_server, role, database):
    with pytest.raises(psycopg.OperationalError, match="does not have CONNECT privilege"):
        session(database_server.postgres.url(role, database_server.passwords[role], database))


def test_the_walls_hold_for_the_copies_that_tests_use(house, database_server):
    password = database_server.passwords["ombuds_desk"]
    with pytest.raises(psycopg.OperationalError, match="does not have CONNECT privilege"):
        session(database_server.postgres.url("ombuds_desk", password, house.name))
    with session(house.url("house_council")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("house_council",)


def test_a_wrong_password_is_refused(database_server, house):
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        session(database_server.postgres.url("house_council", "not the password", house.name))


def test_no_role_has_a_power_over_the_server(database_server):
    with session(database_server.postgres.admin_url) as admin:
        powers = admin.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolcreatedb OR rolcreaterole"
            " OR rolinherit OR rolreplication OR rolbypassrls OR NOT rolcanlogin)",
            (list(ROLES),),
        ).fetchall()
        count = "SELECT count(*) FROM pg_auth_members WHERE member::regrole::text = ANY(%s)"
        members = admin.execute(count, (list(ROLES),))
        assert powers == []
        assert members.fetchone() == (0,)


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM pg_stat_activity",
        "SELECT * FROM pg_stat_database",
        "SELECT * FROM pg_stat_user_tables",
        "SELECT * FROM pg_stat_all_tables",
        "SELECT * FROM pg_statio_user_tables",
        "SELECT * FROM pg_stat_wal",
        "SELECT * FROM pg_locks",
        "SELECT * FROM pg_lock_status()",
        "SELECT pg_stat_get_db_tuples_inserted(oid) FROM pg_database",
        "SELECT pg_stat_get_live_tuples('pg_class'::regclass)",
        "SELECT pg_stat_get_activity(NULL)",
        "SELECT pg_total_relation_size('pg_class')",
        "SELECT pg_relation_size('pg_class')",
        "SELECT pg_table_size('pg_class')",
        "SELECT pg_database_size('ombuds')",
        "SELECT pg_current_wal_lsn()",
        "SELECT * FROM pg_control_checkpoint()",
    ],
)
@pytest.mark.parametrize("role", ["house_council", "house_flows", DIRECTOR])
def test_nobody_looks_up_what_others_do_or_how_much_there_is(house, role, question):
    with session(house.url(role)) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(question)


def test_no_view_or_function_of_the_statistics_is_open_to_everybody(house):
    with session(house.owner_url) as owner:
        left = owner.execute(
            "SELECT relname FROM pg_class c WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'v'"
            " AND relname LIKE 'pg\\_stat%' AND relname NOT LIKE 'pg\\_stats%'"
            " AND EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = 0)"
            " UNION ALL SELECT proname FROM pg_proc p WHERE pronamespace = 'pg_catalog'::regnamespace"
            " AND proname LIKE 'pg\\_stat\\_get%' AND (p.proacl IS NULL"
            " OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0))"
        ).fetchall()
    assert left == []


@pytest.mark.parametrize(
    "act",
    [
        "CREATE TABLE loose (x int)",
        "CREATE SCHEMA loose",
        "CREATE TEMPORARY TABLE loose (x int)",
        "CREATE DATABASE loose",
    ],
)
def test_a_door_can_create_nothing(ombuds, act):
    with psycopg.connect(ombuds.url("ombuds_intake").replace("+psycopg", "", 1), autocommit=True) as connection:
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(act)
        assert connection.execute("SELECT count(*) FROM pg_class WHERE relname = 'loose'").fetchone() == (0,)


def test_a_new_function_of_the_owner_is_closed_until_it_is_granted(ombuds):
    with session(ombuds.owner_url) as owner:
        owner.execute("CREATE FUNCTION closed() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1")
    with session(ombuds.url("ombuds_flows")) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("SELECT closed()")


def test_bootstrap_may_run_again_and_a_role_without_password_cannot_sign_in(database_server):
    passwords = database_server.passwords
    admin_url = database_server.postgres.admin_url
    url = database_server.postgres.url(DIRECTOR, passwords[DIRECTOR], "house")
    try:
        bootstrap(admin_url, {role: word for role, word in passwords.items() if role != DIRECTOR})
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            session(url)
    finally:
        bootstrap(admin_url, passwords)
    session(url).close()


def test_no_password_is_kept_in_clear(database_server):
    with session(database_server.postgres.admin_url) as admin:
        kept = admin.execute("SELECT rolpassword FROM pg_authid WHERE rolname = ANY(%s)", (list(ROLES),)).fetchall()
    assert all(verifier.startswith("SCRAM-SHA-256$") for (verifier,) in kept)


@pytest.mark.parametrize("kind", DATABASES)
def test_both_databases_are_at_the_newest_migration_and_match_the_models(request, kind):
    database = request.getfixturevalue(kind)
    assert migrate.at_head(database.owner_url)
    assert migrate.matches_models(database.owner_url) == []


def test_s22_without_the_right_password_no_role_gets_in(house: Database):
    for role in house.roles:
        for password in ("", "wrong"):
            address = house.postgres.url(role, password, house.name).replace("+psycopg", "")
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(address)
