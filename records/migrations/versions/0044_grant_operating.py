"""Grant the council's door how many entries wait for the ledger's next head: a number, for whoever keeps the house running."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

COUNCIL = "house_council"
CALL = "ledger_waiting()"
WAITING = """
CREATE FUNCTION ledger_waiting() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM ledger_entry WHERE position IS NULL
$$;
"""


def _is_here() -> bool:
    """Only a role that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return bool(op.get_bind().execute(may, {"role": COUNCIL}).scalar_one())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(WAITING)
    op.execute(f"REVOKE ALL ON FUNCTION {CALL} FROM PUBLIC")
    if _is_here():
        op.execute(f"GRANT EXECUTE ON FUNCTION {CALL} TO {COUNCIL}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"DROP FUNCTION {CALL}")
