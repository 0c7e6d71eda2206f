"""Grant the structure of the house to its door and its flows; a role of the other database gets nothing here."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

READ = "SELECT"
ADD = "SELECT, INSERT"
GRANTS = {
    "house_council": {
        "structure_registration": ADD,
        "structure_operation": ADD,
        "structure_applied": READ,
        "structure_failed": READ,
        "proposal_version": ADD,
        "structure_waiver": ADD,
    },
    "house_flows": {
        "structure_registration": READ,
        "structure_operation": READ,
        "structure_applied": ADD,
        "structure_failed": "SELECT, INSERT, UPDATE",
    },
}


def _here() -> Iterator[tuple[str, dict[str, str]]]:
    """Only roles that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    for role, tables in GRANTS.items():
        if op.get_bind().execute(may, {"role": role}).scalar_one():
            yield role, tables


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for role, tables in _here():
        for table, rights in tables.items():
            op.execute(f"GRANT {rights} ON {table} TO {role}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for role, tables in _here():
        for table in tables:
            op.execute(f"REVOKE ALL ON {table} FROM {role}")
