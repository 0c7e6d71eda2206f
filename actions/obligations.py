"""Who answers for an obligation today: the units that own the function it belongs to, whatever became of that function."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from actions.ownerless import ends_on
from actions.structure_record import Known, known
from policies.refusal import Refusal
from records.books import Books


class FunctionNotThere(Refusal):
    """The house has no such function today."""

    code: ClassVar[str] = "function_not_there"
    status: ClassVar[int] = 422


class FunctionEnds(Refusal):
    """An order ends the function, nothing takes it over, and what is owed is not due before."""

    code: ClassVar[str] = "function_ends"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Owing:
    """Functions and units that answer. `follows`: the units are those of a function, not a unit that somebody assigned."""

    functions: tuple[str, ...]
    units: tuple[str, ...]
    follows: bool


def owing(books: Books, matter_id: UUID, detail: Mapping[str, Any], on: date | None = None, record: Known | None = None) -> Owing:
    """Who answers for a matter on a day (left out: today), by the details kept of it; as known today.

    `record` spares whoever asks for many from looking at its mark each time.
    """
    function, unit = detail.get("function"), detail.get("unit")
    if function is not None:
        found = (record or known(books)).responsible(function, on or books.today, books.today, str(matter_id))
        return Owing(found.functions, found.units, follows=True)
    return Owing((), (unit,) if unit is not None else (), follows=False)


def require_function(books: Books, function: str | None, due: Mapping[str, Any] | None) -> None:
    """Raise FunctionNotThere for a function that does not stand today, and FunctionEnds for one that ends before `due`.

    No function is fine: it is unknown. `due` as it is written down; one that gives no day may come after any end.
    """
    if function is None:
        return
    if known(books).at(books.today, books.today).live_function(function) is None:
        raise FunctionNotThere(function=function)
    ends, day = ends_on(books, function), (due or {}).get("on")
    if ends is not None and (day is None or date.fromisoformat(day) >= ends):
        raise FunctionEnds(function=function, on=ends)
