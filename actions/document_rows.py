"""What is written down of a document: its row, a step of a language, a correction; each judged before it is made."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from actions.document_shapes import Carried, NewCorrection, Stamped
from actions.kinds.proposal_shapes import text_hash
from actions.looking import seen
from actions.office import Office
from policies.citations import CitationForms
from policies.documents import STEPS, DocumentRules, Series
from policies.refusal import Refusal
from records import documents, versions
from records.books import Books
from records.documents import Correction, Document, Stamp
from records.matters import StaleVersion
from states.documents import (
    DISTRIBUTED,
    NumberTaken,
    Place,
    Steps,
    numbered,
    require_correction,
    require_step,
)

FILE, PARAGRAPHS, VERSION = "file", "paragraphs", "version"
"""What a hash is of: a file, as somebody told it; paragraphs that were sent; the text of the version that is carried."""


class DocumentsNotOffered(Refusal):
    """This house's rules say nothing of its documents, or not how their symbols are written."""

    code: ClassVar[str] = "documents_not_offered"
    status: ClassVar[int] = 404


class LanguageNotHere(Refusal):
    """Documents of this house do not appear in this language."""

    code: ClassVar[str] = "language_not_here"
    status: ClassVar[int] = 422


class DocumentVoid(Refusal):
    """The number stays without a document: nothing is done with it any more."""

    code: ClassVar[str] = "document_void"


class NumberOfMeeting(Refusal):
    """The series gives its documents the number of their meeting, and another was told."""

    code: ClassVar[str] = "document_number_of_meeting"
    status: ClassVar[int] = 422


class TextDiffers(Refusal):
    """The paragraphs are not those of the version that the document carries."""

    code: ClassVar[str] = "document_text_differs"


class NothingCorrected(Refusal):
    """The hash is that of the text before: nothing was corrected."""

    code: ClassVar[str] = "nothing_corrected"
    status: ClassVar[int] = 422


def rules_of(books: Books) -> tuple[DocumentRules, CitationForms]:
    """How this house numbers its documents and writes their symbols. Raises DocumentsNotOffered."""
    if books.pack.documents is None or books.pack.citations is None:
        raise DocumentsNotOffered()
    return books.pack.documents, books.pack.citations


def held(books: Books, document_id: UUID, version: int | None) -> Document:
    """The document, which nobody else changes until the transaction ends.

    Raises NoSuchDocument, StaleVersion when `version` is given and somebody changed it since, DocumentVoid.
    """
    document = documents.one(books, document_id, lock=True)
    if version is not None and version != document.version:
        raise StaleVersion()
    if document.void_on is not None:
        raise DocumentVoid(symbol=document.symbol, day=document.void_on)
    return document


def require_told(office: Office, books: Books, original: str, carried: Carried | None, by: UUID) -> None:
    """Refuse an original in no language of ours, and a version that is not there.

    Raises LanguageNotHere, NotFound, NoSuchVersion.
    """
    _require_language(books, original)
    if carried is not None:
        seen(office, books, "proposal", carried.proposal, by)
        versions.one(books, carried.proposal, carried.version)


def number_in(books: Books, series: Series, circle: str, told: int | None, place: Place) -> int:
    """The number a document of a series gets. Raises NumberOfMeeting, NumberLeavesGap, NumberTaken."""
    if series.numbers == "meeting" and place.meeting is not None:
        if told not in (None, place.meeting):
            raise NumberOfMeeting(meeting=str(place.meeting))
        documents.counter(books, circle)  # whoever registers the same one waits, and is then refused by name
        if documents.is_taken(books, circle, place.meeting):
            raise NumberTaken(number=str(place.meeting))
        return place.meeting
    return next_in(books, circle, told)


def next_in(books: Books, circle: str, told: int | None) -> int:
    """The next number of a circle, or the told one where it may be. Raises NumberLeavesGap, NumberTaken."""
    before = documents.counter(books, circle)
    number, after = numbered(before, told)
    if documents.is_taken(books, circle, number):
        raise NumberTaken(number=str(number))
    if after != before:
        documents.count(books, circle, after)
    return number


def new_row(books: Books, by: UUID | None, **told: Any) -> Document:
    """A document's row; what is not told is not known. `by` None: the house's own process."""
    blank: dict[str, Any] = dict.fromkeys(Document.__dataclass_fields__)
    own = {"id": uuid4(), "version": 1, "by_person": by, "recorded_at": books.now}
    return Document(**blank | told | own)


def stamped(books: Books, document: Document, told: Stamped, by: UUID) -> Stamp:
    """The row of a step of a language. Raises LanguageNotHere, TextDiffers, and as `require_step`."""
    rules, _ = rules_of(books)
    _require_language(books, told.language)
    stamps = [one for one in documents.stamps(books, [document.id]) if one.language == told.language]
    way = rules.way(told.language, document.original)
    require_step(told.language, way, steps_of(stamps), told.step, told.at, _now(books))
    digest, of = _hash(told, None if told.step == "requested" else _text(books, document, told.language))
    if of == VERSION and (told.step != DISTRIBUTED or any(one.sha256 is not None for one in stamps)):
        digest, of = None, None  # the version's own text stands in where nobody told another one until it went out
    return Stamp(document.id, told.language, told.step, told.at, digest, of, by, books.now)


def corrected(books: Books, document: Document, told: NewCorrection, by: UUID) -> Correction:
    """The row of a correction. Raises LanguageNotHere, NothingCorrected, and as `require_correction`."""
    _require_language(books, told.language)
    stamps = [one for one in documents.stamps(books, [document.id]) if one.language == told.language]
    before = [one for one in documents.corrections(books, [document.id]) if one.language == told.language]
    last = before[-1].at if before else None
    require_correction(told.language, steps_of(stamps), last, told.at, _now(books))
    digest, of = _hash(told, None)
    if digest is None or of is None or digest == hash_in(stamps, before)[0]:
        raise NothingCorrected(language=told.language)
    number = len(before) + 1
    return Correction(document.id, told.language, number, told.what, told.at, digest, of, by, books.now)


def steps_of(stamps: list[Stamp]) -> Steps:
    """The steps that one language has taken."""
    return {one.step: one.at for one in stamps}


def hash_in(stamps: list[Stamp], corrections: list[Correction]) -> tuple[bytes | None, str | None]:
    """The hash of the text of one language as it stands, and what it is of; None: nobody told one."""
    in_order = sorted(stamps, key=lambda one: STEPS.index(one.step))
    told = [(one.sha256, one.hash_of) for one in in_order if one.sha256 is not None]
    told += [(one.sha256, one.hash_of) for one in corrections]
    return told[-1] if told else (None, None)


def _hash(told: Stamped | NewCorrection, carried: list[str] | None) -> tuple[bytes | None, str | None]:
    if told.sha256 is not None:
        return bytes.fromhex(told.sha256), FILE
    if told.paragraphs is not None:
        digest = text_hash(told.paragraphs)
        if carried is not None and digest != text_hash(carried):
            raise TextDiffers(language=told.language)
        return bytes.fromhex(digest), PARAGRAPHS
    return (None, None) if carried is None else (bytes.fromhex(text_hash(carried)), VERSION)


def _text(books: Books, document: Document, language: str) -> list[str] | None:
    """The text in this language of the version that a document carries; None: it carries none, or not in this language."""
    if document.matter_id is None or document.proposal_version is None:
        return None
    return versions.one(books, document.matter_id, document.proposal_version).texts.get(language)


def _require_language(books: Books, language: str) -> None:
    if language not in rules_of(books)[0].languages.codes:
        raise LanguageNotHere(language=language)


def _now(books: Books) -> datetime:
    """The office's instant, written as at its place."""
    return books.now.astimezone(books.calendar().zone)
