"""Add periodic reports: what is wanted, drafts, words that wait, the ledger of releases, transmittals and who received them.

`release_report` decides by itself whether a draft may go out: it must be one that the separate process found clean, and nobody
at the desk can change a figure of it. Whoever holds `flows` sees no draft of the ombudsperson's office and can release none
that is not due; what was released can never be changed.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

TABLES = ("report_receipt", "transmittal", "report_words", "released_report", "report_draft", "report")
READ, ADD, KEEP = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE"
GRANTS = {
    "ombuds_desk": {"report": KEEP, "report_draft": ADD, "report_words": ADD, "released_report": READ},
    "ombuds_flows": {"report": KEEP, "released_report": KEEP, "matter": "INSERT"},
    "ombuds_reports": {
        "matter": READ,
        "report": READ,
        "report_draft": ADD,
        "released_report": READ,
        "office_clock": READ,
        "closure": READ,
        "edition": ADD,
        "alembic_version": READ,
        "trouble": ADD,
    },
    "house_council": {"report": READ, "released_report": READ, "transmittal": "SELECT, UPDATE", "report_receipt": ADD},
    "house_flows": {
        "report": KEEP,
        "report_draft": ADD,
        "released_report": KEEP,
        "transmittal": KEEP,
        "report_receipt": READ,
        "matter": "INSERT",
    },
}
RUNS = {
    "ombuds_desk": ("reported()", "is_unreported(uuid)", "draft_of(uuid)", "release_report(uuid, date)"),
    "ombuds_flows": ("draft_of(uuid)", "release_report(uuid, date)"),
    "house_flows": ("draft_of(uuid)", "release_report(uuid, date)"),
}
GUARDED = ("report", "report_draft", "report_words", "released_report")
EVERYWHERE = ("house_council", "house_flows", "amparo_owner")
ME = "nullif(current_setting('amparo.person', true), '')::uuid"
MINE = "(SELECT reported())"
DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
FUNCTIONS = f"""
CREATE FUNCTION reported() RETURNS SETOF uuid LANGUAGE sql STABLE {DEFINER} AS $$
  -- a day of leeway: the office's date is not that of Greenwich; the access policy asks for the day itself
  SELECT r.matter_id FROM report r, office_clock o WHERE EXISTS (
    SELECT FROM appointment a WHERE a.person_id = {ME} AND r.readers ? a.role
       AND a.from_on <= (coalesce(o.instant, now()) AT TIME ZONE 'UTC')::date + 1
       AND (a.until_on IS NULL OR a.until_on >= (coalesce(o.instant, now()) AT TIME ZONE 'UTC')::date))
$$;
CREATE FUNCTION is_unreported(asked uuid) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT EXISTS (SELECT FROM matter WHERE id = asked AND kind = 'report')
     AND NOT EXISTS (SELECT FROM report WHERE matter_id = asked)
$$;
CREATE FUNCTION draft_of(asked uuid, OUT number integer, OUT clean boolean) LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT d.number, d.clean FROM report_draft d WHERE d.matter_id = asked AND d.made_by = 'reports'
   ORDER BY d.number DESC LIMIT 1
$$;
CREATE FUNCTION figures_of(written text) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT (written::jsonb - 'chapters') || jsonb_build_object('chapters', (
    SELECT jsonb_agg(c.one - 'words' ORDER BY c.place)
      FROM jsonb_array_elements(written::jsonb -> 'chapters') WITH ORDINALITY AS c (one, place)))
$$;
CREATE FUNCTION release_report(asked uuid, released date) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
  stage varchar := (SELECT state FROM matter WHERE id = asked AND kind = 'report');
  wanted report;
  made report_draft;
  newest report_draft;
BEGIN
  SELECT * INTO wanted FROM report WHERE matter_id = asked;
  SELECT * INTO made FROM report_draft WHERE matter_id = asked AND made_by = 'reports' ORDER BY number DESC LIMIT 1;
  SELECT * INTO newest FROM report_draft WHERE matter_id = asked ORDER BY number DESC LIMIT 1;
  IF made.clean AND wanted.draft = made.number
     AND (stage IN ('in_review', 'cleared', 'awaiting') OR stage = 'wanted' AND wanted.readers = '[]')
     AND figures_of(newest.object) = figures_of(made.object)
     AND newest.object::jsonb ->> 'series' = wanted.series AND newest.object::jsonb ->> 'edition' = wanted.edition
  THEN
    INSERT INTO released_report (series, edition, kind, matter_id, object, sha256, released_on)
    VALUES (wanted.series, wanted.edition, wanted.report_kind, asked, newest.object,
            encode(sha256(convert_to(newest.object, 'UTF8')), 'hex'), released);
  ELSE
    RAISE EXCEPTION 'not to be released';
  END IF;
END $$;
CREATE FUNCTION keep_release() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.series, NEW.edition, NEW.kind, NEW.matter_id, NEW.object, NEW.sha256, NEW.released_on)
     IS DISTINCT FROM (OLD.series, OLD.edition, OLD.kind, OLD.matter_id, OLD.object, OLD.sha256, OLD.released_on)
     OR OLD.symbol IS NOT NULL AND NEW.symbol IS DISTINCT FROM OLD.symbol THEN
    RAISE EXCEPTION 'what was released does not change';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_release BEFORE UPDATE ON released_report FOR EACH ROW EXECUTE FUNCTION keep_release();
"""
NAMES = (
    "keep_release()",
    "release_report(uuid, date)",
    "figures_of(text)",
    "draft_of(uuid)",
    "is_unreported(uuid)",
    "reported()",
)
RESTRICTING = "flows_open_reports"
RULES: tuple[tuple[str, str, str, str, str], ...] = (
    # table, name, for, role, rows
    ("matter", "desk_reports", "SELECT", "ombuds_desk", f"id IN {MINE}"),
    ("matter", "desk_reports_change", "UPDATE", "ombuds_desk", f"id IN {MINE}"),
    ("matter", "reports_own", "SELECT", "ombuds_reports", "kind = 'report'"),
    ("matter", RESTRICTING, "INSERT", "ombuds_flows", "kind = 'report'"),
    ("event", "desk_reports", "ALL", "ombuds_desk", f"matter_id IN {MINE}"),
    ("clock", "desk_reports", "ALL", "ombuds_desk", f"matter_id IN {MINE}"),
    ("responsibility", "desk_reports", "ALL", "ombuds_desk", f"matter_id IN {MINE}"),
    # a matter that has just been opened has no line in `report` yet
    ("responsibility", "desk_opens_report", "INSERT", "ombuds_desk", f"person_id = {ME} AND is_unreported(matter_id)"),
    ("report", "desk_own", "SELECT", "ombuds_desk", f"matter_id IN {MINE}"),
    ("report", "desk_change", "UPDATE", "ombuds_desk", f"matter_id IN {MINE}"),
    ("report", "desk_open", "INSERT", "ombuds_desk", "is_unreported(matter_id)"),
    ("report", "flows_all", "ALL", "ombuds_flows", "true"),
    ("report", "reports_all", "SELECT", "ombuds_reports", "true"),
    ("report_draft", "desk_own", "SELECT", "ombuds_desk", f"matter_id IN {MINE}"),
    ("report_draft", "desk_words", "INSERT", "ombuds_desk", f"matter_id IN {MINE} AND made_by = 'desk'"),
    ("report_draft", "reports_see", "SELECT", "ombuds_reports", "true"),
    ("report_draft", "reports_make", "INSERT", "ombuds_reports", "made_by = 'reports'"),
    ("report_words", "desk_own", "SELECT", "ombuds_desk", f"matter_id IN {MINE} AND reader = {ME}"),
    ("report_words", "desk_write", "INSERT", "ombuds_desk", f"matter_id IN {MINE} AND written_by = {ME}"),
    ("released_report", "desk_own", "SELECT", "ombuds_desk", f"matter_id IN {MINE}"),
    ("released_report", "flows_see", "SELECT", "ombuds_flows", "true"),
    ("released_report", "flows_week", "INSERT", "ombuds_flows", "kind = 'chair_week'"),
    ("released_report", "flows_stamp", "UPDATE", "ombuds_flows", "true"),
    ("released_report", "reports_see", "SELECT", "ombuds_reports", "true"),
    *((table, f"{role}_all", "ALL", role, "true") for table in GUARDED for role in EVERYWHERE),
)


def _here(role: str) -> bool:
    """Whether a role may connect to this database: in the other one it gets nothing."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return bool(op.get_bind().execute(may, {"role": role}).scalar_one())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _add_wanted()
    _add_drafts()
    _add_released()
    _add_words()
    _add_transmittal()
    op.execute(FUNCTIONS)
    for name in NAMES:
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    for table in GUARDED:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for table, name, command, role, rows in RULES:
        alone = " AS RESTRICTIVE" if name == RESTRICTING else ""
        op.execute(f"CREATE POLICY {name} ON {table}{alone} FOR {command} TO {role} {_rows(command, rows)}")
    for role, what in _grants():
        op.execute(f"GRANT {what} TO {role}")


def _rows(command: str, rows: str) -> str:
    using = "" if command == "INSERT" else f"USING ({rows})"
    return using if command == "SELECT" else f"{using} WITH CHECK ({rows})"


def _grants() -> Iterator[tuple[str, str]]:
    for role, tables in GRANTS.items():
        if _here(role):
            yield from ((role, f"{rights} ON {table}") for table, rights in tables.items())
    for role, functions in RUNS.items():
        if _here(role):
            yield from ((role, f"EXECUTE ON FUNCTION {name}") for name in functions)


def _add_wanted() -> None:
    op.create_table(
        "report",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("report_kind", sa.String(), nullable=False, comment="ombuds, annex, mandates"),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False, comment="2026, 2026-H1, 2026-Q3"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="of the earliest period that is merged into it"),
        sa.Column("to_on", sa.Date(), nullable=False, comment="last day"),
        sa.Column("edition", sa.String(), nullable=False, comment="2026.1; a correction is 2026.2"),
        sa.Column("contents", sa.String(), nullable=False, comment="tables, words"),
        sa.Column("corrects", sa.String(), nullable=True, comment="the edition it corrects"),
        sa.Column("because", sa.String(), nullable=True, comment="why it corrects: a code, never words"),
        sa.Column("merged", JSONB(), nullable=False, comment="earlier periods whose figures go into it"),
        sa.Column("readers", JSONB(), nullable=False, comment="roles that know of it at the desk; none: nobody may hold it"),
        sa.Column("draft", sa.Integer(), nullable=True, comment="the draft that was judged last; null: none yet"),
        sa.Column("held_for", sa.String(), nullable=True, comment="why it was last held: a code, never words"),
        sa.Column("choices", JSONB(), nullable=False, comment="what the next draft leaves out or says more coarsely"),
        sa.Column("words_version", sa.Integer(), nullable=False, comment="of the words written for it; 0: none"),
        sa.Column("words_read", sa.Integer(), nullable=True, comment="the version that somebody else read"),
        sa.Column("words_read_by", sa.Uuid(), nullable=True),
        sa.Column("words_published", sa.Integer(), nullable=True, comment="the version that stands in the newest draft"),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_report_matter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["words_read_by"], ["person.id"], name=op.f("fk_report_words_read_by")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_report")),
        sa.UniqueConstraint("series", "edition", name=op.f("uq_report_series_edition")),
    )


def _add_drafts() -> None:
    op.create_table(
        "report_draft",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="from 1"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False, comment="reports: figures; desk: the same figures with words"),
        sa.Column("object", sa.String(), nullable=False, comment="report.json, protected"),
        sa.Column("findings", JSONB(), nullable=False, comment="what the attacker found, what would mend it"),
        sa.Column("clean", sa.Boolean(), nullable=False),
        sa.Column("utility", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_report_draft_matter_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("matter_id", "number", name=op.f("pk_report_draft")),
    )


def _add_released() -> None:
    op.create_table(
        "released_report",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="ombuds, annex, mandates, chair_week"),
        sa.Column(
            "matter_id", sa.Uuid(), nullable=True, comment="in the database it was made in; null: the chair's week, or a copy"
        ),
        sa.Column("object", sa.String(), nullable=False, comment="report.json without its symbol"),
        sa.Column("sha256", sa.String(), nullable=False, comment="of object, hex"),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=True, comment="of the document it became; null: none yet, or never"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True, comment="its files are there; null: not yet"),
        sa.PrimaryKeyConstraint("series", "edition", name=op.f("pk_released_report")),
    )


def _add_words() -> None:
    op.create_table(
        "report_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="all words of the report as they stood then, from 1"),
        sa.Column("section", sa.String(), nullable=False, comment="name of the chapter it stands in"),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reader", sa.Uuid(), nullable=False, comment="whose key opens it"),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_report_words_matter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["reader"], ["person.id"], name=op.f("fk_report_words_reader")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_report_words_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_words")),
        sa.UniqueConstraint(
            "matter_id",
            "version",
            "section",
            "language",
            "reader",
            name=op.f("uq_report_words_matter_id_version_section_language_reader"),
        ),
    )


def _add_transmittal() -> None:
    op.create_table(
        "transmittal",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("report_kind", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False, comment="permanent_council: each mission; otherwise the one role"),
        sa.Column("symbol", sa.String(), nullable=True, comment="null: it has none"),
        sa.Column("document_id", sa.Uuid(), nullable=True, comment="null: it is in no series of documents"),
        sa.Column("noted_in", sa.Uuid(), nullable=True, comment="the meeting that noted it; null: not noted, or not told"),
        sa.Column("noted_document", sa.String(), nullable=True, comment="symbol of what says so"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_transmittal_document_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_transmittal_matter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["noted_in"], ["matter.id"], name=op.f("fk_transmittal_noted_in")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_transmittal")),
        sa.UniqueConstraint("series", "edition", name=op.f("uq_transmittal_series_edition")),
    )
    op.create_table(
        "report_receipt",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False, comment="two letters of a state, or the one role"),
        sa.Column("person_id", sa.Uuid(), nullable=False, comment="who said so"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_report_receipt_matter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_receipt_person_id")),
        sa.PrimaryKeyConstraint("matter_id", "receiver", name=op.f("pk_report_receipt")),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for role, what in _grants():
        op.execute(f"REVOKE {what} FROM {role}")
    for table, name, *_ in RULES:
        op.execute(f"DROP POLICY {name} ON {table}")
    for table in TABLES:
        op.drop_table(table)
    for name in NAMES:
        op.execute(f"DROP FUNCTION {name}")
