"""Whether a database can be worked with, asked by a door without loading the migration tools."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from records.books import Books

AWAY = (InterfaceError, NoConnectionFree, OperationalError)
"""Errors that mean: the database cannot be reached, or every connection to it is taken."""
_VERSIONS = Path(__file__).parent / "migrations" / "versions"


def at_head(books: Books) -> bool:
    """Whether the database has every migration of this program and no other."""
    newest = max(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9][0-9][0-9][0-9]_*.py"))
    found = books.connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return list(found) == [newest]
