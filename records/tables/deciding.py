"""How bodies come to decide: votes, consensus and silence, what was stated beside them, amendments, and committees' advice."""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Integer, String, Table, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.metadata import METADATA

DECIDING = Table(
    "deciding",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False, comment="of its matter, from 1"),
    Column("body", String, nullable=False),
    Column("method", String, nullable=False, comment="roll_call, secret_ballot, consensus, acclamation, silence"),
    Column("rule", String, comment="by which a vote is counted; null: nothing is counted"),
    Column("asks", String, nullable=False, comment="adoption, reconsideration, or the wait it would lift"),
    Column("version", Integer, comment="the version it is about; null: no text is held here"),
    Column("edition", String, nullable=False, comment="of the pack whose rules it follows"),
    Column("day", Date, nullable=False, comment="of the snapshot of members"),
    Column("members", JSONB, nullable=False),
    Column("suspended", JSONB, nullable=False),
    Column("parties", JSONB, nullable=False),
    Column("present", JSONB, comment="who is there; null: nobody called the roll"),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True), comment="of a silence"),
    Column("closed_at", DateTime(timezone=True), comment="null: it is open, or a silence, which ends by itself"),
    Column("tally", JSONB, comment="the numbers of a vote that is over"),
    Column("adopted", Boolean, comment="null: open, void, or a silence, which is read off at an instant"),
    Column("voided_at", DateTime(timezone=True), comment="null: it counts"),
    Column("void_reason", String),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
    UniqueConstraint("matter_id", "number"),
)

BALLOT = Table(
    "ballot",
    METADATA,
    Column("deciding_id", Uuid, ForeignKey("deciding.id", ondelete="CASCADE"), primary_key=True),
    Column("state", String, primary_key=True),
    Column("choice", String, comment="null: a paper, which nobody reads before the vote closes and nobody ties to a state"),
    Column("at", DateTime(timezone=True), comment="null: a paper"),
)

STATEMENT = Table(
    "statement",
    METADATA,
    Column("deciding_id", Uuid, ForeignKey("deciding.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String, primary_key=True, comment="reservation, footnote, explanation_of_vote, objection"),
    Column("number", Integer, primary_key=True, comment="of its kind, from 1"),
    Column("state", String, nullable=False),
    Column("paragraph", String, comment="key in the version decided on; null: the whole"),
    Column("text", String, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
)

AMENDMENT = Table(
    "amendment",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, comment="the version it would change"),
    Column("name", String, primary_key=True),
    Column("by_state", String, nullable=False),
    Column("edits", JSONB, nullable=False, comment="change, paragraph and words by language"),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("carried_into", Integer, comment="the version it led to; null: not carried out"),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
)

ADVICE = Table(
    "advice",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, comment="the version advised on; null: no text is held here"),
    Column("body", String, nullable=False),
    Column("on_day", Date, nullable=False),
    Column("verdict", String, nullable=False),
    Column("parts", JSONB, nullable=False, comment="verdict by paragraph or operation, where it differs"),
    Column("document", String, comment="where it is written"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("by_person", Uuid, ForeignKey("person.id"), nullable=False),
)
