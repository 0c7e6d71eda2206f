"""Add the register of operative paragraphs, for the council's door alone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

DOOR = "house_council"
GRANTS = {"register_text": "SELECT, INSERT, UPDATE", "register_step": "SELECT, INSERT"}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _add_texts()
    _add_steps()
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    if op.get_bind().execute(may, {"role": DOOR}).scalar_one():
        for table, rights in GRANTS.items():
            op.execute(f"GRANT {rights} ON {table} TO {DOOR}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("register_step")
    op.drop_table("register_text")


def _add_texts() -> None:
    op.create_table(
        "register_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False, comment="canonical citation of the instrument"),
        sa.Column("body", sa.String(), nullable=False, comment="the body that adopted it"),
        sa.Column("adopted_on", sa.Date(), nullable=True, comment="null: unknown"),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False, comment="as it was pasted"),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of it in UTF-8"),
        sa.Column("edition", sa.String(), nullable=False, comment="the rules and words it was read by"),
        sa.Column("extract", JSONB(), nullable=False, comment="what was read of it: places, verbs, addressees, times"),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False, comment="the office's day"),
        sa.Column("version", sa.Integer(), nullable=False, comment="counts what was done about it"),
        sa.Column("withdrawn_on", sa.Date(), nullable=True, comment="null: it stands"),
        sa.ForeignKeyConstraint(["edition"], ["edition.hash"], name=op.f("fk_register_text_edition")),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_register_text_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_text")),
    )
    standing = sa.text("withdrawn_on IS NULL")
    op.create_index("uq_register_text_symbol", "register_text", ["symbol"], unique=True, postgresql_where=standing)


def _add_steps() -> None:
    op.create_table(
        "register_step",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True, comment="its place in the text, from 1; null: the whole text"),
        sa.Column("what", sa.String(), nullable=False, comment="decided, weighed, channelled, made_mandate, withdrawn"),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("criteria", JSONB(), nullable=True, comment="criterion -> number or word, as somebody told it"),
        sa.Column("body", sa.String(), nullable=True, comment="the committee it is with from `since` on"),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("mandate_id", sa.Uuid(), nullable=True, comment="the matter that it became"),
        sa.Column("authority", sa.String(), nullable=True, comment="the document by which"),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False, comment="the office's day"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["register_text.id"], name=op.f("fk_register_step_text_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["matter.id"], name=op.f("fk_register_step_mandate_id")),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_register_step_by_person")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_register_step")),
        sa.UniqueConstraint("mandate_id", name=op.f("uq_register_step_mandate_id")),
    )
    op.create_index(op.f("ix_register_step_text_id"), "register_step", ["text_id"], unique=False)
    became = sa.text("what = 'made_mandate'")
    op.create_index("uq_register_step_mandate", "register_step", ["text_id", "paragraph"], unique=True, postgresql_where=became)
