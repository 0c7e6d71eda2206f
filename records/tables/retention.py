"""What destruction needs: its announcement, the days on which it was looked at, what holds it up, and what proves it."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, String, Table, Uuid, text

from records.tables.metadata import METADATA

SHRED_ANNOUNCEMENT = Table(
    "shred_announcement",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("rested_on", Date, nullable=False, comment="the day its time was counted from; no longer true: withdrawn"),
    Column("announced_on", Date, nullable=False),
    Column("due_on", Date, nullable=False, comment="not before this day"),
    Index("ix_shred_announcement_due_on", "due_on"),
)

SWEPT_DAY = Table(
    "swept_day",
    METADATA,
    Column("day", Date, primary_key=True, comment="an office day on which destruction was looked at, with everything announced"),
    Column("after_gap", Boolean, nullable=False, server_default=text("false"), comment="the clock had jumped: days count anew"),
)

HOLD = Table(
    "hold",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("reason", String, nullable=False, comment="a code"),
    Column("approved_by", Uuid, ForeignKey("person.id"), nullable=False, comment="never who was responsible for it then"),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False, comment="first day it no longer holds"),
    Column("lifted_by", Uuid, ForeignKey("person.id"), comment="who ended it early"),
    Column("asked_by", Uuid, ForeignKey("person.id"), comment="who asked for it; null: somebody outside the office"),
    CheckConstraint("until_on >= from_on", name="ends"),
    CheckConstraint("asked_by <> approved_by", name="another"),
)

CERTIFICATE = Table(
    "certificate",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", String, nullable=False),
    Column("rule", String, nullable=False, comment="which rule of the pack: a dotted name"),
    Column("edition", String, ForeignKey("edition.hash"), nullable=False),
    Column("destroyed_on", Date, nullable=False),
    Column("backups_gone_on", Date, comment="the last copy that held it is gone since; null: not known yet"),
)
