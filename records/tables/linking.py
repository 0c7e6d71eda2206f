"""That two matters are about the same person or the same facts. Unlike other ties, only who has a seat in both may know of it."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, String, Table, Uuid, text

from records.tables.metadata import METADATA

LINKING = Table(
    "linking",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("first_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, comment="the lower of the two ids"),
    Column("second_id", Uuid, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False),
    Column("reason", String, nullable=False, comment="code: the same person, the same facts"),
    Column("made_by", Uuid, ForeignKey("person.id"), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("removed_by", Uuid, ForeignKey("person.id")),
    Column("removed_on", Date),
    CheckConstraint("first_id < second_id", name="order"),
    CheckConstraint("(removed_by IS NULL) = (removed_on IS NULL)", name="removed"),
    Index("ix_linking_second_id", "second_id"),
    Index("uq_linking_live", "first_id", "second_id", "reason", unique=True, postgresql_where=text("removed_on IS NULL")),
)
