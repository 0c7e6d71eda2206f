"""Add what the office writes down about itself: entries on its independence, the words of each sealed to its readers, and outreach.

Words are never changed: a change is the next version of them. The reports' process reads kinds, days and numbers, and no words.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

OWNER, DESK, REPORTS = "amparo_owner", "ombuds_desk", "ombuds_reports"
ENTRY, WORDS, OUTREACH = "independence_entry", "sealed_office_text", "outreach_entry"
ME = "nullif(current_setting('amparo.person', true), '')::uuid"
GRANTS = {
    DESK: {ENTRY: "SELECT, INSERT, UPDATE", WORDS: "SELECT, INSERT, UPDATE", OUTREACH: "SELECT, INSERT, UPDATE, DELETE"},
    REPORTS: {ENTRY: "SELECT", OUTREACH: "SELECT"},
}


def _here() -> Iterator[str]:
    """Only roles that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return (role for role in GRANTS if op.get_bind().execute(may, {"role": role}).scalar_one())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _add_entries()
    _add_words()
    _add_outreach()
    for role in _here():
        for table, rights in GRANTS[role].items():
            op.execute(f"GRANT {rights} ON {table} TO {role}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in (OUTREACH, WORDS, ENTRY):
        op.drop_table(table)


def _add_entries() -> None:
    op.create_table(
        ENTRY,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="access_refused, budget, interference"),
        sa.Column("on_day", sa.Date(), nullable=False, comment="asked; for interference: it happened"),
        sa.Column("thing", sa.String(), nullable=True, comment="code of what access was asked to"),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True, comment="access was given after all; null: not until now"),
        sa.Column("currency", sa.String(), nullable=True, comment="ISO 4217"),
        sa.Column("asked_amount", sa.BigInteger(), nullable=True, comment="whole units of the currency, as the next"),
        sa.Column("given_amount", sa.BigInteger(), nullable=True, comment="null: not decided yet"),
        sa.Column("text_version", sa.Integer(), nullable=False, comment="which of its sealed words count; 0: none was written"),
        sa.Column("readers", JSONB(), nullable=False, comment="public keys that these words are sealed to, in hex"),
        sa.Column("written_by", sa.Uuid(), nullable=False, comment="who wrote it down, or changed it last"),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('access_refused', 'budget', 'interference')", name=op.f("ck_independence_entry_kind")),
        sa.CheckConstraint(
            "(kind = 'access_refused') = (thing IS NOT NULL AND refused_on IS NOT NULL)",
            name=op.f("ck_independence_entry_access"),
        ),
        sa.CheckConstraint(
            "kind = 'access_refused' OR (thing IS NULL AND refused_on IS NULL AND given_on IS NULL)",
            name=op.f("ck_independence_entry_no_access"),
        ),
        sa.CheckConstraint(
            "(kind = 'budget') = (currency IS NOT NULL AND asked_amount IS NOT NULL)", name=op.f("ck_independence_entry_budget")
        ),
        sa.CheckConstraint(
            "kind = 'budget' OR (currency IS NULL AND asked_amount IS NULL AND given_amount IS NULL)",
            name=op.f("ck_independence_entry_no_budget"),
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_independence_entry_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_independence_entry")),
    )
    op.create_index("ix_independence_entry_on_day", ENTRY, ["on_day"], unique=False)


def _add_words() -> None:
    op.create_table(
        WORDS,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Uuid(), nullable=False, comment="whose key opens it"),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], [f"{ENTRY}.id"], name=op.f("fk_sealed_office_text_entry_id")),
        sa.ForeignKeyConstraint(["reader"], ["person.id"], name=op.f("fk_sealed_office_text_reader")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_sealed_office_text_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_office_text")),
    )
    op.create_index("ix_sealed_office_text_reader", WORDS, ["reader"], unique=False)
    op.execute(f"ALTER TABLE {WORDS} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {WORDS} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {OWNER}_all ON {WORDS} TO {OWNER} USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY desk_own ON {WORDS} FOR SELECT TO {DESK} USING (reader = {ME})")
    op.execute(f"CREATE POLICY desk_write ON {WORDS} FOR INSERT TO {DESK} WITH CHECK (written_by = {ME})")
    op.execute(f"CREATE POLICY desk_key ON {WORDS} FOR UPDATE TO {DESK} USING (reader = {ME}) WITH CHECK (reader = {ME})")


def _add_outreach() -> None:
    op.create_table(
        OUTREACH,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False, comment="code of the pack, as the next two"),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True, comment="reached; null: nobody counted them"),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("people >= 0", name=op.f("ck_outreach_entry_people")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_outreach_entry_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_entry")),
    )
    op.create_index("ix_outreach_entry_on_day", OUTREACH, ["on_day"], unique=False)
