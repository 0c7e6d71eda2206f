"""The two databases, who may connect to which, and what nobody may look up. Run by the supervisor as the superuser.

Tables and their grants come from the migrations; this is the ground they stand on. Every statement may be run again.

What stays visible, for the threat model: inside one database every role can read the estimates in `pg_class`
(`reltuples`, `relpages`), because no client works without that catalog. That is why there are two databases. Across
databases of one server, the transaction number (`xmin`, `pg_current_snapshot`) still counts all writes of both
together.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from psycopg import Connection, Error, OperationalError, connect, sql
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

OWNER: Final = "amparo_owner"
DIRECTOR: Final = "director"
DATABASES: Final[Mapping[str, tuple[str, ...]]] = {
    "ombuds": ("ombuds_intake", "ombuds_desk", "ombuds_flows", "ombuds_reports", DIRECTOR),
    "house": ("house_council", "house_flows", DIRECTOR),
}
ROLES: Final = (OWNER, *dict.fromkeys(role for roles in DATABASES.values() for role in roles))

DATABASE_ERRORS: Final = (Error, SQLAlchemyError)
"""What bootstrap and migrations raise when the database will not do it: no room, a lock held too long, a broken file."""

_POWERS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS"

# Views and functions that show what others do, or how much there is: of any database of the server, not only one's own.
_TELLING_VIEWS = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'pg_catalog' AND c.relkind = 'v'
       AND (c.relname LIKE 'pg\\_stat%' AND c.relname NOT LIKE 'pg\\_stats%'
            OR c.relname IN ('pg_locks', 'pg_prepared_xacts', 'pg_replication_slots', 'pg_wait_events'))
"""
_TELLING_FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = 'pg_catalog' AND p.prokind = 'f'
       AND (p.proname LIKE 'pg\\_stat\\_get%' OR p.proname LIKE 'pg\\_control\\_%'
            OR p.proname LIKE 'pg\\_current\\_wal%' OR p.proname LIKE 'pg\\_%\\_wal\\_summar%'
            OR p.proname LIKE '%relation\\_size' OR p.proname LIKE 'pg\\_last\\_%'
            OR p.proname IN ('pg_lock_status', 'pg_prepared_xact', 'pg_get_replication_slots', 'pg_table_size',
                             'pg_indexes_size', 'pg_database_size', 'pg_tablespace_size', 'pg_blocking_pids',
                             'pg_notification_queue_usage'))
"""


class PasswordRefused(Exception):
    """The superuser's password is not the one that the databases were made with."""


def bootstrap(admin_url: str, passwords: Mapping[str, str]) -> None:
    """Create or repair roles and databases. `admin_url` is the superuser's, `passwords` a clear one a role.

    A role without a password exists, because migrations grant to it, but cannot sign in: so the director has one only
    where the environment is demo or test. Passwords reach the server as SCRAM verifiers, never in clear. Raises
    PasswordRefused, or one of DATABASE_ERRORS.
    """
    with superuser(admin_url, "postgres") as admin:
        for role in ROLES:
            _create_role(admin, role, passwords.get(role))
        for database in ("postgres", "template1"):
            admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
    for database, roles in DATABASES.items():
        create_database(admin_url, database, roles)
        with superuser(admin_url, database) as admin:
            _close(admin, roles)


def create_database(admin: str | Connection, name: str, roles: Iterable[str], *, template: str = "template0") -> None:
    """Create the database `name` if it is missing, owned by `amparo_owner`, open to `roles` and to nobody else.

    `admin` is the superuser's address, or its open connection where many are made. A copy of a `template` that was closed by
    `bootstrap` is closed too, except for who may connect, which is set here.
    """
    with superuser(admin) as session:
        known = session.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        database, owner = sql.Identifier(name), sql.Identifier(OWNER)
        if not known:
            create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY")  # small ones in half the time
            session.execute(create.format(database, owner, sql.Identifier(template)))
        session.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
        session.execute(grant.format(database, _names((OWNER, *roles))))


def drop_database(admin: str | Connection, name: str) -> None:
    """Drop the database `name`, ending the sessions in it, if it exists. `admin` as for `create_database`."""
    with superuser(admin) as session:
        session.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _create_role(admin: Connection, role: str, password: str | None) -> None:
    name = sql.Identifier(role)
    if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
        admin.execute(sql.SQL("CREATE ROLE {}").format(name))
    admin.execute(sql.SQL("ALTER ROLE {} WITH {} {}").format(name, sql.SQL(_POWERS), _sign_in(admin, role, password)))


def _sign_in(admin: Connection, role: str, password: str | None) -> sql.Composable:
    if password is None:
        return sql.SQL("NOLOGIN PASSWORD NULL")
    verifier = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    return sql.SQL("LOGIN PASSWORD {}").format(sql.Literal(verifier))


def _close(admin: Connection, roles: Iterable[str]) -> None:
    """Inside one database: no public schema for everybody, and nothing that tells of others."""
    admin.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    admin.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(_names(roles)))
    everywhere = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")
    admin.execute(everywhere.format(sql.Identifier(OWNER)))  # a SECURITY DEFINER function is for those it is granted to
    for (view,) in admin.execute(_TELLING_VIEWS).fetchall():
        admin.execute(sql.SQL("REVOKE ALL ON pg_catalog.{} FROM PUBLIC").format(sql.Identifier(view)))
    for (function,) in admin.execute(_TELLING_FUNCTIONS).fetchall():
        admin.execute(sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(sql.SQL(function)))


def _names(roles: Iterable[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(role) for role in roles)


@contextmanager
def superuser(admin: str | Connection, database: str = "postgres") -> Iterator[Connection]:
    """The superuser in `database`, or as connected already. Each statement on its own: CREATE DATABASE runs in no transaction.

    Raises PasswordRefused, or one of DATABASE_ERRORS.
    """
    if isinstance(admin, Connection):
        yield admin
        return
    address = make_url(admin).set(database=database)
    told: dict[str, Any] = address.translate_connect_args(username="user", database="dbname") | dict(address.query)
    try:
        connection = connect(**told, autocommit=True)
    except OperationalError as error:
        if "password authentication failed" in str(error):
            raise PasswordRefused from None
        raise
    with connection:
        yield connection
