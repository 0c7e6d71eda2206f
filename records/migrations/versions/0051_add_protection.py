"""Add protections: what the office does so that nobody is treated worse for having come. Keys and texts are where they are always.

The matter that came of it is forgotten with that matter; the consent under which measures were asked for, with that consent. At the
intake she reaches the row, because what she says in her case is heard in it, and none of its texts.
"""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

OWNER = "amparo_owner"
TABLE = "protection"
GRANTS = {"ombuds_intake": "SELECT", "ombuds_desk": "SELECT, INSERT, UPDATE", "ombuds_flows": "SELECT"}
POLICIES = (
    ("ombuds_flows_all", "ALL", "ombuds_flows", "true"),
    (f"{OWNER}_all", "ALL", OWNER, "true"),
    ("desk_seated", "ALL", "ombuds_desk", "is_seated(matter_id)"),
    ("intake_tied_select", "SELECT", "ombuds_intake", "matter_id IN (SELECT grown())"),
)
# as `states/protection.py`, `states/complaint.py` and `actions/queue_rules.py` have it; a law compares the two
RULES = (
    ("complaint", "clock", "first_check_in", "nobody"),
    ("complaint", "clock", "second_check_in", "nobody"),
    ("complaint", "clock", "third_check_in", "nobody"),
    ("complaint", "clock", "last_check_in", "nobody"),
    ("complaint", "clock", "protection_answer", "her_words"),
    ("complaint", "clock", "protection_answer", "outlives"),
    ("protection", "stage", "measures_asked", "them"),
    ("protection", "stage", "no_longer_needed", "end"),
    ("protection", "stage", "ended", "end"),
    ("protection", "clock", "reply", "them"),
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        TABLE,
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=True, comment="the consent under which measures were asked for last"),
        sa.Column("reply_on", sa.Date(), nullable=True, comment="the day the answer to that came"),
        sa.Column("became", sa.Uuid(), nullable=True, comment="the complaint she opened about what happened, while that exists"),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_protection_matter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_protection_consent_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["became"], ["matter.id"], name=op.f("fk_protection_became"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_protection")),
    )
    op.create_index(op.f("ix_protection_consent_id"), TABLE, ["consent_id"])
    op.create_index(op.f("ix_protection_became"), TABLE, ["became"])
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    for name, command, role, using in POLICIES:
        op.execute(f"CREATE POLICY {name} ON {TABLE} FOR {command} TO {role} USING ({using})")
    for role in _here():
        op.execute(f"GRANT {GRANTS[role]} ON {TABLE} TO {role}")
    _rule([*_rules(), *RULES])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _rule(one for one in _rules() if one not in RULES)
    op.drop_table(TABLE)


def _here() -> Iterator[str]:
    """Only roles that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return (role for role in GRANTS if op.get_bind().execute(may, {"role": role}).scalar_one())


def _rules() -> list[tuple[str, ...]]:
    """What the queue goes by today."""
    return [tuple(row) for row in op.get_bind().execute(sa.text("SELECT kind, what, name, means FROM queue_rule")).all()]


def _rule(rules: Iterable[tuple[str, ...]]) -> None:
    """Let the queue go by these rules, and no others."""
    rows = ", ".join("(" + ", ".join(f"'{part}'" for part in rule) + ")" for rule in rules)
    op.execute(f"CREATE OR REPLACE VIEW queue_rule (kind, what, name, means) AS VALUES {rows}")
