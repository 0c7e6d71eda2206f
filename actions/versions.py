"""Versions of a proposal: added, judged, waived. What two of them do to each other is in `actions/merging.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final
from uuid import UUID

from pydantic import Field

from actions.kernel.kind import Payload
from actions.kernel.move import lock_with_ties
from actions.kernel.noting import write_down
from actions.kernel.settle import settle, tell
from actions.kinds.house import Citation, Day, Words
from actions.kinds.proposal_plans import Judged, judge
from actions.kinds.proposal_shapes import NewVersion, digest_of, read_operations, text_hash
from actions.looking import seen
from actions.office import Office
from actions.replays import Repeatable, matter_once
from actions.structure import require
from actions.structure_holders import require_told
from actions.structure_record import known
from policies.refusal import Refusal
from records import matters, versions
from records.books import Books
from records.matters import Matter, StaleVersion
from records.versions import NoSuchVersion, VersionRow
from states.proposal import State
from structure.things import Ref, Sort
from structure.waivers import Waiver, accept

__all__ = ["VersionRow"]  # what doors need of the records

KIND: Final = "proposal"
OPEN_FOR_VERSIONS: Final = frozenset(
    {State.DRAFT, State.SUBMITTED, State.IN_COMMITTEE, State.IN_DRAFTING_GROUP, State.RETURNED_WITH_INSTRUCTIONS}
)
"""Before it is tabled: what the organ has before it was judged as it stands, and only a committee reopens it."""


class NotOpenForVersions(Refusal):
    """The proposal is before the organ or decided: its text and operations stand."""

    code: ClassVar[str] = "not_open_for_versions"


class OperationNamedTwice(Refusal):
    """Two operations of one version have one id."""

    code: ClassVar[str] = "operation_named_twice"
    status: ClassVar[int] = 422


class FindingWaiver(Payload):
    """Lets the warnings of one rule about one thing pass, up to the day before `until`."""

    rule: Annotated[str, Field(pattern=r"^I([1-9]|1[0-6])$")]
    sort: Sort
    subject: Annotated[str, Field(min_length=1, max_length=120)]
    author: Citation
    authority: Citation
    reason: Words
    until: Day

    def waiver(self) -> Waiver:
        """As the rules read it. Raises WaiverIncomplete."""
        return Waiver(self.rule, Ref(self.sort, self.subject), self.author, self.authority, self.reason, self.until)


@dataclass(frozen=True, slots=True)
class Found:
    """A version with all the rules say of it on a day."""

    version: VersionRow
    judged: Judged
    on: date


def add_version(
    office: Office,
    matter_id: UUID,
    told: NewVersion,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Put a version in the place of the newest one.

    `told.after` is the newest version its author has seen: of two at once the second is stale, and nothing of it is kept. Raises
    NotFound, NotAllowed, StaleVersion, NotOpenForVersions, OperationNamedTwice, PlanCircle, KeyReused.
    """
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)

        def first() -> Matter:
            actor = require(books, by, "version")
            matter = held(office, books, matter_id, version)
            require_open(matter)
            row = put(books, matter_id, told, by)
            if row.operations:
                judge(books, matter_id, row)
            tell(books)
            facts: dict[str, str | int | date] = {
                "number": row.number,
                "operations": len(row.operations),
                "sha256": row.digest.hex(),
            }
            return write_down(books, matter, "version_added", actor, facts)

        return matter_once(books, request, first, by=by)


def versions_of(office: Office, matter_id: UUID, *, by: UUID) -> Sequence[VersionRow]:
    """Every version of a proposal, the first one first. Raises NotFound."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        return versions.of_matter(books, matter_id)


def findings_of(office: Office, matter_id: UUID, number: int | None = None, *, by: UUID) -> Found:
    """What the rules say today of a version (left out: the newest). Raises NotFound, NoSuchVersion, PlanCircle."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        version = version_of(books, matter_id, number)
        return Found(version, judge(books, matter_id, version), books.today)


def waive_finding(
    office: Office,
    matter_id: UUID,
    told: FindingWaiver,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Let a warning about the newest version pass, by name. What blocks cannot be waived.

    Raises NotFound, NotAllowed, StaleVersion, NoSuchVersion, WaiverIncomplete, WaiverExpired, WaiverOfBlocking, WaiverOfNothing.
    """
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)

        def first() -> Matter:
            actor = require(books, by, "waive")
            matter = held(office, books, matter_id, version)
            waiver = told.waiver()
            found = judge(books, matter_id, version_of(books, matter_id, None))
            accept(waiver, found.findings, books.today)
            versions.waive(books, matter_id, waiver, by)
            tell(books)
            facts: dict[str, str | int | date] = {"rule": waiver.rule, "sort": told.sort.value, "until": waiver.until}
            return write_down(books, matter, "finding_waived", actor, facts)

        return matter_once(books, request, first, by=by)


def waivers_of(office: Office, matter_id: UUID, *, by: UUID) -> Sequence[Waiver]:
    """Every waiver of a finding that was given for a proposal. Raises NotFound."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        return versions.waivers(books, matter_id)


def held(office: Office, books: Books, matter_id: UUID, version: int | None) -> Matter:
    """The proposal, locked and settled. Raises StaleVersion."""
    matter = lock_with_ties(office, books, matter_id)
    if version is not None and version != matter.version:
        raise StaleVersion()
    return settle(office.kinds, books, matters.find(books, matter_id))


def require_open(matter: Matter) -> None:
    """Raise NotOpenForVersions for a proposal that is before the organ or decided."""
    if matter.state not in OPEN_FOR_VERSIONS:
        raise NotOpenForVersions(state=matter.state)


def put(books: Books, matter_id: UUID, told: NewVersion, by: UUID) -> VersionRow:
    """Write down a version after the newest one. Raises StaleVersion when there is a newer one, OperationNamedTwice."""
    newest = versions.newest(books, matter_id)
    if told.after != (newest.number if newest is not None else 0):
        raise StaleVersion()
    row = _row(books, matter_id, told, by)
    versions.add(books, row)
    return row


def newest_of(books: Books, matter_id: UUID) -> VersionRow:
    """The newest version. Raises NoSuchVersion when there is none."""
    return version_of(books, matter_id, None)


def version_of(books: Books, matter_id: UUID, number: int | None) -> VersionRow:
    """A version; without a number the newest one. Raises NoSuchVersion."""
    if number is not None:
        return versions.one(books, matter_id, number)
    newest = versions.newest(books, matter_id)
    if newest is None:
        raise NoSuchVersion(number=0)
    return newest


def _row(books: Books, matter_id: UUID, told: NewVersion, by: UUID) -> VersionRow:
    ids = [one.id for one in told.operations]
    twice = sorted({id for id in ids if ids.count(id) > 1}) if len(set(ids)) < len(ids) else []
    if twice:
        raise OperationNamedTwice(operation=twice[0])
    require_told((one.id, one.operation) for one in told.operations)
    require_told(("target", one) for one in told.terms.target or ())
    operations, terms = [one.kept() for one in told.operations], told.kept_terms()
    texts = told.texts.kept()
    read_operations(operations)
    return VersionRow(
        matter_id=matter_id,
        number=told.after + 1,
        label=told.label,
        operations=operations,
        terms=terms,
        texts=texts,
        hashes={language: text_hash(paragraphs) for language, paragraphs in texts.items()},
        digest=digest_of(operations, terms, texts),
        base_seq=known(books).mark.seq,
        author=told.author,
        by_person=by,
        made_at=books.now,
    )
