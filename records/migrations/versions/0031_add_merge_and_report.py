"""Add which versions a version was merged from, and what reports show of the structure; granted to the council's door alone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

DOOR = "house_council"
TABLES = ("proposal_merge", "structure_report")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    left_out = "ids of operations that could not be done without what was decided against"
    op.create_table(
        "proposal_merge",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="the version that came of it"),
        sa.Column("mine", sa.Integer(), nullable=False, comment="the version of this proposal that went in"),
        sa.Column("mine_digest", sa.LargeBinary(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False, comment="the other proposal"),
        sa.Column("other", sa.Integer(), nullable=False, comment="the version of the other proposal that went in"),
        sa.Column("other_digest", sa.LargeBinary(), nullable=False),
        sa.Column("choices", JSONB(), nullable=False, comment="conflict and what holds of it, in the order decided"),
        sa.Column("left_out", JSONB(), nullable=False, comment=left_out),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_proposal_merge_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter_id", "number", name=op.f("pk_proposal_merge")),
    )
    is_cut = "the source ends before its end: what it does not show is unknown"
    op.create_table(
        "structure_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False, comment="what the report shows is under this unit"),
        sa.Column("on_day", sa.Date(), nullable=False, comment="as it stood on this day"),
        sa.Column("shown", JSONB(), nullable=False, comment="names as the report prints them"),
        sa.Column("is_cut", sa.Boolean(), nullable=False, comment=is_cut),
        sa.Column("with_functions", sa.Boolean(), nullable=False, comment="it shows what the unit does, too"),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True, comment="the report that it corrects"),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_structure_report_by_person")),
        sa.ForeignKeyConstraint(["replaces"], ["structure_report.id"], name=op.f("fk_structure_report_replaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structure_report")),
        sa.UniqueConstraint("replaces", name=op.f("uq_structure_report_replaces")),
    )
    if _is_here():
        for table in TABLES:
            op.execute(f"GRANT SELECT, INSERT ON {table} TO {DOOR}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table)


def _is_here() -> bool:
    """Whether this is the database of the council's door."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return bool(op.get_bind().execute(may, {"role": DOOR}).scalar_one())
