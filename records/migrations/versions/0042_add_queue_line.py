"""Add the lines of the queue, kept by triggers in the transaction that changes what they are made of.

Whether something is late is a date compared with today: a line holds dates alone. Which clock or pause waits for whom, and
which stage is an end, is told here as the tables of `states/` and `actions/queue_rules.py` have it; a law compares the two.
Row-level security at the desk asks of each row whether the person is seated: it listed all their seats once a statement, so
that a page cost what the office has, not what is on it.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

OWNER, DESK = "amparo_owner", "ombuds_desk"
ME = "nullif(current_setting('amparo.person', true), '')::uuid"
HERE = "SET search_path = public, pg_temp"
NEVER = "date '9999-12-31'"
WAITING = ("new_to_read", "waiting_for_her", "waiting_for_them")

RULES = """
CREATE VIEW queue_rule (kind, what, name, means) AS VALUES
  ('complaint', 'stage', 'submitted', 'must_be_read'),
  ('complaint', 'stage', 'declined', 'her'),
  ('complaint', 'stage', 'referred', 'her'),
  ('complaint', 'stage', 'closed', 'her'),
  ('complaint', 'stage', 'withdrawn', 'end'),
  ('complaint', 'stage', 'ended', 'end'),
  ('complaint', 'clock', 'second_look', 'her'),
  ('complaint', 'clock', 'consent_answer', 'her'),
  ('complaint', 'clock', 'draft_reply', 'them'),
  ('complaint', 'clock', 'protection_watch', 'nobody'),
  ('complaint', 'clock', 'reply_owed', 'her_words'),
  ('complaint', 'clock', 'reply_owed', 'outlives'),
  ('complaint', 'pause', 'awaiting_complainant', 'her'),
  ('complaint', 'pause', 'awaiting_consent', 'her'),
  ('complaint', 'pause', 'awaiting_third_party', 'them'),
  ('complaint', 'pause', 'by_decision', 'nobody'),
  ('consultation', 'stage', 'asked', 'must_be_read'),
  ('consultation', 'stage', 'became_formal', 'end'),
  ('consultation', 'stage', 'ended', 'end'),
  ('consultation', 'clock', 'quiet', 'her'),
  ('consultation', 'clock', 'note_life', 'nobody'),
  ('consultation', 'clock', 'reply_owed', 'her_words'),
  ('recommendation', 'stage', 'issued', 'them'),
  ('recommendation', 'stage', 'implemented', 'end'),
  ('recommendation', 'stage', 'not_implemented', 'end'),
  ('recommendation', 'stage', 'closed', 'end'),
  ('recommendation', 'clock', 'reply', 'them')
"""
NOW = f"""
CREATE VIEW queue_now AS
SELECT DISTINCT s.person_id, m.id AS matter_id, m.kind, m.state,
       EXISTS (SELECT FROM responsibility r
                WHERE r.matter_id = m.id AND r.until_at IS NULL AND r.person_id = s.person_id) AS yours,
       coalesce(c.due_on, {NEVER}) AS due_on, coalesce(c.in_time_until, {NEVER}) AS in_time_until,
       g.means && ARRAY['must_be_read'] OR c.means && ARRAY['her_words'] AS new_to_read,
       g.means || c.means || p.means && ARRAY['her'] AS waiting_for_her,
       g.means || c.means || p.means && ARRAY['them'] AS waiting_for_them
  FROM matter m
  JOIN seat s ON s.matter_id = m.id AND s.person_id IS NOT NULL AND s.until_at IS NULL,
  LATERAL (SELECT coalesce(array_agg(r.means), '{{}}') AS means
             FROM queue_rule r WHERE (r.kind, r.what, r.name) = (m.kind, 'stage', m.state)) g,
  LATERAL (SELECT coalesce(array_agg(r.means), '{{}}') AS means
             FROM pause k JOIN queue_rule r ON (r.kind, r.what, r.name) = (m.kind, 'pause', k.name)
            WHERE k.matter_id = m.id AND k.until_on IS NULL) p,
  LATERAL (SELECT count(*) FILTER (WHERE k.runs) AS many,
                  min(k.due_on) FILTER (WHERE k.runs AND k.ours) AS due_on,
                  min(greatest(k.due_on, w.until_on)) FILTER (WHERE k.runs AND k.ours AND k.due_on IS NOT NULL) AS in_time_until,
                  coalesce(bool_or(k.ours AND k.due_on IS NOT NULL AND k.means = 'outlives') FILTER (WHERE k.runs), false)
                    AS outlives,
                  coalesce(array_agg(k.means) FILTER (WHERE k.runs AND k.means IS NOT NULL), '{{}}') AS means
             FROM (SELECT o.id, o.due_on, o.status = 'running' AS runs, r.means,
                          r.means IS NULL OR r.means NOT IN ('her', 'them', 'nobody') AS ours
                     FROM clock o LEFT JOIN queue_rule r ON (r.kind, r.what, r.name) = (m.kind, 'clock', o.name)
                    WHERE o.matter_id = m.id) k
             LEFT JOIN LATERAL (SELECT until_on FROM waiver WHERE clock_id = k.id
                                 ORDER BY made_at DESC, until_on DESC, id DESC LIMIT 1) w ON true) c
 WHERE (m.rested_on IS NULL OR c.many > 0) AND (c.outlives OR NOT g.means && ARRAY['end'])
"""
COLUMNS = ("kind", "state", "yours", "due_on", "in_time_until", *WAITING)
MINE, FRESH = (", ".join(f"{of}.{column}" for column in COLUMNS) for of in ("l", "excluded"))
# all lines of one matter are made by one transaction at a time, and read again once the matter is locked
KEEP = f"""
CREATE FUNCTION keep_queue_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {HERE} AS $$
DECLARE
  asked uuid;
BEGIN
  IF TG_TABLE_NAME = 'matter' THEN asked := NEW.id; ELSE asked := NEW.matter_id; END IF;
  IF NOT EXISTS (SELECT FROM seat WHERE matter_id = asked AND person_id IS NOT NULL) THEN
    RETURN NULL;
  END IF;
  PERFORM FROM matter WHERE id = asked FOR NO KEY UPDATE;
  WITH now AS MATERIALIZED (SELECT * FROM queue_now WHERE matter_id = asked),
  gone AS (DELETE FROM queue_line WHERE matter_id = asked AND person_id NOT IN (SELECT person_id FROM now))
  INSERT INTO queue_line AS l (person_id, matter_id, {", ".join(COLUMNS)})
  SELECT person_id, matter_id, {", ".join(COLUMNS)} FROM now
  ON CONFLICT (person_id, matter_id) DO UPDATE SET ({", ".join(COLUMNS)}) = ROW({FRESH})
   WHERE ({MINE}) IS DISTINCT FROM ({FRESH});
  RETURN NULL;
END $$;
"""
CHANGED = {
    "matter": "(OLD.state, OLD.rested_on) IS DISTINCT FROM (NEW.state, NEW.rested_on)",
    "clock": "(OLD.status, OLD.due_on) IS DISTINCT FROM (NEW.status, NEW.due_on)",
    "pause": "OLD.until_on IS DISTINCT FROM NEW.until_on",
    "seat": "OLD.until_at IS DISTINCT FROM NEW.until_at",
    "responsibility": "OLD.until_at IS DISTINCT FROM NEW.until_at",
}
ADDED = ("clock", "pause", "seat", "responsibility", "waiver")
"""Nothing of these is ever deleted but with its matter, and with it go the lines."""
IS_SEATED = f"""
CREATE FUNCTION is_seated(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER {HERE} AS $$
  SELECT EXISTS (SELECT FROM seat WHERE matter_id = asked AND person_id = {ME} AND until_at IS NULL)
$$;
REVOKE ALL ON FUNCTION is_seated(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_seated(uuid) TO {DESK}, {OWNER};
"""
LISTED = re.compile(r"\((\w+) IN \( SELECT seated\(\) AS seated\)\)")
ASKED = re.compile(r"is_seated\((\w+)\)")
OWN_SEAT = f"person_id = {ME} AND until_at IS NULL OR is_seated(matter_id)"
"""One's own live seats are seen at once: asking for them would be asking for themselves."""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(IS_SEATED)
    _rewrite(LISTED, r"is_seated(\1)")
    op.execute(f"ALTER POLICY desk_seated ON seat USING ({OWN_SEAT}) WITH CHECK (is_seated(matter_id))")
    op.execute("ALTER POLICY desk_seated ON rung_fired USING (EXISTS (SELECT FROM clock c WHERE c.id = clock_id))")
    _add_lines()
    op.execute(RULES)
    op.execute(NOW)
    op.execute(KEEP)
    op.execute("REVOKE ALL ON FUNCTION keep_queue_line() FROM PUBLIC")
    for table, changed in CHANGED.items():
        keep = f"AFTER UPDATE ON {table} FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION keep_queue_line()"
        op.execute(f"CREATE TRIGGER queue_line_changed {keep}")
    for table in ADDED:
        op.execute(f"CREATE TRIGGER queue_line_added AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION keep_queue_line()")
    columns = ", ".join(("person_id", "matter_id", *COLUMNS))
    op.execute(f"INSERT INTO queue_line ({columns}) SELECT {columns} FROM queue_now")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in CHANGED:
        op.execute(f"DROP TRIGGER queue_line_changed ON {table}")
    for table in ADDED:
        op.execute(f"DROP TRIGGER queue_line_added ON {table}")
    op.execute("DROP FUNCTION keep_queue_line()")
    op.execute("DROP VIEW queue_now")
    op.execute("DROP VIEW queue_rule")
    op.drop_table("queue_line")
    op.execute("ALTER POLICY desk_seated ON rung_fired USING (clock_id IN (SELECT id FROM clock))")
    op.execute("ALTER POLICY desk_seated ON seat USING (is_seated(matter_id))")
    _rewrite(ASKED, r"(\1 IN (SELECT seated()))")
    op.execute("DROP FUNCTION is_seated(uuid)")


def _rewrite(old: re.Pattern[str], new: str) -> None:
    """Say the same of every policy of the desk in other words."""
    asked = sa.text("SELECT policyname, tablename, qual, with_check FROM pg_policies WHERE :desk = ANY (roles)")
    for name, table, using, check in op.get_bind().execute(asked, {"desk": DESK}).all():
        parts = {"USING": using, "WITH CHECK": check}
        said = [f"{word} ({old.sub(new, part)})" for word, part in parts.items() if part and old.search(part)]
        if said:
            op.execute(f"ALTER POLICY {name} ON {table} {' '.join(said)}")


def _add_lines() -> None:
    op.create_table(
        "queue_line",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("yours", sa.Boolean(), nullable=False, comment="the person is responsible for it"),
        sa.Column("due_on", sa.Date(), nullable=False, comment="earliest day of what the office owes; 9999-12-31: none"),
        sa.Column(
            "in_time_until",
            sa.Date(),
            nullable=False,
            comment="last day on which it is in time, waivers counted; 9999-12-31: none",
        ),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in WAITING),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_queue_line_person_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_queue_line_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "matter_id", name=op.f("pk_queue_line")),
    )
    place = ["person_id", "due_on", "matter_id"]
    op.create_index("ix_queue_line_matter_id", "queue_line", ["matter_id"])
    op.create_index("ix_queue_line_due_on", "queue_line", place)
    for name in WAITING:
        op.create_index(f"ix_queue_line_{name}", "queue_line", place, postgresql_where=sa.text(name))
    neither = sa.text("NOT (new_to_read OR waiting_for_her OR waiting_for_them)")
    op.create_index("ix_queue_line_neither", "queue_line", place, postgresql_where=neither)
    op.execute("ALTER TABLE queue_line ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE queue_line FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {OWNER}_all ON queue_line TO {OWNER} USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY desk_own ON queue_line FOR SELECT TO {DESK} USING (person_id = {ME})")
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    if op.get_bind().execute(may, {"role": DESK}).scalar_one():
        op.execute(f"GRANT SELECT ON queue_line TO {DESK}")
