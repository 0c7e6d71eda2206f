"""Give each consent a last day, the day it was used on, and a keyed mark of what exactly was asked.

What was asked before said neither what it was for nor until when. Nothing here opens it, so it is good for nothing any more: its last day
is the day it was asked, and it has no mark. She can be asked again. A yes that was used keeps the day.
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

TABLE = "consent"
USED = "(status = 'used') = (used_on IS NOT NULL)"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(TABLE, sa.Column("until", sa.Date(), nullable=True, comment="the last day on which a yes can be used"))
    op.add_column(TABLE, sa.Column("used_on", sa.Date(), nullable=True))
    comment = (
        "keyed hash of all that was asked: compared without opening; null: asked before purposes were told, good for nothing"
    )
    op.add_column(TABLE, sa.Column("mark", sa.LargeBinary(), nullable=True, comment=comment))
    op.execute(f"UPDATE {TABLE} SET until = asked_on, used_on = CASE status WHEN 'used' THEN coalesce(answered_on, asked_on) END")
    op.alter_column(TABLE, "until", nullable=False)
    op.create_check_constraint("used", TABLE, USED)
    op.create_check_constraint("until", TABLE, "until >= asked_on")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint("until", TABLE, type_="check")
    op.drop_constraint("used", TABLE, type_="check")
    for name in ("mark", "used_on", "until"):
        op.drop_column(TABLE, name)
