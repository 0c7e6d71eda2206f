"""Those who come with a matter of the office: usually one, sometimes several, sometimes one for another."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)

from records.tables.metadata import METADATA

COMER = Table(
    "comer",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False, comment="1 came first; never given again"),
    Column("part", String, nullable=False, comment="own, for_another, concerned"),
    Column("public", LargeBinary, nullable=False, comment="X25519 public key of the words: later epochs are sealed to it"),
    Column("here", Boolean, nullable=False, server_default=text("true"), comment="false: left"),
    CheckConstraint("part IN ('own', 'for_another', 'concerned')", name="part"),
    UniqueConstraint("matter_id", "number"),
)

RECEIPT = Table(
    "receipt",
    METADATA,
    Column("locator", LargeBinary, primary_key=True, comment="keyed hash of the words: where, and nothing else"),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column(
        "comer_id",
        Uuid,
        ForeignKey("comer.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        nullable=False,
        unique=True,
        comment="which of those who came",
    ),
    Column(
        "dictated",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="whoever typed for her knows these words: they lead to new ones alone",
    ),
)

JOINING = Table(
    "joining",
    METADATA,
    Column("locator", LargeBinary, primary_key=True, comment="keyed hash of the code: where, and nothing else"),
    Column("id", Uuid, nullable=False),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("part", String, nullable=False, comment="own or concerned"),
    Column("public", LargeBinary, nullable=False, comment="X25519 public key of the code"),
    Column("epoch", Integer, nullable=False),
    Column("key_sealed", LargeBinary, nullable=False),
    Column("expires_on", Date, nullable=False, comment="the last day"),
    CheckConstraint("part IN ('own', 'concerned')", name="part"),
)

CONSENT_VOICE = Table(
    "consent_voice",
    METADATA,
    Column("consent_id", Uuid, ForeignKey("consent.id", ondelete="CASCADE"), primary_key=True),
    Column("comer_id", Uuid, ForeignKey("comer.id", ondelete="CASCADE"), primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
)
