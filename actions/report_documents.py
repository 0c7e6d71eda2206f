"""A released report as a document of the house: the next number of its series, without a gap, given by the flow."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from actions.document_rows import FILE, new_row, next_in, rules_of
from policies.reports import ReportPolicy
from policies.said import Said
from records import documents
from records.books import Books
from records.documents import Document, Stamp
from records.ledger import Entry, store
from states.documents import DISTRIBUTED, Place, circle_of, symbol_of
from web.messages import DEFAULT, Messages

WRITTEN_IN: Final = DEFAULT
"""What counts as the original: the report is made in every language at once, from one object."""


def numbered(books: Books, policy: ReportPolicy, edition: str) -> str | None:
    """Register an edition as the next document of the policy's series; return its symbol.

    None where the policy names no series, or the house numbers no documents. The transaction that asks keeps the number or
    gives it back: none is ever left out. A series in which nothing was registered yet begins with 1, as for everybody else.
    """
    if policy.document_series is None or books.pack.documents is None or books.pack.citations is None:
        return None
    rules, forms = rules_of(books)
    series = rules.series.get(policy.document_series)
    if series is None:
        return None
    place = Place(books.today.year)
    circle = circle_of(policy.document_series, series, place)
    number = next_in(books, circle, None)
    row = new_row(
        books,
        None,
        symbol=symbol_of(series, number, place, forms),
        series=policy.document_series,
        circle=circle,
        number=number,
        year=place.year,
        title=f"{Messages(WRITTEN_IN).say(Said(f'report.series.{policy.series}'))} {edition}",
        original=WRITTEN_IN,
        source=f"{policy.series}/{edition}",
    )
    documents.add(books, row)
    _note(books, "document.registered", row, {"series": row.series, "number": row.number})
    return row.symbol


def distributed(books: Books, symbol: str, sent: Mapping[str, bytes]) -> UUID | None:
    """Write down that a document went out now, in each of these languages with the SHA-256 of its file; return its id.

    Only that it went out: nobody asked for a translation or revised one. None: there is no such document.
    """
    document = documents.with_symbol(books, symbol)
    if document is None:
        return None
    out = {one.language for one in documents.stamps(books, [document.id]) if one.step == DISTRIBUTED}
    for language, digest in sent.items():
        if language not in out:
            documents.stamp(books, Stamp(document.id, language, DISTRIBUTED, books.now, digest, FILE, None, books.now))
            _note(books, "document.stamped", document, {"language": language, "step": DISTRIBUTED, "day": books.today})
    return document.id


def _note(books: Books, what: str, document: Document, more: Mapping[str, str | int | date]) -> None:
    facts: dict[str, str | int | date] = {"document": str(document.id), "symbol": document.symbol}
    store.append(books, Entry(books.today, what, facts=facts | dict(more)), None)
