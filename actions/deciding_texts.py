"""The text that is decided on: amendments to it, carried out as a new version; and two texts side by side.

An amendment belongs to the version it would change. It speaks a language if it has words in it for all it adds or rewords;
what is carried out is carried out in every language that all of them speak, and the others wait for a translation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Final
from uuid import UUID

from pydantic import Field

from actions.deciding import ParagraphKey, nothing_is_open, person_of
from actions.deciding_acts import KIND, Deed
from actions.deciding_questions import settles, since
from actions.kernel.actor import Actor
from actions.kernel.kind import Payload
from actions.kernel.noting import write_down
from actions.kinds.house import Citation
from actions.kinds.proposal_shapes import Paragraph, Text, digest_of, text_hash
from actions.looking import seen
from actions.office import Office
from policies.decisions import Language
from policies.members import State
from policies.refusal import Refusal
from records import deciding, versions
from records import deciding_texts as records
from records.books import Books
from records.deciding_texts import AmendmentRow, NoSuchAmendment
from records.matters import Matter
from records.versions import NoSuchVersion, VersionRow
from states.deciding.amendments import Amendment, Change, Conflict, Edit, carry_out, conflicts, refuse_what_is_none
from states.deciding.comparing import Pair, side_by_side
from states.deciding.outline import is_numbered, outlined, written
from states.proposal import UNDER_WAY

MOST_PAIRS: Final = 40_000
"""Paragraphs of one text times those of the other that are compared while somebody waits."""
MOST_WORDS: Final = 40_000_000
"""Words of one text times those of the other: two resolutions of six thousand words."""


class NotOpenForAmendments(Refusal):
    """The proposal is not before a committee or the organ, or the organ votes on it or has decided."""

    code: ClassVar[str] = "not_open_for_amendments"


class AmendmentWithoutWords(Refusal):
    """It has no language of the version in which all that it adds or rewords has words."""

    code: ClassVar[str] = "amendment_without_words"
    status: ClassVar[int] = 422


class NoCommonLanguage(Refusal):
    """There is no language of the version that all these amendments speak."""

    code: ClassVar[str] = "no_common_language"
    status: ClassVar[int] = 422


class NoTextInLanguage(Refusal):
    """The version has no text in this language."""

    code: ClassVar[str] = "no_text_in_language"
    status: ClassVar[int] = 404


class TooLongToCompare(Refusal):
    """So many paragraphs or words that nobody would wait for the comparison."""

    code: ClassVar[str] = "too_long_to_compare"
    status: ClassVar[int] = 422


class WordsBy(Payload):
    """The words of a paragraph in the languages in which they are there."""

    en: Paragraph | None = Field(default=None, repr=False)
    es: Paragraph | None = Field(default=None, repr=False)
    pt: Paragraph | None = Field(default=None, repr=False)
    fr: Paragraph | None = Field(default=None, repr=False)


class EditTold(Payload):
    """One change at one paragraph, by its key: `P2`, `O3.1`; to add before the first of its part, `P0` or `O0`."""

    change: Change
    at: ParagraphKey
    texts: WordsBy = Field(default_factory=WordsBy)


class NewAmendment(Payload):
    """What one state proposes to change in the newest version. `name` is how the room calls it."""

    name: Citation
    by: State
    edits: Annotated[tuple[EditTold, ...], Field(min_length=1, max_length=200)]


class CarryingOut(Payload):
    """Amendments that were adopted, by name, and what the version they make is called; `author` is the body that adopted them."""

    names: Annotated[tuple[Citation, ...], Field(min_length=1, max_length=200)]
    label: Citation
    author: Citation


class Beside(Payload):
    """A text that is not a version here, such as an order's, to be laid beside a version in its language."""

    language: Language
    paragraphs: Text


@dataclass(frozen=True, slots=True)
class Proposed:
    """All amendments of a proposal, and the conflicts between those to the newest version, by language."""

    rows: tuple[AmendmentRow, ...]
    newest: int
    conflicts: Mapping[str, tuple[Conflict, ...]]


def amending(told: NewAmendment) -> Deed:
    """Take down an amendment to the newest version. Conflicts with others do not stop it: the body decides which holds.

    Raises NotOpenForAmendments, AmendmentThereAlready, AmendmentWithoutWords, AmendsNothing, EmptyParagraph, NotAnAmendment.
    """

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        version = _amendable(books, matter)
        edits = [one.model_dump(mode="json", exclude_none=True) for one in told.edits]
        row = AmendmentRow(matter.id, version.number, told.name, told.by, edits, books.now, person_of(actor))
        spoken = [language for language in version.texts if _in(row, language) is not None]
        if not spoken:
            raise AmendmentWithoutWords(version=version.number)
        for language in spoken:
            amendment = _in(row, language)
            if amendment is not None:
                refuse_what_is_none(outlined(version.texts[language]), amendment)
        records.amend(books, row)
        return write_down(books, matter, "amendment_proposed", actor, {"number": version.number, "edits": len(edits)})

    return deed


def carrying_out(told: CarryingOut) -> Deed:
    """Make a version of the newest one and these amendments. Its operations and terms stay as they are.

    Raises NotOpenForAmendments, NoSuchAmendment, NoCommonLanguage, AmendmentsConflict, and as `amending`.
    """

    def deed(books: Books, matter: Matter, actor: Actor) -> Matter:
        version = _amendable(books, matter)
        own = {row.name: row for row in records.amendments(books, matter.id) if row.version == version.number}
        if not own.keys() >= set(told.names):
            raise NoSuchAmendment(version=version.number)
        texts = _carried_out(version, [own[name] for name in dict.fromkeys(told.names)])
        if not texts:
            raise NoCommonLanguage(version=version.number)
        made = replace(
            version,
            number=version.number + 1,
            label=told.label,
            author=told.author,
            texts=texts,
            hashes={language: text_hash(paragraphs) for language, paragraphs in texts.items()},
            digest=digest_of(version.operations, version.terms, texts),
            by_person=person_of(actor),
            made_at=books.now,
        )
        versions.add(books, made)
        records.carry(books, matter.id, version.number, told.names, made.number)
        facts: dict[str, str | int] = {"number": made.number, "amendments": len(set(told.names)), "sha256": made.digest.hex()}
        return write_down(books, matter, "amendments_carried_out", actor, facts)

    return deed


def amendments_of(office: Office, matter_id: UUID, *, by: UUID) -> Proposed:
    """All amendments, and where those to the newest version cannot both be carried out. Raises NotFound."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        rows = tuple(records.amendments(books, matter_id))
        newest = versions.newest(books, matter_id)
        if newest is None:
            return Proposed(rows, 0, {})
        current = [row for row in rows if row.version == newest.number and row.carried_into is None]
        found = {language: conflicts(filter(None, (_in(row, language) for row in current))) for language in newest.texts}
        return Proposed(rows, newest.number, {language: pairs for language, pairs in found.items() if pairs})


def compared(office: Office, matter_id: UUID, first: int, second: int, language: Language, *, by: UUID) -> Sequence[Pair]:
    """Two versions side by side in one language. Raises NotFound, NoSuchVersion, NoTextInLanguage, TooLongToCompare."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        one, other = (_text(versions.one(books, matter_id, number), language) for number in (first, second))
    return _beside(one, other)


def laid_beside(office: Office, matter_id: UUID, number: int | None, told: Beside, *, by: UUID) -> Sequence[Pair]:
    """A version (left out: the newest) beside another text. Nothing is kept. Raises as `compared`."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        version = versions.newest(books, matter_id) if number is None else versions.one(books, matter_id, number)
        if version is None:
            raise NoSuchVersion(number=0)
        text = _text(version, told.language)
    return _beside(text, told.paragraphs)


def _beside(first: Sequence[str], second: Sequence[str]) -> Sequence[Pair]:
    words = [sum(len(one.split()) for one in text) for text in (first, second)]
    if len(first) * len(second) > MOST_PAIRS or words[0] * words[1] > MOST_WORDS:
        raise TooLongToCompare()
    return side_by_side(outlined(first), outlined(second))


def _text(version: VersionRow, language: str) -> Sequence[str]:
    if language not in version.texts:
        raise NoTextInLanguage(number=version.number, language=language)
    return version.texts[language]


def _amendable(books: Books, matter: Matter) -> VersionRow:
    """The newest version, if it may be amended now. Raises NotOpenForAmendments."""
    version = versions.newest(books, matter.id)
    begun = since(books, matter)
    here = [row for row in deciding.of_matter(books, matter.id) if row.opened_at >= begun]
    settled = any(settles(row, books.now) for row in here)
    if version is None or matter.state not in UNDER_WAY or settled or not nothing_is_open(books, matter.id):
        raise NotOpenForAmendments(state=matter.state, kind=matter.kind)
    return version


def _in(row: AmendmentRow, language: str) -> Amendment | None:
    """The amendment in one language; None: it does not speak it."""
    edits = []
    for one in row.edits:
        words = one.get("texts", {}).get(language, "")
        if one["change"] != Change.DELETE and not words:
            return None
        edits.append(Edit(Change(one["change"]), one["at"], words))
    return Amendment(row.name, row.by_state, tuple(edits))


def _carried_out(version: VersionRow, adopted: Sequence[AmendmentRow]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for language, paragraphs in version.texts.items():
        spoken = [amendment for row in adopted if (amendment := _in(row, language)) is not None]
        if len(spoken) == len(adopted):
            amended = carry_out(outlined(paragraphs), spoken).text
            texts[language] = list(written(amended, numbered=is_numbered(paragraphs)))
    return texts
