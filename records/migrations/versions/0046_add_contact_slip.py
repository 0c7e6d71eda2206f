"""Add contact slips, seen at the desk by their writer alone; `flows` may run what makes counts of the old ones, and sees none.

How long a slip is kept is read from the edition it was written under, and the day is compared with the office's own instant: a
process of `flows` in wrong hands makes no slip disappear before its time. It counts each of them once: what is deleted and what
is counted is one statement. Going down, slips become counts too: a person who talked to the office is not uncounted.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TABLE = "contact_slip"
OWNER, DESK, FLOWS, REPORTS = "amparo_owner", "ombuds_desk", "ombuds_flows", "ombuds_reports"
MINE = "written_by = nullif(current_setting('amparo.person', true), '')::uuid"
RUNS = "purge_contacts(date)"
LEAST = 7
"""Swept days after a jump of the clock before anything is old: as of 0019."""

# by the month: that somebody came, as of consultations. By the year: what they came with, each by itself and never together.
# What is counted in the annex leaves no more than its number.
COUNTED = """
CREATE FUNCTION count_contacts(until date) RETURNS integer LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  slips integer;
BEGIN
  WITH rules AS MATERIALIZED (
    SELECT hash, (content::jsonb #>> '{contacts,slips,days}')::int AS days FROM edition
     WHERE hash IN (SELECT edition FROM contact_slip)),
  gone AS (
    DELETE FROM contact_slip s USING rules r
     WHERE r.hash = s.edition AND (s.month + interval '1 month')::date - 1 + r.days < until
    RETURNING s.*),
  told (month, kind, outcome) AS (
    SELECT month, CASE WHEN apart THEN 'contact.apart.began' ELSE 'contact.began' END, 'began' FROM gone
    UNION ALL SELECT month, CASE WHEN apart THEN 'contact.apart.ended' ELSE 'contact.ended' END, 'talked' FROM gone
    UNION ALL
    SELECT date_trunc('year', month)::date, 'contact.' || one.name, one.code FROM gone, LATERAL (
      VALUES ('channel', channel), ('region', coalesce(region, 'unknown'))
      UNION ALL SELECT 'issue', jsonb_array_elements_text(issues)
      UNION ALL SELECT 'done', jsonb_array_elements_text(done)) one (name, code)
     WHERE NOT apart),
  kept AS (
    INSERT INTO tally (month, kind, outcome, count)
    SELECT month, kind, outcome, count(*) FROM told GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (month, kind, outcome) DO UPDATE SET count = tally.count + excluded.count)
  SELECT count(*) INTO slips FROM gone;
  RETURN slips;
END $$;
"""
PURGE = f"""
CREATE FUNCTION purge_contacts(today date) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM require_office_day(today);
  IF EXISTS (SELECT FROM swept_day WHERE after_gap) AND swept_days_since('-infinity') < {LEAST}
     OR NOT EXISTS (SELECT FROM swept_day WHERE day = today) THEN
    RETURN 0;
  END IF;
  RETURN count_contacts(today);
END $$;
"""


def _here() -> Iterator[str]:
    """Only roles that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return (role for role in (DESK, FLOWS, REPORTS) if op.get_bind().execute(may, {"role": role}).scalar_one())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False, comment="the only one at the desk who sees it"),
        sa.Column("edition", sa.String(), nullable=False, comment="its rules: for how long it is kept"),
        sa.Column("month", sa.Date(), nullable=False, comment="first day of the month; never a day"),
        sa.Column("channel", sa.String(), nullable=False, comment="code of the pack, as all that follow"),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("personnel", sa.String(), nullable=True, comment="null: not told"),
        sa.Column("region", sa.String(), nullable=True, comment="null: not told"),
        sa.Column("issues", JSONB(), nullable=False, comment="sub-codes of policies/reference/ioa.toml"),
        sa.Column("done", JSONB(), nullable=False),
        sa.Column("route", sa.String(), nullable=True, comment="where she was referred to"),
        sa.Column(
            "apart",
            sa.Boolean(),
            nullable=False,
            comment="counted in the annex: written by who holds that, and not the office's head",
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("extract(day FROM month) = 1", name=op.f("ck_contact_slip_month")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_contact_slip_written_by")),
        sa.ForeignKeyConstraint(["edition"], ["edition.hash"], name=op.f("fk_contact_slip_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_slip")),
    )
    op.create_index("ix_contact_slip_month", TABLE, ["month"], unique=False)
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {OWNER}_all ON {TABLE} TO {OWNER} USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY desk_own ON {TABLE} TO {DESK} USING ({MINE}) WITH CHECK ({MINE})")
    op.execute(f"CREATE POLICY reports_all ON {TABLE} FOR SELECT TO {REPORTS} USING (true)")
    for body in (COUNTED, PURGE):
        op.execute(body)
    for call in ("count_contacts(date)", RUNS):
        op.execute(f"REVOKE ALL ON FUNCTION {call} FROM PUBLIC")
    granted = {
        DESK: f"SELECT, INSERT, UPDATE, DELETE ON {TABLE}",
        FLOWS: f"EXECUTE ON FUNCTION {RUNS}",
        REPORTS: f"SELECT ON {TABLE}",
    }
    for role in _here():
        op.execute(f"GRANT {granted[role]} TO {role}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("SELECT count_contacts('infinity')")
    for call in (RUNS, "count_contacts(date)"):
        op.execute(f"DROP FUNCTION {call}")
    op.drop_table(TABLE)
