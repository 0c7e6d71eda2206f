"""What was known when: registrations of operations, never erased, folded into the organisation at (valid date, known date)."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from structure.organisation import Organisation
from structure.timeline import Planned, Timeline, unfold


@dataclass(frozen=True, slots=True)
class Registration:
    """Something became known on a day: operations added, operations withdrawn before they took effect, or corrections.

    A correction of record (a wrong name, "corr. 1") puts another operation under an id that is there: from `known_on` it holds as
    if it had always been so, and who asks what was known before still sees the old one.
    """

    known_on: date
    adds: tuple[Planned, ...] = ()
    withdraws: frozenset[str] = frozenset()
    corrects: tuple[Planned, ...] = ()


@dataclass(slots=True)
class History:
    """An organisation's whole record. Folding is cached for each state of knowledge, so asking again costs O(log n)."""

    start: Organisation
    registrations: tuple[Registration, ...] = ()
    """In the order of `known_on`."""
    _folded: dict[int, Timeline] = field(default_factory=dict, repr=False)

    def timeline(self, known_on: date) -> Timeline:
        """How the organisation changes over dates, as known on a day. Raises PlanRefused when the record contradicts itself."""
        known = bisect_right(self.registrations, known_on, key=lambda registration: registration.known_on)
        if known not in self._folded:
            self._folded[known] = unfold(self.start, planned(self.registrations[:known]))
        return self._folded[known]

    def at(self, valid_on: date, known_on: date) -> Organisation:
        """The organisation on a date, as known on a day."""
        return self.timeline(known_on).at(valid_on)


def planned(registrations: Iterable[Registration]) -> tuple[Planned, ...]:
    """The operations that stand after these registrations, in the order first registered."""
    standing: dict[str, Planned] = {}
    for registration in registrations:
        for operation in (*registration.adds, *registration.corrects):
            standing[operation.id] = operation
        for withdrawn in registration.withdraws:
            standing.pop(withdrawn, None)
    return tuple(standing.values())
