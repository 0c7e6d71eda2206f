"""Constrain by what a complaint opened, not by one kind: whatever grew out of a case is destroyed with it, and heard of with it.

A matter that a complaint's own act opened is tied to it by the name of that act (`actions/kernel/step.py`). Until now the functions
below knew one such act; another kind would have been destroyed alone, before or after its case.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

ONE = "type = 'complaint.recommend'"
ANY = "type LIKE 'complaint.%'"
FUNCTIONS = ("family_of(uuid)", "grown()", "announce_shreds(date)")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _say(ONE, ANY)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _say(ANY, ONE)


def _say(old: str, new: str) -> None:
    """Say the same of each function in other words; owner, rights and settings stay."""
    for function in FUNCTIONS:
        asked = sa.text("SELECT pg_get_functiondef(CAST(:name AS regprocedure))")
        body = str(op.get_bind().execute(asked, {"name": function}).scalar_one())
        if body.count(old) != 1:
            raise ValueError(f"{function} does not say {old} once")
        op.get_bind().exec_driver_sql(body.replace(old, new).replace("%", "%%"))
