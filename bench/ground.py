"""A real, durable PostgreSQL for one run of the bench: the product's own, in a folder of its own, gone at the end."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from cli.supervise.postgres import SUPERUSER, Postgres
from records import migrate
from records.bootstrap import DATABASES, OWNER, ROLES, bootstrap, create_database


@dataclass(frozen=True)
class Ground:
    """The running server. `house` is its migrated, empty database: a template, nobody stays connected to it."""

    folder: Path
    postgres: Postgres = field(repr=False)
    passwords: dict[str, str] = field(repr=False)

    def copy(self, name: str) -> None:
        """Make the database `name`, a migrated and empty house."""
        create_database(self.postgres.admin_url, name, DATABASES["house"], template="house")

    def empty(self, name: str) -> None:
        """Make a database with nothing in it, for what is not ours."""
        create_database(self.postgres.admin_url, name, (OWNER,))

    def url(self, role: str, database: str) -> str:
        """SQLAlchemy's address of `role`; of the superuser too, who plants rows and never fires any."""
        if role == SUPERUSER:
            return make_url(self.postgres.admin_url).set(database=database).render_as_string(hide_password=False)
        return self.postgres.url(role, self.passwords[role], database)

    def straight(self, role: str, database: str) -> dict[str, Any]:
        """What `psycopg.connect` takes, without SQLAlchemy between."""
        address = make_url(self.url(role, database))
        return address.translate_connect_args(username="user", database="dbname") | dict(address.query)


@contextmanager
def ground(*, durable: bool = True) -> Iterator[Ground]:
    """Start PostgreSQL with `fsync` on (unless a test of the bench itself says otherwise) and end it whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="amparo-bench-"))
    postgres = Postgres(folder / "pg", password=secrets.token_urlsafe(24), log=folder / "postgres.log", durable=durable)
    try:
        postgres.prepare()
        postgres.start()
        made = Ground(folder, postgres, {role: secrets.token_urlsafe(24) for role in ROLES})
        bootstrap(postgres.admin_url, made.passwords)
        migrate.upgrade(made.url(OWNER, "house"))
        yield made
    finally:
        postgres.close()
        shutil.rmtree(folder, ignore_errors=True)
