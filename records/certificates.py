"""What is left of a matter that was destroyed: a number that was known before, two dates, and a line of the ledger.

The number leads from nothing to nothing: it is made of the matter's id, one way (`0058_add_certificate_number.py`).
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final
from uuid import UUID

from sqlalchemy import select, text

from records.books import Books
from records.ledger import store
from records.ledger.store import Kept
from records.tables import CERTIFICATE, LEDGER_ENTRY

DIGITS: Final = 20
"""Of the 32 of a certificate's id: enough that nobody finds one by trying, few enough to copy by hand."""
_MADE: Final = "amparo.certificate.1"
_OF: Final = text("SELECT * FROM certificate_of(:number)")


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """What proves a destruction. `entry`: its line of the ledger; None in one that is older than the ledger's line."""

    id: UUID
    kind: str
    destroyed_on: date
    backups_gone_on: date | None
    entry: Kept | None = None

    @property
    def number(self) -> str:
        """Its number, in plain digits."""
        return self.id.hex[:DIGITS]


def number_of(matter_id: UUID) -> str:
    """The number under which a matter's destruction can be asked for once it is destroyed, in plain digits.

    >>> number_of(UUID(int=0))
    'f46d1bd3eaa684976fc4'
    """
    return sha256(f"{_MADE}\n{matter_id}".encode()).hexdigest()[:DIGITS]


def certificate_of(books: Books, number: str) -> CertificateRow | None:
    """The certificate with this number, for a role that may ask for one and not for all. `number` as `number_of` gives it."""
    row = books.connection.execute(_OF, {"number": number}).first()
    if row is None:
        return None
    entry = None if row.body is None else store.kept(row)
    return CertificateRow(row.id, row.kind, row.destroyed_on, row.backups_gone_on, entry)


def certificates(books: Books) -> list[CertificateRow]:
    """All of them, newest first. Only for the owner of the tables."""
    shown = select(CERTIFICATE.c.id, CERTIFICATE.c.kind, CERTIFICATE.c.destroyed_on, CERTIFICATE.c.backups_gone_on)
    rows = books.connection.execute(shown.order_by(CERTIFICATE.c.destroyed_on.desc(), CERTIFICATE.c.id)).all()
    lines = select(LEDGER_ENTRY.c.position.label("place"), LEDGER_ENTRY.c.body, LEDGER_ENTRY.c.salt)
    found = books.connection.execute(lines.where(LEDGER_ENTRY.c.body.like('%"certificate":%'))).all()
    entries = {str(one.entry.facts["certificate"]): one for one in map(store.kept, found)}
    return [CertificateRow(*row, entry=entries.get(str(row.id))) for row in rows]
