"""An organisation on one date: an immutable value that shares all it can with the dates beside it.

`immutables.Map` (hash array mapped trie) makes one change cost O(log n) and lets every date keep its own whole
organisation; docs/decisions/0030-structure.md says why.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from immutables import Map

from structure.things import COMMANDS, UNKNOWN, ChangeEvent, EdgeKind, Function, Post, Ref, Sort, Unit, UnitState

Members = Map[str, None]
"""A set of ids that shares all it can with the sets it came from: one more costs O(log n), where a frozenset is copied whole."""
Index = Map[str, Members]
NONE: Members = Map()


class Organisation(NamedTuple):
    """Units, functions and posts on one date, those that have ended included, and the indexes over them.

    Made by `Organisation.of` or by operations, which use only `with_unit`, `with_function`, `with_post`, `with_change`: these
    keep the indexes true and note in `touched` what was changed since `settled`.
    """

    units: Map[str, Unit] = Map()
    functions: Map[str, Function] = Map()
    posts: Map[str, Post] = Map()
    events: Map[int, ChangeEvent] = Map()
    """Events of succession by their place in the order they took effect, from 0 on; `changes` is the list."""
    below: Index = Map()
    """Head -> units that have a line or matrix edge to it, ended ones included."""
    holding: Index = Map()
    """Unit -> live functions it owns or contributes to."""
    staffing: Index = Map()
    """Unit -> live posts in it."""
    typed: Index = Map()
    """Type -> units of it, ended ones included."""
    ranked: Map[str, Map[str, int]] = Map()
    """Type -> each rank that a live unit of it has, and how many have it; UNKNOWN is no rank."""
    touched: Map[Ref, None] = Map()

    @classmethod
    def of(cls, units: Iterable[Unit] = (), functions: Iterable[Function] = (), posts: Iterable[Post] = ()) -> "Organisation":
        """Build one from its parts; nothing counts as touched. The last of two with one id wins. Linear in what is given."""
        all_units = {unit.id: unit for unit in units}
        all_functions = {function.id: function for function in functions}
        all_posts = {post.id: post for post in posts}
        return cls(
            units=Map(all_units),
            functions=Map(all_functions),
            posts=Map(all_posts),
            below=_index({id: unit.heads for id, unit in all_units.items()}),
            holding=_index({id: _holders(function) for id, function in all_functions.items()}),
            staffing=_index({id: _places(post) for id, post in all_posts.items()}),
            typed=_index({id: (unit.type,) for id, unit in all_units.items()}),
            ranked=_counted(all_units.values()),
        )

    @property
    def changes(self) -> tuple[ChangeEvent, ...]:
        """Events of succession in the order they took effect. Linear in their number: ask once, not once a step."""
        return tuple(self.events[place] for place in range(len(self.events)))

    def settled(self) -> "Organisation":
        """The same with nothing touched: the state at the end of a date."""
        return self._replace(touched=Map()) if self.touched else self

    def touched_since(self, before: "Organisation") -> "Organisation":
        """The same with only that touched which differs from `before`: what changed and changed back within a date did not."""
        same = [ref for ref in self.touched if self.thing(ref) == before.thing(ref)]
        if not same:
            return self
        touched = self.touched.mutate()
        for ref in same:
            del touched[ref]
        return self._replace(touched=touched.finish())

    def thing(self, ref: Ref) -> Unit | Function | Post | None:
        """The unit, function or post of this reference, live or ended; None: there never was one."""
        match ref.sort:
            case Sort.UNIT:
                return self.units.get(ref.id)
            case Sort.FUNCTION:
                return self.functions.get(ref.id)
            case Sort.POST:
                return self.posts.get(ref.id)
            case _:
                return None

    def with_unit(self, unit: Unit) -> "Organisation":
        """The same with this unit added or changed."""
        before = self.units.get(unit.id)
        if before == unit:
            return self
        below = _moved(self.below, unit.id, before.heads if before else (), unit.heads)
        typed = _moved(self.typed, unit.id, (before.type,) if before else (), (unit.type,))
        ranked = _recounted(self.ranked, before, unit)
        units = self.units.set(unit.id, unit)
        return self._replace(units=units, below=below, typed=typed, ranked=ranked, touched=self._touch(Sort.UNIT, unit.id))

    def with_function(self, function: Function) -> "Organisation":
        """The same with this function added or changed."""
        before = self.functions.get(function.id)
        if before == function:
            return self
        holding = _moved(self.holding, function.id, _holders(before), _holders(function))
        functions = self.functions.set(function.id, function)
        return self._replace(functions=functions, holding=holding, touched=self._touch(Sort.FUNCTION, function.id))

    def with_post(self, post: Post) -> "Organisation":
        """The same with this post added or changed."""
        before = self.posts.get(post.id)
        if before == post:
            return self
        staffing = _moved(self.staffing, post.id, _places(before), _places(post))
        return self._replace(posts=self.posts.set(post.id, post), staffing=staffing, touched=self._touch(Sort.POST, post.id))

    def with_change(self, change: ChangeEvent) -> "Organisation":
        """The same with one more event of succession."""
        return self._replace(events=self.events.set(len(self.events), change))

    def with_changes_of(self, other: "Organisation") -> "Organisation":
        """The same with the events of succession of another instead of its own."""
        return self._replace(events=other.events)

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

    def above(self, id: str) -> set[str]:
        """Live units on the ways up from a live unit by line and matrix; itself only if it stands in a circle."""
        seen: set[str] = set()
        waiting = [id]
        while waiting:
            unit = self.live_unit(waiting.pop())
            for head in unit.heads if unit else ():
                if head not in seen and self.live_unit(head) is not None:
                    seen.add(head)
                    waiting.append(head)
        return seen

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


def began_or_ended(before: Organisation, after: Organisation, touched: Iterable[Ref]) -> Iterator[str]:
    """Units among what was touched that came to be or whose state changed: what hangs on them may be judged otherwise."""
    return (ref.id for ref in touched if ref.sort is Sort.UNIT and _state(before, ref.id) != _state(after, ref.id))


def _state(org: Organisation, id: str) -> UnitState | None:
    unit = org.units.get(id)
    return unit.state if unit is not None else None


def _holders(function: Function | None) -> tuple[str, ...]:
    if function is None or not function.live:
        return ()
    return tuple(unit for unit in (*function.owners, *function.contributors) if unit != UNKNOWN)


def _places(post: Post | None) -> tuple[str, ...]:
    return (post.unit,) if post is not None and post.live else ()


def _index(keys_of: Mapping[str, Iterable[str]]) -> Index:
    """The index that `_moved` would have made member by member."""
    found: dict[str, dict[str, None]] = {}
    for member, keys in keys_of.items():
        for key in keys:
            found.setdefault(key, {})[member] = None
    return Map({key: Map(members) for key, members in found.items()})


def _counted(units: Iterable[Unit]) -> Map[str, Map[str, int]]:
    """The counts that `_recounted` would have made unit by unit."""
    counts: dict[str, Counter[str]] = {}
    for unit in units:
        if _has_rank(unit):
            counts.setdefault(unit.type, Counter())[unit.rank] += 1
    return Map({type: Map(count) for type, count in counts.items()})


def _recounted(ranked: Map[str, Map[str, int]], before: Unit | None, after: Unit) -> Map[str, Map[str, int]]:
    """The counts with one unit changed; a rank that nobody has is not kept."""
    for unit, more in ((before, -1), (after, 1)):
        if unit is not None and _has_rank(unit):
            counts = ranked.get(unit.type, Map[str, int]())
            count = counts.get(unit.rank, 0) + more
            ranked = ranked.set(unit.type, counts.set(unit.rank, count) if count else counts.delete(unit.rank))
    return ranked


def _has_rank(unit: Unit) -> bool:
    return unit.is_live and unit.rank != UNKNOWN


def _moved(index: Index, member: str, old: Iterable[str], new: Iterable[str]) -> Index:
    """The index with the member under its new keys; a key without members is not kept."""
    gone, come = set(old).difference(new), set(new).difference(old)
    for key in gone:
        left = index[key].delete(member)
        index = index.set(key, left) if left else index.delete(key)
    for key in come:
        index = index.set(key, index.get(key, NONE).set(member, None))
    return index


__all__ = ["COMMANDS", "NONE", "Index", "Members", "Organisation", "began_or_ended", "bodies_of"]
