"""Words that wait: each version sealed to each of its readers alone. Their text is in no other place until it is published."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select

from records.books import Books
from records.tables import REPORT_WORDS


@dataclass(frozen=True, slots=True)
class WordsRow:
    """One section in one language, sealed to one reader. All rows of a version are the words as they stood then."""

    id: UUID
    matter_id: UUID
    version: int
    section: str
    language: str
    reader: UUID
    written_by: UUID
    written_on: date
    words_sealed: bytes = field(repr=False)


def add(books: Books, rows: Sequence[WordsRow]) -> None:
    """Keep a version. None: all that was written is taken back."""
    columns = [{name: getattr(row, name) for name in WordsRow.__dataclass_fields__} for row in rows]
    if columns:
        books.connection.execute(insert(REPORT_WORDS), columns)


def of_version(books: Books, matter_id: UUID, version: int, reader: UUID) -> list[WordsRow]:
    """The words of a version for one reader, by section and language; none for who was no reader of it."""
    own = REPORT_WORDS.c
    query = select(*(own[name] for name in WordsRow.__dataclass_fields__)).where(own.matter_id == matter_id)
    rows = books.connection.execute(query.where(own.version == version, own.reader == reader).order_by(own.section, own.language))
    return [WordsRow(**row._mapping) for row in rows]


def written_by(books: Books, matter_id: UUID, reader: UUID) -> set[UUID]:
    """Everybody who wrote any of the words that this reader was ever given."""
    own = REPORT_WORDS.c
    query = select(own.written_by).where(own.matter_id == matter_id, own.reader == reader).distinct()
    return set(books.connection.execute(query).scalars())
