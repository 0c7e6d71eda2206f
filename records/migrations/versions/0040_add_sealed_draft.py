"""Add drafts: what somebody at the desk typed and did not send, sealed to their own key, and seen by nobody else.

A draft goes with its author's seat: whichever way that is taken, the database itself deletes it. And it goes with its matter.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

TABLE = "sealed_draft"
DESK = "ombuds_desk"
OWN = "person_id = nullif(current_setting('amparo.person', true), '')::uuid AND matter_id IN (SELECT seated())"
GOES_WITH_SEAT = """
CREATE FUNCTION drop_drafts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM sealed_draft WHERE matter_id = OLD.matter_id AND person_id = OLD.person_id;
  RETURN NULL;
END $$;
CREATE TRIGGER drop_drafts AFTER UPDATE OF until_at ON seat FOR EACH ROW
  WHEN (OLD.person_id IS NOT NULL AND NEW.until_at IS NOT NULL) EXECUTE FUNCTION drop_drafts();
"""


def _is_here() -> bool:
    """Only a role that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return bool(op.get_bind().execute(may, {"role": DESK}).scalar_one())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False, comment="who typed it; sealed to their own key"),
        sa.Column("form", sa.String(), nullable=False, comment="which form of the page it is of"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False, comment="a day, never an hour"),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_sealed_draft_matter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sealed_draft_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_draft")),
        sa.UniqueConstraint("matter_id", "person_id", "form", name=op.f("uq_sealed_draft_matter_id_person_id_form")),
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY amparo_owner_all ON {TABLE} TO amparo_owner USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY desk_own ON {TABLE} TO {DESK} USING ({OWN}) WITH CHECK ({OWN})")
    op.execute(GOES_WITH_SEAT)
    op.execute("REVOKE ALL ON FUNCTION drop_drafts() FROM PUBLIC")
    if _is_here():
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {TABLE} TO {DESK}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP TRIGGER drop_drafts ON seat")
    op.execute("DROP FUNCTION drop_drafts()")
    op.drop_table(TABLE)
