"""Run by alembic for each upgrade: one transaction a migration, as the owner of the tables."""

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from records.tables import METADATA


def run() -> None:
    """Connect as told by `records.migrate` and let alembic do what was asked."""
    engine = create_engine(context.config.attributes["url"], poolclass=NullPool)  # NullPool: leaves no session behind
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            transaction_per_migration=True,
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
