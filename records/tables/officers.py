"""Delegations, holders of offices and who acts for them, as they became known: lines are added and ended, never changed."""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Index, String, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.metadata import METADATA

ACCREDITATION = Table(
    "accreditation",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("state", String, nullable=False, index=True, comment="ISO 3166-1, two letters"),
    Column("name", String, nullable=False),
    Column("capacity", String, nullable=False, comment="as the pack names it"),
    Column("since_on", Date, nullable=False, comment="credentials presented"),
    Column("source", String, nullable=False),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)

OFFICER = Table(
    "officer",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("office", String, nullable=False, comment="as the pack names it, or a body that decides"),
    Column("standing", String, nullable=False, comment="holder, acting"),
    Column("name", String, comment="null: not told"),
    Column("person_id", Uuid, ForeignKey("person.id"), comment="if it is somebody of this house"),
    Column("taker", String, comment="the office or body that acts; null: a person"),
    Column("state", String, comment="that holds an office which goes round"),
    Column("purposes", JSONB, nullable=False, comment="signature, ladder, structure"),
    Column("classes", JSONB, nullable=False, comment="of operations on the structure"),
    Column("scope", JSONB, nullable=False, comment="units under which it holds; none: not limited"),
    Column("since_on", Date, nullable=False),
    Column("until_on", Date, comment="the first day it holds no more; null: no end known"),
    Column("instrument", String, comment="null: not told"),
    Column("sets_order", Boolean, nullable=False, comment="the turn goes on from this state"),
    Column("source", String, nullable=False),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Index("ix_officer_office_since_on", "office", "since_on"),
)

OFFICER_END = Table(
    "officer_end",
    METADATA,
    Column("line_id", Uuid, primary_key=True, comment="of accreditation or officer: each ends once"),
    Column("on_day", Date, nullable=False, comment="the first day it holds no more"),
    Column("revoked", Boolean, nullable=False, comment="taken back by who gave it"),
    Column("source", String, nullable=False),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)
