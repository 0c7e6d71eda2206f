"""Constrain shred to clocks: nothing is destroyed while a clock of it runs.

The clocks that outlive a matter's end are promises: that she can still tell us with the same words, that what she told is
answered. The day that is announced lies after their due days, and a duty that is late holds destruction up until it is done.
"""

from alembic import context, op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

FORGET = "withdraw_forget"
TIE = "complaint.recommend"
HOW = "LANGUAGE sql STABLE SET search_path = public, pg_temp"
WRITES = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"

# the day after the last running clock of a matter and what grew out of it is due; null where none runs
RUNS_UNTIL = f"""
CREATE FUNCTION runs_until(root uuid) RETURNS date {HOW} AS $$
  SELECT max(due_on) + 1 FROM clock WHERE status = 'running' AND matter_id IN (SELECT family_of(root))
$$;
"""
PLAN = f"""
CREATE OR REPLACE FUNCTION shred_plan(root uuid, OUT last_day date, OUT earliest date, OUT announce integer, OUT swept integer)
  {HOW} AS $$
  SELECT d.day, greatest(CASE WHEN f.asked THEN d.day ELSE (d.day + r.keep)::date END, runs_until(m.id)),
         CASE WHEN f.asked THEN r.swept ELSE r.announce END, r.swept
    FROM matter m JOIN retention_rules() r ON (r.edition, r.kind) = (m.edition, m.kind),
         LATERAL (SELECT last_day_of(m.id) AS day) d,
         LATERAL (SELECT EXISTS (SELECT FROM event WHERE matter_id = m.id AND trigger = '{FORGET}') AS asked) f
   WHERE m.id = root
$$;
"""
ANNOUNCE = f"""
CREATE OR REPLACE FUNCTION announce_shreds(today date, OUT announced integer, OUT withdrawn integer) {WRITES} AS $$
BEGIN
  PERFORM require_office_day(today);
  DELETE FROM shred_announcement a WHERE a.rested_on IS DISTINCT FROM last_day_of(a.matter_id);
  GET DIAGNOSTICS withdrawn = ROW_COUNT;
  WITH rules AS MATERIALIZED (SELECT * FROM retention_rules()),
  resting AS MATERIALIZED (
    SELECT m.id, r.keep, r.announce, r.swept,
           EXISTS (SELECT FROM event WHERE matter_id = m.id AND trigger = '{FORGET}') AS asked
      FROM matter m JOIN rules r ON (r.edition, r.kind) = (m.edition, m.kind)
     WHERE m.rested_on IS NOT NULL
       AND NOT EXISTS (SELECT FROM shred_announcement WHERE matter_id = m.id)
       AND NOT EXISTS (SELECT FROM link WHERE from_id = m.id AND type = '{TIE}')
       AND (m.rested_on + r.keep - make_interval(days => r.announce) <= today
            OR EXISTS (SELECT FROM event WHERE matter_id = m.id AND trigger = '{FORGET}'))),
  ripe AS (
    SELECT id, day, greatest(CASE WHEN asked THEN day ELSE (day + keep)::date END, runs_until(id)) AS earliest,
           CASE WHEN asked THEN swept ELSE announce END AS days
      FROM resting, LATERAL (SELECT last_day_of(id) AS day) d WHERE day IS NOT NULL)
  INSERT INTO shred_announcement (matter_id, rested_on, announced_on, due_on)
  SELECT id, day, today, greatest(earliest, today + days) FROM ripe WHERE earliest - days <= today;
  GET DIAGNOSTICS announced = ROW_COUNT;
END $$;
"""
MAY = """
CREATE OR REPLACE FUNCTION may_shred(asked uuid, today date) RETURNS varchar LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp AS $$
DECLARE
  told shred_announcement;
  plan record;
BEGIN
  SELECT * INTO told FROM shred_announcement WHERE matter_id = asked;
  SELECT * INTO plan FROM shred_plan(asked);
  RETURN CASE
    WHEN told.matter_id IS NULL THEN 'not_announced'
    WHEN plan.last_day IS NULL THEN 'not_at_rest'
    WHEN plan.last_day <> told.rested_on THEN 'late_content'
    WHEN is_held(asked, today) THEN 'held'
    WHEN NOT EXISTS (SELECT FROM swept_day WHERE day = today) THEN 'not_swept_today'
    WHEN today < greatest(told.due_on, plan.earliest, told.announced_on + plan.announce) THEN 'too_early'
    WHEN runs_until(asked) IS NOT NULL THEN 'clock_runs'
    WHEN swept_days_since(told.announced_on) >= plan.swept THEN 'destroyed'
    WHEN EXISTS (SELECT FROM swept_day WHERE after_gap AND day > told.announced_on) THEN 'clock_jumped'
    ELSE 'too_few_swept_days' END;
END $$;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for body in (RUNS_UNTIL, PLAN, ANNOUNCE, MAY):
        op.execute(body)
    op.execute("REVOKE ALL ON FUNCTION runs_until(uuid) FROM PUBLIC")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    before = context.script.get_revision("0019").module
    may = before.SHRED.partition("CREATE FUNCTION shred(")[0]
    for body in (before.PLAN, before.ANNOUNCE, may):
        op.execute(body.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    op.execute("DROP FUNCTION runs_until(uuid)")
