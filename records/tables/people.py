"""Who works here, in which office, away when; how they sign in."""

from sqlalchemy import (
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
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.metadata import METADATA

PERSON = Table(
    "person",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("name", String, nullable=False),
    Column("mail", String, comment="where notices go; null: none are sent"),
    Column("language", String, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

APPOINTMENT = Table(
    "appointment",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("role", String, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, comment="first day no longer in office"),
    Index("ix_appointment_role_person_id", "role", "person_id"),
)

ABSENCE = Table(
    "absence",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False, index=True),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, comment="first day back; null: not known yet"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)

ACCOUNT = Table(
    "account",
    METADATA,
    Column("person_id", Uuid, ForeignKey("person.id"), primary_key=True),
    Column("login", String, nullable=False, unique=True),
    Column("passphrase_hash", String, nullable=False, comment="Argon2id, with its parameters"),
    Column("totp_sealed", LargeBinary, nullable=False, comment="TOTP secret under the door's server key"),
    Column("last_totp_step", Integer, comment="newest 30 s step used: a code works once"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("not_before", DateTime(timezone=True), comment="wall time: next try allowed (growing delay)"),
)

SESSION = Table(
    "session",
    METADATA,
    Column("token_hash", LargeBinary, primary_key=True, comment="BLAKE2b of the cookie's secret"),
    Column("id", Uuid, nullable=False, unique=True, comment="what the wrapped key is bound to"),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False, index=True),
    Column("made_at", DateTime(timezone=True), nullable=False, comment="wall time"),
    Column("seen_at", DateTime(timezone=True), nullable=False, comment="wall time"),
    Column("key_wrapped", LargeBinary, comment="the handler's private key under the cookie's secret"),
)

INVITATION = Table(
    "invitation",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("code_hash", LargeBinary, nullable=False, unique=True, comment="keyed with the desk's key; the code is kept nowhere"),
    Column("person_id", Uuid, nullable=False, comment="no foreign key: who is new is a person once admitted"),
    Column("name", String, nullable=False),
    Column("login", String, nullable=False, unique=True),
    Column("mail", String),
    Column("language", String, nullable=False),
    Column("roles", JSONB, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, comment="first day no longer in office"),
    Column("enrols", Boolean, nullable=False, comment="may sign others; only with the papers"),
    Column("renew", Boolean, nullable=False, comment="a new key for somebody who lost theirs"),
    Column("invited_by", Uuid, ForeignKey("person.id"), comment="null: whoever brought two of the papers"),
    Column("expires_at", DateTime(timezone=True), nullable=False, comment="wall time"),
    Column("totp_sealed", LargeBinary, comment="TOTP secret under the desk's server key; null: not begun"),
    Column("last_totp_step", Integer, comment="30 s step used to confirm it: a code works once"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("not_before", DateTime(timezone=True), comment="wall time: next try allowed (growing delay)"),
    Column("key_wrapped", LargeBinary, comment="the new key under its passphrase; null: not set up"),
    Column("box", LargeBinary, comment="X25519 public key; nothing is sealed to it until it is signed"),
    Column("verify", LargeBinary, comment="Ed25519 public key"),
    CheckConstraint("(box IS NULL) = (verify IS NULL) AND (box IS NULL) = (key_wrapped IS NULL)", name="set_up"),
)
