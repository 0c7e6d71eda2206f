"""Constrain signed heads to one an office day. A day on which nothing happened has one too, with the size of the day before."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint("pk_ledger_head", "ledger_head", type_="primary")
    op.drop_constraint("uq_ledger_head_office_date", "ledger_head", type_="unique")
    op.create_primary_key("pk_ledger_head", "ledger_head", ["office_date"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    # only one head of a size can stand under the old key: the first says the most
    op.execute("DELETE FROM ledger_head a USING ledger_head b WHERE a.size = b.size AND a.office_date > b.office_date")
    op.drop_constraint("pk_ledger_head", "ledger_head", type_="primary")
    op.create_unique_constraint("uq_ledger_head_office_date", "ledger_head", ["office_date"])
    op.create_primary_key("pk_ledger_head", "ledger_head", ["size"])
