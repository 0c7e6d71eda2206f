"""What grows out of a case: it has the seats of the case's office people, she has none in it, and what goes out is what she
agreed to in her own case, word for word.

Shared by the kinds that a complaint opens (`docs/decisions/0066-protection.md`).
"""

from uuid import UUID, uuid4

from pydantic import SecretStr

from actions.kernel.kind import Act, Payload
from actions.kinds.consenting import USED, may_pass_on, opened_by, question_of
from actions.kinds.sealed import addressed, write
from actions.kinds.serving import serve
from actions.sealing import Seated, trusted_keys
from actions.seating import found_at_desk, recovery_key
from policies.said import Fact
from records import matters, people, sealed, seats
from records.books import Books
from records.matters import Matter
from records.vault import DRAFT, Epoch, Visibility, require_signed


class Issued(Payload):
    """It goes out: exactly the text of this consent of its case, to the receiver named in it."""

    consent: UUID | None = None


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


def may_go_out(books: Books, matter_id: UUID, consent: UUID | None, act: Act) -> bool:
    """Her yes to this text, for this very act, stands and nothing was sent under it. A consent names its receiver always."""
    return may_pass_on(books, case_of(books, matter_id), consent, act)


def issue(books: Books, matter: Matter, act: Act, consent: UUID) -> tuple[dict[str, Fact], bool]:
    """The text she agreed to is what goes out: it is copied from there, never taken from a draft. That is a reading of the case.

    Served as a letter on whom she agreed to, if they have a key; else the office hands over the copy that is kept here. Returns
    what history keeps of it, and whether it names a receiver. The consent is used up by it.
    """
    case = case_of(books, matter.id)
    asked = next(row for row in sealed.consents(books, case) if row.id == consent)
    question = question_of(books, asked, act.by)
    if question is None:
        raise ValueError("the claim consent_to_the_exact_text holds of no text that cannot be opened")
    opened_by(books, case, act.by)
    kept = serve(books, matter, act, question.addressee, question.text, cases=[case])
    if question.addressee is None:
        text = addressed(SecretStr(question.to), SecretStr(question.text))
        kept = {"text": str(write(books, matter, act, DRAFT, text, visibility=Visibility.SERVED))}
    sealed.settle_consent(books, consent, USED)
    return kept | {"consent": str(consent)}, bool(question.to)
