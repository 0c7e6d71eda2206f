"""Who stands at a door, before the books know them: entering says it to row-level security and gives the actor."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from actions.kernel.actor import Actor, as_person, as_process, as_visitor
from records import seats
from records.books import Books
from records.matters import NotFound
from records.vault import KeyPair, Locator


class Caller(Protocol):
    """Somebody at a door."""

    def enter(self, books: Books, about: UUID | None) -> Actor:
        """The actor, as they stand to the matter `about` (None: to none yet). Raises NotFound for who may know of nothing."""
        ...


@dataclass(frozen=True, slots=True)
class HousePerson:
    """Somebody signed in at the council door."""

    person: UUID

    def enter(self, books: Books, about: UUID | None) -> Actor:
        """With the roles of today."""
        return as_person(books, self.person, about)


@dataclass(frozen=True, slots=True)
class HouseProcess:
    """A flow that does by itself what a policy grants to `flow`: it opens what is due, and says what became of it."""

    def enter(self, books: Books, about: UUID | None) -> Actor:
        """As itself, to whatever matter."""
        del books, about
        return as_process()


@dataclass(frozen=True, slots=True)
class DeskPerson:
    """Somebody signed in at the desk, with the key that their session lent them."""

    person: UUID
    pair: KeyPair = field(repr=False)

    def enter(self, books: Books, about: UUID | None) -> Actor:
        """With the roles of today; from here on only matters with an own seat are seen."""
        seats.as_desk(books, self.person)
        return as_person(books, self.person, about, self.pair)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever came back with words. They lead to one matter, so `about` is not asked."""

    locator: Locator = field(repr=False)
    pair: KeyPair = field(repr=False)

    def enter(self, books: Books, about: UUID | None) -> Actor:
        """Raises NotFound alike for wrong, unknown and malformed words, and for words that lead elsewhere than `about`."""
        seats.as_words(books, self.locator)
        found = seats.led_to(books, self.locator)
        if found is None or (about is not None and about != found[0]):
            raise NotFound()
        own, comer = found
        return as_visitor(own, self.pair, comer)
