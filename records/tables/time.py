"""What is due, what has fired, what is to be sent, who swept; the office's instant and the editions of its rules."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.metadata import METADATA

OFFICE_CLOCK = Table(
    "office_clock",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("environment", String, nullable=False, comment="real, demo or test; fixed when the database was made"),
    Column(
        "instant",
        DateTime(timezone=True),
        comment="the office's instant once a director moved it; null: it follows the wall clock, as real always does",
    ),
    CheckConstraint("id = 1", name="one_row"),
    CheckConstraint("environment IN ('real', 'demo', 'test')", name="environment"),
    CheckConstraint("environment <> 'real' OR instant IS NULL", name="real_has_no_instant"),
)

EDITION = Table(
    "edition",
    METADATA,
    Column("hash", String, primary_key=True),
    Column("pack", String, nullable=False),
    Column("content", String, nullable=False, comment="the whole pack in canonical form"),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

CLOSURE = Table(
    "closure",
    METADATA,
    Column("calendar", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("name", String, nullable=False, comment="what was announced: a holiday's name, no person's words"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)

CLOCK = Table(
    "clock",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
    Column("name", String, nullable=False),
    Column("epoch", Integer, nullable=False, comment="1 for the first time this duty began, then 2, ..."),
    Column("started_on", Date, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False, comment="office instant at which it began to be watched"),
    Column("given", JSONB, comment="a date or a period that the matter itself brought"),
    Column("due_on", Date, comment="null while paused"),
    Column("status", String, nullable=False, comment="running, met, lapsed or ended"),
    Column("stopped_on", Date),
    Column("next_at", DateTime(timezone=True), comment="next instant at which something of it fires; null: nothing will"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("retry_at", DateTime(timezone=True), comment="wall time; set after a failed sweep"),
    Column("dead", Boolean, nullable=False, server_default=text("false"), comment="gave up after the last attempt: alarm"),
    UniqueConstraint("matter_id", "name", "epoch"),
    Index("ix_clock_next_at", "next_at", postgresql_where=text("next_at IS NOT NULL AND NOT dead")),
    Index("ix_clock_dead", "id", postgresql_where=text("dead")),
    Index("ix_clock_due_on", "due_on", postgresql_where=text("status = 'running'")),
    Index("ix_clock_danger", "matter_id", postgresql_where=text("name = 'triage' AND status = 'running'")),
)

RUNG_FIRED = Table(
    "rung_fired",
    METADATA,
    Column("clock_id", Uuid, ForeignKey("clock.id", ondelete="CASCADE"), primary_key=True),
    Column("rung", String, primary_key=True, comment="a rung of the ladder, or lapse, passed, cap"),
    Column("round", Integer, primary_key=True, comment="0, then 1, 2, ... for a rung that repeats"),
    Column("due_at", DateTime(timezone=True), nullable=False, comment="the instant it belongs to"),
    Column("fired_at", DateTime(timezone=True), nullable=False, comment="office instant at which it was written"),
    Column("person_id", Uuid, ForeignKey("person.id"), comment="who was reminded, told or given the matter"),
    Column("outcome", String, nullable=False, comment="told, handed_over, not_needed, nobody, lapsed, passed, resumed, refused"),
)

PAUSE = Table(
    "pause",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, comment="first day counted again; null: still paused"),
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("dedup", String, nullable=False, unique=True),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("key", String, nullable=False, comment="message id of the catalogues"),
    Column("params", JSONB, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False, comment="office time"),
    Column("sent_at", DateTime(timezone=True), comment="wall time"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("retry_at", DateTime(timezone=True), comment="wall time"),
    Column("stuck", Boolean, nullable=False, server_default=text("false")),
    Index("ix_outbox_unsent", "made_at", postgresql_where=text("sent_at IS NULL AND NOT stuck")),
    Index("ix_outbox_person_id", "person_id"),
)

SWEEP_RUN = Table(
    "sweep_run",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("began_at", DateTime(timezone=True), nullable=False, comment="wall time"),
    Column("ended_at", DateTime(timezone=True), comment="wall time; null: under way or killed"),
    Column("office_at", DateTime(timezone=True), nullable=False),
    Column("through", String, nullable=False, comment="prefect or direct"),
    Column("matters", Integer, nullable=False, server_default="0"),
    Column("fired", Integer, nullable=False, server_default="0"),
    Column("lapsed", Integer, nullable=False, server_default="0"),
    Column("failed", Integer, nullable=False, server_default="0"),
    Column("dead", Integer, nullable=False, server_default="0"),
    Column("lag_seconds", Float, nullable=False, server_default="0", comment="office time the oldest due instant waited"),
    Index("ix_sweep_run_began_at", "began_at"),
)

TROUBLE = Table(
    "trouble",
    METADATA,
    Column("ref", Uuid, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, comment="wall time"),
    Column("where", String, nullable=False),
    Column("what", String, nullable=False, comment="class of the error; never its text"),
    Column("count", BigInteger, nullable=False, server_default="1"),
)
