"""Mandates that nobody would answer for: their function does not stand, and passed into no other.

I2 asks this of a proposal. What changes the record without one, and what hangs a new duty on a function, is asked here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from actions.structure_record import Whole, known
from records import mandate
from records.books import Books
from structure.responsible import responsible
from structure.things import Sort


@dataclass(frozen=True, slots=True)
class Ownerless:
    """One mandate, the function it rests on, and the first day on which no function answers for it."""

    mandate: str
    function: str
    on: date


def ownerless(books: Books, before: Whole) -> tuple[Ownerless, ...]:
    """Open mandates that a registration just made leaves without an owner, today or later; `before`: the house without it."""
    return tuple(_ownerless(books, before))


def ends_on(books: Books, function: str) -> date | None:
    """The first day from today on on which neither this function stands nor one that took it over; None: there is none."""
    whole = known(books).whole(books.today)
    return next((on for on in _days(whole, books.today) if not _stands(whole, function, on, frozenset())), None)


def _ownerless(books: Books, before: Whole) -> Iterator[Ownerless]:
    record = known(books)
    after = record.whole(books.today)
    days = _days(after, books.today)
    for id, function in mandate.owed(books).items():
        named = record.named.get(str(id), frozenset())
        for on in days:
            if not _stands(after, function, on, named) and _stands(before, function, on, named):
                yield Ownerless(str(id), function, on)
                break


def _days(whole: Whole, today: date) -> list[date]:
    """Today, and every later day on which something becomes of a function."""
    told = zip(whole.timeline.dates, whole.timeline.states, strict=True)
    later = [on for on, made in told if on > today and any(ref.sort is Sort.FUNCTION for ref in made.touched)]
    return [today, *later]


def _stands(whole: Whole, function: str, on: date, named: frozenset[str]) -> bool:
    return bool(responsible(whole.timeline.at(on), whole.heirs, function, on, named).functions)
