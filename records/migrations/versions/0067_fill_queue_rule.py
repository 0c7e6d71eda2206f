"""Tell the queue that the clock by which an answer of a letter is read runs on when a complaint has come to rest.

As `states/complaint_time.py` and `actions/queue_rules.py` have it; a law compares the two.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

RULE = ("complaint", "clock", "answer_reading", "outlives")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _rule([*_rules(), RULE])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _rule(one for one in _rules() if one != RULE)


def _rules() -> list[tuple[str, ...]]:
    """What the queue goes by today."""
    return [tuple(row) for row in op.get_bind().execute(sa.text("SELECT kind, what, name, means FROM queue_rule")).all()]


def _rule(rules: Iterable[tuple[str, ...]]) -> None:
    """Let the queue go by these rules, and no others."""
    rows = ", ".join("(" + ", ".join(f"'{part}'" for part in rule) + ")" for rule in rules)
    op.execute(f"CREATE OR REPLACE VIEW queue_rule (kind, what, name, means) AS VALUES {rows}")
