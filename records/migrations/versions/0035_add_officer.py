"""Add delegations, holders of offices and who acts for them; the house's door adds and ends them, its flows read who acts."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TABLES = ("officer_end", "officer", "accreditation")
GRANTS = {
    "house_council": {"accreditation": "SELECT, INSERT", "officer": "SELECT, INSERT", "officer_end": "SELECT, INSERT"},
    "house_flows": {"officer": "SELECT", "officer_end": "SELECT"},
}


def _here() -> Iterator[tuple[str, dict[str, str]]]:
    """Only roles that may connect to this database: in the other one nobody gets anything."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    for role, tables in GRANTS.items():
        if op.get_bind().execute(may, {"role": role}).scalar_one():
            yield role, tables


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "accreditation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False, comment="ISO 3166-1, two letters"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False, comment="as the pack names it"),
        sa.Column("since_on", sa.Date(), nullable=False, comment="credentials presented"),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_accreditation_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accreditation")),
    )
    op.create_index(op.f("ix_accreditation_state"), "accreditation", ["state"], unique=False)
    op.create_table(
        "officer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(), nullable=False, comment="as the pack names it, or a body that decides"),
        sa.Column("standing", sa.String(), nullable=False, comment="holder, acting"),
        sa.Column("name", sa.String(), nullable=True, comment="null: not told"),
        sa.Column("person_id", sa.Uuid(), nullable=True, comment="if it is somebody of this house"),
        sa.Column("taker", sa.String(), nullable=True, comment="the office or body that acts; null: a person"),
        sa.Column("state", sa.String(), nullable=True, comment="that holds an office which goes round"),
        sa.Column("purposes", JSONB(), nullable=False, comment="signature, ladder, structure"),
        sa.Column("classes", JSONB(), nullable=False, comment="of operations on the structure"),
        sa.Column("scope", JSONB(), nullable=False, comment="units under which it holds; none: not limited"),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True, comment="the first day it holds no more; null: no end known"),
        sa.Column("instrument", sa.String(), nullable=True, comment="null: not told"),
        sa.Column("sets_order", sa.Boolean(), nullable=False, comment="the turn goes on from this state"),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_officer_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_officer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
    )
    op.create_index("ix_officer_office_since_on", "officer", ["office", "since_on"], unique=False)
    op.create_table(
        "officer_end",
        sa.Column("line_id", sa.Uuid(), nullable=False, comment="of accreditation or officer: each ends once"),
        sa.Column("on_day", sa.Date(), nullable=False, comment="the first day it holds no more"),
        sa.Column("revoked", sa.Boolean(), nullable=False, comment="taken back by who gave it"),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("by_person", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person"], ["person.id"], name=op.f("fk_officer_end_by_person")),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_officer_end")),
    )
    for role, tables in _here():
        for table, rights in tables.items():
            op.execute(f"GRANT {rights} ON {table} TO {role}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        op.drop_table(table)
