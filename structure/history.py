"""What was known when: registrations of operations, never erased, folded into the organisation at (valid date, known date)."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final

from policies.refusal import Refusal
from structure.organisation import Organisation
from structure.timeline import Fold, Planned, Timeline, fold
from structure.uncollected import uncollected

KEPT: Final = 8
"""How many states of knowledge stay folded: the newest is asked all day, older ones a few times in a row."""


class RegistrationRefused(Refusal):
    """A registration contradicts the record. Names the operation and the claim that does not hold."""

    code: ClassVar[str] = "registration_refused"
    status: ClassVar[int] = 422

    def __init__(self, claim: str, operation: str, known_on: date) -> None:
        super().__init__(claim=claim, operation=operation, on=known_on)
        self.claim = claim
        self.operation = operation
        self.unmet = (claim,)


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
    """An organisation's whole record. Folding is cached for the states of knowledge asked last; asking again costs O(log n).

    A state of knowledge that is not folded yet is folded from the first date on which it differs from one that is.
    """

    start: Organisation
    registrations: tuple[Registration, ...] = ()
    """In the order of `known_on`; ValueError if they are not."""
    near: tuple[Fold, ...] = field(default=(), repr=False, compare=False)
    """Folds of records that may agree with this one, such as of one that was judged and may have been registered since."""
    _folded: dict[int, Fold] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise ValueError for registrations out of order: looking one up would silently go wrong."""
        days = [registration.known_on for registration in self.registrations]
        if days != sorted(days):
            raise ValueError("registrations are not in the order in which they became known")

    def fold(self, known_on: date) -> Fold:
        """How the organisation changes over dates, as known on a day, up to the first date that cannot be done whole."""
        known = bisect_right(self.registrations, known_on, key=lambda registration: registration.known_on)
        if known in self._folded:
            made = self._folded.pop(known)
        else:
            nearest = sorted(self._folded, key=lambda count: abs(count - known))[:1]
            made = fold(self.start, planned(self.registrations[:known]), (*self.near, *(self._folded[one] for one in nearest)))
        self._folded[known] = made  # the one asked last goes last
        if len(self._folded) > KEPT:
            del self._folded[next(iter(self._folded))]
        return made

    def timeline(self, known_on: date) -> Timeline:
        """How the organisation changes over dates, as known on a day. Raises PlanRefused when the record contradicts itself."""
        made = self.fold(known_on)
        if made.stop is not None:
            raise made.stop.refusal.with_traceback(None)
        return made.timeline

    def at(self, valid_on: date, known_on: date) -> Organisation:
        """The organisation on a date, as known on a day."""
        return self.timeline(known_on).at(valid_on)

    @property
    def newest(self) -> tuple[Fold, ...]:
        """The fold asked for last, if any was: what another record may go on from."""
        return tuple(self._folded.values())[-1:]

    def followed_by(self, more: Iterable[Registration], near: Iterable[Fold] = ()) -> "History":
        """The record with more registrations that are known to stand, what is folded included. This one stays as it is."""
        return History(self.start, (*self.registrations, *more), tuple(near), dict(self._folded))

    @uncollected()
    def registered(self, new: Registration) -> "History":
        """The record with one more registration, what is folded included. This one stays as it is.

        Raises RegistrationRefused: `registration_says_something`, `registered_after_what_is_known`, `operation_is_new` (of what
        it adds), `operation_stands` (of what it corrects or withdraws), `not_yet_in_effect` (of what it withdraws: afterwards
        an inverse is appended).
        Raises PlanRefused or PlanCircle when the whole then cannot be done.
        """
        _refuse(self.registrations, new)
        made = self.followed_by((new,), self.near)
        made.timeline(new.known_on)
        return made


def planned(registrations: Iterable[Registration]) -> tuple[Planned, ...]:
    """The operations that stand after these registrations, in the order first registered."""
    standing: dict[str, Planned] = {}
    for registration in registrations:
        for operation in (*registration.adds, *registration.corrects):
            standing[operation.id] = operation
        for withdrawn in registration.withdraws:
            standing.pop(withdrawn, None)
    return tuple(standing.values())


def _refuse(registrations: tuple[Registration, ...], new: Registration) -> None:
    said = (*(one.id for one in (*new.adds, *new.corrects)), *sorted(new.withdraws))
    if not said:
        raise RegistrationRefused("registration_says_something", "", new.known_on)
    if registrations and new.known_on < registrations[-1].known_on:
        raise RegistrationRefused("registered_after_what_is_known", said[0], new.known_on)
    standing = {one.id: one for one in planned(registrations)}
    known = {one.id for registration in registrations for one in registration.adds}
    for one in new.adds:
        if one.id in known:
            raise RegistrationRefused("operation_is_new", one.id, new.known_on)
        known.add(one.id)
    for id in (*(one.id for one in new.corrects), *sorted(new.withdraws)):
        if id not in standing:
            raise RegistrationRefused("operation_stands", id, new.known_on)
    for id in sorted(new.withdraws):
        if standing[id].on <= new.known_on:
            raise RegistrationRefused("not_yet_in_effect", id, new.known_on)
