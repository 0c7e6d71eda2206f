"""Drop that words of the office's record have a reader at the desk: those without one are recovery's."""

from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

TABLE = "sealed_office_text"
NEW = "whose key opens it; null: that of recovery"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.alter_column(TABLE, "reader", nullable=True, comment=NEW, existing_comment="whose key opens it")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"DELETE FROM {TABLE} WHERE reader IS NULL")
    op.alter_column(TABLE, "reader", nullable=False, comment="whose key opens it", existing_comment=NEW)
