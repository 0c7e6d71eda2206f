"""Looking at documents: which languages are out, which are missing, and until when they are needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from uuid import UUID

from actions.document_rows import hash_in, rules_of, steps_of
from actions.documents import NoSuchSeries, require
from actions.office import Office
from policies.documents import Series, Step
from records import documents
from records.books import Books
from records.documents import Call, Correction, Document, Sought, Stamp
from states.documents import asked, missing, needed_by

__all__ = ["Call", "Correction", "Document", "Stamp"]  # what doors need of the records

MOST: Final = 200
"""Rows an answer holds at most."""


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A document in one language. `next_step` None: it went out. `sha256` None: nobody told the hash of its text."""

    language: str
    is_original: bool
    steps: tuple[Stamp, ...]
    next_step: Step | None
    sha256: bytes | None
    hash_of: str | None
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with all that hangs on it.

    `missing`: languages in which it did not go out; a void one lacks nothing. `needed_by`: until when they must, None: unknown;
    the next meeting decides that has it on its order of business, or the hour that was told. `late` compares that with now: it
    is stored nowhere.
    """

    document: Document
    parent: Document | None
    parts: tuple[Document, ...]
    calls: tuple[Call, ...]
    languages: tuple[InLanguage, ...]
    missing: tuple[str, ...]
    needed_by: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of documents. `after` continues it; None: it is the last."""

    items: tuple[Shown, ...]
    after: UUID | None


@dataclass(frozen=True, slots=True)
class Run:
    """A series of the house. `asks`: what its symbols name besides a number and a year: a meeting, a session.

    `last`: the last number given; None: none yet, or each document has the number of its meeting. `again`: the last number of
    each year or session in which numbers began again.
    """

    code: str
    rules: Series
    asks: tuple[str, ...]
    last: int | None
    again: Mapping[str, int]


def series(office: Office, *, by: UUID) -> tuple[Run, ...]:
    """Every series of the house, in the pack's order. Raises NotAllowed."""
    with office.open() as books:
        require(books, by, "read")
        rules, forms = rules_of(books)
        last = documents.last_numbers(books)
        return tuple(
            Run(
                code,
                one,
                asked(one, forms),
                last.get(code),
                {circle: n for circle, n in last.items() if circle.startswith(f"{code} ")},
            )
            for code, one in rules.series.items()
        )


def one(office: Office, document_id: UUID, *, by: UUID) -> Shown:
    """One document. Raises NotAllowed, NoSuchDocument."""
    with office.open() as books:
        require(books, by, "read")
        return _shown(books, [documents.one(books, document_id)])[0]


def page(
    office: Office,
    *,
    by: UUID,
    series: str | None = None,
    year: int | None = None,
    meeting: int | None = None,
    lacking: str | None = None,
    proposal: UUID | None = None,
    after: UUID | None = None,
    most: int = MOST,
) -> Page:
    """Documents, the newest first. `lacking`: a language in which they did not go out, or `any`.

    Raises NotAllowed, NoSuchSeries.
    """
    with office.open() as books:
        require(books, by, "read")
        rules, _ = rules_of(books)
        if series is not None and series not in rules.series:
            raise NoSuchSeries()
        sought = Sought(series, year, meeting, lacking, proposal, after, rules.languages.codes)
        found = documents.page(books, sought, most + 1)
        rows = found[:most]
        return Page(_shown(books, rows), rows[-1].id if len(found) > most else None)


def _shown(books: Books, rows: Sequence[Document]) -> tuple[Shown, ...]:
    ids = [row.id for row in rows]
    stamps: dict[UUID, list[Stamp]] = {id: [] for id in ids}
    corrections: dict[UUID, list[Correction]] = {id: [] for id in ids}
    for stamp in documents.stamps(books, ids):
        stamps[stamp.document_id].append(stamp)
    for correction in documents.corrections(books, ids):
        corrections[correction.document_id].append(correction)
    family, calls = documents.family(books, rows), documents.calls(books, [row.symbol for row in rows])
    return tuple(
        _one(books, row, stamps[row.id], corrections[row.id], family, [one for one in calls if one.symbol == row.symbol])
        for row in rows
    )


def _one(
    books: Books,
    row: Document,
    stamps: list[Stamp],
    corrections: list[Correction],
    family: Sequence[Document],
    calls: Sequence[Call],
) -> Shown:
    rules, _ = rules_of(books)
    by_language = {code: [stamp for stamp in stamps if stamp.language == code] for code in rules.languages.codes}
    lacking = missing(rules, {code: steps_of(each) for code, each in by_language.items()}) if row.void_on is None else ()
    until = needed_by(_discussed_at(books, row, calls), books.pack.decisions)
    return Shown(
        document=row,
        parent=next((each for each in family if each.id == row.parent_id), None),
        parts=tuple(each for each in family if each.parent_id == row.id),
        calls=tuple(calls),
        languages=tuple(
            _version(code, row, rules.way(code, row.original), each, [one for one in corrections if one.language == code])
            for code, each in by_language.items()
        ),
        missing=lacking,
        needed_by=None if until is None else until.astimezone(books.calendar().zone),
        late=bool(lacking) and until is not None and books.now > until,
    )


def _discussed_at(books: Books, row: Document, calls: Sequence[Call]) -> datetime | None:
    """The first time it is to be discussed. A meeting without an hour may begin with its day."""
    zone = books.calendar().zone
    called = [datetime.combine(one.day, time.fromisoformat(one.hour or "00:00"), zone) for one in calls]
    return min([*called, *([row.wanted_at] if row.wanted_at is not None else [])], default=None)


def _version(code: str, row: Document, way: tuple[Step, ...], stamps: list[Stamp], corrections: list[Correction]) -> InLanguage:
    taken = {stamp.step: stamp for stamp in stamps}
    digest, of = hash_in(stamps, corrections)
    return InLanguage(
        language=code,
        is_original=code == row.original,
        steps=tuple(taken[step] for step in way if step in taken),
        next_step=next((step for step in way if step not in taken), None) if row.void_on is None else None,
        sha256=digest,
        hash_of=of,
        corrections=tuple(corrections),
    )
