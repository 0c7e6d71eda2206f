"""Add the clock that a waiver excuses: one epoch of it, so that the next one is not excused too."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    note = "the epoch it excuses; null: written down before waivers moved anything"
    op.add_column("waiver", sa.Column("clock_id", sa.Uuid(), nullable=True, comment=note))
    op.create_foreign_key(op.f("fk_waiver_clock_id"), "waiver", "clock", ["clock_id"], ["id"], ondelete="CASCADE")
    op.create_index(op.f("ix_waiver_clock_id"), "waiver", ["clock_id"], unique=False)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index(op.f("ix_waiver_clock_id"), table_name="waiver")
    op.drop_constraint(op.f("fk_waiver_clock_id"), "waiver", type_="foreignkey")
    op.drop_column("waiver", "clock_id")
