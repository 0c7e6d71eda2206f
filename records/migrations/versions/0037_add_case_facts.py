"""Add what reports count: spells, marks, facts and issues; the role `reports` reads them and the clocks, and nothing sealed.

Matters that are there get their spells and marks from their history: when each kind is open, and what its ends are called, is
told here once more, as it was on the day of this migration.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

OWNER = "amparo_owner"
REPORTS = "ombuds_reports"
KEEP, ADD, READ = "SELECT, INSERT, UPDATE", "SELECT, INSERT", "SELECT"
TABLES = ("case_issue", "case_facts", "case_mark", "case_spell")
GRANTS = {
    "ombuds_intake": {"case_spell": KEEP, "case_mark": ADD},
    "ombuds_desk": {"case_spell": KEEP, "case_mark": ADD, "case_facts": KEEP, "case_issue": KEEP},
    "ombuds_flows": {"case_spell": KEEP, "case_mark": ADD},
    REPORTS: {
        **dict.fromkeys(TABLES, READ),
        **dict.fromkeys(("clock", "rung_fired", "waiver", "tally"), READ),
    },
}
READ_BY_ROW = (*TABLES, "clock", "rung_fired", "waiver")
SEATED = "matter_id IN (SELECT seated())"
OWN = "matter_id = (SELECT own_matter()) OR matter_id IN (SELECT grown())"

# the head of the office is whoever holds the role that holds its report; a pack that is not there names nobody
APART = f"""
CREATE FUNCTION apart_matters(head varchar, zone varchar) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.matter_id FROM case_spell s
   WHERE s.number = 1
     AND EXISTS (SELECT FROM edition WHERE content::jsonb #>> '{{reports,reports,ombuds,holder}}' = head)
     AND NOT EXISTS (
       SELECT FROM seat t JOIN appointment a ON a.person_id = t.person_id AND a.role = head
        WHERE t.matter_id = s.matter_id
          AND (t.until_at IS NULL OR a.from_on <= (t.until_at AT TIME ZONE zone)::date)
          AND (a.until_on IS NULL OR a.until_on > (t.from_at AT TIME ZONE zone)::date))
$$;
REVOKE ALL ON FUNCTION apart_matters(varchar, varchar) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION apart_matters(varchar, varchar) TO {REPORTS};
"""
OPEN_IN = {
    "complaint": "submitted acknowledged screening inquiry draft_findings findings follow_up reopened",
    "consultation": "asked in_conversation options_discussed",
    "recommendation": "drafted issued accepted partly_accepted rejected no_reply follow_up",
}
OUTCOMES = {
    "complaint": "decline:declined refer:referred close:closed withdraw_stop:withdrawn withdraw_forget:withdrawn",
    "consultation": "make_official:became_formal stop:stopped end:ended end_by_silence:ended_by_silence",
    "recommendation": "confirm_implemented:implemented note_not_implemented:not_implemented close:closed end_with_case:ended_with_case",
}
MARKS = {
    "complaint": "request_review:second_look_asked uphold:second_look_upheld reopen:second_look_reopened"
    " refuse_consent:consent_refused refuse_consent_by_silence:consent_refused act_on_danger:acted_on_danger"
    " withdraw_leave:left_it_to_the_office end_watch:watch_ended",
    "recommendation": "issue:issued accept:accepted accept_in_part:accepted_in_part reject:rejected pass_without_reply:no_reply"
    " confirm_implemented:implemented note_not_implemented:not_implemented",
}
AFTER_THE_END = "declined referred closed withdrawn ended"
"""Stages in which a message of hers is a mark."""
SPELLS = """
INSERT INTO case_spell (matter_id, number, kind, facts_of, from_on, until_on, began, outcome, ground)
WITH stage (kind, name) AS (VALUES {stages}), outcome (kind, trigger, name) AS (VALUES {outcomes}),
step AS (
  SELECT e.*, m.kind, (m.kind, e.dest) IN (SELECT * FROM stage) AS open,
         e.trigger <> 'open' AND (m.kind, e.source) IN (SELECT * FROM stage) AS was
    FROM event e JOIN matter m ON m.id = e.matter_id WHERE m.kind IN (SELECT kind FROM stage)),
turn AS (
  SELECT *, lead(effective_on) OVER w AS ended_on, lead(trigger) OVER w AS ended_by, lead(facts) OVER w AS told,
         row_number() OVER w AS place
    FROM step WHERE open <> was WINDOW w AS (PARTITION BY matter_id ORDER BY seq))
SELECT t.matter_id, row_number() OVER (PARTITION BY t.matter_id ORDER BY t.seq), t.kind,
       coalesce((SELECT to_id FROM link WHERE from_id = t.matter_id AND type = 'complaint.recommend' LIMIT 1), t.matter_id),
       t.effective_on, CASE WHEN t.ended_on IS NOT NULL THEN greatest(t.effective_on, t.ended_on) END,
       CASE WHEN t.place = 1 THEN 'received' ELSE 'reopened' END,
       o.name, CASE WHEN t.kind = 'complaint' THEN t.told ->> 'ground' END
  FROM turn t LEFT JOIN outcome o ON (o.kind, o.trigger) = (t.kind, t.ended_by) WHERE t.open
"""
MARKED = """
INSERT INTO case_mark (matter_id, seq, mark, on_day)
WITH mark (kind, trigger, name) AS (VALUES {marks})
SELECT e.matter_id, e.seq, k.name, e.effective_on
  FROM event e JOIN matter m ON m.id = e.matter_id JOIN mark k ON (k.kind, k.trigger) = (m.kind, e.trigger)
UNION ALL
SELECT e.matter_id, e.seq, 'wrote_after_the_end', e.effective_on
  FROM event e JOIN matter m ON m.id = e.matter_id
 WHERE m.kind = 'complaint' AND e.trigger = 'message' AND e.source IN ({after})
"""
# of those that ended before, only the month of their end is known: they count as begun in that month
TALLIED = """
INSERT INTO tally (month, kind, outcome, count)
SELECT month, 'consultation.ended', outcome, count FROM tally WHERE kind = 'consultation'
UNION ALL
SELECT month, 'consultation.began', 'began', sum(count) FROM tally WHERE kind = 'consultation' GROUP BY month
"""


def _here() -> Iterator[str]:
    """Only roles that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return (role for role in GRANTS if op.get_bind().execute(may, {"role": role}).scalar_one())


def _values(told: dict[str, str]) -> str:
    """Rows of constants: kind, and what stands under it, pairs split at the colon."""
    rows = ((kind, *word.split(":")) for kind, words in told.items() for word in words.split())
    return ", ".join("(" + ", ".join(f"'{part}'" for part in row) + ")" for row in rows)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _add_spells()
    _add_facts()
    op.execute(SPELLS.format(stages=_values(OPEN_IN), outcomes=_values(OUTCOMES)))
    op.execute(MARKED.format(marks=_values(MARKS), after=", ".join(f"'{one}'" for one in AFTER_THE_END.split())))
    op.execute(TALLIED)
    op.execute(APART)
    for role in _here():
        for table, rights in GRANTS[role].items():
            op.execute(f"GRANT {rights} ON {table} TO {role}")
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for role in ("ombuds_flows", OWNER):
            op.execute(f"CREATE POLICY {role}_all ON {table} TO {role} USING (true) WITH CHECK (true)")
        op.execute(f"CREATE POLICY desk_seated ON {table} TO ombuds_desk USING ({SEATED})")
        if table in GRANTS["ombuds_intake"]:
            op.execute(f"CREATE POLICY intake_own ON {table} TO ombuds_intake USING ({OWN})")
    for table in READ_BY_ROW:
        op.execute(f"CREATE POLICY reports_all ON {table} FOR SELECT TO {REPORTS} USING (true)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DELETE FROM tally WHERE kind LIKE 'consultation.%'")
    op.execute("DROP FUNCTION apart_matters(varchar, varchar)")
    for table in READ_BY_ROW:
        op.execute(f"DROP POLICY reports_all ON {table}")
    for role in _here():
        for table in set(GRANTS[role]) - set(TABLES) if role == REPORTS else ():
            op.execute(f"REVOKE ALL ON {table} FROM {role}")
    for table in TABLES:
        op.drop_table(table)


def _add_spells() -> None:
    op.create_table(
        "case_spell",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="1 from its opening, then one more each time it was opened again"
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "facts_of", sa.Uuid(), nullable=False, comment="whose facts hold for it: its own, or those of the case it grew out of"
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True, comment="first day it is not open; null: open"),
        sa.Column("began", sa.String(), nullable=False, comment="received, reopened"),
        sa.Column("outcome", sa.String(), nullable=True, comment="as its kind declares; null: open"),
        sa.Column("ground", sa.String(), nullable=True, comment="code; null: none is told"),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_case_spell_ends")),
        sa.CheckConstraint("(until_on IS NULL) = (outcome IS NULL)", name=op.f("ck_case_spell_outcome")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_case_spell_matter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["facts_of"], ["matter.id"], name=op.f("fk_case_spell_facts_of"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter_id", "number", name=op.f("pk_case_spell")),
    )
    op.create_index(op.f("ix_case_spell_facts_of"), "case_spell", ["facts_of"], unique=False)
    op.create_index("ix_case_spell_until_on", "case_spell", ["until_on"], unique=False)
    still = sa.text("until_on IS NULL")
    op.create_index("uq_case_spell_open", "case_spell", ["matter_id"], unique=True, postgresql_where=still)
    op.create_table(
        "case_mark",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, comment="of the line of its history"),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_case_mark_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter_id", "seq", "mark", name=op.f("pk_case_mark")),
    )
    op.create_index("ix_case_mark_on_day", "case_mark", ["on_day"], unique=False)


def _add_facts() -> None:
    op.create_table(
        "case_facts",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("station", sa.String(), nullable=True, comment="code of a calendar of the pack; null: not known"),
        sa.Column("personnel", sa.String(), nullable=True, comment="class of the pack; null: not known"),
        sa.Column("about", sa.String(), nullable=False, comment="unknown, nobody, head"),
        sa.Column(
            "subject", sa.Uuid(), nullable=True, comment="random tag, the same in all cases about one head; says nothing but that"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.CheckConstraint("about IN ('unknown', 'nobody', 'head')", name=op.f("ck_case_facts_about")),
        sa.CheckConstraint("(about = 'head') = (subject IS NOT NULL)", name=op.f("ck_case_facts_subject")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_case_facts_matter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_case_facts_set_by")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_case_facts")),
    )
    op.create_table(
        "case_issue",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False, comment="sub-code of policies/reference/ioa.toml"),
        sa.Column("stands", sa.Boolean(), nullable=False, comment="false: it was said once, and is not said any more"),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_case_issue_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter_id", "code", name=op.f("pk_case_issue")),
    )
