"""What is owed, and who answers for it on a day: every mandate under way that a function owes, as far as a person may read it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from actions.kernel.actor import as_person
from actions.looking import may_read
from actions.obligations import owing
from actions.office import Office
from actions.structure import require
from actions.structure_record import known
from records import mandate, matters, registers
from records.matters import Matter

KIND = "mandate"
MOST = 500
"""Obligations that one answer holds at most."""


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A mandate: the function it was given to, and the functions and units that answer for it on the day.

    `units` empty: nobody does, for the function ended and passed into no other.
    """

    matter: Matter
    symbol: str = field(repr=False)
    title: str = field(repr=False)
    function: str
    functions: tuple[str, ...]
    units: tuple[str, ...]


def owed_on(
    office: Office, on: date | None = None, *, by: UUID, unit: str | None = None, function: str | None = None
) -> tuple[OwedLine, ...]:
    """What is owed on a day (left out: today), of one unit or function if one is named. Raises NotAllowed."""
    with office.open() as books:
        require(books, by, "read")
        actor, record, day = as_person(books, by), known(books), on or books.today
        found: list[tuple[UUID, str, tuple[str, ...], tuple[str, ...]]] = []
        for id, told in mandate.owed(books).items():
            who = owing(books, id, {"function": told}, day, record)
            of_unit = unit is None or unit in who.units
            of_function = function is None or function in {told, *who.functions}
            if of_unit and of_function:
                found.append((id, told, who.functions, who.units))
        mine = [(matter, line) for line in found if may_read(office, books, actor, matter := matters.find(books, line[0]))]
        details = registers.details(books, KIND, [matter.id for matter, _ in mine[:MOST]])
        return tuple(
            OwedLine(matter, details[matter.id]["symbol"], details[matter.id]["title"], told, functions, units)
            for matter, (_, told, functions, units) in mine[:MOST]
        )
