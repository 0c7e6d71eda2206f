"""The chair's weekly band as a release: kept in the ledger of releases with the note, and written out like one.

Bands tell something too. Each that was made is attacked together with every later report.
"""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import ClassVar, Final

from nacl.signing import SigningKey

from policies.refusal import Refusal
from records import report
from records.books import Books
from records.ledger import store
from records.ledger.store import LedgerDamaged
from records.report import ReleaseRow
from reports.form.placing import manifest_of, place, signature_of
from reports.form.verify import MANIFEST, SIGNATURE, key_name
from reports.ombuds.chair_week import SERIES, chair_week
from reports.shape import Origin, Report

FILE: Final = "report.json"


class AnotherReleaseIsThere(Refusal):
    """The folder of this week holds another note. A person must look: a restored database, or a changed file."""

    code: ClassVar[str] = "another_release_there"


def keep_week(books: Books, band: str, day: date) -> None:
    """Write down what the note of a day's week says, in the transaction that makes the note. Once: a week has one note."""
    if books.pack.reports is None:
        return
    made = chair_week(band, day, band_from=books.pack.house.notices.band_from, house=books.pack.code, origin=origin(books))
    if report.release_of(books, made.series, made.edition) is None:
        written = made.written()
        digest = sha256(written.encode()).hexdigest()
        row = ReleaseRow(made.series, made.edition, SERIES, None, written, digest, books.today, symbol=None, published_at=None)
        report.add_release(books, row)


def origin(books: Books) -> Origin:
    """What figures taken now rest on. The ledger's head: its day and root, never its size; a damaged one is none, and
    `amparo status` says so.
    """
    try:
        tip = store.tip(books)
    except LedgerDamaged:
        tip = None
    head = tip.signed.head if tip else None
    return Origin(
        taken_on=books.today,
        policy_edition=books.pack.edition[:12],
        unverified=sum(1 for _ in books.pack.unverified()),
        ledger_date=head.office_date if head else None,
        ledger_root=head.root.hex() if head else None,
    )


def write_week(written: bytes, releases: Path, key: SigningKey) -> None:
    """Write a band's folder: the object and the signed list of it, as of every release, but no page and no paper.

    A folder with the release's name is whole, and is left as it is. Raises OSError, and
    AnotherReleaseIsThere where that folder holds something else.
    """
    made = Report.read(written)
    folder = releases / made.series / made.edition
    if folder.exists():
        if not (folder / FILE).is_file() or (folder / FILE).read_bytes() != written:
            raise AnotherReleaseIsThere(series=made.series, edition=made.edition)
        return
    files = {FILE: written}
    manifest = manifest_of(made, files)
    signature = signature_of(manifest, lambda content: key.sign(content).signature, key=key_name(bytes(key.verify_key)))
    place(folder, files | {MANIFEST: manifest, SIGNATURE: signature})
