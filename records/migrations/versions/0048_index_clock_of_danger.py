"""Index the clocks that run because somebody may be in danger: the list of them comes first, and costs what is on it."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_clock_danger", "clock"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index(NAME, TABLE, ["matter_id"], postgresql_where=sa.text("name = 'triage' AND status = 'running'"))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index(NAME, table_name=TABLE)
