"""How much room a matter has left for pauses. One rule for every door: the facts of a kind and the desk both ask here."""

from collections.abc import Mapping
from dataclasses import dataclass

from records import clocks
from records.books import Books
from records.matters import Matter
from states.schedule import capped


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of the pauses of one name, in calendar days: `spent` of `total` is gone, and one lasts at most `each`.

    An open pause goes on until somebody ends it, also after its cap, from when on it holds no clock.
    """

    goes_on: bool
    spent: int
    each: int
    total: int

    @property
    def is_spent(self) -> bool:
        """Whether another pause of this name would hold nothing."""
        return self.spent >= self.total


def rooms(books: Books, matter: Matter) -> Mapping[str, Room]:
    """The room for each pause that the matter's own edition knows, by name."""
    rules = books.edition(matter.edition).kinds[matter.kind].pauses
    begun = clocks.pauses(books, matter.id) if rules else []
    found = {}
    for name, rule in rules.items():
        own = [pause for pause in begun if pause[0] == name]
        ended = [(since, until) for since, until in capped(own, rules, books.today).stretches if until]
        spent = sum((until - since).days for since, until in ended)
        found[name] = Room(any(until is None for _, _, until in own), spent, rule.each, rule.total)
    return found
