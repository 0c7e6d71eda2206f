"""What the office writes down about itself: what stood in the way of its independence, and how people learned that it exists.

Words of an entry are sealed to everybody who is in the office that day, each by their own key; whoever came later gets them
when somebody who can open them writes the next time (`docs/decisions/0060-office-record.md`).
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Final
from uuid import UUID, uuid4

from pydantic import SecretStr

from actions.choosing import require_among
from actions.kernel.callers import DeskPerson
from actions.of_the_office import require_of_the_office
from actions.office import Office
from actions.office_record_shapes import FIELDS, IndependenceEntry
from actions.office_words import Said, opened, say
from actions.replays import Repeatable, once
from policies.office_record import IndependenceRules, OfficeRecordRules
from policies.refusal import Refusal
from records import office_record
from records.books import Books
from records.ledger import Entry, store
from records.matters import StaleVersion
from records.office_record import EntryRow

WRITE: Final = "write_office_record"
"""What a refusal calls the act."""


class NoOfficeRecord(Refusal):
    """The pack of this house has no rules for it."""

    code: ClassVar[str] = "no_office_record"


class EntryIncomplete(Refusal):
    """What an entry of this kind must say is missing, or it says what none of this kind has."""

    code: ClassVar[str] = "entry_incomplete"
    status: ClassVar[int] = 422


class DaysOutOfOrder(Refusal):
    """Asked, refused, given: in this order, and none of it is still to come."""

    code: ClassVar[str] = "days_out_of_order"
    status: ClassVar[int] = 422


class EntryTooLong(Refusal):
    """More words than an entry has."""

    code: ClassVar[str] = "entry_too_long"
    status: ClassVar[int] = 422


class WordsClosedToYou(Refusal):
    """Whoever cannot open an entry's words would overwrite them unseen."""

    code: ClassVar[str] = "words_closed_to_you"


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry as somebody of the office sees it. `closed`: there are words, and they are not sealed to the looker's key yet."""

    row: EntryRow
    unit: str | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    closed: bool = False


def record(office: Office, told: IndependenceEntry, *, by: DeskPerson, request: Repeatable | None = None) -> UUID:
    """Write an entry down. Return its id.

    Raises NoOfficeRecord, NotAllowed, KeyNotSigned, EntryIncomplete, DaysOutOfOrder, NotInList, EntryTooLong, KeyReused;
    then nothing was written.
    """
    with office.open() as books:
        rules = require_permitted(books, by)

        def first() -> dict[str, str]:
            _require_sense(books, rules, told)
            row = _row(books, uuid4(), told, by.person)
            office_record.add_entry(books, row)
            say(books, row, _words(told), by, set(rules.by))
            _enter(books, "entered", row, by.person)
            return {"id": str(row.id)}

        return UUID(once(books, request, first, by=by.person)["id"])


def change(
    office: Office,
    entry: UUID,
    told: IndependenceEntry,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> None:
    """Say it in the place of what was said, words and all. What kind it is stays.

    Raises NotFound, StaleVersion, WordsClosedToYou, and as `record`.
    """
    with office.open() as books:
        rules = require_permitted(books, by)

        def first() -> dict[str, str]:
            before = office_record.entry(books, entry)
            if version is not None and version != before.version:
                raise StaleVersion()
            if before.text_version and entry not in opened(books, by):
                raise WordsClosedToYou()
            if told.kind != before.kind:
                raise EntryIncomplete(kind=before.kind, fields="kind")
            _require_sense(books, rules, told)
            row = replace(_row(books, entry, told, by.person), text_version=before.text_version, version=before.version + 1)
            office_record.change_entry(books, row)
            say(books, row, _words(told), by, set(rules.by))
            _enter(books, "changed", row, by.person)
            return {}

        once(books, request, first, by=by.person)


def entries(office: Office, *, by: DeskPerson) -> tuple[Entered, ...]:
    """All entries, the latest day first, with the words that the looker's key opens. Raises as `require_permitted`."""
    with office.open() as books:
        require_permitted(books, by)
        return _entries(books, by)


def one_entry(office: Office, entry: UUID, *, by: DeskPerson) -> Entered:
    """One entry. Raises NotFound, and as `entries`."""
    with office.open() as books:
        require_permitted(books, by)
        row = office_record.entry(books, entry)
        return next(one for one in _entries(books, by) if one.row.id == row.id)


def rules_of(books: Books) -> OfficeRecordRules:
    """The rules of the house. Raises NoOfficeRecord."""
    if books.pack.office_record is None:
        raise NoOfficeRecord()
    return books.pack.office_record


def require_permitted(books: Books, by: DeskPerson) -> IndependenceRules:
    """The rules, for somebody who may read and write the record. Raises NoOfficeRecord, NotAllowed, KeyNotSigned."""
    rules = rules_of(books).independence
    require_of_the_office(books, by, rules.by, WRITE)
    return rules


def _require_sense(books: Books, rules: IndependenceRules, told: IndependenceEntry) -> None:
    must, may = FIELDS[told.kind]
    said = {name for name in IndependenceEntry.model_fields if name not in ("kind", "on") and _is_said(getattr(told, name))}
    if wrong := sorted((must - said) | (said - must - may)):
        raise EntryIncomplete(kind=told.kind, fields=", ".join(wrong))
    days = [day for day in (told.on, told.refused_on, told.given_on) if day is not None]
    if days != sorted(days) or days[-1] > books.today:
        raise DaysOutOfOrder(today=books.today)
    require_among("thing", told.thing, rules.things)
    require_among("currency", told.currency, rules.currencies)
    if told.text is not None and len(told.text.get_secret_value()) > rules.most_characters:
        raise EntryTooLong(most=rules.most_characters)


def _is_said(value: object) -> bool:
    return bool(value.get_secret_value().strip()) if isinstance(value, SecretStr) else value is not None


def _row(books: Books, entry: UUID, told: IndependenceEntry, person: UUID) -> EntryRow:
    return EntryRow(
        id=entry,
        kind=told.kind,
        on_day=told.on,
        written_by=person,
        written_on=books.today,
        thing=told.thing,
        refused_on=told.refused_on,
        given_on=told.given_on,
        currency=told.currency,
        asked_amount=told.asked_amount,
        given_amount=told.given_amount,
    )


def _entries(books: Books, by: DeskPerson) -> tuple[Entered, ...]:
    words = opened(books, by)
    return tuple(_entered(row, words.get(row.id)) for row in office_record.entries(books))


def _entered(row: EntryRow, words: Said | None) -> Entered:
    if words is None:
        return Entered(row, closed=row.text_version > 0)
    return Entered(row, words.get("unit"), words.get("text"))


def _words(told: IndependenceEntry) -> Said:
    both = (("unit", told.unit), ("text", told.text))
    return {name: text.get_secret_value().strip() for name, text in both if text is not None}


def _enter(books: Books, what: str, row: EntryRow, person: UUID) -> None:
    facts: dict[str, str | int | date] = {"entry": str(row.id), "kind": row.kind, "day": row.on_day, "version": row.version}
    store.append(books, Entry(books.today, f"independence.{what}", None, str(person), facts), None)
