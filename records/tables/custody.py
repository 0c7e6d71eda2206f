"""Who may open who somebody is, where a house has a custodian: copies of that key, requests, and what came of them.

What is sealed stands in tables of its own: the process that lets a request lapse touches none of them.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
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

from records.tables.metadata import METADATA


def _identity() -> Column[object]:
    return Column("identity_id", Uuid, ForeignKey("sealed_identity.id", ondelete="CASCADE"), nullable=False)


def _matter() -> Column[object]:
    return Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True)


SEALED_IDENTITY_COPY = Table(
    "sealed_identity_copy",
    METADATA,
    Column("id", Uuid, primary_key=True),
    _identity(),
    _matter(),
    Column("holder", String, nullable=False, comment="custodian or recovery"),
    Column("person_id", Uuid, ForeignKey("person.id"), comment="only for a custodian"),
    Column("epoch", Integer, nullable=False, comment="of the case: its key is needed, too"),
    Column(
        "public", LargeBinary, nullable=False, comment="what reasons of requests are sealed to; the same in all copies of one"
    ),
    Column("key_sealed", LargeBinary, comment="null: may have one, and waits for somebody who holds one"),
    Column("roster", LargeBinary, comment="of recovery's: hash of the custodians for whom it was last looked at"),
    CheckConstraint("(holder = 'custodian') = (person_id IS NOT NULL)", name="holder"),
    CheckConstraint("holder = 'custodian' OR key_sealed IS NOT NULL", name="recovery_holds"),
    UniqueConstraint("identity_id", "holder", "person_id", postgresql_nulls_not_distinct=True),
    Index("ix_sealed_identity_copy_person_id", "person_id", postgresql_where=text("key_sealed IS NOT NULL")),
)

IDENTITY_REQUEST = Table(
    "identity_request",
    METADATA,
    Column("id", Uuid, primary_key=True),
    _identity(),
    _matter(),
    Column("asked_by", Uuid, ForeignKey("person.id"), nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("lapses_on", Date, nullable=False, comment="the last day on which it can be answered"),
    Column("text_id", Uuid, ForeignKey("sealed_text.id", ondelete="CASCADE"), nullable=False, comment="why, for the case"),
    Column("epoch", Integer, nullable=False),
    Column("public", LargeBinary, nullable=False, comment="of that epoch: what the answer's words are sealed to"),
    Column("in_ledger", Boolean, nullable=False, comment="whether the ledger keeps lines of such matters"),
    Column("status", String, nullable=False, comment="waiting, approved, refused or lapsed"),
    Column("answered_by", Uuid, ForeignKey("person.id")),
    Column("answered_on", Date),
    Column("until_on", Date, comment="the last day on which the approval opens anything"),
    CheckConstraint("status IN ('waiting', 'approved', 'refused', 'lapsed')", name="status"),
    CheckConstraint("(status IN ('approved', 'refused')) = (answered_by IS NOT NULL)", name="answered"),
    CheckConstraint("(status = 'approved') = (until_on IS NOT NULL)", name="until"),
    CheckConstraint("answered_by IS DISTINCT FROM asked_by", name="another"),
    Index("uq_identity_request_waiting", "identity_id", "asked_by", unique=True, postgresql_where=text("status = 'waiting'")),
)

SEALED_IDENTITY_GRANT = Table(
    "sealed_identity_grant",
    METADATA,
    Column("request_id", Uuid, ForeignKey("identity_request.id", ondelete="CASCADE"), primary_key=True),
    _identity(),
    _matter(),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("key_sealed", LargeBinary, comment="null: it is over"),
)

SEALED_IDENTITY_WORDS = Table(
    "sealed_identity_words",
    METADATA,
    Column("request_id", Uuid, ForeignKey("identity_request.id", ondelete="CASCADE"), primary_key=True),
    Column("part", String, primary_key=True, comment="reason: to the custodians; answer: to the case"),
    _identity(),
    _matter(),
    Column("sealed", LargeBinary, nullable=False),
    CheckConstraint("part IN ('reason', 'answer')", name="part"),
)

IDENTITY_OPENING = Table(
    "identity_opening",
    METADATA,
    Column("request_id", Uuid, ForeignKey("identity_request.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    _matter(),
)
