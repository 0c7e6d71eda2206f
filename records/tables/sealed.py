"""What the ombudsperson's office keeps: seats, keys, sealed texts and files. `SEALED` of the vault names each sealed column."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
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

SIGNED_KEY = Table(
    "signed_key",
    METADATA,
    Column("person_id", Uuid, primary_key=True, comment="no foreign key: the ceremony's own key is no person's"),
    Column("serial", Integer, primary_key=True, comment="the highest counts"),
    Column("box", LargeBinary, nullable=False, comment="X25519 public key that seats are sealed to"),
    Column("verify", LargeBinary, nullable=False, comment="Ed25519 public key"),
    Column("enrols", Boolean, nullable=False),
    Column("signed_by", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

STAFF_KEY = Table(
    "staff_key",
    METADATA,
    Column("person_id", Uuid, ForeignKey("person.id"), primary_key=True),
    Column("login", String, nullable=False, unique=True),
    Column("key_wrapped", LargeBinary, nullable=False, comment="the holder's key under the passphrase (Argon2id)"),
    Column("totp_sealed", LargeBinary, nullable=False, comment="TOTP secret under the desk's server key"),
    Column("last_totp_step", Integer, comment="newest 30 s step used: a code works once"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("not_before", DateTime(timezone=True), comment="wall time: next try allowed (growing delay)"),
)

EPOCH = Table(
    "epoch",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("public", LargeBinary, nullable=False, comment="what those who may add but not read seal to"),
    Column(
        "stale",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="a seat was taken: the next writer begins the next",
    ),
    Column("old_key_sealed", LargeBinary, comment="the seed before, under this one; null for the first"),
    Column("roster", LargeBinary, comment="hash of the roster for which its seats were last looked at; null: not since it began"),
    UniqueConstraint("matter_id", "number"),
)

SEAT = Table(
    "seat",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
    Column("holder", String, nullable=False, comment="person, visitor or recovery"),
    Column("person_id", Uuid, ForeignKey("person.id"), comment="only for a person"),
    Column("comer_id", Uuid, ForeignKey("comer.id", ondelete="CASCADE"), comment="which of those who came"),
    Column("rung", Integer, nullable=False, comment="0 first handler, 1 stand-in, 2 alternate, 9 recovery; -1 the visitor"),
    Column("epoch", Integer, nullable=False),
    Column("key_sealed", LargeBinary, nullable=False),
    Column("identity_key_sealed", LargeBinary, comment="the identity's own key, if this seat may open it"),
    Column("from_at", DateTime(timezone=True), nullable=False),
    Column("until_at", DateTime(timezone=True), comment="taken away; the sealed key is deleted then"),
    CheckConstraint("(holder = 'person') = (person_id IS NOT NULL)", name="holder"),
    CheckConstraint("(holder = 'visitor') = (comer_id IS NOT NULL)", name="comer"),
    UniqueConstraint("matter_id", "holder", "person_id", "comer_id", "epoch", postgresql_nulls_not_distinct=True),
    Index("ix_seat_person_id", "person_id", postgresql_where=text("until_at IS NULL")),
)

SEALED_TEXT = Table(
    "sealed_text",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
    Column("seq", Integer, nullable=False, comment="order within the matter"),
    Column("slot", String, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("author", String, nullable=False),
    Column("visibility", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_on", Date, nullable=False, comment="a day, never an hour"),
    Column("by_person", Uuid, ForeignKey("person.id")),
    Column("comer_id", Uuid, ForeignKey("comer.id", ondelete="CASCADE"), comment="which of those who came"),
    UniqueConstraint("matter_id", "seq"),
)

SEALED_DRAFT = Table(
    "sealed_draft",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False, comment="who typed it; sealed to their own key"),
    Column("form", String, nullable=False, comment="which form of the page it is of"),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_on", Date, nullable=False, comment="a day, never an hour"),
    UniqueConstraint("matter_id", "person_id", "form"),
)

SEALED_FILE = Table(
    "sealed_file",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("epoch", Integer, nullable=False),
    Column("author", String, nullable=False),
    Column("visibility", String, nullable=False),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("key_sealed", LargeBinary, nullable=False),
    Column(
        "whole", Boolean, nullable=False, server_default=text("false"), comment="false while it arrives: swept away if cut off"
    ),
    Column("arrived_at", DateTime(timezone=True), nullable=False, comment="wall time of the first byte"),
    Column("made_on", Date, nullable=False),
    Column("comer_id", Uuid, ForeignKey("comer.id", ondelete="CASCADE"), comment="which of those who came"),
)

SEALED_CHUNK = Table(
    "sealed_chunk",
    METADATA,
    Column("file_id", Uuid, ForeignKey("sealed_file.id", ondelete="CASCADE"), primary_key=True),
    Column("matter_id", Uuid, nullable=False),
    Column("seq", Integer, primary_key=True),
    Column("content_sealed", LargeBinary, nullable=False),
)

SEALED_IDENTITY = Table(
    "sealed_identity",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("public", LargeBinary, nullable=False, comment="public half of the identity's own key"),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_sealed", LargeBinary, comment="the key for a custodian, where a pack has one"),
    Column(
        "comer_id",
        Uuid,
        ForeignKey("comer.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
        comment="which of those who came",
    ),
    Column(
        "ring",
        LargeBinary,
        comment="public half of the key that the seats hold for all who joined; null: they hold this identity's own",
    ),
    Column("ring_sealed", LargeBinary, comment="this identity's own key, to that one"),
)

CONSENT = Table(
    "consent",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("text_id", Uuid, ForeignKey("sealed_text.id"), nullable=False, comment="the exact text and receiver, sealed"),
    Column("status", String, nullable=False, comment="asked, given, refused, lapsed, taken_back or used"),
    Column("asked_on", Date, nullable=False),
    Column("answered_on", Date),
    Column("until", Date, nullable=False, comment="the last day on which a yes can be used"),
    Column("used_on", Date),
    Column(
        "mark",
        LargeBinary,
        comment="keyed hash of all that was asked: compared without opening; null: asked before purposes were told, good for nothing",
    ),
    CheckConstraint("(status = 'used') = (used_on IS NOT NULL)", name="used"),
    CheckConstraint("until >= asked_on", name="until"),
)

COMPLAINT = Table(
    "complaint",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("language", String, nullable=False),
    Column("ground", String, comment="code of why it was declined or closed"),
    Column("same_person_asked", Boolean, nullable=False, server_default=text("false")),
    Column("came_from", Uuid, comment="the consultation it grew out of, while that exists"),
)

CONSULTATION = Table(
    "consultation",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("language", String, nullable=False),
    Column(
        "understood",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="told, and said so, that this is not official",
    ),
)

RECOMMENDATION = Table(
    "recommendation",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("consent_id", Uuid, ForeignKey("consent.id"), comment="the consent under which it goes out"),
    Column("reply_on", Date),
    Column("promised_by", Date, comment="what they promised is sealed"),
)

PROTECTION = Table(
    "protection",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "consent_id",
        Uuid,
        ForeignKey("consent.id", ondelete="SET NULL"),
        index=True,
        comment="the consent under which measures were asked for last",
    ),
    Column("reply_on", Date, comment="the day the answer to that came"),
    Column(
        "became",
        Uuid,
        ForeignKey("matter.id", ondelete="SET NULL"),
        index=True,
        comment="the complaint she opened about what happened, while that exists",
    ),
)

MEDIATION = Table(
    "mediation",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("mediator_id", Uuid, ForeignKey("person.id"), comment="of the office; null: nobody yet, or somebody from outside"),
    Column(
        "outside",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="somebody from outside mediates: who, is sealed",
    ),
    CheckConstraint("NOT (outside AND mediator_id IS NOT NULL)", name="one_mediator"),
)

TALLY = Table(
    "tally",
    METADATA,
    Column("month", Date, primary_key=True, comment="first day of the month"),
    Column("kind", String, primary_key=True),
    Column("outcome", String, primary_key=True),
    Column("count", BigInteger, nullable=False),
)

READ_LOG = Table(
    "read_log",
    METADATA,
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Uuid, ForeignKey("person.id"), primary_key=True),
    Column("day", Date, primary_key=True),
)

SEARCH_LOG = Table(
    "search_log",
    METADATA,
    Column("person_id", Uuid, ForeignKey("person.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("count", Integer, nullable=False),
)

IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    Column("locator", LargeBinary, primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("answer_sealed", LargeBinary, comment="null while the first request is under way"),
    Column("made_at", DateTime(timezone=True), nullable=False, comment="wall time; kept for an hour"),
)
