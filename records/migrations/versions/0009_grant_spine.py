"""Grant the tables of the spine to the roles of the database this runs in; a role of the other one gets nothing here."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

READ = "SELECT"
ADD = "SELECT, INSERT"
KEEP = "SELECT, INSERT, UPDATE"

COMMON = {"edition": ADD, "office_clock": READ, "closure": READ, "trouble": ADD, "alembic_version": READ}
COUNCIL = COMMON | {
    "closure": ADD,
    "person": READ,
    "appointment": READ,
    "absence": KEEP,
    "account": "SELECT, UPDATE",
    "session": "SELECT, INSERT, UPDATE, DELETE",
    "matter": KEEP,
    "event": ADD,
    "responsibility": KEEP,
    "link": ADD,
    "waiver": ADD,
    "clock": KEEP,
    "rung_fired": ADD,
    "pause": KEEP,
    "outbox": ADD,
    "sweep_run": READ,
    "ledger_entry": "INSERT",
    "ledger_head": READ,
    "mandate": KEEP,
    "proposal": KEEP,
    "decision": ADD,
    "executive_order": ADD,
}
FLOWS = COMMON | {
    "person": READ,
    "appointment": READ,
    "absence": READ,
    "matter": "SELECT, UPDATE",
    "event": ADD,
    "responsibility": KEEP,
    "link": READ,
    "clock": KEEP,
    "rung_fired": ADD,
    "pause": KEEP,
    "outbox": KEEP,
    "sweep_run": KEEP,
    "ledger_entry": KEEP,
    "ledger_head": ADD,
}
GRANTS = {
    "house_council": COUNCIL,
    "house_flows": FLOWS | {"mandate": READ, "proposal": READ, "decision": READ, "executive_order": READ},
    "ombuds_flows": FLOWS,
    "director": {"office_clock": "SELECT, UPDATE"},
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
