"""Matters, what happened to them, who is responsible, what they are linked to."""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, String, Table, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.metadata import METADATA

MATTER = Table(
    "matter",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("edition", String, ForeignKey("edition.hash"), nullable=False, comment="policy edition pinned at opening"),
    Column("calendar", String, nullable=False, comment="code of the calendar its working days follow"),
    Column("opened_at", DateTime(timezone=True), nullable=False, comment="office time"),
    Column("rested_on", Date, comment="day it entered the stage it rests in for good; retention counts from it"),
    Index("ix_matter_kind_opened_at", "kind", "opened_at", "id"),
)

EVENT = Table(
    "event",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("trigger", String, nullable=False),
    Column("source", String, nullable=False),
    Column("dest", String, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False, comment="office time; for a lapse, the instant it was due"),
    Column("effective_on", Date, nullable=False, comment="day the act took effect: as told, otherwise the day recorded"),
    Column("occurred_on", Date, comment="day the act happened, if a source says so; null is unknown"),
    Column("irregular", Boolean, nullable=False, server_default=text("false"), comment="told out of order"),
    Column("by_person", Uuid, ForeignKey("person.id")),
    Column("by_clock", String, comment="name of the clock that lapsed"),
    Column("facts", JSONB, nullable=False, server_default=text("'{}'::jsonb"), comment="ids, dates, counts; never words"),
)

RESPONSIBILITY = Table(
    "responsibility",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("from_at", DateTime(timezone=True), nullable=False),
    Column("until_at", DateTime(timezone=True)),
    Column("why", String, nullable=False, comment="opened, assigned, handed_over, recused"),
    Index("uq_responsibility_present", "matter_id", unique=True, postgresql_where=text("until_at IS NULL")),
    Index("ix_responsibility_person_id", "person_id"),
)

LINK = Table(
    "link",
    METADATA,
    Column("from_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("to_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("type", String, primary_key=True, comment="implements, supersedes, merges_into, bases, cites, ..."),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Index("ix_link_to_id", "to_id"),
)

WAIVER = Table(
    "waiver",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column(
        "clock_id",
        Uuid,
        ForeignKey("clock.id", ondelete="CASCADE"),
        index=True,
        comment="the epoch it excuses; null: written down before waivers moved anything",
    ),
    Column("rule", String, nullable=False),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    Column("authority", String, nullable=False),
    Column("reason", String, nullable=False, comment="house only; of a sealed matter it is a sealed text"),
    Column("until_on", Date, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
