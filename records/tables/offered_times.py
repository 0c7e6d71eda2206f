"""Times to talk that the office offers. Who took one stands sealed in her own case, and nowhere else."""

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, String, Table, Uuid

from records.tables.metadata import METADATA

OFFERED_TIME = Table(
    "offered_time",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("offered_by", Uuid, ForeignKey("person.id"), nullable=False),
    Column("begins_at", DateTime(timezone=True), nullable=False, comment="office time"),
    Column("minutes", Integer, nullable=False),
    Column("way", String, nullable=False, comment="room, telephone"),
    Column("place", String, nullable=False, comment="the room, or the number she can call"),
    Column("taken", Boolean, nullable=False, server_default="false", comment="by whom is sealed in that case"),
    CheckConstraint("minutes > 0", name="minutes"),
    Index("ix_offered_time_begins_at", "begins_at"),
)
