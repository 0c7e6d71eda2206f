"""Add what the house knows of its structure, what took effect of it, and versions of proposals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TABLES = (
    "structure_waiver",
    "proposal_version",
    "structure_failed",
    "structure_applied",
    "structure_operation",
    "structure_registration",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "structure_registration",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False, comment="the office's day"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(), nullable=False, comment="load, order, reissue, withdrawal, correction, undoing"),
        sa.Column("matter_id", sa.Uuid(), nullable=True, comment="the proposal whose order it is"),
        sa.Column("order_symbol", sa.String(), nullable=True),
        sa.Column("order_revision", sa.Integer(), nullable=True),
        sa.Column("heirs", JSONB(), nullable=False, comment="obligation -> the part of a split function that owes it"),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_structure_registration_by_person")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_structure_registration_matter_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_structure_registration")),
    )
    op.create_index(op.f("ix_structure_registration_matter_id"), "structure_registration", ["matter_id"], unique=False)
    op.create_table(
        "structure_operation",
        sa.Column("registration", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False, comment="adds, withdraws, corrects"),
        sa.Column("operation", sa.String(), nullable=False, comment="its id, unique in the record"),
        sa.Column("origin", sa.String(), nullable=True, comment="its id in the version that was adopted"),
        sa.Column("on_day", sa.Date(), nullable=True, comment="from which it holds; null: withdrawn"),
        sa.Column("body", JSONB(), nullable=True, comment="as Operation.written() writes it"),
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("assumed", sa.Boolean(), nullable=False, comment="no source gives its date"),
        sa.ForeignKeyConstraint(
            ["registration"], ["structure_registration.seq"], name=op.f("fk_structure_operation_registration")
        ),
        sa.PrimaryKeyConstraint("registration", "place", name=op.f("pk_structure_operation")),
    )
    added = sa.text("act = 'adds'")
    op.create_index("uq_structure_operation_added", "structure_operation", ["operation"], unique=True, postgresql_where=added)
    op.create_table(
        "structure_applied",
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("operation", name=op.f("pk_structure_applied")),
    )
    op.create_index(op.f("ix_structure_applied_on_day"), "structure_applied", ["on_day"], unique=False)
    op.create_table(
        "structure_failed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mended_at", sa.DateTime(timezone=True), nullable=True, comment="null: the date is still not applied"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structure_failed")),
        sa.UniqueConstraint("on_day", "operation", "claim", name=op.f("uq_structure_failed_on_day_operation_claim")),
    )
    op.create_table(
        "proposal_version",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False, comment="rev. 1, corr. 1, add. 1"),
        sa.Column("operations", JSONB(), nullable=False),
        sa.Column("terms", JSONB(), nullable=False, comment="who decides, under which scope and delegations; the result shown"),
        sa.Column("texts", JSONB(), nullable=False, comment="paragraphs by language"),
        sa.Column("hashes", JSONB(), nullable=False, comment="SHA-256 of the text by language, in hex"),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of the whole version: what an adoption pins"),
        sa.Column("base_seq", sa.BigInteger(), nullable=False, comment="the registration known when it was made; 0: none"),
        sa.Column("author", sa.String(), nullable=False, comment="the body that made it"),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_proposal_version_by_person")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_proposal_version_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter_id", "number", name=op.f("pk_proposal_version")),
    )
    op.create_table(
        "structure_waiver",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False, comment="the first day on which it holds no more"),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_structure_waiver_by_person")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_structure_waiver_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structure_waiver")),
    )
    op.create_index(op.f("ix_structure_waiver_matter_id"), "structure_waiver", ["matter_id"], unique=False)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        op.drop_table(table)
