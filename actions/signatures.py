"""Whether whoever signed an order could: judged by the register of officers on the day of the order, and written down."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from policies.refusal import Refusal
from records import officers
from records.books import Books
from records.ledger import Entry, store
from states.officers.signing import As, Signature, signature


class SignerNotEntitled(Refusal):
    """The register knows who held the office on that day and who acted for it, and whoever signed was none of them."""

    code: ClassVar[str] = "signer_not_entitled"
    status: ClassVar[int] = 422


def signature_of(books: Books, signed_by: str, on: date) -> Signature:
    """As what somebody signed an order of a day. A house without a register of officers knows nothing of it."""
    rules = books.pack.officers
    return Signature(As.UNKNOWN, "") if rules is None else signature(rules, officers.assignments(books), signed_by, on)


def require_signature(books: Books, matter_id: UUID, signed_by: str, revision: int, on: date, by: UUID) -> None:
    """Let an order be issued unless the register knows better, and write down as what it was signed.

    What the register does not know is no fault (docs/decisions/0039-officers.md). Raises SignerNotEntitled.
    """
    found = signature_of(books, signed_by, on)
    if found.signed is As.NOBODY:
        raise SignerNotEntitled(office=found.office, day=on)
    facts: dict[str, str | int | date] = {"revision": revision, "signed_as": found.signed.value, "office": found.office, "on": on}
    store.append(books, Entry(books.today, "order.signed", str(matter_id), str(by), facts), matter_id)
