"""Add to an epoch for which roster its seats were last looked at, so that signing in opens no matter twice for the same one.

It is the hash of who could have a seat by the roster and the pack alone: of nobody's exclusion, and of no text.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    comment = "hash of the roster for which its seats were last looked at; null: not since it began"
    op.add_column("epoch", sa.Column("roster", sa.LargeBinary(), nullable=True, comment=comment))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("epoch", "roster")
