"""Grant the council's door the answers kept for a repeated request; the desk had them from the start."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ROLE = "house_council"


def _is_here() -> bool:
    """Only a role that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return bool(op.get_bind().execute(may, {"role": ROLE}).scalar_one())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    if _is_here():
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency TO {ROLE}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    if _is_here():
        op.execute(f"REVOKE ALL ON idempotency FROM {ROLE}")
