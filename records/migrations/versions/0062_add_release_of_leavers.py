"""Add `release_leavers`: seats, sessions and keys go on the day somebody holds no office at the desk any more.

The process that calls it can hurry nobody out: the function reads appointments itself, an office is one of the desk if any edition
ever said so, and the day is the office's own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

FLOWS = "ombuds_flows"
CALL = "release_leavers(date)"
# `comes_back`: an appointment begins later: the key stays, the seats go. A key by which others count stays as well: nothing is
# sealed to it, because whoever has no seat and no office is looked for by nobody.
RELEASES = """
CREATE FUNCTION release_leavers(today date) RETURNS TABLE (person uuid, seats integer, until_on date) LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone record;
  held uuid[];
  at timestamptz := (SELECT coalesce(instant, now()) FROM office_clock);
BEGIN
  PERFORM require_office_day(today);
  FOR gone IN
    SELECT a.person_id AS id, max(a.until_on) FILTER (WHERE a.until_on <= today) AS left_on,
           bool_or(a.from_on > today) AS comes_back
      FROM appointment a
     WHERE a.role IN (SELECT r.key FROM edition e, jsonb_each(e.content::jsonb #> '{house,roles}') r
                       WHERE r.value ->> 'door' = 'desk')
     GROUP BY a.person_id
    HAVING bool_or(a.until_on <= today)
       AND NOT bool_or(a.from_on <= today AND (a.until_on IS NULL OR a.until_on > today))
  LOOP
    held := ARRAY(SELECT DISTINCT s.matter_id FROM seat s WHERE s.person_id = gone.id AND s.until_at IS NULL);
    CONTINUE WHEN cardinality(held) = 0
              AND (gone.comes_back OR NOT EXISTS (SELECT FROM staff_key k WHERE k.person_id = gone.id));
    PERFORM FROM matter m WHERE m.id = ANY (held) ORDER BY m.id FOR UPDATE;
    LOCK TABLE signed_key IN ACCESS EXCLUSIVE MODE;  -- nobody is on the way of sealing anything to this person
    held := ARRAY(SELECT DISTINCT s.matter_id FROM seat s WHERE s.person_id = gone.id AND s.until_at IS NULL);
    UPDATE seat s SET until_at = at, key_sealed = '', identity_key_sealed = NULL
     WHERE s.person_id = gone.id AND s.until_at IS NULL;
    UPDATE epoch SET stale = true WHERE matter_id = ANY (held);
    UPDATE matter SET version = version + 1 WHERE id = ANY (held);
    DELETE FROM session WHERE person_id = gone.id;
    IF NOT gone.comes_back THEN
      DELETE FROM staff_key WHERE person_id = gone.id;
      DELETE FROM sealed_office_text WHERE reader = gone.id;
      DELETE FROM signed_key k WHERE k.person_id = gone.id
         AND NOT EXISTS (SELECT FROM signed_key o WHERE o.signed_by = k.verify AND o.person_id <> gone.id);
    END IF;
    person := gone.id;
    seats := cardinality(held);
    until_on := gone.left_on;
    RETURN NEXT;
  END LOOP;
END $$;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(RELEASES)
    op.execute(f"REVOKE ALL ON FUNCTION {CALL} FROM PUBLIC")
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    if op.get_bind().execute(may, {"role": FLOWS}).scalar_one():
        op.execute(f"GRANT EXECUTE ON FUNCTION {CALL} TO {FLOWS}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"DROP FUNCTION {CALL}")
