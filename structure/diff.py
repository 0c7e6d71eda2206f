"""What differs between two organisations, by identity: a thing with the same id is the same thing, whatever it is called.

Linear in what there is; what two dates of one timeline share is skipped without a look.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeVar

from structure.organisation import Organisation, bodies_of
from structure.things import COMMANDS, EdgeKind, Function, Post, Ref, Sort, Unit

Value = tuple[str, ...]
"""What a field holds, as words in one order, so that two can be compared and shown."""
T = TypeVar("T", Unit, Function, Post)
_PLACES: Final = {sort: place for place, sort in enumerate(Sort)}


class Difference(NamedTuple):
    """One field of one thing. `field` is `began` or `ended` for the thing as a whole; then one side is empty."""

    subject: Ref
    field: str
    before: Value
    after: Value


def diff(before: Organisation, after: Organisation) -> list[Difference]:
    """Every difference between what is live in the two, in the order of things and fields. diff(x, x) is empty."""
    return [
        *_of(Sort.UNIT, before.units, after.units),
        *_of(Sort.FUNCTION, before.functions, after.functions),
        *_of(Sort.POST, before.posts, after.posts),
    ]


def diff_of(before: Organisation, after: Organisation, refs: Iterable[Ref]) -> list[Difference]:
    """The differences of these things alone, in the order of `diff`. Costs what they are, whatever else there is."""
    return [
        found
        for ref in sorted(refs, key=lambda ref: (_PLACES[ref.sort], ref.id))
        for found in _between(ref, _thing(before, ref), _thing(after, ref))
    ]


def unit_fields(unit: Unit) -> dict[str, Value]:
    """A unit's fields as they are compared."""
    commands = tuple(sorted(f"{edge.kind.value}:{edge.head}{_on(edge.matters)}" for edge in unit.edges if edge.kind in COMMANDS))
    beside = tuple(sorted(edge.head for edge in unit.edges if edge.kind is EdgeKind.COORDINATION))
    return {
        "name": (unit.name,),
        "type": (unit.type,),
        "rank": (unit.rank,),
        "state": (unit.state.value,),
        "heads": commands,
        "coordinates_with": beside,
        "reports_to_body": tuple(sorted(bodies_of(unit))),
    }


def function_fields(function: Function) -> dict[str, Value]:
    """A function's fields as they are compared."""
    return {
        "name": (function.name,),
        "owners": tuple(sorted(function.owners)),
        "contributors": tuple(sorted(function.contributors)),
        "part_of": (function.part_of,) if function.part_of else (),
        "legal_basis": tuple(sorted(function.legal_basis)),
    }


def post_fields(post: Post) -> dict[str, Value]:
    """A post's fields as they are compared."""
    holder = (post.holder,) if post.holder else ()
    return {"title": (post.title,), "unit": (post.unit,), "fund": (post.fund,), "grade": (post.grade,), "holder": holder}


def fields_of(thing: Unit | Function | Post) -> dict[str, Value]:
    """A thing's fields as they are compared."""
    match thing:
        case Unit():
            return unit_fields(thing)
        case Function():
            return function_fields(thing)
        case Post():
            return post_fields(thing)


def _thing(org: Organisation, ref: Ref) -> Unit | Function | Post | None:
    if ref.sort is Sort.UNIT:
        return _live(org.units.get(ref.id))
    return _live(org.functions.get(ref.id)) if ref.sort is Sort.FUNCTION else _live(org.posts.get(ref.id))


def _on(matters: frozenset[str]) -> str:
    return f" ({', '.join(sorted(matters))})" if matters else ""


def _of(sort: Sort, before: Mapping[str, T], after: Mapping[str, T]) -> Iterator[Difference]:
    for id in sorted({*before, *after}):
        old, new = before.get(id), after.get(id)
        if old is not new:
            yield from _between(Ref(sort, id), _live(old), _live(new))


def _live(thing: T | None) -> T | None:
    standing = thing is not None and (thing.is_live if isinstance(thing, Unit) else thing.live)
    return thing if standing else None


def _between(subject: Ref, old: Unit | Function | Post | None, new: Unit | Function | Post | None) -> Iterator[Difference]:
    if old is None and new is None:
        return
    if old is None or new is None:
        named = new or old
        name = () if named is None else (named.title if isinstance(named, Post) else named.name,)
        yield Difference(subject, "began", (), name) if old is None else Difference(subject, "ended", name, ())
        return
    was, now = fields_of(old), fields_of(new)
    for field, value in was.items():
        if value != now[field]:
            yield Difference(subject, field, value, now[field])
