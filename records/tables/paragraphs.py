"""The register of operative paragraphs: texts as they were pasted and read, and what people did about their paragraphs."""

from sqlalchemy import (
    BigInteger,
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
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.metadata import METADATA

REGISTER_TEXT = Table(
    "register_text",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("symbol", String, nullable=False, comment="canonical citation of the instrument"),
    Column("body", String, nullable=False, comment="the body that adopted it"),
    Column("adopted_on", Date, comment="null: unknown"),
    Column("language", String, nullable=False),
    Column("text", String, nullable=False, comment="as it was pasted"),
    Column("text_hash", LargeBinary, nullable=False, comment="SHA-256 of it in UTF-8"),
    Column("edition", String, ForeignKey("edition.hash"), nullable=False, comment="the rules and words it was read by"),
    Column("extract", JSONB, nullable=False, comment="what was read of it: places, verbs, addressees, times"),
    Column("source", String, nullable=False),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    Column("on_day", Date, nullable=False, comment="the office's day"),
    Column("version", Integer, nullable=False, comment="counts what was done about it"),
    Column("withdrawn_on", Date, comment="null: it stands"),
    Index("uq_register_text_symbol", "symbol", unique=True, postgresql_where=text("withdrawn_on IS NULL")),
)

REGISTER_STEP = Table(
    "register_step",
    METADATA,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("text_id", Uuid, ForeignKey("register_text.id"), nullable=False, index=True),
    Column("paragraph", Integer, comment="its place in the text, from 1; null: the whole text"),
    Column("what", String, nullable=False, comment="decided, weighed, channelled, made_mandate, withdrawn"),
    Column("status", String),
    Column("category", String),
    Column("criteria", JSONB, comment="criterion -> number or word, as somebody told it"),
    Column("body", String, comment="the committee it is with from `since` on"),
    Column("since", Date),
    Column("mandate_id", Uuid, ForeignKey("matter.id"), unique=True, comment="the matter that it became"),
    Column("authority", String, comment="the document by which"),
    Column("reason", String),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    Column("on_day", Date, nullable=False, comment="the office's day"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Index("uq_register_step_mandate", "text_id", "paragraph", unique=True, postgresql_where=text("what = 'made_mandate'")),
)
