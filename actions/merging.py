"""Two proposals brought together: where they are at odds, what a person chose, and the version that comes of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Final
from uuid import UUID

from pydantic import Field, ValidationError

from actions.kernel.kind import Payload
from actions.kernel.noting import write_down
from actions.kernel.settle import tell
from actions.kinds.house import Citation
from actions.kinds.proposal_plans import judge, judge_together, planned_of
from actions.kinds.proposal_shapes import NewVersion, Terms, Texts, ToDo, read_operations, read_terms
from actions.looking import seen
from actions.office import Office
from actions.replays import Repeatable, matter_once
from actions.structure import require
from actions.versions import KIND, held, newest_of, put, require_open
from policies.refusal import Refusal
from records import matters, merges
from records.books import Books
from records.matters import Matter
from records.merges import MergeRow
from records.versions import VersionRow
from structure.merging import Choice, ChoiceRefused, Merged, decided
from structure.operation import Operation
from structure.things import UNKNOWN
from structure.timeline import Planned

__all__ = ["MergeRow"]  # what doors need of the records

MOST_CHOICES: Final = 2000
LONGEST_ID: Final = 34
"""Of an operation's name that gets a number: with it, it is as long as a name may be."""

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Place = tuple[date, Operation]
"""What an operation is, whatever it is called: two versions may call two of them the same."""


class SameProposal(Refusal):
    """A proposal was to be merged with itself."""

    code: ClassVar[str] = "same_proposal"
    status: ClassVar[int] = 422


class StaleMerge(Refusal):
    """One of the two has a newer version than the one whose digest was named: what was chosen was about others."""

    code: ClassVar[str] = "stale_merge"
    status: ClassVar[int] = 412


class MergeNotDecided(Refusal):
    """Conflicts are left that nobody decided. Names how many, and the first."""

    code: ClassVar[str] = "merge_not_decided"


class MergeTooLarge(Refusal):
    """The two together are more than one version may hold."""

    code: ClassVar[str] = "merge_too_large"
    status: ClassVar[int] = 422


class ChoiceAboutNothing(Refusal):
    """A choice is about a conflict that no round shows. Told by its place in the list: what it is called somebody typed."""

    code: ClassVar[str] = "choice_about_nothing"
    status: ClassVar[int] = 422


class TermsDiffer(Refusal):
    """The two are judged by terms that cannot both hold: whoever merges them must say which do."""

    code: ClassVar[str] = "terms_differ"
    status: ClassVar[int] = 422

    def __init__(self, claim: str) -> None:
        super().__init__()
        self.unmet = (claim,)


class Chosen(Payload):
    """What holds of one conflict."""

    conflict: Annotated[str, Field(min_length=1, max_length=500)]
    choice: Choice


class NewMerge(Payload):
    """The newest versions of two proposals become the next version of the first one.

    `sha256` and `other_sha256` name the versions that the choices are about. `terms` left out: those of both, which must then
    agree. `texts` left out: none is held, for two texts are not merged by a program.
    """

    other: UUID
    sha256: Digest
    other_sha256: Digest
    choices: Annotated[tuple[Chosen, ...], Field(max_length=MOST_CHOICES)] = ()
    label: Citation
    author: Citation
    terms: Terms | None = None
    texts: Texts = Field(default_factory=Texts)

    def pairs(self) -> list[tuple[str, Choice]]:
        """Conflict and what holds of it, in order."""
        return [(one.conflict, one.choice) for one in self.choices]


@dataclass(frozen=True, slots=True)
class Together:
    """Two proposals on the house at once: where they are at odds, and what the rules find of both and of neither alone."""

    mine: VersionRow
    other: VersionRow
    merged: Merged


def merge(office: Office, matter_id: UUID, other_id: UUID, choices: Sequence[tuple[str, Choice]] = (), *, by: UUID) -> Together:
    """What the newest versions of two proposals do to each other, with these choices made. Writes nothing.

    Raises NotFound, SameProposal, NoSuchVersion, PlanCircle, ChoiceRefused, ChoiceAboutNothing.
    """
    with office.open() as books:
        return _together(office, books, matter_id, other_id, choices, by)


def add_merged(
    office: Office,
    matter_id: UUID,
    told: NewMerge,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Put what two proposals come to in the place of the newest version of one of them; the other stays as it is.

    Raises NotFound, NotAllowed, StaleVersion, StaleMerge, SameProposal, NotOpenForVersions (of either), ChoiceRefused,
    ChoiceAboutNothing, MergeNotDecided, TermsDiffer, MergeTooLarge, PlanCircle, KeyReused; then nothing is written.
    """
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        seen(office, books, KIND, told.other, by)

        def first() -> Matter:
            actor = require(books, by, "version")
            matter = held(office, books, matter_id, version)
            for one in (matter, matters.find(books, told.other)):
                require_open(one)
            found = _together(office, books, matter_id, told.other, told.pairs(), by, told)
            if found.merged.conflicts:
                raise MergeNotDecided(count=len(found.merged.conflicts), conflict=found.merged.conflicts[0].id)
            row = put(books, matter_id, _version(books, found, told), by)
            if row.operations:
                judge(books, matter_id, row)
            merges.add(books, _merge_row(found, told, row.number))
            tell(books)
            return write_down(books, matter, "version_merged", actor, _facts(row, told))

        return matter_once(books, request, first, by=by)


def merges_of(office: Office, matter_id: UUID, *, by: UUID) -> Mapping[int, MergeRow]:
    """Version -> what it was merged from, for those that were. Raises NotFound."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        return merges.of_matter(books, matter_id)


def _together(
    office: Office,
    books: Books,
    matter_id: UUID,
    other_id: UUID,
    choices: Sequence[tuple[str, Choice]],
    by: UUID,
    told: NewMerge | None = None,
) -> Together:
    """The merge. Raises StaleMerge when `told` names other versions than the newest."""
    if matter_id == other_id:
        raise SameProposal()
    for each in (matter_id, other_id):
        seen(office, books, KIND, each, by)
    mine, other = newest_of(books, matter_id), newest_of(books, other_id)
    if told is not None and (mine.digest.hex(), other.digest.hex()) != (told.sha256, told.other_sha256):
        raise StaleMerge(version=mine.number, other=other.number)
    try:
        return Together(mine, other, decided(judge_together(books, mine, other), choices))
    except ChoiceRefused as refused:
        if refused.claim != "conflict_is_open":
            raise
        place = [conflict for conflict, _ in choices].index(str(refused.params["conflict"]))
        raise ChoiceAboutNothing(place=place + 1) from None


def _version(books: Books, found: Together, told: NewMerge) -> NewVersion:
    """The version that comes of it: each operation as its own version has it, a date that no source gives included."""
    sides = [_by_place(books, row) for row in (found.mine, found.other)]
    ids = _ids(found.merged.planned)
    placed = {(one.on, one.operation): ids[one.id] for one in found.merged.planned}
    same: dict[Place, list[ToDo]] = {}
    for place, one in (each for side in sides for each in side):
        same.setdefault(place, []).append(one)
    terms = told.terms or _joined(read_terms(found.mine.terms), read_terms(found.other.terms)) | {
        "retroactive": sorted(_retroactive(found, sides, placed))
    }
    operations = [_source(same[place]).model_copy(update={"id": id}) for place, id in placed.items()]
    shown = {"label": told.label, "author": told.author, "texts": told.texts}
    try:
        return NewVersion.model_validate({"after": found.mine.number, "operations": operations, "terms": terms} | shown)
    except ValidationError:
        raise MergeTooLarge(operations=len(operations)) from None


def _by_place(books: Books, row: VersionRow) -> list[tuple[Place, ToDo]]:
    todo = read_operations(row.operations)
    return [((planned.on, planned.operation), one) for planned, one in zip(planned_of(books, todo), todo, strict=True)]


def _source(same: Sequence[ToDo]) -> ToDo:
    """What an operation is in its version. Of several that are the same, one whose date a source gives."""
    told = min(same, key=lambda one: (one.on is None, one.assumed))
    return told.model_copy(update={"declared": any(one.declared for one in same)})


def _retroactive(found: Together, sides: Iterable[list[tuple[Place, ToDo]]], placed: Mapping[Place, str]) -> Iterator[str]:
    """Ids of operations that one of the versions lets take effect before its adoption."""
    for side, row in zip(sides, (found.mine, found.other), strict=True):
        early = set(read_terms(row.terms).retroactive)
        yield from {placed[place] for place, one in side if one.id in early and place in placed}


def _ids(planned: Iterable[Planned]) -> dict[str, str]:
    """Id in the merge -> id in the version: one that both versions gave to different operations comes with a `~`."""
    plain = [one.id for one in planned]
    taken = {id for id in plain if "~" not in id}
    found: dict[str, str] = {}
    for id in plain:
        free, number = id, 1
        while "~" in free or (free != id and free in taken):
            free, number = f"{id.partition('~')[0][:LONGEST_ID]}-{number}", number + 1
        taken.add(free)
        found[id] = free
    return found


def _joined(mine: Terms, other: Terms) -> dict[str, Any]:
    """Terms that hold for both. No result is shown: neither version shows the one of both. Raises TermsDiffer."""
    bodies = {mine.decides, other.decides} - {UNKNOWN}
    if len(bodies) > 1:
        raise TermsDiffer("one_body_decides_both")
    if mine.ad_referendum != other.ad_referendum:
        raise TermsDiffer("both_are_or_are_not_ad_referendum")
    if set(mine.scope) != set(other.scope):
        raise TermsDiffer("one_scope_holds_for_both")
    heirs = dict.fromkeys((*mine.heirs, *other.heirs))
    if len({heir.mandate for heir in heirs}) < len(heirs):
        raise TermsDiffer("one_function_is_to_owe_each_mandate")
    given = dict.fromkeys((*mine.delegations, *other.delegations))
    told = {"decides": next(iter(bodies), UNKNOWN), "ad_referendum": mine.ad_referendum, "scope": mine.scope}
    return told | {"delegations": [*given], "heirs": [*heirs]}


def _facts(row: VersionRow, told: NewMerge) -> dict[str, str | int]:
    return {
        "number": row.number,
        "operations": len(row.operations),
        "sha256": row.digest.hex(),
        "from_sha256": told.sha256,
        "other": str(told.other),
        "other_sha256": told.other_sha256,
        "choices": len(told.choices),
    }


def _merge_row(found: Together, told: NewMerge, number: int) -> MergeRow:
    return MergeRow(
        matter_id=found.mine.matter_id,
        number=number,
        mine=found.mine.number,
        mine_digest=found.mine.digest,
        other_id=found.other.matter_id,
        other=found.other.number,
        other_digest=found.other.digest,
        choices=[(conflict, choice.value) for conflict, choice in told.pairs()],
        left_out=[one.id for one in found.merged.waiting],
    )
