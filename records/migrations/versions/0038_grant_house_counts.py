"""Grant the house's flows what the report on mandates counts: exceptions from findings, and what reports of others show."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

GRANTS = {"house_flows": ("structure_report", "structure_waiver")}


def _here() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Only roles that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    for role, tables in GRANTS.items():
        if op.get_bind().execute(may, {"role": role}).scalar_one():
            yield role, tables


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for role, tables in _here():
        for table in tables:
            op.execute(f"GRANT SELECT ON {table} TO {role}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for role, tables in _here():
        for table in tables:
            op.execute(f"REVOKE ALL ON {table} FROM {role}")
