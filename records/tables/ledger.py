"""The ledger: entries that wait to be folded, leaves in their order, signed heads."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, LargeBinary, String, Table, Uuid, func, text
from sqlalchemy.types import UserDefinedType

from records.tables.metadata import METADATA


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction number: what tells which entries can no longer be joined by an earlier one."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """The type's name in SQL."""
        return "xid8"


LEDGER_ENTRY = Table(
    "ledger_entry",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("commitment", LargeBinary, nullable=False, comment="the 32 bytes of the leaf"),
    Column("body", String, comment="canonical entry; null once erased, and for random filling"),
    Column("salt", LargeBinary, comment="ombuds only; erased with the body"),
    Column("matter_id", Uuid, comment="no foreign key: the entry outlives the matter"),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("xid", Xid8, nullable=False, server_default=text("pg_current_xact_id()")),
    Column("position", BigInteger, unique=True, comment="place in the log; null until folded"),
    Index("ix_ledger_entry_waiting", "xid", postgresql_where=text("position IS NULL")),
    Index("ix_ledger_entry_matter_id", "matter_id"),
)

LEDGER_HEAD = Table(
    "ledger_head",
    METADATA,
    Column("office_date", Date, primary_key=True),  # the day that was over when it was signed
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("canonical", LargeBinary, nullable=False),  # the signed head as it is exported
    Column("signature", LargeBinary, nullable=False),
    Column("frontier", LargeBinary, nullable=False, comment="the hashes needed to append without reading the log again"),
)
