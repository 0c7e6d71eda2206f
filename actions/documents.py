"""Documents of bodies: registered under the next number, stamped language by language, corrected, void; never deleted."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from actions.document_rows import corrected, held, new_row, next_in, number_in, require_told, rules_of, stamped
from actions.document_shapes import NewCorrection, NewDocument, NewPart, Stamps, Voided, WantedAt, told_of
from actions.kernel.actor import Actor, as_permitted
from actions.office import Office
from actions.replays import Repeatable, once
from policies.documents import Act
from policies.refusal import Refusal
from records import documents
from records.books import Books
from records.documents import Document
from records.ledger import Entry, store
from states.documents import Place, circle_of, require_place, require_suffix, suffixed, symbol_of

KIND: Final = "document"


class NoSuchSeries(Refusal):
    """The pack has no series of this name."""

    code: ClassVar[str] = "no_such_series"
    status: ClassVar[int] = 422


class PartsStand(Refusal):
    """A revision, correction or addendum of the document stands: it is made void first."""

    code: ClassVar[str] = "document_parts_stand"


@dataclass(frozen=True, slots=True)
class Kept:
    """A document right after an act."""

    id: str
    symbol: str
    version: int


def require(books: Books, by: UUID, act: Act) -> Actor:
    """The person, if the pack gives them this act. Raises NotAllowed, DocumentsNotOffered."""
    return as_permitted(books, by, KIND, act, rules_of(books)[0].access.get(act, ()))


def allowed(office: Office, act: Act, document_id: UUID | None = None, *, by: UUID) -> None:
    """Raise NotAllowed, DocumentsNotOffered or NoSuchDocument unless this person may do this (with this document)."""
    with office.open() as books:
        require(books, by, act)
        if document_id is not None:
            documents.one(books, document_id)


def register(office: Office, told: NewDocument, *, by: UUID, request: Repeatable | None = None) -> Kept:
    """Give a document its number and symbol. Numbers of a circle have no gap, however many register at once.

    Raises NotAllowed, NoSuchSeries, PartMissing, NoSession, YearWrong, NumberLeavesGap, NumberTaken, LanguageNotHere,
    NotFound and NoSuchVersion for what it would carry, KeyReused; then nothing is written, and no number is used up.
    """
    with office.open() as books:
        require(books, by, "register")

        def first() -> Kept:
            rules, forms = rules_of(books)
            series = rules.series.get(told.series)
            if series is None:
                raise NoSuchSeries()
            place = Place(told.year or books.today.year, told.meeting, told.session)
            require_place(series, place, forms, books.today)
            require_told(office, books, told.original, told.carries, by)
            circle = circle_of(told.series, series, place)
            number = number_in(books, series, circle, told.number, place)
            row = new_row(
                books,
                by,
                symbol=symbol_of(series, number, place, forms),
                series=told.series,
                circle=circle,
                number=number,
                year=place.year,
                meeting=place.meeting,
                session=place.session,
                **told_of(told),
            )
            return _added(books, row, by)

        return _once(books, request, first, by)


def register_part(
    office: Office,
    document_id: UUID,
    told: NewPart,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Kept:
    """Register a revision, correction or addendum of a document.

    Raises NotAllowed, NoSuchDocument, StaleVersion, DocumentVoid, SuffixNotHere, and as `register`.
    """
    with office.open() as books:
        require(books, by, "register")

        def first() -> Kept:
            rules, forms = rules_of(books)
            upon = held(books, document_id, version)
            require_suffix(told.suffix, upon.suffix, rules)
            require_told(office, books, told.original, told.carries, by)
            circle = f"{told.suffix} {upon.id}"
            number = next_in(books, circle, told.number)
            row = new_row(
                books,
                by,
                symbol=suffixed(upon.symbol, told.suffix, number, forms),
                series=upon.series,
                circle=circle,
                number=number,
                parent_id=upon.id,
                suffix=told.suffix,
                year=upon.year,
                meeting=upon.meeting,
                session=upon.session,
                **told_of(told),
            )
            documents.changed(books, upon)
            return _added(books, row, by)

        return _once(books, request, first, by)


def stamp(
    office: Office,
    document_id: UUID,
    told: Stamps,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Kept:
    """Write down steps of languages, all or none.

    Raises NotAllowed, NoSuchDocument, StaleVersion, DocumentVoid, LanguageNotHere, TextDiffers, and as `require_step`.
    """
    with office.open() as books:
        require(books, by, "stamp")

        def first() -> Kept:
            document = held(books, document_id, version)
            for one in told.stamps:
                row = stamped(books, document, one, by)
                documents.stamp(books, row)
                facts = {"language": one.language, "step": one.step, "day": _day(books, row.at)}
                _note(books, "document.stamped", document, by, facts)
            return _kept(documents.changed(books, document))

        return _once(books, request, first, by)


def correct(
    office: Office,
    document_id: UUID,
    told: NewCorrection,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Kept:
    """Write down what was corrected in one language after it went out. The hash before stays on record.

    Raises NotAllowed, NoSuchDocument, StaleVersion, DocumentVoid, LanguageNotHere, NothingCorrected, and as
    `require_correction`.
    """
    with office.open() as books:
        require(books, by, "correct")

        def first() -> Kept:
            document = held(books, document_id, version)
            row = corrected(books, document, told, by)
            documents.correct(books, row)
            _note(books, "document.corrected", document, by, {"language": row.language, "number": row.number})
            return _kept(documents.changed(books, document))

        return _once(books, request, first, by)


def void(
    office: Office,
    document_id: UUID,
    told: Voided,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Kept:
    """Leave a number without a document, for a reason. The number stays taken.

    Raises NotAllowed, NoSuchDocument, StaleVersion, DocumentVoid, PartsStand.
    """
    with office.open() as books:
        require(books, by, "void")

        def first() -> Kept:
            document = held(books, document_id, version)
            if documents.has_standing_parts(books, document.id):
                raise PartsStand()
            _note(books, "document.voided", document, by)
            return _kept(documents.changed(books, document, void_on=books.today, void_reason=told.reason))

        return _once(books, request, first, by)


def want(
    office: Office,
    document_id: UUID,
    told: WantedAt,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Kept:
    """Say when a document is to be discussed. Raises NotAllowed, NoSuchDocument, StaleVersion, DocumentVoid."""
    with office.open() as books:
        require(books, by, "stamp")

        def first() -> Kept:
            document = held(books, document_id, version)
            _note(books, "document.wanted", document, by, {"day": _day(books, told.at)})
            return _kept(documents.changed(books, document, wanted_at=told.at))

        return _once(books, request, first, by)


def _once(books: Books, request: Repeatable | None, first: Callable[[], Kept], by: UUID) -> Kept:
    return Kept(**once(books, request, lambda: asdict(first()), by=by))


def _added(books: Books, row: Document, by: UUID) -> Kept:
    documents.add(books, row)
    _note(books, "document.registered", row, by, {"series": row.series, "number": row.number})
    return _kept(row)


def _kept(row: Document) -> Kept:
    return Kept(str(row.id), row.symbol, row.version)


def _day(books: Books, at: datetime | None) -> date | str:
    """An instant's day at the office: a ledger keeps no hour."""
    return "unknown" if at is None else books.calendar().local_date(at)


def _note(books: Books, what: str, document: Document, by: UUID, more: Mapping[str, str | int | date] | None = None) -> None:
    facts: dict[str, str | int | date] = {"document": str(document.id), "symbol": document.symbol}
    store.append(books, Entry(books.today, what, None, str(by), facts | dict(more or {})), None)
