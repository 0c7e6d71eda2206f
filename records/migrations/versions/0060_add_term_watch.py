"""Add ends of a time in office: who was told on which day, whether it is done, and when they were looked for. No number."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

DESK, FLOWS = "ombuds_desk", "ombuds_flows"
WATCH, LOOK = "term_watch", "term_look"
GRANTS = {
    DESK: (f"SELECT ON {WATCH}",),
    FLOWS: (f"SELECT, INSERT, UPDATE, DELETE ON {WATCH}", f"SELECT, INSERT, UPDATE ON {LOOK}"),
}


def _here() -> Iterator[str]:
    """What is granted to the roles that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    for role, granted in GRANTS.items():
        if op.get_bind().execute(may, {"role": role}).scalar_one():
            yield from (f"GRANT {grant} TO {role}" for grant in granted)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        WATCH,
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False, comment="last day in office"),
        sa.Column("first_on", sa.Date(), nullable=False, comment="the day the list of what is open was there"),
        sa.Column("again_on", sa.Date(), nullable=True, comment="the day the overseer heard of it"),
        sa.Column("done", sa.Boolean(), nullable=False, comment="nothing is left that needs this person"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_term_watch_person_id")),
        sa.PrimaryKeyConstraint("person_id", "last_on", name=op.f("pk_term_watch")),
    )
    op.create_table(
        LOOK,
        sa.Column("day", sa.Date(), nullable=False, comment="office day on which ends were looked for"),
        sa.Column("roster", sa.LargeBinary(), nullable=False, comment="hash of all appointments at that look"),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_term_look")),
    )
    for granted in _here():
        op.execute(granted)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table(LOOK)
    op.drop_table(WATCH)
