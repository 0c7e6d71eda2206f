"""Add the functions that destroy. They run as the owner of the tables and decide by themselves whether they may.

Whoever calls them can lie about nothing that matters: the day is compared with the office's own instant, the numbers are read
from the edition the matter is pinned to, and never fall below seven days (design.md section 5). So a process of `flows` in
wrong hands destroys nothing that was not announced, for everybody with a seat to see, seven swept days before.
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

LEAST = 7
"""Days between announcement and destruction that no pack can go below; also the longest gap between two swept days."""
TIE = "complaint.recommend"
"""What a recommendation is to its case: it goes when its case goes, never before and never after."""
FORGET = "withdraw_forget"
"""She asked to be forgotten: nothing is kept any longer than the announcement takes."""

HOW = "LANGUAGE sql STABLE SET search_path = public, pg_temp"
WRITES = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"

OFFICE_DAY = """
CREATE FUNCTION require_office_day(claimed date) RETURNS void LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  -- a day of leeway: the office's date is not that of Greenwich
  IF NOT EXISTS (SELECT FROM office_clock WHERE abs(claimed - (coalesce(instant, now()) AT TIME ZONE 'UTC')::date) <= 1) THEN
    RAISE EXCEPTION 'not the office day';
  END IF;
END $$;
"""
# every kind of every edition that keeps anything for a time; `notes`: how long words of such a kind live while it is open
RULES = f"""
CREATE FUNCTION retention_rules() RETURNS TABLE
  (edition varchar, kind varchar, keep interval, announce integer, swept integer, notes interval) {HOW} AS $$
  SELECT e.hash, k.key, make_interval(months => (r ->> 'keep_months')::int),
         greatest((r ->> 'announce_days')::int, {LEAST}), greatest((r ->> 'least_swept_days')::int, {LEAST}),
         CASE WHEN n ->> 'unit' = 'months' THEN make_interval(months => (n ->> 'count')::int)
              ELSE make_interval(days => (n ->> 'count')::int) END
    FROM edition e, jsonb_each(e.content::jsonb -> 'kinds') k,
         LATERAL (SELECT k.value -> 'retention' AS r, k.value #> '{{clocks,note_life}}' AS n) rule
   WHERE jsonb_typeof(r) = 'object'
$$;
"""
FAMILY = f"""
CREATE FUNCTION family_of(root uuid) RETURNS SETOF uuid {HOW} AS $$
  SELECT root UNION SELECT from_id FROM link WHERE to_id = root AND type = '{TIE}'
$$;
"""
# the last day anything happened in a matter and what grew out of it; null while any of them is under way
LAST_DAY = f"""
CREATE FUNCTION last_day_of(root uuid) RETURNS date {HOW} AS $$
  SELECT CASE WHEN bool_and(m.rested_on IS NOT NULL) THEN greatest(max(m.rested_on),
           (SELECT max(made_on) FROM sealed_text WHERE matter_id IN (SELECT family_of(root))),
           (SELECT max(made_on) FROM sealed_file WHERE whole AND matter_id IN (SELECT family_of(root)))) END
    FROM matter m WHERE m.id IN (SELECT family_of(root))
$$;
"""
HELD = f"""
CREATE FUNCTION is_held(root uuid, on_day date) RETURNS boolean {HOW} AS $$
  SELECT EXISTS (SELECT FROM hold WHERE matter_id IN (SELECT family_of(root)) AND on_day >= from_on AND on_day < until_on)
$$;
"""
# when a matter may go at the earliest, and for how many days that must have been announced
PLAN = f"""
CREATE FUNCTION shred_plan(root uuid, OUT last_day date, OUT earliest date, OUT announce integer, OUT swept integer) {HOW} AS $$
  SELECT d.day, CASE WHEN f.asked THEN d.day ELSE (d.day + r.keep)::date END,
         CASE WHEN f.asked THEN r.swept ELSE r.announce END, r.swept
    FROM matter m JOIN retention_rules() r ON (r.edition, r.kind) = (m.edition, m.kind),
         LATERAL (SELECT last_day_of(m.id) AS day) d,
         LATERAL (SELECT EXISTS (SELECT FROM event WHERE matter_id = m.id AND trigger = '{FORGET}') AS asked) f
   WHERE m.id = root
$$;
"""
SWEPT = f"""
CREATE FUNCTION swept_days_since(since date) RETURNS integer {HOW} AS $$
  SELECT count(*)::int FROM swept_day
   WHERE day > greatest(since, (SELECT max(day) FROM swept_day WHERE after_gap))
$$;
"""
BEGIN = f"""
CREATE FUNCTION begin_retention(today date) RETURNS boolean {WRITES} AS $$
DECLARE
  before date := (SELECT max(day) FROM swept_day WHERE day < today);
BEGIN
  PERFORM require_office_day(today);
  INSERT INTO swept_day (day, after_gap) VALUES (today, coalesce(today - before > {LEAST}, false)) ON CONFLICT DO NOTHING;
  RETURN (SELECT after_gap FROM swept_day WHERE day = today);
END $$;
"""
ANNOUNCE = f"""
CREATE FUNCTION announce_shreds(today date, OUT announced integer, OUT withdrawn integer) {WRITES} AS $$
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
    SELECT id, day, CASE WHEN asked THEN day ELSE (day + keep)::date END AS earliest,
           CASE WHEN asked THEN swept ELSE announce END AS days
      FROM resting, LATERAL (SELECT last_day_of(id) AS day) d)
  INSERT INTO shred_announcement (matter_id, rested_on, announced_on, due_on)
  SELECT id, day, today, greatest(earliest, today + days) FROM ripe WHERE earliest - days <= today;
  GET DIAGNOSTICS announced = ROW_COUNT;
END $$;
"""
SHRED = f"""
CREATE FUNCTION may_shred(asked uuid, today date) RETURNS varchar LANGUAGE plpgsql STABLE
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
    WHEN swept_days_since(told.announced_on) >= plan.swept THEN 'destroyed'
    WHEN EXISTS (SELECT FROM swept_day WHERE after_gap AND day > told.announced_on) THEN 'clock_jumped'
    ELSE 'too_few_swept_days' END;
END $$;
CREATE FUNCTION shred(asked uuid, today date,
                      OUT outcome varchar, OUT certificate uuid, OUT matters integer, OUT texts integer, OUT files integer) {WRITES} AS $$
DECLARE
  kin uuid[];
BEGIN
  PERFORM require_office_day(today);
  kin := ARRAY(SELECT family_of(asked));
  PERFORM 1 FROM matter WHERE id = ANY (kin) ORDER BY id FOR UPDATE;
  outcome := CASE WHEN kin <@ ARRAY(SELECT family_of(asked)) AND kin @> ARRAY(SELECT family_of(asked))
                  THEN may_shred(asked, today) ELSE 'not_at_rest' END;
  matters := 0; texts := 0; files := 0;
  IF outcome <> 'destroyed' THEN
    RETURN;
  END IF;
  certificate := attest_shred(asked, kin, today);
  UPDATE ledger_entry SET body = NULL, salt = NULL, matter_id = NULL WHERE matter_id = ANY (kin);
  UPDATE complaint SET came_from = NULL WHERE came_from = ANY (kin);
  DELETE FROM recommendation WHERE matter_id = ANY (kin);  -- points to a consent
  DELETE FROM consent WHERE matter_id = ANY (kin);  -- points to a text
  DELETE FROM sealed_text WHERE matter_id = ANY (kin);
  GET DIAGNOSTICS texts = ROW_COUNT;
  DELETE FROM sealed_file WHERE matter_id = ANY (kin);
  GET DIAGNOSTICS files = ROW_COUNT;
  DELETE FROM matter WHERE id = ANY (kin);  -- all the rest hangs on it
  GET DIAGNOSTICS matters = ROW_COUNT;
END $$;
"""
# a kind that keeps nothing leaves the tally of its end and no certificate: that would be a record of her
ATTEST = """
CREATE FUNCTION attest_shred(root uuid, kin uuid[], today date) RETURNS uuid LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE
  made uuid;
BEGIN
  INSERT INTO certificate (id, kind, rule, edition, destroyed_on)
  SELECT gen_random_uuid(), m.kind, m.kind || '.retention', m.edition, today
    FROM matter m JOIN retention_rules() r ON (r.edition, r.kind) = (m.edition, m.kind)
   WHERE m.id = root AND r.keep > interval '0'
  RETURNING id INTO made;
  INSERT INTO tally (month, kind, outcome, count)
  SELECT date_trunc('month', m.rested_on)::date, m.kind, m.state, count(*)
    FROM matter m JOIN retention_rules() r ON (r.edition, r.kind) = (m.edition, m.kind)
   WHERE m.id = ANY (kin) AND r.keep > interval '0' GROUP BY 1, 2, 3
  ON CONFLICT (month, kind, outcome) DO UPDATE SET count = tally.count + excluded.count;
  RETURN made;
END $$;
"""
# after a jump of the clock nothing is old until seven days were swept; what she came with stays while it is open
PURGE = f"""
CREATE FUNCTION purge_notes(today date, OUT texts integer, OUT files integer) {WRITES} AS $$
DECLARE
  lives uuid[]; befores date[];
BEGIN
  PERFORM require_office_day(today);
  texts := 0; files := 0;
  IF EXISTS (SELECT FROM swept_day WHERE after_gap) AND swept_days_since('-infinity') < {LEAST}
     OR NOT EXISTS (SELECT FROM swept_day WHERE day = today) THEN
    RETURN;
  END IF;
  WITH rules AS MATERIALIZED (SELECT * FROM retention_rules() WHERE notes IS NOT NULL)
  SELECT array_agg(m.id), array_agg((today - r.notes)::date) INTO lives, befores
    FROM matter m JOIN rules r ON (r.edition, r.kind) = (m.edition, m.kind) WHERE NOT is_held(m.id, today);
  DELETE FROM sealed_text t USING unnest(lives, befores) AS old (id, day)
   WHERE t.matter_id = old.id AND t.made_on < old.day AND t.slot IN ('message', 'note', 'draft')
     AND NOT EXISTS (SELECT FROM consent WHERE text_id = t.id);
  GET DIAGNOSTICS texts = ROW_COUNT;
  DELETE FROM sealed_file f USING unnest(lives, befores) AS old (id, day) WHERE f.matter_id = old.id AND f.made_on < old.day;
  GET DIAGNOSTICS files = ROW_COUNT;
END $$;
"""
# litter of the doors, by the world's clock: uploads that broke off, answers kept for a repeated request
CUT_OFF = f"""
CREATE FUNCTION drop_cut_off(OUT files integer, OUT answers integer) {WRITES} AS $$
BEGIN
  DELETE FROM sealed_file WHERE NOT whole AND arrived_at < now() - interval '1 hour';
  GET DIAGNOSTICS files = ROW_COUNT;
  DELETE FROM idempotency WHERE made_at < now() - interval '1 hour';
  GET DIAGNOSTICS answers = ROW_COUNT;
END $$;
"""
FUNCTIONS = {
    "require_office_day(date)": OFFICE_DAY,
    "retention_rules()": RULES,
    "family_of(uuid)": FAMILY,
    "last_day_of(uuid)": LAST_DAY,
    "is_held(uuid, date)": HELD,
    "shred_plan(uuid)": PLAN,
    "swept_days_since(date)": SWEPT,
    "attest_shred(uuid, uuid[], date)": ATTEST,
    "begin_retention(date)": BEGIN,
    "announce_shreds(date)": ANNOUNCE,
    "may_shred(uuid, date)": "",
    "shred(uuid, date)": SHRED,
    "purge_notes(date)": PURGE,
    "drop_cut_off()": CUT_OFF,
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for body in filter(None, FUNCTIONS.values()):
        op.execute(body)
    for name in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {name}")
