"""Periodic reports: what is wanted, each draft with what the attacker found, words that wait, what was released, who received it.

A draft is the protected object as it would be published: nothing that is hidden stands in it. The flows may not read drafts of
the ombudsperson's office all the same. What was released never changes.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.metadata import METADATA

REPORT_MATTER = Table(
    "report",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("report_kind", String, nullable=False, comment="ombuds, annex, mandates"),
    Column("series", String, nullable=False),
    Column("period", String, nullable=False, comment="2026, 2026-H1, 2026-Q3"),
    Column("from_on", Date, nullable=False, comment="of the earliest period that is merged into it"),
    Column("to_on", Date, nullable=False, comment="last day"),
    Column("edition", String, nullable=False, comment="2026.1; a correction is 2026.2"),
    Column("contents", String, nullable=False, comment="tables, words"),
    Column("corrects", String, comment="the edition it corrects"),
    Column("because", String, comment="why it corrects: a code, never words"),
    Column("merged", JSONB, nullable=False, comment="earlier periods whose figures go into it"),
    Column("readers", JSONB, nullable=False, comment="roles that know of it at the desk; none: nobody may hold it"),
    Column("draft", Integer, comment="the draft that was judged last; null: none yet"),
    Column("held_for", String, comment="why it was last held: a code, never words"),
    Column("choices", JSONB, nullable=False, comment="what the next draft leaves out or says more coarsely"),
    Column("words_version", Integer, nullable=False, comment="of the words written for it; 0: none"),
    Column("words_read", Integer, comment="the version that somebody else read"),
    Column("words_read_by", Uuid, ForeignKey("person.id")),
    Column("words_published", Integer, comment="the version that stands in the newest draft"),
    UniqueConstraint("series", "edition"),
)

REPORT_DRAFT = Table(
    "report_draft",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, comment="from 1"),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("made_by", String, nullable=False, comment="reports: figures; desk: the same figures with words"),
    Column("object", String, nullable=False, comment="report.json, protected"),
    Column("findings", JSONB, nullable=False, comment="what the attacker found, what would mend it"),
    Column("clean", Boolean, nullable=False),
    Column("utility", JSONB, nullable=False),
)

RELEASED_REPORT = Table(
    "released_report",
    METADATA,
    Column("series", String, primary_key=True),
    Column("edition", String, primary_key=True),
    Column("kind", String, nullable=False, comment="ombuds, annex, mandates, chair_week"),
    Column("matter_id", Uuid, comment="in the database it was made in; null: the chair's week, or a copy"),
    Column("object", String, nullable=False, comment="report.json without its symbol"),
    Column("sha256", String, nullable=False, comment="of object, hex"),
    Column("released_on", Date, nullable=False),
    Column("symbol", String, comment="of the document it became; null: none yet, or never"),
    Column("published_at", DateTime(timezone=True), comment="its files are there; null: not yet"),
)

REPORT_WORDS = Table(
    "report_words",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False, comment="all words of the report as they stood then, from 1"),
    Column("section", String, nullable=False, comment="name of the chapter it stands in"),
    Column("language", String, nullable=False),
    Column("reader", Uuid, ForeignKey("person.id"), nullable=False, comment="whose key opens it"),
    Column("written_by", Uuid, ForeignKey("person.id"), nullable=False),
    Column("written_on", Date, nullable=False),
    Column("words_sealed", LargeBinary, nullable=False),
    UniqueConstraint("matter_id", "version", "section", "language", "reader"),
)

TRANSMITTAL = Table(
    "transmittal",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("report_kind", String, nullable=False),
    Column("series", String, nullable=False),
    Column("edition", String, nullable=False),
    Column("receiver", String, nullable=False, comment="permanent_council: each mission; otherwise the one role"),
    Column("symbol", String, comment="null: it has none"),
    Column("document_id", Uuid, ForeignKey("document.id"), comment="null: it is in no series of documents"),
    Column("noted_in", Uuid, ForeignKey("matter.id"), comment="the meeting that noted it; null: not noted, or not told"),
    Column("noted_document", String, comment="symbol of what says so"),
    UniqueConstraint("series", "edition"),
)

REPORT_RECEIPT = Table(
    "report_receipt",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("receiver", String, primary_key=True, comment="two letters of a state, or the one role"),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False, comment="who said so"),
    Column("received_at", DateTime(timezone=True), nullable=False),
)
