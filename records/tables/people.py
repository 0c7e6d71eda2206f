"""Who works here, in which office, away when; how they sign in."""

from sqlalchemy import Column, Date, DateTime, ForeignKey, Index, Integer, LargeBinary, String, Table, Uuid

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
