"""Documents of bodies: their numbers, when each language came and went out, and what was corrected. Null means unknown."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from records.tables.metadata import METADATA

DOCUMENT_COUNTER = Table(
    "document_counter",
    METADATA,
    Column("circle", String, primary_key=True, comment="within which no number is left out: a series, a session of it, a parent"),
    Column("first", Integer, nullable=False, comment="the first number given here; lower ones are older than the register"),
    Column("last", Integer, nullable=False),
)

DOCUMENT = Table(
    "document",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("seq", BigInteger, Identity(always=True), nullable=False, unique=True, comment="the order of registration"),
    Column("symbol", String, nullable=False, unique=True, comment="canonical"),
    Column("series", String, nullable=False),
    Column("circle", String, nullable=False),
    Column("number", Integer, nullable=False, comment="in its circle"),
    Column("parent_id", Uuid, ForeignKey("document.id"), index=True, comment="what it revises, corrects or adds to"),
    Column("suffix", String, comment="rev, corr, add; null: a document of its own"),
    Column("year", Integer, nullable=False),
    Column("meeting", Integer, comment="number of the body's meeting"),
    Column("session", String, comment="such as XLV-O"),
    Column("title", String, nullable=False),
    Column("original", String, nullable=False, comment="the language it was written in"),
    Column("matter_id", Uuid, comment="the proposal whose version it carries"),
    Column("proposal_version", Integer),
    Column("wanted_at", DateTime(timezone=True), comment="when it is to be discussed; null: unknown"),
    Column("source", String, nullable=False),
    Column("void_on", Date, comment="null: it stands"),
    Column("void_reason", String),
    Column("version", Integer, nullable=False, comment="goes up with every change"),
    Column("by_person", Uuid, ForeignKey("person.id"), comment="null: the house's own process"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("circle", "number"),
    ForeignKeyConstraint(["matter_id", "proposal_version"], ["proposal_version.matter_id", "proposal_version.number"]),
    Index("ix_document_matter_id_proposal_version", "matter_id", "proposal_version"),
    Index("ix_document_series_year", "series", "year"),
)

DOCUMENT_STAMP = Table(
    "document_stamp",
    METADATA,
    Column("document_id", Uuid, ForeignKey("document.id"), primary_key=True),
    Column("language", String, primary_key=True),
    Column("step", String, primary_key=True, comment="requested, received, revised, distributed"),
    Column("at", DateTime(timezone=True), comment="null: it happened, nobody knows when"),
    Column("sha256", LargeBinary, comment="of the text in this language; null: not told with this step"),
    Column("hash_of", String, comment="file, paragraphs, version"),
    Column("by_person", Uuid, ForeignKey("person.id"), comment="null: the house's own process"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)

DOCUMENT_CORRECTION = Table(
    "document_correction",
    METADATA,
    Column("document_id", Uuid, ForeignKey("document.id"), primary_key=True),
    Column("language", String, primary_key=True),
    Column("number", Integer, primary_key=True, comment="1 is the first in this language"),
    Column("what", String, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("sha256", LargeBinary, nullable=False, comment="of the text as corrected"),
    Column("hash_of", String, nullable=False, comment="file, paragraphs"),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)
