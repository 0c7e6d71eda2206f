"""What the office writes down about itself: its independence, with words that are sealed to each reader, and its outreach."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.metadata import METADATA

INDEPENDENCE_ENTRY = Table(
    "independence_entry",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", String, nullable=False, comment="access_refused, budget, interference"),
    Column("on_day", Date, nullable=False, comment="asked; for interference: it happened"),
    Column("thing", String, comment="code of what access was asked to"),
    Column("refused_on", Date),
    Column("given_on", Date, comment="access was given after all; null: not until now"),
    Column("currency", String, comment="ISO 4217"),
    Column("asked_amount", BigInteger, comment="whole units of the currency, as the next"),
    Column("given_amount", BigInteger, comment="null: not decided yet"),
    Column("text_version", Integer, nullable=False, comment="which of its sealed words count; 0: none was written"),
    Column("readers", JSONB, nullable=False, comment="public keys that these words are sealed to, in hex"),
    Column("written_by", Uuid, ForeignKey("person.id"), nullable=False, comment="who wrote it down, or changed it last"),
    Column("written_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("kind IN ('access_refused', 'budget', 'interference')", name="kind"),
    CheckConstraint("(kind = 'access_refused') = (thing IS NOT NULL AND refused_on IS NOT NULL)", name="access"),
    CheckConstraint("kind = 'access_refused' OR (thing IS NULL AND refused_on IS NULL AND given_on IS NULL)", name="no_access"),
    CheckConstraint("(kind = 'budget') = (currency IS NOT NULL AND asked_amount IS NOT NULL)", name="budget"),
    CheckConstraint("kind = 'budget' OR (currency IS NULL AND asked_amount IS NULL AND given_amount IS NULL)", name="no_budget"),
    Index("ix_independence_entry_on_day", "on_day"),
)

SEALED_OFFICE_TEXT = Table(
    "sealed_office_text",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("entry_id", Uuid, ForeignKey("independence_entry.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("reader", Uuid, ForeignKey("person.id"), comment="whose key opens it; null: that of recovery"),
    Column("written_by", Uuid, ForeignKey("person.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_sealed_office_text_reader", "reader"),
)

OUTREACH_ENTRY = Table(
    "outreach_entry",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("on_day", Date, nullable=False),
    Column("sort", String, nullable=False, comment="code of the pack, as the next two"),
    Column("region", String, nullable=False),
    Column("language", String, nullable=False),
    Column("people", Integer, comment="reached; null: nobody counted them"),
    Column("written_by", Uuid, ForeignKey("person.id"), nullable=False),
    Column("written_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("people >= 0", name="people"),
    Index("ix_outreach_entry_on_day", "on_day"),
)
