"""Index dead clocks, and running ones by their due day: what a sweep counts and what the due list shows."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index("ix_clock_dead", "clock", ["id"], postgresql_where=sa.text("dead"))
    op.create_index("ix_clock_due_on", "clock", ["due_on"], postgresql_where=sa.text("status = 'running'"))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("ix_clock_due_on", table_name="clock", postgresql_where=sa.text("status = 'running'"))
    op.drop_index("ix_clock_dead", table_name="clock", postgresql_where=sa.text("dead"))
