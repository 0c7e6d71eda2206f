"""Where each matter stands in the queue of each person with a seat in it. Only the database writes here, by triggers."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, String, Table, Uuid, text

from records.tables.metadata import METADATA

PLACE = ("person_id", "due_on", "matter_id")
"""What a list is ordered by: what is due first on top, then the id."""
WAITING = ("new_to_read", "waiting_for_her", "waiting_for_them")

QUEUE_LINE = Table(
    "queue_line",
    METADATA,
    Column("person_id", Uuid, ForeignKey("person.id"), primary_key=True),
    Column("matter_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("yours", Boolean, nullable=False, comment="the person is responsible for it"),
    Column("due_on", Date, nullable=False, comment="earliest day of what the office owes; 9999-12-31: none"),
    Column("in_time_until", Date, nullable=False, comment="last day on which it is in time, waivers counted; 9999-12-31: none"),
    *(Column(name, Boolean, nullable=False) for name in WAITING),
    Index("ix_queue_line_matter_id", "matter_id"),
    Index("ix_queue_line_due_on", *PLACE),
    *(Index(f"ix_queue_line_{name}", *PLACE, postgresql_where=text(name)) for name in WAITING),
    Index(
        "ix_queue_line_neither",
        *PLACE,
        postgresql_where=text("NOT (new_to_read OR waiting_for_her OR waiting_for_them)"),
    ),
)
