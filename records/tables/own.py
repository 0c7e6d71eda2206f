"""Matters that the office begins by itself. What is in clear tells no person, no unit and no number of people."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table, Uuid

from records.tables.metadata import METADATA

UPWARD_FEEDBACK = Table(
    "upward_feedback",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("unit_fits", Boolean, nullable=False, comment="the unit has at least as many people as the policy asks for"),
    Column(
        "at_least", Integer, comment="what was said of how many stand behind it: the policy's number, never how many they were"
    ),
    Column("reply_on", Date),
)

OWN_INITIATIVE = Table(
    "own_initiative",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("source", String, nullable=False, comment="code of where the office noticed it"),
    Column("reply_on", Date),
)
