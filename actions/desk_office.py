"""Who works at the desk, in which office, and who is away: the same for everybody who signs in there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from actions.office import Office
from records import desk, people
from records.books import Books
from records.desk import AwayRow

DESK = "desk"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at the desk, with the offices held today and the absences that last or are to come."""

    id: UUID
    name: str
    roles: tuple[str, ...]
    away_today: bool
    absences: tuple[AwayRow, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """The whole desk, as of `today` at the office."""

    today: date
    colleagues: tuple[Colleague, ...]


def roster(office: Office) -> Roster:
    """Everybody in an office whose door is the desk, in the order in which they were appointed."""
    with office.open() as books:
        return roster_in(books)


def names_in(books: Books) -> dict[UUID, str]:
    """Everybody in such an office by name, inside of a transaction; whether they are away is not looked up."""
    return people.in_office(books, _here(books), books.today)


def _here(books: Books) -> set[str]:
    """The offices that sign in at the desk."""
    return {name for name, role in books.pack.house.roles.items() if role.door == DESK}


def _serving(books: Books) -> tuple[dict[UUID, list[str]], set[UUID]]:
    here = _here(books)
    roles: dict[UUID, list[str]] = {}
    away: set[UUID] = set()
    for each in people.serving(books, books.today):
        if each.role in here:
            roles.setdefault(each.person_id, []).append(each.role)
            away |= {each.person_id} if each.absent else set()
    return roles, away


def roster_in(books: Books) -> Roster:
    """The same inside of a transaction."""
    roles, away = _serving(books)
    names, absences = people.names(books, list(roles)), desk.absences(books, books.today)
    return Roster(
        books.today,
        tuple(
            Colleague(person, names[person], tuple(held), person in away, tuple(a for a in absences if a.person_id == person))
            for person, held in roles.items()
        ),
    )
