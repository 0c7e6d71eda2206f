"""Add the function that owes a mandate, and which version and operations a decision adopted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    note = "function that owes it, whoever carries it out; null: unknown"
    op.add_column("mandate", sa.Column("function", sa.String(), nullable=True, comment=note))
    note = "the version of the proposal decided on; null: text and operations are not held here"
    op.add_column("decision", sa.Column("version", sa.Integer(), nullable=True, comment=note))
    note = "ids of the operations adopted; null: all of that version"
    op.add_column("decision", sa.Column("operations", JSONB(), nullable=True, comment=note))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("decision", "operations")
    op.drop_column("decision", "version")
    op.drop_column("mandate", "function")
