"""Add documents of bodies, their numbers, languages and corrections; the house's door may read and add them, nobody delete."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLES = ("document_correction", "document_stamp", "document", "document_counter")
GRANTS = {
    "document_counter": "SELECT, INSERT, UPDATE",
    "document": "SELECT, INSERT, UPDATE",
    "document_stamp": "SELECT, INSERT",
    "document_correction": "SELECT, INSERT",
}


def _here() -> bool:
    """Whether the council's door may connect to this database: in the other one it gets nothing."""
    may = sa.text("SELECT has_database_privilege('house_council', current_database(), 'CONNECT')")
    return bool(op.get_bind().execute(may).scalar_one())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    circle = "within which no number is left out: a series, a session of it, a parent"
    older = "the first number given here; lower ones are older than the register"
    op.create_table(
        "document_counter",
        sa.Column("circle", sa.String(), nullable=False, comment=circle),
        sa.Column("first", sa.Integer(), nullable=False, comment=older),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("circle", name=op.f("pk_document_counter")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="the order of registration"),
        sa.Column("symbol", sa.String(), nullable=False, comment="canonical"),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("circle", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="in its circle"),
        sa.Column("parent_id", sa.Uuid(), nullable=True, comment="what it revises, corrects or adds to"),
        sa.Column("suffix", sa.String(), nullable=True, comment="rev, corr, add; null: a document of its own"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.Integer(), nullable=True, comment="number of the body's meeting"),
        sa.Column("session", sa.String(), nullable=True, comment="such as XLV-O"),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False, comment="the language it was written in"),
        sa.Column("matter_id", sa.Uuid(), nullable=True, comment="the proposal whose version it carries"),
        sa.Column("proposal_version", sa.Integer(), nullable=True),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=True, comment="when it is to be discussed; null: unknown"),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("void_on", sa.Date(), nullable=True, comment="null: it stands"),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, comment="goes up with every change"),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_document_by_person")),
        sa.ForeignKeyConstraint(
            ["matter_id", "proposal_version"],
            ["proposal_version.matter_id", "proposal_version.number"],
            name=op.f("fk_document_matter_id_proposal_version"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["document.id"], name=op.f("fk_document_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("circle", "number", name=op.f("uq_document_circle_number")),
        sa.UniqueConstraint("seq", name=op.f("uq_document_seq")),
        sa.UniqueConstraint("symbol", name=op.f("uq_document_symbol")),
    )
    op.create_index(op.f("ix_document_parent_id"), "document", ["parent_id"], unique=False)
    op.create_index("ix_document_matter_id_proposal_version", "document", ["matter_id", "proposal_version"], unique=False)
    op.create_index("ix_document_series_year", "document", ["series", "year"], unique=False)
    op.create_table(
        "document_stamp",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False, comment="requested, received, revised, distributed"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True, comment="null: it happened, nobody knows when"),
        sa.Column(
            "sha256", sa.LargeBinary(), nullable=True, comment="of the text in this language; null: not told with this step"
        ),
        sa.Column("hash_of", sa.String(), nullable=True, comment="file, paragraphs, version"),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_document_stamp_by_person")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_stamp_document_id")),
        sa.PrimaryKeyConstraint("document_id", "language", "step", name=op.f("pk_document_stamp")),
    )
    op.create_table(
        "document_correction",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1 is the first in this language"),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False, comment="of the text as corrected"),
        sa.Column("hash_of", sa.String(), nullable=False, comment="file, paragraphs"),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_document_correction_by_person")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_correction_document_id")),
        sa.PrimaryKeyConstraint("document_id", "language", "number", name=op.f("pk_document_correction")),
    )
    if _here():
        for table, rights in GRANTS.items():
            op.execute(f"GRANT {rights} ON {table} TO house_council")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        op.drop_table(table)
