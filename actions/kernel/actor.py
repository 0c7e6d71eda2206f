"""Who acts: a person in their roles, the visitor who holds the words, or a clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final
from uuid import UUID

from policies.refusal import Refusal
from records import people, seats
from records.books import Books
from records.vault import KeyPair


class NotAllowed(Refusal):
    """The policy gives this act to others. Only said of matters the person may know of.

    `trigger` is the act, `kind` the kind of matter, `may` the grants of the policy that would cover it.
    """

    code: ClassVar[str] = "not_allowed"
    status: ClassVar[int] = 403

    def __init__(self, kind: str = "", trigger: str = "", may: Sequence[str] = ()) -> None:
        super().__init__(kind=kind, trigger=trigger, may=", ".join(may))


class NotHers(NotAllowed):
    """As NotAllowed, said to a visitor: the act is the office's. Who at the office may is nothing she has to know."""

    code: ClassVar[str] = "not_hers"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts.

    `clock` is the name of the clock that lapses; `own` the matter a visitor's words open, `comer` which of those who came with
    it she is. `seat_in` and `handles` are the one
    matter this is about, if the person has a seat in it, and if they are responsible for it. `pair` opens what is sealed to
    this actor; who has none writes nothing sealed into an existing matter.
    """

    person: UUID | None = None
    roles: frozenset[str] = frozenset()
    clock: str | None = None
    own: UUID | None = None
    comer: UUID | None = None
    seat_in: UUID | None = None
    handles: UUID | None = None
    pair: KeyPair | None = field(default=None, repr=False)


VISITOR: Final = frozenset({"complainant"})
"""The roles of whoever comes to the intake door."""
VISITORS_OWN: Final = "complainant:self"
"""The grant by which she acts in her own matter."""
HOUSE: Final = frozenset({"flow"})
"""The roles of the house's own processes: what the flows do by themselves and no clock says."""
LINKED = Actor(roles=frozenset({"link"}))
"""A linked matter that signals; what it may do stands in the table's `listens`, so it needs no grant."""


def as_person(books: Books, person: UUID, about: UUID | None = None, pair: KeyPair | None = None) -> Actor:
    """The person with the roles held today, and how they stand to the matter `about`."""
    sealed = books.database == "ombuds"  # the house has no seats: its walls are roles
    seated = sealed and about is not None and seats.has_seat(books, about, person)
    responsible = about is not None and people.responsible(books, [about]).get(about) == person
    return Actor(
        person=person,
        roles=people.roles_of(books, person, books.today),
        seat_in=about if seated else None,
        handles=about if responsible else None,
        pair=pair,
    )


def as_permitted(books: Books, person: UUID, kind: str, act: str, grants: Sequence[str]) -> Actor:
    """The person, if one of these grants is to a role held today: acts that are about no matter have no nearer relation.

    Raises NotAllowed.
    """
    actor = as_person(books, person)
    if not any(grant.partition(":")[0] in actor.roles for grant in grants):
        raise NotAllowed(kind, act, grants)
    return actor


def as_visitor(matter: UUID | None, pair: KeyPair, comer: UUID | None = None) -> Actor:
    """Whoever holds the words of a matter, one of those who came with it; None while she is only about to open one."""
    return Actor(roles=VISITOR, own=matter, comer=comer, pair=pair)


def as_process() -> Actor:
    """A process of the house: no person, no clock."""
    return Actor(roles=HOUSE)


def as_clock(name: str) -> Actor:
    """The clock called `name`."""
    return Actor(roles=frozenset({"clock"}), clock=name)
