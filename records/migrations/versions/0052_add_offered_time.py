"""Add times to talk that the office offers: a door of the intake sees those that are free, and may take one or give it back.

It can do no more than that: a stolen door moves nobody to another room. By whom a time was taken stands sealed in her case. What
is past goes after some days, at least one; the database judges by the office's own instant.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

TABLE = "offered_time"
INTAKE, DESK, FLOWS = "ombuds_intake", "ombuds_desk", "ombuds_flows"
OWNER = "amparo_owner"
TAKE, GIVE, PURGE = "take_time(uuid)", "give_time_back(uuid)", "purge_times(date, integer)"
LEAST_DAYS = 1

TAKES = """
CREATE FUNCTION take_time(asked uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE offered_time SET taken = true
   WHERE id = asked AND NOT taken AND begins_at > (SELECT coalesce(instant, now()) FROM office_clock);
  RETURN FOUND;
END $$;
"""
GIVES = """
CREATE FUNCTION give_time_back(asked uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE offered_time SET taken = false WHERE id = asked;
$$;
"""
PURGES = f"""
CREATE FUNCTION purge_times(today date, days integer) RETURNS integer LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone integer;
BEGIN
  PERFORM require_office_day(today);
  DELETE FROM offered_time WHERE begins_at < today - greatest(days, {LEAST_DAYS});
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
"""


def _here(roles: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Only roles that may connect to this database, each with what it is granted."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    for role, granted in roles.items():
        if op.get_bind().execute(may, {"role": role}).scalar_one():
            yield from ((role, grant) for grant in granted)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offered_by", sa.Uuid(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False, comment="office time"),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False, comment="room, telephone"),
        sa.Column("place", sa.String(), nullable=False, comment="the room, or the number she can call"),
        sa.Column("taken", sa.Boolean(), server_default="false", nullable=False, comment="by whom is sealed in that case"),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_offered_time_minutes")),
        sa.ForeignKeyConstraint(["offered_by"], ["person.id"], name=op.f("fk_offered_time_offered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offered_time")),
    )
    op.create_index("ix_offered_time_begins_at", TABLE, ["begins_at"], unique=False)
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {OWNER}_all ON {TABLE} TO {OWNER} USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY intake_free ON {TABLE} FOR SELECT TO {INTAKE} USING (NOT taken)")
    op.execute(f"CREATE POLICY desk_all ON {TABLE} TO {DESK} USING (true) WITH CHECK (NOT taken)")
    for body in (TAKES, GIVES, PURGES):
        op.execute(body)
    for call in (TAKE, GIVE, PURGE):
        op.execute(f"REVOKE ALL ON FUNCTION {call} FROM PUBLIC")
    granted = {
        INTAKE: (f"SELECT ON {TABLE}", f"EXECUTE ON FUNCTION {TAKE}", f"EXECUTE ON FUNCTION {GIVE}"),
        DESK: (f"SELECT, INSERT, DELETE ON {TABLE}", f"EXECUTE ON FUNCTION {TAKE}"),
        FLOWS: (f"EXECUTE ON FUNCTION {PURGE}",),
    }
    for role, grant in _here(granted):
        op.execute(f"GRANT {grant} TO {role}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for call in (PURGE, GIVE, TAKE):
        op.execute(f"DROP FUNCTION {call}")
    op.drop_table(TABLE)
