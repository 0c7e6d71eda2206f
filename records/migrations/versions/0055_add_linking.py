"""Add that two matters are about the same person or the same facts: seen by who has a seat in both, and by nobody else.

A tie of `link` is seen by who has a seat in either, because it says what a matter grew out of. This must not: whoever has a seat
in one matter alone would learn that there is another.
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

OWNER, DESK = "amparo_owner", "ombuds_desk"
TABLE = "linking"
BOTH = "is_seated(first_id) AND is_seated(second_id)"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False, comment="the lower of the two ids"),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False, comment="code: the same person, the same facts"),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("removed_by", sa.Uuid(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_linking_order")),
        sa.CheckConstraint("(removed_by IS NULL) = (removed_on IS NULL)", name=op.f("ck_linking_removed")),
        sa.ForeignKeyConstraint(["first_id"], ["matter.id"], name=op.f("fk_linking_first_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["second_id"], ["matter.id"], name=op.f("fk_linking_second_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_linking_made_by")),
        sa.ForeignKeyConstraint(["removed_by"], ["person.id"], name=op.f("fk_linking_removed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linking")),
    )
    op.create_index("ix_linking_second_id", TABLE, ["second_id"])
    live = sa.text("removed_on IS NULL")
    op.create_index("uq_linking_live", TABLE, ["first_id", "second_id", "reason"], unique=True, postgresql_where=live)
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {OWNER}_all ON {TABLE} TO {OWNER} USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY desk_seated_in_both ON {TABLE} TO {DESK} USING ({BOTH}) WITH CHECK ({BOTH})")
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    if op.get_bind().execute(may, {"role": DESK}).scalar_one():
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {TABLE} TO {DESK}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table(TABLE)
