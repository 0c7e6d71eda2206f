"""Who acts: a person in their roles, the visitor who holds the words, or a clock."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from policies.refusal import Refusal
from records import people
from records.books import Books


class NotAllowed(Refusal):
    """The policy gives this act to others. Only said of matters the person may know of."""

    code: ClassVar[str] = "not_allowed"
    status: ClassVar[int] = 403


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts. `clock` is the name of the clock that lapses; `own` the matter a visitor's words open."""

    person: UUID | None = None
    roles: frozenset[str] = frozenset()
    clock: str | None = None
    own: UUID | None = None


LINKED = Actor(roles=frozenset({"link"}))
"""A linked matter that signals; what it may do stands in the table's `listens`, so it needs no grant."""


def as_person(books: Books, person: UUID) -> Actor:
    """The person with the roles held today."""
    return Actor(person=person, roles=people.roles_of(books, person, books.today))


def as_clock(name: str) -> Actor:
    """The clock called `name`."""
    return Actor(roles=frozenset({"clock"}), clock=name)
