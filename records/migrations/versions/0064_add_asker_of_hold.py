"""Add who asked for a hold: never the person who approved it. None for those that stand already, and where somebody outside asked."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    column = sa.Column("asked_by", sa.Uuid(), nullable=True, comment="who asked for it; null: somebody outside the office")
    op.add_column("hold", column)
    op.create_foreign_key(op.f("fk_hold_asked_by"), "hold", "person", ["asked_by"], ["id"])
    op.create_check_constraint(op.f("ck_hold_another"), "hold", "asked_by <> approved_by")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("hold", "asked_by")
