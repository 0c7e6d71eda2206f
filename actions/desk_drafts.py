"""Drafts: what somebody at the desk typed and has not sent. Sealed to their own key, so nobody else opens it, seat or no seat.

Keeping one is no act: no event, no version, no clock, no reading. It goes when it is sent, when its author's seat goes, and
with the matter; the last two the database itself sees to.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.desk import enter
from actions.kernel.callers import DeskPerson
from actions.office import Office
from policies.refusal import Refusal
from records import drafts
from records.books import Books
from records.drafts import DraftRow
from records.vault import (
    OWN_DRAFT,
    Author,
    Context,
    KeyPair,
    NotThisRow,
    PublicKey,
    Unreadable,
    Visibility,
    open_box,
    seal_to,
)

MOST_BYTES: Final = 128 * 1024
"""Of all fields of a form together."""
MOST_FORMS: Final = 30
"""Of a person in a matter. A case page has about twenty."""


class DraftTooLarge(Refusal):
    """More than is kept of one form. What was typed is still in the page."""

    code: ClassVar[str] = "draft_too_large"
    status: ClassVar[int] = 413


class TooManyDrafts(Refusal):
    """So many forms of this matter have drafts of this person already."""

    code: ClassVar[str] = "too_many_drafts"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a form, by field. `on` None: nothing is kept of it."""

    form: str
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    on: date | None = None


def keep(office: Office, kind: str, matter_id: UUID, form: str, values: Mapping[str, str], *, by: DeskPerson) -> None:
    """Keep what was typed, in the place of what was kept of this form before. Nothing typed: nothing is kept.

    Raises NotFound, DraftTooLarge, TooManyDrafts.
    """
    typed = {name: text for name, text in values.items() if text}
    plain = json.dumps(typed, ensure_ascii=False).encode()
    if len(plain) > MOST_BYTES:
        raise DraftTooLarge(most=MOST_BYTES)
    with office.open() as books:
        enter(office, books, kind, matter_id, by)
        if not typed:
            drafts.remove(books, matter_id, by.person, form)
            return
        forms = {row.form for row in drafts.of_person(books, matter_id, by.person)}
        if form not in forms and len(forms) >= MOST_FORMS:
            raise TooManyDrafts(most=MOST_FORMS)
        row = uuid4()
        sealed = seal_to(by.pair.public, plain, _place(row, matter_id))
        drafts.put(books, DraftRow(row, matter_id, by.person, form, sealed, books.today))


def draft_of(office: Office, kind: str, matter_id: UUID, form: str, *, by: DeskPerson) -> Draft:
    """What was kept of one form; an empty one if nothing was. Raises NotFound."""
    found = [draft for draft in drafts_of(office, kind, matter_id, by=by) if draft.form == form]
    return found[0] if found else Draft(form)


def drafts_of(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson) -> tuple[Draft, ...]:
    """One's own drafts in a matter, by form. One that an earlier key was needed for is as none. Raises NotFound."""
    with office.open() as books:
        enter(office, books, kind, matter_id, by)
        return drafts_in(books, matter_id, by=by)


def drafts_in(books: Books, matter_id: UUID, *, by: DeskPerson) -> tuple[Draft, ...]:
    """The same of a matter that was entered already."""
    opened = [_opened(row, by) for row in drafts.of_person(books, matter_id, by.person)]
    return tuple(draft for draft in opened if draft is not None)


def drop(office: Office, kind: str, matter_id: UUID, form: str, *, by: DeskPerson) -> None:
    """Forget a draft; none is no error. Raises NotFound."""
    with office.open() as books:
        enter(office, books, kind, matter_id, by)
        drafts.remove(books, matter_id, by.person, form)


def seal_again(books: Books, person: UUID, old: KeyPair, new: PublicKey) -> None:
    """Seal a person's drafts to their new key, each under its own id as before; what the old one does not open stays as it is."""
    for row in drafts.of_author(books, person):
        with suppress(NotThisRow, Unreadable):
            place = _place(row.id, row.matter_id)
            drafts.put(books, replace(row, sealed=seal_to(new, open_box(old, row.sealed, place), place)))


def _opened(row: DraftRow, by: DeskPerson) -> Draft | None:
    try:
        plain = open_box(by.pair, row.sealed, _place(row.id, row.matter_id))
    except (NotThisRow, Unreadable):
        return None
    return Draft(row.form, json.loads(plain), row.made_on)


def _place(row: UUID, matter_id: UUID) -> Context:
    return Context(OWN_DRAFT, row, matter_id, 0, Author.OFFICE, Visibility.OWN)
