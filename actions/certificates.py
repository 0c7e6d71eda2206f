"""That something was destroyed, and when: told to whoever has the number, which she got while her words still led to it.

It says official or not, two dates, and which line of the ledger proves it under the key that signs its heads. It says nothing of
who, of what, or of which case: the number leads from nothing to nothing (`records/certificates.py`).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar, Final

from actions.kernel.step import NotYet
from actions.ledger import NoHeadYet, NotFoldedYet, proof_of
from actions.office import Office
from actions.retention import FORMAL, INFORMAL
from policies.refusal import Refusal
from records import certificates, matters, retention
from records.books import Books
from records.certificates import DIGITS, CertificateRow
from records.ledger import Entry, Proof, public_line, store
from records.matters import Matter

_ALIKE: Final = str.maketrans({"o": "0", "l": "1", "i": "1"})
_BETWEEN: Final = str.maketrans(dict.fromkeys(" -–—.\t\n\r\xa0"))
_GROUP: Final = 4


class CertificateUnknown(Refusal):
    """Nothing that was destroyed has this number: it is not destroyed yet, or the number is none. Which, nobody is told."""

    code: ClassVar[str] = "certificate_unknown"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class Proven:
    """The line of the ledger that says it, from 0, and the head it stands under: as reports print it, with key and signature.

    `file` is for `amparo ledger check-proof`.
    """

    leaf: int
    head: str
    signed_by: str
    signature: str
    file: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a number stands for. `track` is "formal" or "informal".

    `backups_gone_on` None: nobody has said yet that the last copy is gone. `proof` None: it can be had from `proof_from` on, or,
    where that is None too, there is none.
    """

    number: str
    track: str
    destroyed_on: date
    backups_gone_on: date | None
    proof: Proven | None = None
    proof_from: date | None = None


def number_of(books: Books, matter: Matter) -> str | None:
    """The number under which a matter's destruction can be checked afterwards; None: nothing of such matters is kept."""
    root = matters.find(books, retention.root(books, matter.id))
    rule = books.edition(root.edition).kinds[root.kind].retention
    return written(certificates.number_of(root.id)) if rule is not None and rule.keep_months > 0 else None


def written(number: str) -> str:
    """A number as people copy it.

    >>> written("0123456789abcdef0123")
    '0123-4567-89ab-cdef-0123'
    """
    return "-".join(number[at : at + _GROUP] for at in range(0, DIGITS, _GROUP))


def _plain(typed: str) -> str:
    """A number that somebody typed, in plain digits."""
    return typed.translate(_BETWEEN).lower().translate(_ALIKE)


def check(office: Office, typed: str) -> Certificate:
    """What the number that somebody typed stands for, however it is grouped. Raises CertificateUnknown, NotInLedger."""
    number = _plain(typed)
    with office.open() as books:
        found = None
        if len(number) == DIGITS and set(number) <= set("0123456789abcdef"):
            found = certificates.certificate_of(books, number)
        if found is None:
            raise CertificateUnknown()
        try:
            proof = None
            if found.entry is not None:
                proof = proof_of(books, found.entry, lambda size: store.leaves_at_a_door(books, size))
        except (NotFoldedYet, NoHeadYet):
            return _told(office, found, None, books.today + timedelta(days=1))
        return _told(office, found, None if proof is None else _proven(proof), None)


def every(office: Office) -> list[Certificate]:
    """All certificates, newest first, without their proofs. For an operator, who knows that cases exist, and when they went."""
    with office.open() as books:
        return [_told(office, row, None, None) for row in certificates.certificates(books)]


def prove(office: Office, number: str) -> str:
    """The proof of a certificate as a file, for an operator to hand on. Raises CertificateUnknown and as `ledger.proof_of`."""
    with office.open() as books:
        wanted = _plain(number)
        found = next((row for row in certificates.certificates(books) if row.number == wanted), None)
        if found is None:
            raise CertificateUnknown()
        return proof_of(books, found.entry, lambda size: list(store.leaves(books))[:size]).as_text()


def _proven(proof: Proof) -> Proven:
    signed = proof.signed
    return Proven(proof.index, public_line(signed.head), signed.key, signed.signature.hex(), proof.as_text())


def _told(office: Office, row: CertificateRow, proof: Proven | None, proof_from: date | None) -> Certificate:
    kind = office.kinds.get(row.kind)
    track = FORMAL if kind is None or kind.formal else INFORMAL
    return Certificate(written(row.number), track, row.destroyed_on, row.backups_gone_on, proof, proof_from)


def confirm_backups_gone(office: Office, before: date) -> int:
    """An operator says that no copy made before a day is left. Return how many certificates got their second date.

    Raises NotYet for a day to come: copies of today may hold what goes today.
    """
    with office.open() as books:
        if before > books.today:
            raise NotYet(day=before, today=books.today)
        told = retention.confirm_backups_gone(books, before)
        store.append(books, Entry(books.today, "retention.backups_gone", None, None, {"before": before, "count": told}), None)
        return told
