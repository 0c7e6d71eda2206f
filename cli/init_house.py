"""`amparo init`: make or bring up to date a house on a PostgreSQL that somebody else runs, such as that of docker-compose.yml.

What `amparo up` does for its own PostgreSQL, and nothing more: roles, databases, tables, and in the data folder a file of mode
0600 for each secret, so that every other command finds them there. The superuser's address is read and never kept.
"""

import os
import sys
from pathlib import Path
from typing import Annotated, ClassVar, Final
from urllib.parse import quote, urlsplit

import typer

from actions.office import Database
from cli.refuse import refuse
from cli.supervise.data_folder import DataFolder, occupied
from cli.supervise.troubles import RootRunsNoRealData
from policies.refusal import Refusal
from policies.said import Fact, Said
from settings import Environment, Settings, secret_in
from web.messages import LANGUAGES, Messages

KEYS: Final = ("intake.pepper", "desk.key", "council.key")
"""Keys of 32 random bytes, one a door."""
_DATABASES: Final[tuple[Database, ...]] = ("ombuds", "house")
_LEAST_FREE: Final = 1024 * 1024
"""Bytes: what is written here is small; the database is elsewhere."""


class NoAddress(Refusal):
    """The superuser's file cannot be read, or holds no address of a PostgreSQL."""

    code: ClassVar[str] = "no_address"
    status: ClassVar[int] = 422


class SuperuserRefused(Refusal):
    """PostgreSQL does not take the name and password of the superuser's file."""

    code: ClassVar[str] = "superuser_refused"
    status: ClassVar[int] = 503


class DatabaseUnwilling(Refusal):
    """PostgreSQL cannot be reached, or did not do what was asked. `what` is the class of the error, whose text may quote."""

    code: ClassVar[str] = "database_unwilling"
    status: ClassVar[int] = 503


def init(
    superuser_url_file: Annotated[
        Path, typer.Option(metavar="FILE", help="Holds the superuser's address: postgresql://postgres:word@host/postgres")
    ],
    environment: Annotated[Environment, typer.Option(help="What the house is for; fixed when it is made.")],
    data: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the secrets; made if it is missing.")] = None,
    lang: Annotated[str | None, typer.Option(help="en, es, pt or fr.")] = None,
) -> None:
    """Make a house on a PostgreSQL that is there already, or bring it up to date. Safe to run again."""
    settings = Settings()
    try:
        if environment == "real" and os.geteuid() == 0:
            raise RootRunsNoRealData()
        url = superuser_url(superuser_url_file)
        with occupied(data or settings.data, environment, least_free=_LEAST_FREE) as folder:
            found_house(folder, url, settings.pack)
            print(_say(lang, "init.made", folder=str(folder.path)))
    except Refusal as refusal:
        sys.exit(refuse(refusal, lang, code=1))


def found_house(folder: DataFolder, url: str, pack: str) -> None:
    """Make roles, databases, tables and secrets of the house in `folder`, on the server where `url` is the superuser's.

    Passwords and keys that the folder has already are kept; roles get the passwords that stand in it. Raises SuperuserRefused,
    DatabaseUnwilling, WrongEnvironment for a database of another environment, and PolicyRefused.
    """
    # here, not above: alembic and SQLAlchemy take a second to load, which every other command would pay
    from actions.begin import begin_house
    from actions.ledger_keys import signing_key
    from records import migrate
    from records.bootstrap import DATABASE_ERRORS, DIRECTOR, OWNER, ROLES, PasswordRefused, bootstrap

    roles = [role for role in ROLES if role != DIRECTOR or folder.environment != "real"]  # nobody moves the clock of real data
    passwords = {role: folder.secret(f"{role}.password") for role in roles}
    try:
        bootstrap(url, passwords)
        _write_addresses(folder, url, passwords)
        for database in _DATABASES:
            owner = address_of(url, OWNER, passwords[OWNER], database)
            migrate.upgrade(owner)
            begin_house(owner, database=database, environment=folder.environment, pack=pack)
    except PasswordRefused:
        raise SuperuserRefused() from None
    except DATABASE_ERRORS as error:
        raise DatabaseUnwilling(what=type(error).__name__) from None
    for name in KEYS:
        folder.key_file(name)
    for database in _DATABASES:
        signing_key(folder.key_file(f"ledger-{database}.key"))  # its public half is written beside it
    folder.secret("prefect.auth", before="amparo:")


def superuser_url(file: Path) -> str:
    """The address in `file`. Raises NoAddress."""
    try:
        url = secret_in(file)
        parts = urlsplit(url)
    except (OSError, ValueError):
        raise NoAddress(file=str(file)) from None
    if parts.scheme not in {"postgresql", "postgresql+psycopg"} or not parts.username:
        raise NoAddress(file=str(file))
    return url


def address_of(url: str, role: str, password: str, database: str) -> str:
    """The address of a role in a database of the same server as `url`. Holds the password.

    >>> address_of("postgresql://postgres:x@db:5433/postgres?sslmode=require", "house_flows", "p/w", "house")
    'postgresql+psycopg://house_flows:p%2Fw@db:5433/house?sslmode=require'
    """
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    more = f"?{parts.query}" if parts.query else ""
    return f"postgresql+psycopg://{quote(role)}:{quote(password, safe='')}@{place}/{quote(database)}{more}"


def _write_addresses(folder: DataFolder, url: str, passwords: dict[str, str]) -> None:
    from records.bootstrap import DATABASES, OWNER

    for database, roles in DATABASES.items():
        for role in (OWNER, *roles):
            if role in passwords:
                folder.secret_file(f"{database}-{role}.url", address_of(url, role, passwords[role], database))


def _say(lang: str | None, key: str, **facts: Fact) -> str:
    return Messages(lang if lang in LANGUAGES else Settings().lang).say(Said(key, facts))
