"""What somebody at the desk can begin by themselves, and from which of their cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from actions.kernel import access
from actions.kernel.actor import as_person
from actions.kernel.callers import DeskPerson
from actions.kernel.kind import Kind
from actions.kinds.beginning import ASKS, Beginning
from actions.office import Office
from records import desk, people
from records.books import Books
from records.matters import Matter
from states.clocks import OPEN

CASE: Final = "case"
"""The field by which an act names a case."""


@dataclass(frozen=True, slots=True)
class Handled:
    """A case that somebody answers for, and in which its person can be asked for consent."""

    matter: Matter
    opened_on: date


def begun_at_desk(kinds: Iterable[Kind]) -> list[Kind]:
    """The kinds whose matters somebody at the desk begins."""
    return [kind for kind in kinds if issubclass(kind.payload(OPEN), Beginning)]


def names_a_case(kind: Kind) -> bool:
    """Whether a move of this kind names a case of the person who makes it."""
    return any(CASE in payload.model_fields for trigger, payload in kind.payloads.items() if trigger != OPEN)


def offered(office: Office, *, by: DeskPerson) -> tuple[list[Kind], list[Handled]]:
    """The kinds this person may begin in this house, and the cases to begin from, oldest first."""
    with office.open() as books:
        by.enter(books, None)
        actor = as_person(books, by.person)
        carried = [kind for kind in begun_at_desk(office.kinds.values()) if kind.name in books.pack.kinds]
        may = [kind for kind in carried if access.may(books.pack.kinds[kind.name], actor, OPEN, None)]
        return may, handled_in(books, by)


def handled_in(books: Books, by: DeskPerson) -> list[Handled]:
    """The cases under way that this person answers for, oldest first. Nothing of them is opened."""
    own = [matter for matter in desk.own_matters(books, by.person) if matter.rested_on is None]
    answers = people.responsible(books, [matter.id for matter in own])
    return [
        Handled(matter, books.calendar(matter.calendar).local_date(matter.opened_at))
        for matter in own
        if answers.get(matter.id) == by.person and books.edition(matter.edition).kinds[matter.kind].access.get(ASKS)
    ]
