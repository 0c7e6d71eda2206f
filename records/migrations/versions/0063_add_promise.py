"""Add the day by which an addressee promised to do what was recommended."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

TABLE, COLUMN = "recommendation", "promised_by"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(TABLE, sa.Column(COLUMN, sa.Date(), nullable=True, comment="what they promised is sealed"))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column(TABLE, COLUMN)
