"""Grant a look at waivers to whoever lets clocks fire: flows, and the intake, whose acts settle first."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ROLES = ("ombuds_intake", "ombuds_flows", "house_flows")


def _here() -> Iterator[str]:
    """Only roles that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    for role in ROLES:
        if op.get_bind().execute(may, {"role": role}).scalar_one():
            yield role


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for role in _here():
        op.execute(f"GRANT SELECT ON waiver TO {role}")
    # what grew out of her matter is settled with it: a waiver that cannot be seen would let its rungs fire too early
    op.execute(
        "CREATE POLICY intake_tied_select ON waiver FOR SELECT TO ombuds_intake USING (matter_id IN (SELECT grown()))"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP POLICY intake_tied_select ON waiver")
    for role in _here():
        op.execute(f"REVOKE ALL ON waiver FROM {role}")
