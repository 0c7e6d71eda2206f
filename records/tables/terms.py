"""Whose time in office ends, what they were told on which day, and whether nothing is left to do: no number of anything."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, LargeBinary, Table, Uuid

from records.tables.metadata import METADATA

TERM_WATCH = Table(
    "term_watch",
    METADATA,
    Column("person_id", Uuid, ForeignKey("person.id"), primary_key=True),
    Column("last_on", Date, primary_key=True, comment="last day in office"),
    Column("first_on", Date, nullable=False, comment="the day the list of what is open was there"),
    Column("again_on", Date, comment="the day the overseer heard of it"),
    Column("done", Boolean, nullable=False, comment="nothing is left that needs this person"),
)

TERM_LOOK = Table(
    "term_look",
    METADATA,
    Column("day", Date, primary_key=True, comment="office day on which ends were looked for"),
    Column("roster", LargeBinary, nullable=False, comment="hash of all appointments at that look"),
)
