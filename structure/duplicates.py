"""Functions of different owners that bear one mark: an instrument they work on, or the words of their names.

A register that is kept from date to date. Of the functions that bear a mark it keeps the least of each owner in order, so
that a rival is found in one or two looks; and it knows how far anybody looked, so that a change farther on costs nothing.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations
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
    """Functions by the marks they bear. Only live ones with a known owner and name and with any mark count."""

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
            self._belongs(function.id, function.part_of)
            self._enter(function)

    def put(self, function: Function) -> set[str]:
        """Take in a function as it is now. The functions to ask about again, known or not."""
        stale = {function.id, *self._belongs(function.id, function.part_of)}
        for mark in (*self._leave(function.id), *self._enter(function)):
            stale.update(self._who_look_at(mark))
        return stale

    def take_out(self, id: str) -> set[str]:
        """Forget a function as if there never had been one. The functions to ask about again, known or not."""
        stale = {id, *self._belongs(id, None)}
        for mark in self._leave(id):
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
        marks = frozenset(self._marks(function, borne.name)) if borne is not None else None
        if borne is None or not marks:
            return []
        self.known[borne.id] = borne
        self._bears[borne.id] = marks
        looked = []
        for mark in marks:
            bearers = self._bearers.get(mark)
            begun = bearers is None
            if bearers is None:
                bearers = self._begin(mark)
            if bearers.add(borne.id, borne.owners) or begun:
                looked.append(mark)
        return looked

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

    def _begin(self, mark: M) -> _Bearers:
        begun = self._bearers[mark] = _Bearers()
        return begun

    def _end(self, mark: M) -> None:
        del self._bearers[mark]

    def _who_look_at(self, mark: M) -> Iterable[str]:
        return self._bearers[mark].members() if mark in self._bearers else ()

    def _belongs(self, id: str, whole: str | None) -> set[str]:
        """Note of what it is a part. Those above and below it, if that is new."""
        old = self._whole.pop(id, None)
        if whole is not None:
            self._whole[id] = whole
        if old == whole:
            return set()
        if old is not None:
            self._parts[old].discard(id)
        if whole is not None:
            self._parts.setdefault(whole, set()).add(id)
        above = self._up(id) | (self._up(old) | {old} if old is not None else set())
        return above | self._down(id)

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


class _Rarity(dict[str, tuple[int, str]]):
    """How often a word was met at the beginning, and the word; one that was not met then is rarer than all that were."""

    def __missing__(self, word: str) -> tuple[int, str]:
        return 0, word


class NameRegister(Register[Words]):
    """Functions by the words of their names; it also finds the names that are contained in a name.

    Each set of words stands under its size and its two rarest words, so that only smaller sets that share two words with a name
    are looked at: names made of a few common words do not all meet each other.
    """

    def __init__(self, reader: NameReader) -> None:
        super().__init__(reader, lambda _, name: (name.words,))
        self._rarity = _Rarity()
        self._under: dict[int, dict[tuple[str, ...], set[Words]]] = {}
        self._with: dict[str, set[Words]] = {}

    def fill(self, functions: Iterable[Function]) -> None:
        """Take in all there is at the beginning, when the common words are counted."""
        there = tuple(functions)
        names = (name.words for function in there if (name := self._reader.read(function.name)) is not None)
        often = Counter(chain.from_iterable(names))
        self._rarity.update({word: (count, word) for word, count in often.items()})
        super().fill(there)

    def contained_in(self, name: NameRead) -> list[Words]:
        """The sets of words that are contained in a name, itself among them, in one order."""
        if name.few:
            return [name.words]
        smaller = [under for size, under in self._under.items() if size < len(name.words)]
        keys = list(self._keys(name.words)) if smaller else []
        inside = [words for under in smaller for rare in keys for words in under.get(rare, ()) if words < name.words]
        return sorted((*inside, name.words), key=sorted) if inside else [name.words]

    def _begin(self, mark: Words) -> _Bearers:
        self._under.setdefault(len(mark), {}).setdefault(self._rarest(mark), set()).add(mark)
        for word in mark:
            self._with.setdefault(word, set()).add(mark)
        return super()._begin(mark)

    def _end(self, mark: Words) -> None:
        super()._end(mark)
        self._under[len(mark)][self._rarest(mark)].discard(mark)
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
        return sorted(words, key=self._rarity.__getitem__)
