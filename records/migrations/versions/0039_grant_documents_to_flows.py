"""Let the house's flows register documents, as a report that goes out by itself is one, and the counting role see who serves.

A document or a distribution that a flow wrote down has no person: naming one would be a false entry. Going down, such a line is
said to be of whoever was added first.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

GRANTS = {
    "house_flows": {
        "document": "SELECT, INSERT",
        "document_counter": "SELECT, INSERT, UPDATE",
        "document_stamp": "SELECT, INSERT",
    },
    "ombuds_reports": {"ledger_head": "SELECT", "appointment": "SELECT", "absence": "SELECT"},
}
NAMELESS = ("document", "document_stamp")


def _here() -> Iterator[tuple[str, str, str]]:
    """Only roles that may connect to this database: in the other one nobody gets anything."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    for role, tables in GRANTS.items():
        if op.get_bind().execute(may, {"role": role}).scalar_one():
            yield from ((role, table, rights) for table, rights in tables.items())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in NAMELESS:
        op.alter_column(table, "by_person", existing_type=sa.Uuid(), nullable=True, comment="null: the house's own process")
    for role, table, rights in _here():
        op.execute(f"GRANT {rights} ON {table} TO {role}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for role, table, rights in _here():
        op.execute(f"REVOKE {rights} ON {table} FROM {role}")
    for table in NAMELESS:
        first = "(SELECT id FROM person ORDER BY made_at, id LIMIT 1)"
        op.execute(f"UPDATE {table} SET by_person = {first} WHERE by_person IS NULL")
        op.alter_column(table, "by_person", existing_type=sa.Uuid(), nullable=False, comment=None)
