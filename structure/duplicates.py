"""Functions of different owners that bear one mark: an instrument they work on, or the words of their names.

A register that is kept from date to date. Of the functions that bear a mark it keeps the least of each owner in order, so
that a rival is found in one or two looks; and it knows how far anybody looked, so that a change farther on costs nothing.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Generic, NamedTuple, TypeVar

from structure.likeness import NameRead, NameReader, Words
from structure.things import UNKNOWN, Function

Owners = frozenset[str]
M = TypeVar("M", bound=Hashable)


class Borne(NamedTuple):
    """A function as a register knows it."""

    id: str
    owners: Owners
    name: NameRead


@dataclass(slots=True)
class _Bearers:
    """Who bears one mark: by owners, and the least of each owners in order. `seen`, `deep`: how far anybody looked."""

    of: dict[Owners, list[str]] = field(default_factory=dict)
    firsts: list[tuple[str, Owners]] = field(default_factory=list)
    seen: int = -1
    deep: int = -1

    def add(self, id: str, owners: Owners) -> bool:
        """Whether anybody looked as far as where it comes in."""
        theirs = self.of.setdefault(owners, [])
        place = bisect_left(theirs, id)
        at = len(self.firsts)
        if place == 0:
            at = self._replace_first(owners, theirs[0] if theirs else None, id)
        theirs.insert(place, id)
        return self._was_seen(at, place)

    def remove(self, id: str, owners: Owners) -> bool:
        """Whether anybody looked as far as where it was."""
        theirs = self.of[owners]
        place = bisect_left(theirs, id)
        del theirs[place]
        at = len(self.firsts)
        if place == 0:
            at = self._replace_first(owners, id, theirs[0] if theirs else None)
        if not theirs:
            del self.of[owners]
        return self._was_seen(at, place)

    def members(self) -> Iterator[str]:
        return (id for theirs in self.of.values() for id in theirs)

    def _replace_first(self, owners: Owners, old: str | None, new: str | None) -> int:
        """The first place at which the order differs now."""
        places = []
        if old is not None:
            places.append(bisect_left(self.firsts, old, key=lambda first: first[0]))
            del self.firsts[places[-1]]
        if new is not None:
            places.append(bisect_left(self.firsts, new, key=lambda first: first[0]))
            insort(self.firsts, (new, owners), key=lambda first: first[0])
        return min(places)

    def _was_seen(self, at: int, place: int) -> bool:
        was_seen = at <= self.seen if place == 0 else place <= self.deep
        if was_seen:
            self.seen = self.deep = -1  # all who looked will look again
        return was_seen


class Register(Generic[M]):
    """Functions by the marks they bear. Only live ones with a known owner and name count."""

    def __init__(self, reader: NameReader, marks: Callable[[Function, NameRead], Iterable[M]]) -> None:
        self._reader = reader
        self._marks = marks
        self.known: dict[str, Borne] = {}
        self._bears: dict[str, frozenset[M]] = {}
        self._bearers: dict[M, _Bearers] = {}
        self._whole: dict[str, str] = {}
        self._parts: dict[str, set[str]] = {}

    def fill(self, functions: Iterable[Function]) -> None:
        """Take in all there is at the beginning, before anybody asks."""
        for function in functions:
            self._belongs(function)
            self._enter(function)

    def put(self, function: Function) -> set[str]:
        """Take in a function as it is now. The functions to ask about again, known or not."""
        stale = {function.id, *self._belongs(function)}
        for mark in (*self._leave(function.id), *self._enter(function)):
            stale.update(self._who_look_at(mark))
        return stale

    def _leave(self, id: str) -> list[M]:
        """Forget a function. The marks whose rivals may be others now."""
        borne = self.known.pop(id, None)
        if borne is None:
            return []
        marks = self._bears.pop(id)
        looked = [mark for mark in marks if self._bearers[mark].remove(id, borne.owners)]
        for mark in marks:
            if not self._bearers[mark].of:
                self._end(mark)
        return looked

    def _enter(self, function: Function) -> list[M]:
        """Take in a function that is not known. The marks whose rivals may be others now."""
        borne = self._borne(function)
        if borne is None:
            return []
        marks = frozenset(self._marks(function, borne.name))
        begun = {mark for mark in marks if mark not in self._bearers}
        for mark in begun:
            self._begin(mark)
        self.known[function.id] = borne
        self._bears[function.id] = marks
        return [mark for mark in marks if self._bearers[mark].add(function.id, borne.owners) or mark in begun]

    def marks_of(self, id: str) -> frozenset[M]:
        """The marks that a known function bears."""
        return self._bears[id]

    def rival(self, id: str, mark: M, below: str | None = None) -> Borne | None:
        """The first function with this mark and other owners that is neither a part of this one nor the whole of it.

        `below`: only one with a lesser id.
        """
        me, bearers = self.known[id], self._bearers[mark]
        at = -1
        for at, (first, owners) in enumerate(bearers.firsts):
            if below is not None and first >= below:
                bearers.seen = max(bearers.seen, at)
                return None
            if owners.isdisjoint(me.owners):
                found = self._unrelated(id, bearers, owners)
                if found is not None and (below is None or found < below):
                    bearers.seen = max(bearers.seen, at)
                    return self.known[found]
        bearers.seen = max(bearers.seen, at + 1)
        return None

    def _unrelated(self, id: str, bearers: _Bearers, owners: Owners) -> str | None:
        place = -1
        for place, other in enumerate(bearers.of[owners]):
            if id not in self._up(other) and other not in self._up(id):
                bearers.deep = max(bearers.deep, place)
                return other
        bearers.deep = max(bearers.deep, place + 1)
        return None

    def _borne(self, function: Function) -> Borne | None:
        owners = frozenset(function.owners) - {UNKNOWN}
        name = self._reader.read(function.name) if function.live and owners else None
        return None if name is None else Borne(function.id, owners, name)

    def _begin(self, mark: M) -> None:
        self._bearers[mark] = _Bearers()

    def _end(self, mark: M) -> None:
        del self._bearers[mark]

    def _who_look_at(self, mark: M) -> Iterable[str]:
        return self._bearers[mark].members() if mark in self._bearers else ()

    def _belongs(self, function: Function) -> set[str]:
        """Note of what it is a part. Those above and below it, if that is new."""
        old = self._whole.pop(function.id, None)
        if function.part_of is not None:
            self._whole[function.id] = function.part_of
        if old == function.part_of:
            return set()
        if old is not None:
            self._parts[old].discard(function.id)
        if function.part_of is not None:
            self._parts.setdefault(function.part_of, set()).add(function.id)
        above = self._up(function.id) | (self._up(old) | {old} if old is not None else set())
        return above | self._down(function.id)

    def _up(self, id: str) -> set[str]:
        seen: set[str] = set()
        whole = self._whole.get(id)
        while whole is not None and whole not in seen:
            seen.add(whole)
            whole = self._whole.get(whole)
        return seen

    def _down(self, id: str) -> set[str]:
        seen: set[str] = set()
        waiting = [id]
        while waiting:
            fresh = self._parts.get(waiting.pop(), set()) - seen
            seen |= fresh
            waiting += fresh
        return seen


class NameRegister(Register[Words]):
    """Functions by the words of their names; it also finds the names that are contained in a name.

    Each set of words stands under its two rarest ones, so that only sets that share two words with a name are looked at: names
    made of a few common words do not all meet each other.
    """

    def __init__(self, reader: NameReader) -> None:
        super().__init__(reader, lambda _, name: (name.words,))
        self._often: Counter[str] = Counter()
        self._under: dict[tuple[str, ...], set[Words]] = {}
        self._with: dict[str, set[Words]] = {}

    def fill(self, functions: Iterable[Function]) -> None:
        """Take in all there is at the beginning, when the common words are counted."""
        there = tuple(functions)
        names = (name.words for function in there if (name := self._reader.read(function.name)) is not None)
        self._often.update(word for words in names for word in words)
        super().fill(there)

    def contained_in(self, name: NameRead) -> list[Words]:
        """The sets of words that are contained in a name, itself among them, in one order."""
        if name.few:
            return [name.words]
        inside = (words for rare in self._keys(name.words) for words in self._under.get(rare, ()) if words <= name.words)
        return sorted(inside, key=sorted)

    def _begin(self, mark: Words) -> None:
        super()._begin(mark)
        self._under.setdefault(self._rarest(mark), set()).add(mark)
        for word in mark:
            self._with.setdefault(word, set()).add(mark)

    def _end(self, mark: Words) -> None:
        super()._end(mark)
        self._under[self._rarest(mark)].discard(mark)
        for word in mark:
            self._with[word].discard(mark)

    def _who_look_at(self, mark: Words) -> Iterable[str]:
        sets = sorted((self._with.get(word, set()) for word in mark), key=len)
        around = sets[0].intersection(*sets[1:]) | {mark}
        return (id for words in around if words in self._bearers for id in self._bearers[words].members())

    def _rarest(self, words: Words) -> tuple[str, ...]:
        return tuple(self._by_rarity(words)[:2])

    def _keys(self, words: Words) -> Iterator[tuple[str, ...]]:
        """Under which words a contained set can stand."""
        ordered = self._by_rarity(words)
        if self._reader.least == 1:
            yield from ((word,) for word in ordered)
        yield from combinations(ordered, 2)

    def _by_rarity(self, words: Words) -> list[str]:
        return sorted(words, key=lambda word: (self._often[word], word))
