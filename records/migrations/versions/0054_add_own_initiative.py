"""Add inquiries of the office's own. Keys and texts are where they are always; no door but the desk reaches the row."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

OWNER = "amparo_owner"
TABLE = "own_initiative"
GRANTS = {"ombuds_desk": "SELECT, INSERT, UPDATE"}
POLICIES = (
    (f"{OWNER}_all", OWNER, "true"),
    ("desk_seated", "ombuds_desk", "is_seated(matter_id)"),
)
# as `states/own_initiative.py` has it; a law compares the two
RULES = (
    ("own_initiative", "stage", "not_pursued", "end"),
    ("own_initiative", "stage", "closed", "end"),
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        TABLE,
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False, comment="code of where the office noticed it"),
        sa.Column("reply_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_own_initiative_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_own_initiative")),
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    for name, role, using in POLICIES:
        op.execute(f"CREATE POLICY {name} ON {TABLE} TO {role} USING ({using}) WITH CHECK ({using})")
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
