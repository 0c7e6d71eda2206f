"""The words of the office's record: each version sealed to everybody who may read it that day, and to nobody else.

About the office, not about a case: so there is no matter, no epoch and no seat. What is bound to a row is bound to its entry.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from uuid import UUID, uuid4

from actions.kernel.callers import DeskPerson
from actions.sealing import trusted_keys
from actions.seating import recovery_key
from records import office_record, people
from records.books import Books
from records.office_record import EntryRow, TextRow
from records.vault import (
    OFFICE_TEXT,
    RECOVERY,
    Author,
    Context,
    ExportedText,
    KeyPair,
    NotThisRow,
    PublicKey,
    Unreadable,
    Visibility,
    open_box,
    require_signed,
    seal_to,
)

Said = Mapping[str, str]
"""The words of an entry, by field."""


def say(books: Books, row: EntryRow, words: Said, by: DeskPerson, roles: set[str]) -> None:
    """Seal the words of an entry to who holds one of these roles today, and with them those of all entries that they lack."""
    readers = _readers(books, by, roles)
    if any(words.values()):
        fresh = replace(row, text_version=row.version)  # never one that was: words taken out and written again are new ones
        office_record.add_texts(books, _sealed(fresh, json.dumps(dict(words), ensure_ascii=False), readers, by.person))
        office_record.set_words(books, row.id, fresh.text_version, _keys(readers))
    elif row.text_version:
        office_record.set_words(books, row.id, 0, ())
    _pass_on(books, readers, by)


def opened(books: Books, by: DeskPerson) -> dict[UUID, Said]:
    """The words that count today and that this key opens, by entry."""
    plain = _opened(books, by)
    return {entry: json.loads(words) for entry, words in plain.items()}


def seal_again(books: Books, person: UUID, old: KeyPair, new: PublicKey) -> None:
    """Seal a reader's words to their new key, each under its own id; what the old one does not open stays as it is."""
    for row in office_record.texts(books, person):
        with suppress(NotThisRow, Unreadable):
            place = _place(row.id, row.entry_id, row.version)
            office_record.seal_text_again(books, row.id, seal_to(new, open_box(old, row.sealed, place), place))


def forget(books: Books, person: UUID) -> None:
    """Destroy what is sealed to somebody who leaves."""
    office_record.forget_texts(books, person)


def exported(books: Books) -> list[ExportedText]:
    """The words that count today, as they are sealed to recovery."""
    count = {row.id: row.text_version for row in office_record.entries(books)}
    rows = office_record.texts(books, None)
    return [ExportedText(one.id, one.entry_id, one.version, one.sealed) for one in rows if count[one.entry_id] == one.version]


def sealed_to(texts: Iterable[ExportedText], recovery: KeyPair, key: PublicKey) -> Iterator[ExportedText]:
    """Open words of recovery and seal them to somebody, each under a new id. Raises NotThisRow, Unreadable."""
    for one in texts:
        words = open_box(recovery, one.sealed, _place(one.text, one.entry, one.version))
        fresh = uuid4()
        yield replace(one, text=fresh, sealed=seal_to(key, words, _place(fresh, one.entry, one.version)))


def bring_in(books: Books, texts: Iterable[ExportedText], by: DeskPerson) -> int:
    """Keep recovered words for a reader whose own key opens them and who lacks them. Return how many.

    Words that were changed since, or are there no more, are left out. Raises NotThisRow, Unreadable for those of somebody else.
    """
    has, entries = _opened(books, by), {row.id: row for row in office_record.entries(books)}
    count = 0
    for one in texts:
        open_box(by.pair, one.sealed, _place(one.text, one.entry, one.version))
        row = entries.get(one.entry)
        if row is None or row.text_version != one.version or one.entry in has:
            continue
        office_record.add_texts(books, [TextRow(one.text, one.entry, one.version, by.person, by.person, one.sealed)])
        office_record.set_words(books, one.entry, row.text_version, row.readers | {by.pair.public.raw.hex()})
        count += 1
    return count


def _pass_on(books: Books, readers: Mapping[UUID, PublicKey], by: DeskPerson) -> None:
    plain = _opened(books, by)
    for row in office_record.entries(books):
        lacking = {reader: key for reader, key in readers.items() if key.raw.hex() not in row.readers}
        if row.id in plain and lacking:
            office_record.add_texts(books, _sealed(row, plain[row.id], lacking, by.person))
            office_record.set_words(books, row.id, row.text_version, row.readers | _keys(lacking))


def _keys(readers: Mapping[UUID, PublicKey]) -> frozenset[str]:
    """By key and not by person: who lost a key and has another one opens nothing of before with it."""
    return frozenset(key.raw.hex() for key in readers.values())


def _readers(books: Books, by: DeskPerson, roles: set[str]) -> Mapping[UUID, PublicKey]:
    """Everybody who may read the record today and has a key that may be sealed to, and recovery."""
    trusted = trusted_keys(books)
    there = {each.person_id for each in people.serving(books, books.today) if each.role in roles} | {by.person}
    found = {one: require_signed(one, trusted) for one in sorted(there & trusted.keys())}
    return found | {RECOVERY: recovery_key(trusted)}


def _sealed(row: EntryRow, words: str, readers: Mapping[UUID, PublicKey], by: UUID) -> Iterator[TextRow]:
    for reader, key in readers.items():
        text = uuid4()
        box = seal_to(key, words.encode(), _place(text, row.id, row.text_version))
        yield TextRow(text, row.id, row.text_version, None if reader == RECOVERY else reader, by, box)


def _opened(books: Books, by: DeskPerson) -> dict[UUID, str]:
    count = {row.id: row.text_version for row in office_record.entries(books)}
    found = {}
    for text in office_record.texts(books, by.person):
        if count[text.entry_id] == text.version:
            with suppress(NotThisRow, Unreadable):
                place = _place(text.id, text.entry_id, text.version)
                found[text.entry_id] = open_box(by.pair, text.sealed, place).decode()
    return found


def _place(text: UUID, entry: UUID, version: int) -> Context:
    """What sealed words are bound to: their row; their entry where texts of a case have a matter, their version as an epoch."""
    return Context(OFFICE_TEXT, text, entry, version, Author.OFFICE, Visibility.OFFICE)
