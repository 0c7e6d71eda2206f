"""An organisation on one date: an immutable value that shares all it can with the dates beside it.

`immutables.Map` (hash array mapped trie) makes one change cost O(log n) and lets every date keep its own whole
organisation; docs/decisions/0030-structure.md says why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from immutables import Map

from structure.things import COMMANDS, UNKNOWN, ChangeEvent, EdgeKind, Function, Post, Ref, Sort, Unit

K = TypeVar("K")
Index = Map[str, frozenset[str]]
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Organisation:
    """Units, functions and posts on one date, those that have ended included, and the indexes over them.

    Made by `Organisation.of` or by operations, which use only `with_unit`, `with_function`, `with_post`, `with_change`: these
    keep the indexes true and note in `touched` what was changed since `settled`.
    """

    units: Map[str, Unit] = field(default_factory=Map)
    functions: Map[str, Function] = field(default_factory=Map)
    posts: Map[str, Post] = field(default_factory=Map)
    changes: tuple[ChangeEvent, ...] = ()
    """In the order they took effect."""
    below: Index = field(default_factory=Map)
    """Head -> units that have a line or matrix edge to it, ended ones included."""
    holding: Index = field(default_factory=Map)
    """Unit -> live functions it owns or contributes to."""
    staffing: Index = field(default_factory=Map)
    """Unit -> live posts in it."""
    typed: Index = field(default_factory=Map)
    """Type -> units of it, ended ones included."""
    touched: Map[Ref, None] = field(default_factory=Map)

    @classmethod
    def of(cls, units: Iterable[Unit] = (), functions: Iterable[Function] = (), posts: Iterable[Post] = ()) -> "Organisation":
        """Build one from its parts; nothing counts as touched. The last of two with one id wins."""
        made = cls()
        for unit in units:
            made = made.with_unit(unit)
        for function in functions:
            made = made.with_function(function)
        for post in posts:
            made = made.with_post(post)
        return made.settled()

    def settled(self) -> "Organisation":
        """The same with nothing touched: the state at the end of a date."""
        return replace(self, touched=Map())

    def with_unit(self, unit: Unit) -> "Organisation":
        """The same with this unit added or changed."""
        before = self.units.get(unit.id)
        old = frozenset(before.heads) if before else NONE
        below = _moved(self.below, unit.id, old, frozenset(unit.heads))
        typed = _moved(self.typed, unit.id, frozenset({before.type}) if before else NONE, frozenset({unit.type}))
        units = self.units.set(unit.id, unit)
        return replace(self, units=units, below=below, typed=typed, touched=self._touch(Sort.UNIT, unit.id))

    def with_function(self, function: Function) -> "Organisation":
        """The same with this function added or changed."""
        before = self.functions.get(function.id)
        holding = _moved(self.holding, function.id, _holders(before), _holders(function))
        functions = self.functions.set(function.id, function)
        return replace(self, functions=functions, holding=holding, touched=self._touch(Sort.FUNCTION, function.id))

    def with_post(self, post: Post) -> "Organisation":
        """The same with this post added or changed."""
        before = self.posts.get(post.id)
        staffing = _moved(self.staffing, post.id, _places(before), _places(post))
        return replace(self, posts=self.posts.set(post.id, post), staffing=staffing, touched=self._touch(Sort.POST, post.id))

    def with_change(self, change: ChangeEvent) -> "Organisation":
        """The same with one more event of succession."""
        return self.with_changes((*self.changes, change))

    def with_changes(self, changes: tuple[ChangeEvent, ...]) -> "Organisation":
        """The same with these events of succession instead of its own."""
        return replace(self, changes=changes)

    def live_unit(self, id: str) -> Unit | None:
        """The unit, if it is there and not abolished."""
        unit = self.units.get(id)
        return unit if unit is not None and unit.is_live else None

    def live_function(self, id: str) -> Function | None:
        """The function, if it is there and not discontinued."""
        function = self.functions.get(id)
        return function if function is not None and function.live else None

    def children(self, id: str) -> Iterator[Unit]:
        """Live units with a line or matrix edge to this one, by id."""
        for child in sorted(self.below.get(id, NONE)):
            unit = self.units[child]
            if unit.is_live:
                yield unit

    def held_by(self, id: str) -> Iterator[Function]:
        """Live functions that the unit owns or contributes to, by id."""
        for function in sorted(self.holding.get(id, NONE)):
            yield self.functions[function]

    def owned_by(self, id: str) -> Iterator[Function]:
        """Live functions that the unit owns, by id."""
        return (function for function in self.held_by(id) if id in function.owners)

    def posts_of(self, id: str) -> Iterator[Post]:
        """Live posts in the unit, by id."""
        for post in sorted(self.staffing.get(id, NONE)):
            yield self.posts[post]

    def _touch(self, sort: Sort, id: str) -> Map[Ref, None]:
        return self.touched.set(Ref(sort, id), None)


def bodies_of(unit: Unit) -> tuple[str, ...]:
    """Organs the unit reports to past the secretariat."""
    return tuple(edge.head for edge in unit.edges if edge.kind is EdgeKind.BODY)


def _holders(function: Function | None) -> frozenset[str]:
    if function is None or not function.live:
        return NONE
    return frozenset((*function.owners, *function.contributors)) - {UNKNOWN}


def _places(post: Post | None) -> frozenset[str]:
    return frozenset({post.unit}) if post is not None and post.live else NONE


def _moved(index: Index, member: str, old: frozenset[str], new: frozenset[str]) -> Index:
    for key in old - new:
        index = index.set(key, index.get(key, NONE) - {member})
    for key in new - old:
        index = index.set(key, index.get(key, NONE) | {member})
    return index


__all__ = ["COMMANDS", "Organisation", "bodies_of"]
