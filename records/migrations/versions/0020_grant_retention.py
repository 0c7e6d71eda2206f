"""Grant retention: doors see the announcement and the holds of their own matters, `flows` may run what decides by itself."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

READ = "SELECT"
GRANTS = {
    "ombuds_intake": {"shred_announcement": READ, "hold": READ},
    "ombuds_desk": {"shred_announcement": READ, "hold": "SELECT, INSERT, UPDATE"},
    "ombuds_flows": {"shred_announcement": READ, "swept_day": READ},
}
RUNS = ("begin_retention(date)", "announce_shreds(date)", "shred(uuid, date)", "purge_notes(date)", "drop_cut_off()")
BY_MATTER = ("shred_announcement", "hold")
EVERYWHERE = ("ombuds_flows", "amparo_owner")


def _here() -> Iterator[str]:
    """Only roles that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    for role in GRANTS:
        if op.get_bind().execute(may, {"role": role}).scalar_one():
            yield role


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for role in _here():
        for table, rights in GRANTS[role].items():
            op.execute(f"GRANT {rights} ON {table} TO {role}")
        for function in RUNS if role == "ombuds_flows" else ():
            op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {role}")
    for table in BY_MATTER:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for role in EVERYWHERE:
            op.execute(f"CREATE POLICY {role}_all ON {table} TO {role} USING (true) WITH CHECK (true)")
        op.execute(f"CREATE POLICY intake_own ON {table} TO ombuds_intake USING (matter_id = (SELECT own_matter()))")
        op.execute(f"CREATE POLICY desk_seated ON {table} TO ombuds_desk USING (matter_id IN (SELECT seated()))")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in BY_MATTER:
        for policy in (*(f"{role}_all" for role in EVERYWHERE), "intake_own", "desk_seated"):
            op.execute(f"DROP POLICY {policy} ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for role in _here():
        for function in RUNS if role == "ombuds_flows" else ():
            op.execute(f"REVOKE ALL ON FUNCTION {function} FROM {role}")
        for table in GRANTS[role]:
            op.execute(f"REVOKE ALL ON {table} FROM {role}")
