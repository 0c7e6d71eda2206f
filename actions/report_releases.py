"""Looking at released reports at the council's door: which there are, one of them, its files.

What goes to one person alone is there for that person and for nobody else. The files are those of the release, in which nobody
changes anything; a file that is not as it was signed is not handed out.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from actions.kernel import access
from actions.kernel.actor import Actor, as_person
from actions.kernel.kind import Act, Nothing
from actions.kernel.move import NotOffered
from actions.kernel.step import subject_of
from actions.kernel.watching import Subject
from actions.kinds.transmittal import COUNCIL, expected
from actions.looking import Named, Possible, named
from actions.office import Office
from actions.watches import Paused, Watched, watched_of
from policies.members import MembershipUnknown
from policies.refusal import Refusal
from records import matters, people, registers, sweeps, transmittal
from records import report as releases
from records.books import Books
from records.matters import EventRow, Matter, NotFound
from records.report import ReleaseRow
from records.transmittal import ReceiptRow, TransmittalRow
from states.acts import WAIVE
from states.transmittal import TRANSMITTAL
from web.messages import LANGUAGES

KIND: Final = TRANSMITTAL.kind
CLOCKS: Final = tuple(clock.name for clock in TRANSMITTAL.clocks)
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.json.sig"
_FORMS: Final[Mapping[str, str]] = {"html": "text/html", "pdf": "application/pdf", "csv": "text/csv"}
FILES: Final[Mapping[str, str]] = {
    "report.json": "application/json",
    "report.schema.json": "application/json",
    MANIFEST: "application/json",
    SIGNATURE: "application/json",
    **{f"report.{lang}.{form}": kind for lang in LANGUAGES for form, kind in _FORMS.items()},
    **{f"dictionary.{lang}.csv": _FORMS["csv"] for lang in LANGUAGES},
}
"""Every file a release may have, with its type. No other name is ever looked for."""
_PLACE: Final = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[0-9]+)?", re.IGNORECASE)
_STYLE: Final = re.compile(r"'sha256-[A-Za-z0-9+/]{43}='")


class FilesAway(Refusal):
    """The files of a release are not written yet, or are not as they were signed: then the operator's status says so."""

    code: ClassVar[str] = "report_files_away"
    status: ClassVar[int] = 503


@dataclass(frozen=True, slots=True)
class Listed:
    """A released report in one line. `written`: its files are there. `missing`: members who have not said that they have it;
    empty also where nobody knows today's members.
    """

    matter: Matter
    row: TransmittalRow
    from_on: date
    to_on: date
    released_on: date
    written: bool
    received: tuple[ReceiptRow, ...]
    missing: tuple[str, ...]
    next_due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """One of them. `object` is what `report.json` holds, but for the symbol, which stands in `listed.row`."""

    listed: Listed
    owner: str
    object: Mapping[str, Any] = field(repr=False)
    moves: tuple[Possible, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """One file of a release. `digest` is its SHA-256 in hex; `style` what lets a page's own style through, None: no page."""

    name: str
    type: str
    content: bytes = field(repr=False)
    digest: str
    style: str | None


def released_reports(office: Office, *, by: UUID) -> list[Listed]:
    """Every report this person may know of, the first one first. Raises NotOffered, NotAllowed."""
    with office.open() as books:
        if KIND not in books.pack.kinds:
            raise NotOffered(kind=KIND)
        actor = as_person(books, by)
        access.require(books.pack.kinds[KIND], actor, "read", None, kind=KIND)
        rows = [row for row in transmittal.every(books) if _goes_to(row, actor)]
        dues = registers.earliest_due(books, [row.matter_id for row in rows])
        return [_listed(books, row, dues.get(row.matter_id)) for row in rows]


def one(office: Office, matter_id: UUID, *, by: UUID) -> Seen:
    """One report with all that was published of it. Raises NotFound."""
    with office.open() as books:
        actor, subject, row = seen(office, books, matter_id, by)
        due = registers.earliest_due(books, [matter_id]).get(matter_id)
        owner = str(subject.kind.table.stage(subject.matter.state).owner)
        return Seen(_listed(books, row, due), owner, _object(_release(books, row)), _possible(books, subject, actor))


def require_visible(office: Office, matter_id: UUID, *, by: UUID) -> None:
    """Raise NotFound unless there is such a report and this person may know of it."""
    with office.open() as books:
        seen(office, books, matter_id, by)


def may_waive(office: Office, matter_id: UUID, *, by: UUID) -> bool:
    """Whether the policy lets this person excuse that a duty about it is late. Raises NotFound."""
    with office.open() as books:
        actor, subject, _ = seen(office, books, matter_id, by)
        return access.may(subject.policy, actor, WAIVE, subject.matter)


def digests_of(office: Office, folder: Path | None, matter_id: UUID, *, by: UUID) -> Mapping[str, str]:
    """The SHA-256 of every file of a release as it was signed, and of the signed list itself; none while they are not there.

    Raises NotFound.
    """
    try:
        found = file_of(office, folder, matter_id, MANIFEST, by=by)
    except FilesAway:
        return {}
    return {MANIFEST: found.digest} | dict(json.loads(found.content)["files"])


def clocks_of(office: Office, matter_id: UUID, *, by: UUID) -> tuple[Sequence[Watched], Sequence[Paused]]:
    """What is owed of a released report, with the reasons for each date. Raises NotFound."""
    with office.open() as books:
        return watched_of(books, seen(office, books, matter_id, by)[1])


def history_of(office: Office, matter_id: UUID, *, by: UUID) -> list[tuple[EventRow, Named | None]]:
    """All that happened to it since it went out, each line with who did it. Raises NotFound."""
    with office.open() as books:
        seen(office, books, matter_id, by)
        events = matters.history(books, matter_id)
        who = people.names(books, [event.by_person for event in events if event.by_person])
        return [(event, named(who, event.by_person)) for event in events]


def file_of(office: Office, folder: Path | None, matter_id: UUID, name: str, *, by: UUID) -> Released:
    """One file of a release, from the folder in which releases lie. Raises NotFound, FilesAway."""
    if name not in FILES:
        raise NotFound()
    with office.open() as books:
        _, _, row = seen(office, books, matter_id, by)
        there = _release(books, row).published_at is not None
        if folder is None or not there or not all(_PLACE.fullmatch(part) for part in (row.series, row.edition)):
            raise FilesAway()
    try:
        return _read(folder / row.series / row.edition, name)
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        with office.open() as books:
            sweeps.note_trouble(books, uuid4(), "council", type(wrong).__name__)
        raise FilesAway() from None


def _read(place: Path, name: str) -> Released:
    """The file as it was signed. Raises OSError where it is not there, ValueError and others where it is another."""
    manifest = (place / MANIFEST).read_bytes()
    signed = json.loads(manifest)
    content = manifest if name == MANIFEST else (place / name).read_bytes()
    digest = sha256(content).hexdigest()
    if name not in (MANIFEST, SIGNATURE) and signed["files"][name] != digest:
        raise ValueError("not as it was signed")
    style = signed.get("style") if FILES[name] == _FORMS["html"] else None
    return Released(name, FILES[name], content, digest, style if style and _STYLE.fullmatch(style) else None)


def seen(office: Office, books: Books, matter_id: UUID, by: UUID) -> tuple[Actor, Subject, TransmittalRow]:
    """Who looks, and what was transmitted. Raises NotFound unless this person may know of it."""
    actor, matter = as_person(books, by, matter_id), matters.find(books, matter_id)
    subject = subject_of(office.kinds, books, matter)
    if matter.kind != KIND or not access.may(subject.policy, actor, "read", matter):
        raise NotFound()
    row = transmittal.detail(books, matter_id)
    if not _goes_to(row, actor):
        raise NotFound()
    return actor, subject, row


def _goes_to(row: TransmittalRow, actor: Actor) -> bool:
    """What goes to the Council, everybody of the house may read; what goes to one role, that role alone."""
    return row.receiver == COUNCIL or row.receiver in actor.roles


def _release(books: Books, row: TransmittalRow) -> ReleaseRow:
    found = releases.release_of(books, row.series, row.edition)
    if found is None:
        raise ValueError("only what was released is transmitted")
    return found


def _object(release: ReleaseRow) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(release.object)
    return written


def _listed(books: Books, row: TransmittalRow, due: date | None) -> Listed:
    release = _release(books, row)
    period, have = _object(release)["period"], tuple(transmittal.receipts(books, row.matter_id))
    owing = _expected(books) - {each.receiver for each in have} if row.receiver == COUNCIL else frozenset()
    return Listed(
        matter=matters.find(books, row.matter_id),
        row=row,
        from_on=date.fromisoformat(period["from"]),
        to_on=date.fromisoformat(period["to"]),
        released_on=release.released_on,
        written=release.published_at is not None,
        received=have,
        missing=tuple(sorted(owing)),
        next_due=due,
        late=due is not None and due < books.today,
    )


def _expected(books: Books) -> frozenset[str]:
    """The members from whom a receipt is expected; nobody on a day of which sources do not agree, so that reading goes on."""
    try:
        return expected(books)
    except MembershipUnknown:
        return frozenset()


def _possible(books: Books, subject: Subject, actor: Actor) -> tuple[Possible, ...]:
    """The moves the policy gives to this person; those of the house's own process are nobody's. None where nobody knows today's
    members: an act would be refused, and says why.
    """
    try:
        facts = subject.kind.facts(books, subject.matter, Act("", Nothing(), actor, books.today, books.now))
    except MembershipUnknown:
        return ()
    return tuple(
        Possible(trigger, allowed=True, unmet=unmet)
        for trigger, unmet in subject.kind.machine.permitted(subject.matter.state, facts).items()
        if access.may(subject.policy, actor, trigger, subject.matter)
    )
