"""What the people of the office may do besides cases: by the office they hold, under a key that is trusted today."""

from typing import ClassVar

from actions.kernel.actor import NotAllowed
from actions.kernel.callers import DeskPerson
from actions.sealing import trusted_keys
from policies.refusal import Refusal
from records import people
from records.books import Books


class KeyNotSigned(Refusal):
    """The key of whoever asks is not one that is trusted today."""

    code: ClassVar[str] = "key_not_signed"
    status: ClassVar[int] = 403


def require_of_the_office(books: Books, by: DeskPerson, roles: tuple[str, ...], act: str) -> None:
    """Let somebody pass who holds one of these offices today, under a key that is trusted. Raises NotAllowed, KeyNotSigned."""
    by.enter(books, None)
    if not people.roles_of(books, by.person, books.today) & set(roles):
        raise NotAllowed("", act, tuple(f"{role}:any" for role in roles))
    own = trusted_keys(books).get(by.person)
    if own is None or own.box != by.pair.public:
        raise KeyNotSigned()
