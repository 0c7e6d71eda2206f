"""Add meetings: their order of business, who was there, corrections of the record; the house's door may read and add them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLES = ("meeting_correction", "meeting_presence", "meeting_item", "meeting")
GRANTS = {
    "house_council": {
        "meeting": "SELECT, INSERT, UPDATE",
        "meeting_item": "SELECT, INSERT, UPDATE, DELETE",
        "meeting_presence": "SELECT, INSERT",
        "meeting_correction": "SELECT, INSERT",
    },
    "house_flows": {"meeting": "SELECT"},
}


def _here(role: str) -> bool:
    """Whether a role may connect to this database: in the other one it gets nothing."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return bool(op.get_bind().execute(may, {"role": role}).scalar_one())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _add_meeting()
    _add_items()
    _add_around()
    for role, tables in GRANTS.items():
        if _here(role):
            for table, rights in tables.items():
                op.execute(f"GRANT {rights} ON {table} TO {role}")


def _add_meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False, comment="as it is called for short: PC 2036/15"),
        sa.Column("body", sa.String(), nullable=False, comment="code of the pack"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False, comment="the year in which the number is unique; 0: for ever"),
        sa.Column("day", sa.Date(), nullable=False, comment="at the seat"),
        sa.Column("hour", sa.String(), nullable=True, comment="HH:MM at the seat"),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("sort", sa.String(), nullable=False, comment="regular, special, ... of the pack"),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("order_document", sa.String(), nullable=True, comment="symbol of the order of business that went round"),
        sa.Column("record_document", sa.String(), nullable=True, comment="symbol of the summary record that went round"),
        sa.Column("record_circulated_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True, comment="the later meeting that approved the record"),
        sa.Column("cancelled_on", sa.Date(), nullable=True, comment="a meeting that was called off gives its number back"),
        sa.Column("reason", sa.String(), nullable=True, comment="why it was last put off, or called off"),
        sa.ForeignKeyConstraint(["approved_by"], ["matter.id"], name=op.f("fk_meeting_approved_by")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_meeting_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_meeting")),
    )
    stands = sa.text("cancelled_on IS NULL")
    number = ["body", "number", "period"]
    op.create_index("uq_meeting_body_number_period", "meeting", number, unique=True, postgresql_where=stands)


def _add_items() -> None:
    op.create_table(
        "meeting_item",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="on its order of business, from 1; never given twice"),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("documents", JSONB(), nullable=False, comment="canonical symbols"),
        sa.Column("proposal", sa.Uuid(), nullable=True, comment="the matter that moves with what becomes of the item"),
        sa.Column("struck", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("disposition", sa.String(), nullable=True, comment="adopted, deferred, ...; null: not reached"),
        sa.Column(
            "method", sa.String(), nullable=True, comment="consensus, vote, ...; null: nothing was decided, or nobody knows how"
        ),
        sa.Column("decision", sa.Uuid(), nullable=True, comment="the vote or consensus by which it was decided"),
        sa.Column("source", sa.String(), nullable=True, comment="symbol of what tells of it, where it was not decided here"),
        sa.Column("instrument", sa.String(), nullable=True, comment="symbol of what was adopted"),
        sa.Column("operations", JSONB(), nullable=True, comment="ids of the operations adopted in part"),
        sa.Column("to_meeting", sa.Uuid(), nullable=True, comment="deferred to; null: not said"),
        sa.Column("instructions", sa.String(), nullable=True, comment="with which it was returned"),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_meeting_item_matter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["proposal"], ["matter.id"], name=op.f("fk_meeting_item_proposal")),
        sa.ForeignKeyConstraint(["to_meeting"], ["matter.id"], name=op.f("fk_meeting_item_to_meeting")),
        sa.PrimaryKeyConstraint("matter_id", "number", name=op.f("pk_meeting_item")),
    )
    op.create_index(op.f("ix_meeting_item_to_meeting"), "meeting_item", ["to_meeting"], unique=False)


def _add_around() -> None:
    op.create_table(
        "meeting_presence",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("accreditation", sa.Uuid(), nullable=True, comment="who represents it; null: not told"),
        sa.Column("at_opening", sa.Boolean(), nullable=False, comment="false: it came later"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_meeting_presence_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter_id", "state", name=op.f("pk_meeting_presence")),
    )
    op.create_table(
        "meeting_correction",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="from 1"),
        sa.Column("state", sa.String(), nullable=False, comment="that asked for it"),
        sa.Column("item", sa.Integer(), nullable=True, comment="of the order of business; null: the whole record"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_meeting_correction_by_person")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_meeting_correction_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter_id", "number", name=op.f("pk_meeting_correction")),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        op.drop_table(table)
