"""Contact slips: what is kept of a talk for some weeks. No name, no day, no words. At the desk each writer sees their own alone."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from records.tables.metadata import METADATA

CONTACT_SLIP = Table(
    "contact_slip",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("written_by", Uuid, ForeignKey("person.id"), nullable=False, comment="the only one at the desk who sees it"),
    Column("edition", String, ForeignKey("edition.hash"), nullable=False, comment="its rules: for how long it is kept"),
    Column("month", Date, nullable=False, comment="first day of the month; never a day"),
    Column("channel", String, nullable=False, comment="code of the pack, as all that follow"),
    Column("language", String, nullable=False),
    Column("personnel", String, comment="null: not told"),
    Column("region", String, comment="null: not told"),
    Column("issues", JSONB, nullable=False, comment="sub-codes of policies/reference/ioa.toml"),
    Column("done", JSONB, nullable=False),
    Column("route", String, comment="where she was referred to"),
    Column(
        "apart", Boolean, nullable=False, comment="counted in the annex: written by who holds that, and not the office's head"
    ),
    Column("version", Integer, nullable=False),
    CheckConstraint("extract(day FROM month) = 1", name="month"),
    Index("ix_contact_slip_month", "month"),
)
