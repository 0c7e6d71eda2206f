"""What was written in her matter, as somebody reads it who came: messages, texts to agree to, files. Opened with her words."""

import json
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from actions.kernel.actor import Actor
from actions.kinds.consenting import status_of
from actions.kinds.danger import came_with
from actions.plain_group import AGREED, Together, is_mine
from actions.receiving import name_of
from actions.sealing import Reader
from records import sealed, waivers
from records.books import Books
from records.matters import EventRow, Matter
from records.sealed import ConsentRow
from records.vault import DRAFT, MESSAGE, STATEMENT, Visibility
from states.acts import WAIVE


@dataclass(frozen=True, slots=True)
class Message:
    """Something she or the office wrote. `what`: the act it came with; `person`: of several who came, the number of who wrote."""

    id: UUID
    on: date
    mine: bool
    what: str
    text: str = field(repr=False)
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Agreeing:
    """A text that she was asked to agree to, exactly as it would be passed on, to whom, by which act, and who would read it.

    `status` is as of today: also that the last day of a yes, `until`, has passed. `purpose` and `audience` are empty where it was
    asked before they were told.
    """

    id: UUID
    status: str
    asked_on: date
    answered_on: date | None
    until: date
    used_on: date | None
    purpose: str
    audience: str
    to: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class File:
    """A file in the matter."""

    id: UUID
    on: date
    mine: bool
    name: str = field(repr=False)
    person: int | None = None


def messages_in(
    books: Books, matter: Matter, reader: Reader, events: list[EventRow], actor: Actor, group: Together
) -> tuple[Message, ...]:
    """Everything that is shared, in the order it was written."""
    acts = {str(row.reason): WAIVE for row in waivers.of_matter(books, matter.id)}
    for event in events:
        acts |= came_with(event)
    slots = {slot.name: slot for slot in (STATEMENT, MESSAGE)}
    return tuple(
        Message(
            row.id,
            row.made_on,
            is_mine(row, actor),
            acts.get(str(row.id), "open"),
            reader.open(row, slots[row.slot]).text,
            group.person(row),
        )
        for row in sealed.texts(books, matter.id, list(slots))
        if row.visibility == Visibility.SHARED
    )


def consents_in(books: Books, matter: Matter, reader: Reader, group: Together) -> tuple[Agreeing, ...]:
    """Every text that was asked, as it stands for whoever looks."""
    texts = {row.id: row for row in sealed.texts(books, matter.id, [DRAFT.name]) if row.visibility == Visibility.SHARED}
    return tuple(
        _agreeing(books, row, reader.open(texts[row.text_id], DRAFT).text, agreed=row.id in group.agreed)
        for row in sealed.consents(books, matter.id)
    )


def _agreeing(books: Books, row: ConsentRow, opened: str, *, agreed: bool) -> Agreeing:
    asked = json.loads(opened)
    return Agreeing(
        id=row.id,
        status=AGREED if agreed else status_of(row, books.today),
        asked_on=row.asked_on,
        answered_on=row.answered_on,
        until=row.until,
        used_on=row.used_on,
        purpose=asked.get("purpose", ""),
        audience=asked.get("audience", ""),
        to=asked["to"],
        text=asked["text"],
    )


def files_in(books: Books, matter: Matter, reader: Reader, actor: Actor, group: Together) -> tuple[File, ...]:
    """Every file that is shared."""
    return tuple(
        File(row.id, row.made_on, is_mine(row, actor), name_of(reader, row), group.person(row))
        for row in sealed.files(books, matter.id)
        if row.visibility == Visibility.SHARED
    )
