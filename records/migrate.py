"""Bringing a database to the newest migration, and asking whether it is there. Needs no alembic.ini."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from records.tables import METADATA

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, to: str = "head") -> None:
    """Apply every migration up to `to` that the database lacks. `url` is the owner's. Safe to run again.

    Each migration is a transaction of its own and gives up after 5 seconds of waiting for a lock; what was applied
    before it stays.
    """
    command.upgrade(_config(url), to)


def downgrade(url: str, to: str) -> None:
    """Take back every migration after `to` ("base": all). For tests: real data is never taken back."""
    command.downgrade(_config(url), to)


def head() -> str | None:
    """The newest migration's number, or None while there is none. Raises CommandError when two claim to be it."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def at_head(url: str) -> bool:
    """Whether the database has every migration and no other. The role of `url` must read `alembic_version`."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head()


def matches_models(url: str) -> list[Any]:
    """What differs between the migrated database and `records.tables.METADATA`, as alembic writes it; else empty."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), METADATA))


def write_migration(message: str, url: str | None = None) -> Path:
    """Write the next numbered migration, named as a sentence ("add case clock"), note it in `.head`, return its path.

    With `url` (an owner's, at head) it is filled with what the models have and the database lacks: to be read and
    corrected. Two branches that each add one clash in `.head` when they are merged, not in production.
    """
    (MIGRATIONS / "versions").mkdir(exist_ok=True)
    script = command.revision(_config(url), message, autogenerate=url is not None, rev_id=_next_number())
    if script is None or isinstance(script, list):
        raise RuntimeError("alembic wrote no migration")
    path = Path(script.path)
    (MIGRATIONS / ".head").write_text(path.stem + "\n", encoding="utf-8")
    return path


def _next_number() -> str:
    """Numbers, not hashes, so that `ls versions` is the history."""
    return f"{int(head() or 0) + 1:04d}"


def _config(url: str | None = None) -> Config:
    config = Config(attributes={"url": url})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("truncate_slug_length", "60")
    config.set_main_option("path_separator", "os")
    return config
