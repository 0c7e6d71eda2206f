"""Add how bodies decide: votes, consensus and silence, statements, amendments, advice; and what a decision rests on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

DOOR = "house_council"
GRANTS = {
    "deciding": "SELECT, INSERT, UPDATE",
    "ballot": "SELECT, INSERT",
    "statement": "SELECT, INSERT",
    "amendment": "SELECT, INSERT, UPDATE",
    "advice": "SELECT, INSERT",
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _add_deciding()
    _add_what_hangs_on_it()
    _add_texts()
    op.add_column("decision", sa.Column("deciding_id", sa.Uuid(), comment="how it was taken; null: told by a source"))
    kind = "as the pack's waits call it, such as treaty; null: not told"
    op.add_column("proposal", sa.Column("text_kind", sa.String(), comment=kind))
    op.add_column("decision", sa.Column("source", sa.String(), comment="of a decision not taken here; null: not told"))
    op.create_foreign_key(op.f("fk_decision_deciding_id"), "decision", "deciding", ["deciding_id"], ["id"])
    if _is_here():
        for table, rights in GRANTS.items():
            op.execute(f"GRANT {rights} ON {table} TO {DOOR}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint(op.f("fk_decision_deciding_id"), "decision", type_="foreignkey")
    op.drop_column("decision", "source")
    op.drop_column("proposal", "text_kind")
    op.drop_column("decision", "deciding_id")
    for table in reversed(GRANTS):
        op.drop_table(table)


def _add_deciding() -> None:
    op.create_table(
        "deciding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of its matter, from 1"),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False, comment="roll_call, secret_ballot, consensus, acclamation, silence"),
        sa.Column("rule", sa.String(), comment="by which a vote is counted; null: nothing is counted"),
        sa.Column("asks", sa.String(), nullable=False, comment="adoption, reconsideration, or the wait it would lift"),
        sa.Column("version", sa.Integer(), comment="the version it is about; null: no text is held here"),
        sa.Column("edition", sa.String(), nullable=False, comment="of the pack whose rules it follows"),
        sa.Column("day", sa.Date(), nullable=False, comment="of the snapshot of members"),
        sa.Column("members", JSONB(), nullable=False),
        sa.Column("suspended", JSONB(), nullable=False),
        sa.Column("parties", JSONB(), nullable=False),
        sa.Column("present", JSONB(), comment="who is there; null: nobody called the roll"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), comment="of a silence"),
        sa.Column("closed_at", sa.DateTime(timezone=True), comment="null: it is open, or a silence, which ends by itself"),
        sa.Column("tally", JSONB(), comment="the numbers of a vote that is over"),
        sa.Column("adopted", sa.Boolean(), comment="null: open, void, or a silence, which is read off at an instant"),
        sa.Column("voided_at", sa.DateTime(timezone=True), comment="null: it counts"),
        sa.Column("void_reason", sa.String()),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_deciding_by_person")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_deciding_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deciding")),
        sa.UniqueConstraint("matter_id", "number", name=op.f("uq_deciding_matter_id_number")),
    )


def _add_what_hangs_on_it() -> None:
    paper = "null: a paper, which nobody reads before the vote closes and nobody ties to a state"
    op.create_table(
        "ballot",
        sa.Column("deciding_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), comment=paper),
        sa.Column("at", sa.DateTime(timezone=True), comment="null: a paper"),
        sa.ForeignKeyConstraint(["deciding_id"], ["deciding.id"], name=op.f("fk_ballot_deciding_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("deciding_id", "state", name=op.f("pk_ballot")),
    )
    kinds = "reservation, footnote, explanation_of_vote, objection"
    op.create_table(
        "statement",
        sa.Column("deciding_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment=kinds),
        sa.Column("number", sa.Integer(), nullable=False, comment="of its kind, from 1"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("paragraph", sa.String(), comment="key in the version decided on; null: the whole"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_statement_by_person")),
        sa.ForeignKeyConstraint(["deciding_id"], ["deciding.id"], name=op.f("fk_statement_deciding_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("deciding_id", "kind", "number", name=op.f("pk_statement")),
    )


def _add_texts() -> None:
    op.create_table(
        "amendment",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="the version it would change"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("by_state", sa.String(), nullable=False),
        sa.Column("edits", JSONB(), nullable=False, comment="change, paragraph and words by language"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("carried_into", sa.Integer(), comment="the version it led to; null: not carried out"),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_amendment_by_person")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_amendment_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter_id", "version", "name", name=op.f("pk_amendment")),
    )
    op.create_table(
        "advice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), comment="the version advised on; null: no text is held here"),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("parts", JSONB(), nullable=False, comment="verdict by paragraph or operation, where it differs"),
        sa.Column("document", sa.String(), comment="where it is written"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_advice_by_person")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_advice_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
    )
    op.create_index(op.f("ix_advice_matter_id"), "advice", ["matter_id"], unique=False)


def _is_here() -> bool:
    """Whether this is the database of the council's door."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return bool(op.get_bind().execute(may, {"role": DOOR}).scalar_one())
