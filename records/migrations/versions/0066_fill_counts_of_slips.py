"""Fill what slips leave with language and class of people, each by itself as all the rest; of earlier ones neither is known.

Every table of slips adds up to all of them, so the earlier ones are tallied as unknown. Where somebody was referred to is not
tallied: it says what she came with.
"""

from alembic import context, op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

OLD = "('region', coalesce(region, 'unknown'))"
NEW = f"{OLD}, ('language', language), ('personnel', coalesce(personnel, 'unknown'))"
FILLED = """
INSERT INTO tally (month, kind, outcome, count)
SELECT month, filled, 'unknown', sum(count) FROM tally, unnest(ARRAY['contact.language', 'contact.personnel']) filled
 WHERE kind = 'contact.channel' GROUP BY 1, 2
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _say(OLD, NEW)
    op.execute(FILLED)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _say("", "")
    op.execute("DELETE FROM tally WHERE kind IN ('contact.language', 'contact.personnel')")


def _say(old: str, new: str) -> None:
    """Count by other words; owner and rights stay."""
    counted = context.script.get_revision("0046").module.COUNTED.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    if old and counted.count(old) != 1:
        raise ValueError(f"count_contacts does not say {old} once")
    op.execute(counted.replace(old, new) if old else counted)
