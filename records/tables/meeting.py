"""Meetings of bodies: their order of business with what became of it, who was there, and what was corrected in the record.

Null means unknown, never a default.
"""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, String, Table, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.house import words_index
from records.tables.metadata import METADATA

MEETING = Table(
    "meeting",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("title", String, nullable=False, comment="as it is called for short: PC 2036/15"),
    Column("body", String, nullable=False, comment="code of the pack"),
    Column("number", Integer, nullable=False),
    Column("period", Integer, nullable=False, comment="the year in which the number is unique; 0: for ever"),
    Column("day", Date, nullable=False, comment="at the seat"),
    Column("hour", String, comment="HH:MM at the seat"),
    Column("place", String),
    Column("sort", String, nullable=False, comment="regular, special, ... of the pack"),
    Column("source", String, nullable=False),
    Column("order_document", String, comment="symbol of the order of business that went round"),
    Column("record_document", String, comment="symbol of the summary record that went round"),
    Column("record_circulated_on", Date),
    Column("approved_by", Uuid, ForeignKey("matter.id"), comment="the later meeting that approved the record"),
    Column("cancelled_on", Date, comment="a meeting that was called off gives its number back"),
    Column("reason", String, comment="why it was last put off, or called off"),
    Index(
        "uq_meeting_body_number_period",
        "body",
        "number",
        "period",
        unique=True,
        postgresql_where=text("cancelled_on IS NULL"),
    ),
    words_index("meeting"),
)

MEETING_ITEM = Table(
    "meeting_item",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, comment="on its order of business, from 1; never given twice"),
    Column("title", String, nullable=False),
    Column("documents", JSONB, nullable=False, comment="canonical symbols"),
    Column("proposal", Uuid, ForeignKey("matter.id"), comment="the matter that moves with what becomes of the item"),
    Column("struck", Boolean, nullable=False, server_default=text("false")),
    Column("disposition", String, comment="adopted, deferred, ...; null: not reached"),
    Column("method", String, comment="consensus, vote, ...; null: nothing was decided, or nobody knows how"),
    Column("decision", Uuid, comment="the vote or consensus by which it was decided"),
    Column("source", String, comment="symbol of what tells of it, where it was not decided here"),
    Column("instrument", String, comment="symbol of what was adopted"),
    Column("operations", JSONB, comment="ids of the operations adopted in part"),
    Column("to_meeting", Uuid, ForeignKey("matter.id"), index=True, comment="deferred to; null: not said"),
    Column("instructions", String, comment="with which it was returned"),
    Column("disposed_at", DateTime(timezone=True)),
)

MEETING_PRESENCE = Table(
    "meeting_presence",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("state", String, primary_key=True),
    Column("accreditation", Uuid, comment="who represents it; null: not told"),
    Column("at_opening", Boolean, nullable=False, comment="false: it came later"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)

MEETING_CORRECTION = Table(
    "meeting_correction",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, comment="from 1"),
    Column("state", String, nullable=False, comment="that asked for it"),
    Column("item", Integer, comment="of the order of business; null: the whole record"),
    Column("text", String, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
)
