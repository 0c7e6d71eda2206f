"""Details of the kinds of the house: mandates, proposals, decisions, orders. Null means unknown, never a default."""

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
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

SEARCHED = {
    "mandate": "symbol, title, task",
    "proposal": "title, proposer, text_kind",
    "meeting": "title, body, place",
}
"""What the register of a kind is searched in; each has an index of exactly these words."""


def words_index(kind: str) -> Index:
    """The index of the words of a kind."""
    return Index(f"ix_{kind}_words", text(f"words_of({SEARCHED[kind]})"), postgresql_using="gin")


MANDATE = Table(
    "mandate",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("symbol", String, nullable=False, comment="canonical citation of the instrument"),
    Column("title", String, nullable=False),
    Column("task", String, comment="what is to be done, paraphrased"),
    Column("issued_by", String, nullable=False, comment="body that gave it"),
    Column("addressee", String),
    Column("recipient", String, comment="body to which the result goes"),
    Column("adopted_on", Date),
    Column("due", JSONB, comment="given date or period of the task"),
    Column("sunset", JSONB, comment="given date or period of its validity"),
    Column("review_by", JSONB),
    Column("unit", String, comment="unit it is assigned to"),
    Column("function", String, comment="function that owes it, whoever carries it out; null: unknown"),
    Column("source", String, nullable=False),
    Index("uq_mandate_symbol_task", "symbol", text("coalesce(task, '')"), unique=True),
    words_index("mandate"),
)

PROPOSAL = Table(
    "proposal",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("title", String, nullable=False),
    Column("proposer", String, nullable=False),
    Column("due", JSONB),
    Column("effective", JSONB, comment="given date on which the order takes effect"),
    Column("source", String, nullable=False),
    Column("text_kind", String, comment="as the pack's waits call it, such as treaty; null: not told"),
    words_index("proposal"),
)

DECISION = Table(
    "decision",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("trigger", String, nullable=False),
    Column("body", String, nullable=False),
    Column("on_day", Date),
    Column("instrument", String),
    Column("method", String, nullable=False, comment="consensus, vote, ... or unknown"),
    Column("text_hash", LargeBinary, comment="SHA-256 of the text decided on; null: not held here"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, comment="the version of the proposal decided on; null: text and operations are not held here"),
    Column("operations", JSONB, comment="ids of the operations adopted; null: all of that version"),
    Column("deciding_id", Uuid, ForeignKey("deciding.id"), comment="how it was taken; null: told by a source"),
    Column("source", String, comment="of a decision not taken here; null: not told"),
)

ORDER = Table(
    "executive_order",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
    Column("symbol", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("issued_on", Date, comment="null: unknown"),
    Column("effective_on", Date, comment="null: unknown"),
    Column("signed_by", String, nullable=False),
    Column("text_hash", LargeBinary, comment="SHA-256 of the adopted version it carries; null: text not held here"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("matter_id", "symbol", "revision"),
)
