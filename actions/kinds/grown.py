"""What grows out of a case: it has the seats of the case's office people, she has none in it, and what goes out is what she
agreed to in her own case, word for word.

Shared by the kinds that a complaint opens (`docs/decisions/0066-protection.md`).
"""

import json
from datetime import date
from uuid import UUID, uuid4

from actions.days import Day
from actions.kernel.kind import Act, Payload
from actions.kinds.sealed import Text, one_text, write
from actions.sealing import Reader, Seated, trusted_keys
from actions.seating import found_at_desk, recovery_key
from records import matters, people, sealed, seats
from records.books import Books
from records.matters import Matter
from records.vault import DRAFT, Epoch, Visibility, require_signed

GIVEN = "given"


class Issued(Payload):
    """It goes out: exactly the text of this consent of its case, to the receiver named in it."""

    consent: UUID | None = None


class Answered(Payload):
    """What the addressee said, written down by the office, and the day it came."""

    text: Text | None = None
    on: Day | None = None

    def happened_on(self) -> date | None:
        """The told day."""
        return self.on


def case_of(books: Books, matter_id: UUID) -> UUID:
    """The case a matter grew out of. Only of a matter that did."""
    return next(to for own, to, what in matters.links(books, matter_id) if own == matter_id and seats.is_grown(what))


def open_with_case(books: Books, matter: Matter, act: Act, case: UUID) -> Epoch:
    """Seal it to everybody of the office who has a seat in the case, and to recovery; whoever acts is responsible."""
    trusted, person = trusted_keys(books), act.by.person
    rungs = {seat.person_id: seat.rung for seat in seats.of_matter(books, case) if seat.person_id in trusted}
    seated = [Seated(one, rung, require_signed(one, trusted)) for one, rung in rungs.items() if one is not None]
    own = next(one for one in seated if one.person == person)
    others = [one for one in seated if one.person != person]
    epoch = found_at_desk(books, matter.id, own, others, recovery_key(trusted))
    people.make_responsible(books, uuid4(), matter.id, own.person, at=act.at, why="opened")
    return epoch


def may_go_out(books: Books, matter_id: UUID, consent: UUID | None) -> bool:
    """Her yes to this text stands and nothing was sent under it. A consent names its receiver always."""
    return any(row.id == consent and row.status == GIVEN for row in sealed.consents(books, case_of(books, matter_id)))


def issue(books: Books, matter: Matter, act: Act, consent: UUID) -> tuple[UUID, bool]:
    """The text she agreed to is what goes out: it is copied from there, never taken from a draft.

    Returns the id of the served text, and whether it names a receiver. The consent is used up by it.
    """
    case = case_of(books, matter.id)
    agreed = next(row for row in sealed.consents(books, case) if row.id == consent)
    text = one_text(books, case, Reader(books, case, act.by), agreed.text_id)
    row = write(books, matter, act, DRAFT, text, visibility=Visibility.SERVED)
    sealed.settle_consent(books, consent, "used")
    return row, bool(json.loads(text)["to"])
