"""Whose turn it is to chair: the order of the pack, from the newest term that a source or the register tells."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.members import Membership, MembershipUnknown
from policies.officers import CHAIR, VICE_CHAIR, Chairing, Rota


class Basis(StrEnum):
    """What a turn is known by. The sentence is `turn.<value>`."""

    RECORDED = "recorded"
    """The register of this house says so, with its source."""
    TOLD = "told"
    """A source of the pack names it."""
    COMPUTED = "computed"
    """It follows from the order and the newest term before it that is recorded or told."""
    UNKNOWN = "unknown"
    """Nothing is known of a term before it, or who took part on a day between."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Which state has an office, and what that is known by. `state` None: nobody knows."""

    state: str | None
    basis: Basis
    source: str = ""


UNKNOWN = Turn(None, Basis.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of the register: a state had an office from a day up to the day before `until` (None: to the end of the term).

    `sets_order`: the order goes on from this state; else only these days differ and the next term goes as if they did not.
    """

    office: Chairing
    state: str
    since: date
    until: date | None
    source: str
    sets_order: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One term by the order, and the facts of the register that fall into it, oldest first."""

    since: date
    until: date
    chair: Turn
    vice_chair: Turn
    told: tuple[Told, ...] = ()

    def on(self, day: date, office: Chairing) -> Turn:
        """Who has the office on a day of this term: as the newest fact about that day says, else by the order."""
        for fact in reversed(self.told):
            if fact.office == office and fact.since <= day and (fact.until is None or day < fact.until):
                return Turn(fact.state, Basis.RECORDED, fact.source)
        return self.chair if office == CHAIR else self.vice_chair


def term_on(rota: Rota, members: Membership, day: date, told: Sequence[Told] = ()) -> Term:
    """The term that a day is in. Before the first known turn both offices are unknown."""
    return next(terms(rota, members, day, day, told))


def terms(rota: Rota, members: Membership, first: date, last: date, told: Sequence[Told] = ()) -> Iterator[Term]:
    """Every term from the one that `first` is in to the one that `last` is in."""
    facts = sorted(told, key=lambda fact: fact.since)
    at, ends = rota.term_of(first)[0], rota.term_of(last)[1]
    begun = _begin(rota, at, facts)
    order = _Order(rota, members)
    chair = vice_chair = UNKNOWN
    while begun < ends:
        until = rota.term_of(begun)[1]
        chair, vice_chair = _next(order, begun, chair, vice_chair)
        within = tuple(fact for fact in facts if fact.since < until and _ends(rota, fact) > begun)
        if begun >= at:
            yield Term(begun, until, chair, vice_chair, within)
        anchors = [fact for fact in within if fact.sets_order and fact.since >= begun]
        chair, vice_chair = _from_here(chair, anchors, CHAIR), _from_here(vice_chair, anchors, VICE_CHAIR)
        begun = until


class _Order:
    """The states that take part, in order, as one walks through the days. Asked anew only where membership changes."""

    def __init__(self, rota: Rota, members: Membership) -> None:
        self.known = {turn.on: turn for turn in rota.known}
        self._members = members
        self._places = {state: rota.place_of(state) for state in rota.names.of}
        changes = (*members.joined, *members.left, *members.suspended)
        ends = (one.until for one in members.suspended if one.until is not None)
        self._changes = sorted({*(one.earliest for one in changes), *(one.latest for one in changes), *ends})
        self._of: int | None = None
        self._takers: list[tuple[str, str]] = []

    def on(self, day: date) -> "_Order":
        """The order of a day: empty where nobody knows who took part."""
        number = bisect_right(self._changes, day)
        if number != self._of:
            self._of, self._takers = number, []
            with suppress(MembershipUnknown):
                entitled = self._members.on(day).entitled & self._places.keys()
                self._takers = sorted(self._places[state] for state in entitled)
        return self

    def after(self, state: str | None) -> str | None:
        """Whoever comes after a state, also if that one takes part no more; after the last the first. None: nobody knows."""
        place = self._places.get(state) if state is not None else None
        if place is None or not self._takers:
            return None
        return self._takers[bisect_right(self._takers, place) % len(self._takers)][1]

    def before(self, state: str | None) -> str | None:
        """Whoever comes before a state, the other way round."""
        place = self._places.get(state) if state is not None else None
        if place is None or not self._takers:
            return None
        return self._takers[bisect_left(self._takers, place) - 1][1]


def _begin(rota: Rota, at: date, facts: Iterable[Told]) -> date:
    """The term from which to follow the order: the newest told one, for it names both; without one, the first that may be."""
    told = [turn.on for turn in rota.known if turn.on <= at]
    return told[-1] if told else min([at, *(rota.term_of(fact.since)[0] for fact in facts if fact.sets_order)])


def _next(order: _Order, on: date, chair: Turn, vice_chair: Turn) -> tuple[Turn, Turn]:
    """The turns of the term that begins on a day, after those of the term before it."""
    named = order.known.get(on)
    if named is not None:
        return Turn(named.chair, Basis.TOLD, named.source), Turn(named.vice_chair, Basis.TOLD, named.source)
    order = order.on(on)
    following, before = order.after(chair.state), order.before(vice_chair.state)
    if before is not None and before == following:
        before = order.before(before)
    return _computed(following), _computed(before)


def _computed(state: str | None) -> Turn:
    return UNKNOWN if state is None else Turn(state, Basis.COMPUTED)


def _from_here(turn: Turn, anchors: Iterable[Told], office: Chairing) -> Turn:
    """What the next term goes on from: this turn, or the newest fact that sets the order."""
    facts = [fact for fact in anchors if fact.office == office]
    return Turn(facts[-1].state, Basis.RECORDED, facts[-1].source) if facts else turn


def _ends(rota: Rota, fact: Told) -> date:
    return fact.until or rota.term_of(fact.since)[1]
