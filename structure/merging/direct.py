"""Conflicts that can be read off what the two plans do: the same field, a thing that ends, a name given twice."""

from collections.abc import Iterator
from typing import Final

from structure.matching import plain
from structure.merging.accounts import BEGAN, ENDED, Account, Key
from structure.merging.conflicts import Conflict, ConflictKind, Side
from structure.organisation import Organisation
from structure.things import UNKNOWN, Function, Post, Ref, Sort, Unit
from structure.timeline import Planned

KINDS: Final = {
    (Sort.UNIT, "heads"): ConflictKind.TWO_HEADS,
    (Sort.UNIT, "name"): ConflictKind.TWO_NAMES,
    (Sort.UNIT, "rank"): ConflictKind.TWO_RANKS,
    (Sort.FUNCTION, "owners"): ConflictKind.TWO_OWNERS,
}
"""What a field in conflict is called; any other is TWO_VALUES."""
Pair = tuple[Account, Account]


def direct(first: Account, second: Account) -> Iterator[Conflict]:
    """Every conflict of these sorts, with `first` as ours. Linear in what the plans change, but for sorting."""
    yield from _of_fields(first, second)
    for ended, changed, mirror in ((first, second, False), (second, first, True)):
        for conflict in (*_ended_and_changed(ended, changed), *_ended_and_filled(ended, changed)):
            yield conflict.mirrored() if mirror else conflict
    yield from _one_name(first, second)


def _of_fields(first: Account, second: Account) -> Iterator[Conflict]:
    for key in sorted(first.histories.keys() & second.histories.keys()):
        ours, theirs = (each.writers(key.thing, key.field) for each in (first, second))
        here, there = first.histories[key], second.histories[key]
        if here == there or not (ours and theirs):
            continue
        kind = ConflictKind.TWO_DATES if here[-1][1] == there[-1][1] else _kind(key)
        both = kind not in {ConflictKind.TWO_DATES, ConflictKind.TWO_CONTENTS} and _apart(ours, theirs)
        yield Conflict(kind, key.thing, key.field, Side(ours, here[-1][1]), Side(theirs, there[-1][1]), both)


def _kind(key: Key) -> ConflictKind:
    return ConflictKind.TWO_CONTENTS if key.field == BEGAN else KINDS.get((key.thing.sort, key.field), ConflictKind.TWO_VALUES)


def _apart(ours: tuple[Planned, ...], theirs: tuple[Planned, ...]) -> bool:
    return {planned.on for planned in ours}.isdisjoint(planned.on for planned in theirs)


def _ended_and_changed(ended: Account, changed: Account) -> Iterator[Conflict]:
    """What both end is no conflict here, whatever one of them did to it before."""
    for thing in sorted(changed.fields):
        enders, changers = _enders(ended, thing), changed.writers(thing)
        if enders and changers and not _has_ended(changed.end, thing):
            both = max(planned.on for planned in changers) < min(planned.on for planned in enders)
            yield Conflict(ConflictKind.ENDED_AND_CHANGED, thing, "", Side(enders), Side(changers), both)


def _ended_and_filled(ended: Account, filled: Account) -> Iterator[Conflict]:
    start = filled.attempt.timeline.start
    for thing in sorted(filled.fields):
        for unit in sorted(_places(filled.end, thing) - _places(start, thing)):
            into = Ref(Sort.UNIT, unit)
            enders, fillers = _enders(ended, into), filled.writers(thing)
            if enders and fillers:
                yield Conflict(ConflictKind.ENDED_AND_FILLED, into, thing.id, Side(enders), Side(fillers, (thing.id,)))


def _enders(side: Account, thing: Ref) -> tuple[Planned, ...]:
    """Its own operations that end a thing for good."""
    ends = Key(thing, ENDED) in side.histories and _has_ended(side.end, thing)
    return side.writers(thing, ENDED) if ends else ()


def _has_ended(org: Organisation, thing: Ref) -> bool:
    match org.thing(thing):
        case Unit() as unit:
            return not unit.is_live
        case Function() | Post() as other:
            return not other.live
        case None:
            return False


def _places(org: Organisation, thing: Ref) -> frozenset[str]:
    """The units in which or under which a live thing is."""
    match org.thing(thing):
        case Unit() as unit if unit.is_live:
            return frozenset(unit.heads) - {UNKNOWN}
        case Function() as function if function.live:
            return frozenset((*function.owners, *function.contributors)) - {UNKNOWN}
        case Post() as post if post.live:
            return frozenset({post.unit}) - {UNKNOWN}
        case _:
            return frozenset()


def _one_name(first: Account, second: Account) -> Iterator[Conflict]:
    here, there = _named(first), _named(second)
    for name in sorted(here.keys() & there.keys()):
        for one in sorted(here[name]):
            for other in sorted(there[name] - {one}):
                if any(_bears(side.end, one, name) and _bears(side.end, other, name) for side in (first, second)):
                    continue
                ours, theirs = (Side(_namers(side, id), (id,)) for side, id in ((first, one), (second, other)))
                least, most = sorted((one, other))
                if ours.operations and theirs.operations:
                    yield Conflict(ConflictKind.ONE_NAME, Ref(Sort.UNIT, least), most, ours, theirs, both=True)


def _named(side: Account) -> dict[str, set[str]]:
    """Name that a plan gives -> the units that have it at its end."""
    found: dict[str, set[str]] = {}
    for key in side.histories:
        unit = side.end.live_unit(key.thing.id) if key.thing.sort is Sort.UNIT and key.field in {"name", BEGAN} else None
        if unit is not None and unit.name != UNKNOWN:
            found.setdefault(plain(unit.name), set()).add(unit.id)
    return found


def _namers(side: Account, id: str) -> tuple[Planned, ...]:
    unit = Ref(Sort.UNIT, id)
    return side.writers(unit, BEGAN if Key(unit, BEGAN) in side.histories else "name")


def _bears(org: Organisation, id: str, name: str) -> bool:
    unit = org.live_unit(id)
    return unit is not None and plain(unit.name) == name
