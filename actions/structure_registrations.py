"""The record of the structure as it grew: registration by registration, and operation by operation with what became of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from actions.office import Office
from actions.structure import may, require
from actions.structure_record import known
from policies.refusal import Refusal
from records.books import Books
from records.structure import Registered
from structure.timeline import Planned

__all__ = ["Registered"]  # what doors need of the records

MOST: Final = 200
"""Registrations, and operations, that an answer holds at most."""


class NoSuchRegistration(Refusal):
    """The record has no registration with this number."""

    code: ClassVar[str] = "no_such_registration"
    status: ClassVar[int] = 404


class Standing(StrEnum):
    """What became of an operation, as known today."""

    WAITS = "waits"
    """For its day: until then it can be withdrawn."""
    IN_EFFECT = "in_effect"
    """It can be undone."""
    NOT_APPLIED = "not_applied"
    """Its day came, and that day or an earlier one could not be done whole."""
    WITHDRAWN = "withdrawn"


class What(StrEnum):
    """What a registration does with an operation."""

    ADDS = "adds"
    CORRECTS = "corrects"
    WITHDRAWS = "withdraws"


@dataclass(frozen=True, slots=True)
class Line:
    """An operation in a registration. `planned` None: it is only withdrawn. `origin`: its id in the version that was adopted."""

    id: str
    what: What
    standing: Standing
    origin: str | None
    planned: Planned | None


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of a registration. `after` continues it; None: these are the last. `holders`: whether the reader may know them."""

    registered: Registered
    lines: tuple[Line, ...]
    after: int | None
    holders: bool


def registrations(office: Office, after: int = 0, *, by: UUID) -> tuple[tuple[Registered, ...], int | None]:
    """Registrations after a number, the first one first, and the number that continues them. Raises NotAllowed."""
    with office.open() as books:
        require(books, by, "read")
        found = tuple(one for one in known(books).registered if one.seq > after)
        return found[:MOST], found[MOST - 1].seq if len(found) > MOST else None


def registration(office: Office, number: int, after: int = 0, *, by: UUID) -> Page:
    """One registration, from its `after`-th operation on. Raises NotAllowed, NoSuchRegistration."""
    with office.open() as books:
        require(books, by, "read")
        found = next((one for one in known(books).registered if one.seq == number), None)
        if found is None:
            raise NoSuchRegistration(number=number)
        told = found.registration
        every: list[tuple[What, str, Planned | None]] = [(What.ADDS, one.id, one) for one in told.adds]
        every += [(What.CORRECTS, one.id, one) for one in told.corrects]
        every += [(What.WITHDRAWS, id, None) for id in sorted(told.withdraws)]
        standing = _standing(books)
        lines = tuple(
            Line(id, what, standing.get(id, Standing.WITHDRAWN), found.origins.get(id), planned)
            for what, id, planned in every[after : after + MOST]
        )
        return Page(found, lines, after + MOST if len(every) > after + MOST else None, may(books, by, "holders"))


def _standing(books: Books) -> dict[str, Standing]:
    whole = known(books).whole(books.today)
    stops = whole.failure.on if whole.failure is not None else None
    found: dict[str, Standing] = {}
    for one in whole.plan:
        if one.on > books.today:
            found[one.id] = Standing.WAITS
        else:
            found[one.id] = Standing.IN_EFFECT if stops is None or one.on < stops else Standing.NOT_APPLIED
    return found
