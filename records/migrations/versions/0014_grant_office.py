"""Grant the tables of the ombudsperson's office to the roles of that database. `flows` gets nothing that is sealed."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

READ = "SELECT"
ADD = "SELECT, INSERT"
KEEP = "SELECT, INSERT, UPDATE"
ALL = "SELECT, INSERT, UPDATE, DELETE"

KERNEL = {
    "alembic_version": READ,
    "edition": ADD,
    "office_clock": READ,
    "closure": READ,
    "trouble": ADD,
    "person": READ,
    "appointment": READ,
    "matter": KEEP,
    "event": ADD,
    "responsibility": KEEP,
    "link": ADD,
    "clock": KEEP,
    "rung_fired": ADD,
    "pause": KEEP,
    "ledger_entry": "INSERT",
    "signed_key": READ,
    "epoch": KEEP,
    "seat": KEEP,
    "sealed_text": ADD,
    "sealed_file": KEEP,
    "sealed_chunk": ADD,
    "consent": KEEP,
    "complaint": KEEP,
    "consultation": KEEP,
    "recommendation": KEEP,
    "idempotency": ALL,
}
INTAKE = KERNEL | {
    "absence": READ,
    "receipt": KEEP,
    "sealed_file": ALL,
    "sealed_chunk": "SELECT, INSERT, DELETE",
    "sealed_identity": "SELECT, INSERT",
    "read_log": READ,
    "tally": KEEP,
}
DESK = KERNEL | {
    "closure": ADD,
    "absence": KEEP,
    "receipt": READ,
    "sealed_identity": READ,
    "read_log": ADD,
    "search_log": KEEP,
    "waiver": ADD,
    "staff_key": "SELECT, UPDATE",
    "session": ALL,
    "sweep_run": READ,
    "ledger_head": READ,
    "outbox": READ,
    "tally": KEEP,
}
FLOWS = {
    "complaint": READ,
    "consultation": READ,
    "recommendation": READ,
    "consent": "SELECT, UPDATE",
    "seat": READ,
    "read_log": READ,
    "tally": KEEP,
}
GRANTS = {"ombuds_intake": INTAKE, "ombuds_desk": DESK, "ombuds_flows": FLOWS}


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
