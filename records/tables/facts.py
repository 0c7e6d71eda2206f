"""What reports count: when a matter was open, what marked it, where and about whom it is. Codes and days; no words, no names."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Uuid, text

from records.tables.metadata import METADATA

CASE_SPELL = Table(
    "case_spell",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, comment="1 from its opening, then one more each time it was opened again"),
    Column("kind", String, nullable=False),
    Column(
        "facts_of",
        Uuid,
        ForeignKey("matter.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
        comment="whose facts hold for it: its own, or those of the case it grew out of",
    ),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, comment="first day it is not open; null: open"),
    Column("began", String, nullable=False, comment="received, reopened"),
    Column("outcome", String, comment="as its kind declares; null: open"),
    Column("ground", String, comment="code; null: none is told"),
    CheckConstraint("until_on >= from_on", name="ends"),
    CheckConstraint("(until_on IS NULL) = (outcome IS NULL)", name="outcome"),
    Index("ix_case_spell_until_on", "until_on"),
    Index("uq_case_spell_open", "matter_id", unique=True, postgresql_where=text("until_on IS NULL")),
)

CASE_MARK = Table(
    "case_mark",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, comment="of the line of its history"),
    Column("mark", String, primary_key=True),
    Column("on_day", Date, nullable=False),
    Index("ix_case_mark_on_day", "on_day"),
)

CASE_FACTS = Table(
    "case_facts",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("station", String, comment="code of a calendar of the pack; null: not known"),
    Column("personnel", String, comment="class of the pack; null: not known"),
    Column("about", String, nullable=False, comment="unknown, nobody, head"),
    Column("subject", Uuid, comment="random tag, the same in all cases about one head; says nothing but that"),
    Column("version", Integer, nullable=False),
    Column("set_by", Uuid, ForeignKey("person.id"), nullable=False),
    Column("set_on", Date, nullable=False),
    CheckConstraint("about IN ('unknown', 'nobody', 'head')", name="about"),
    CheckConstraint("(about = 'head') = (subject IS NOT NULL)", name="subject"),
)

CASE_ISSUE = Table(
    "case_issue",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("code", String, primary_key=True, comment="sub-code of policies/reference/ioa.toml"),
    Column("stands", Boolean, nullable=False, comment="false: it was said once, and is not said any more"),
)
