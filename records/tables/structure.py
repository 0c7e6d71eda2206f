"""The house's structure as it became known: registrations of operations, never erased; what took effect; versions of proposals;
which of them two were merged into; what reports show of it.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.metadata import METADATA

REGISTRATION = Table(
    "structure_registration",
    METADATA,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("known_on", Date, nullable=False, comment="the office's day"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    Column("why", String, nullable=False, comment="load, order, reissue, withdrawal, correction, undoing"),
    Column("matter_id", Uuid, ForeignKey("matter.id"), index=True, comment="the proposal whose order it is"),
    Column("order_symbol", String),
    Column("order_revision", Integer),
    Column("heirs", JSONB, nullable=False, comment="obligation -> the part of a split function that owes it"),
    Column("source", String, nullable=False),
)

OPERATION = Table(
    "structure_operation",
    METADATA,
    Column("registration", BigInteger, ForeignKey("structure_registration.seq"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("act", String, nullable=False, comment="adds, withdraws, corrects"),
    Column("operation", String, nullable=False, comment="its id, unique in the record"),
    Column("origin", String, comment="its id in the version that was adopted"),
    Column("on_day", Date, comment="from which it holds; null: withdrawn"),
    Column("body", JSONB, comment="as Operation.written() writes it"),
    Column("declared", Boolean, nullable=False),
    Column("assumed", Boolean, nullable=False, comment="no source gives its date"),
    Index("uq_structure_operation_added", "operation", unique=True, postgresql_where=text("act = 'adds'")),
)

APPLIED = Table(
    "structure_applied",
    METADATA,
    Column("operation", String, primary_key=True),
    Column("on_day", Date, nullable=False, index=True),
    Column("applied_at", DateTime(timezone=True), nullable=False),
)

FAILED = Table(
    "structure_failed",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("on_day", Date, nullable=False),
    Column("operation", String, nullable=False),
    Column("claim", String, nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("mended_at", DateTime(timezone=True), comment="null: the date is still not applied"),
    UniqueConstraint("on_day", "operation", "claim"),
)

VERSION = Table(
    "proposal_version",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("label", String, nullable=False, comment="rev. 1, corr. 1, add. 1"),
    Column("operations", JSONB, nullable=False),
    Column("terms", JSONB, nullable=False, comment="who decides, under which scope and delegations; the result shown"),
    Column("texts", JSONB, nullable=False, comment="paragraphs by language"),
    Column("hashes", JSONB, nullable=False, comment="SHA-256 of the text by language, in hex"),
    Column("digest", LargeBinary, nullable=False, comment="SHA-256 of the whole version: what an adoption pins"),
    Column("base_seq", BigInteger, nullable=False, comment="the registration known when it was made; 0: none"),
    Column("author", String, nullable=False, comment="the body that made it"),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

FINDING_WAIVER = Table(
    "structure_waiver",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("rule", String, nullable=False),
    Column("sort", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("author", String, nullable=False),
    Column("authority", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("until_on", Date, nullable=False, comment="the first day on which it holds no more"),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

MERGE = Table(
    "proposal_merge",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, comment="the version that came of it"),
    Column("mine", Integer, nullable=False, comment="the version of this proposal that went in"),
    Column("mine_digest", LargeBinary, nullable=False),
    Column("other_id", Uuid, nullable=False, comment="the other proposal"),
    Column("other", Integer, nullable=False, comment="the version of the other proposal that went in"),
    Column("other_digest", LargeBinary, nullable=False),
    Column("choices", JSONB, nullable=False, comment="conflict and what holds of it, in the order decided"),
    Column(
        "left_out", JSONB, nullable=False, comment="ids of operations that could not be done without what was decided against"
    ),
)

REPORT = Table(
    "structure_report",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("unit", String, nullable=False, comment="what the report shows is under this unit"),
    Column("on_day", Date, nullable=False, comment="as it stood on this day"),
    Column("shown", JSONB, nullable=False, comment="names as the report prints them"),
    Column("is_cut", Boolean, nullable=False, comment="the source ends before its end: what it does not show is unknown"),
    Column("with_functions", Boolean, nullable=False, comment="it shows what the unit does, too"),
    Column("source", String, nullable=False),
    Column("replaces", Uuid, ForeignKey("structure_report.id"), unique=True, comment="the report that it corrects"),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)
