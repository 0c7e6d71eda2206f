"""The structure over all dates: on which days something changed and by what, and how one unit or function came through them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from actions.looking import NotFound
from actions.office import Office
from actions.structure import require
from actions.structure_record import Known, Whole, known
from records.structure import Registered
from structure.organisation import NONE, Organisation
from structure.things import Function, Post, Ref, Sort, Unit

__all__ = ["Registered"]  # what doors need of the records

Thing = Unit | Function | Post


@dataclass(frozen=True, slots=True)
class Changed:
    """A day on which something changed: how many things, and the entries of the record that brought it."""

    on: date
    things: int
    by: tuple[Registered, ...]


@dataclass(frozen=True, slots=True)
class OverTime:
    """Every day on which something changed, the first one first, as known on a day. `today` is the office's."""

    changed: tuple[Changed, ...]
    known_at: date
    today: date


@dataclass(frozen=True, slots=True)
class Stretch:
    """A thing as it was from `since` up to the day before `until` (None: it still is), and where that is written."""

    thing: Thing
    since: date
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Owned:
    """A function, and from when until when a unit owned it."""

    function: Function
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Life:
    """One thing over all dates, as known on a day. `owned`: of a unit, the functions it had."""

    stretches: tuple[Stretch, ...]
    owned: tuple[Owned, ...]
    today: date


def over_time(office: Office, known_at: date | None = None, *, by: UUID) -> OverTime:
    """The days on which something changed. Raises NotAllowed, StructureNotOffered."""
    with office.open() as books:
        require(books, by, "read")
        record, known_on = known(books), known_at or books.today
        return OverTime(tuple(_changed(record, record.whole(known_on))), known_on, books.today)


def life_of(office: Office, ref: Ref, known_at: date | None = None, *, by: UUID) -> Life:
    """How a unit or a function came through all dates. Raises NotAllowed, and NotFound for what never was."""
    with office.open() as books:
        require(books, by, "read")
        whole = known(books).whole(known_at or books.today)
        if whole.timeline.end.thing(ref) is None:
            raise NotFound()
        owned = tuple(_owned(whole, ref.id)) if ref.sort is Sort.UNIT else ()
        return Life(tuple(_stretches(whole, ref)), owned, books.today)


def _changed(record: Known, whole: Whole) -> Iterator[Changed]:
    by_date: dict[date, dict[int, Registered]] = {}
    for one in whole.plan:
        registered = record.origins[one.id][0]
        by_date.setdefault(one.on, {})[registered.seq] = registered
    for on, org in zip(whole.timeline.dates, whole.timeline.states, strict=True):
        brought = by_date.get(on, {})
        yield Changed(on, len(org.touched), tuple(brought[seq] for seq in sorted(brought)))


def _stretches(whole: Whole, ref: Ref) -> Iterator[Stretch]:
    """From change to change, as long as it stands."""
    sources = dict(whole.sources)
    here: Stretch | None = None
    for on, org in _dated(whole):
        if ref not in org.touched:
            continue
        if here is not None:
            yield Stretch(here.thing, here.since, on, here.source)
        thing = org.thing(ref)
        here = Stretch(thing, on, None, sources[on][ref]) if thing is not None and stands(thing) else None
    if here is not None:
        yield here


def _owned(whole: Whole, unit: str) -> Iterator[Owned]:
    """Functions by the day from which the unit had them."""
    open_ones: dict[str, date] = {}
    before, last = NONE, Organisation()
    done: list[Owned] = []
    for on, org in _dated(whole):
        holding = org.holding.get(unit, NONE)
        if holding is not before or any(ref.sort is Sort.FUNCTION and ref.id in open_ones for ref in org.touched):
            now = {one.id for one in org.owned_by(unit)}
            done += [Owned(last.functions[id], open_ones.pop(id), on) for id in sorted(set(open_ones) - now)]
            open_ones.update(dict.fromkeys(sorted(now - set(open_ones)), on))
        before, last = holding, org
    done += [Owned(last.functions[id], since, None) for id, since in open_ones.items()]
    yield from sorted(done, key=lambda one: (one.since, one.function.id))


def _dated(whole: Whole) -> Sequence[tuple[date, Organisation]]:
    return [*zip(whole.timeline.dates, whole.timeline.states, strict=True)]


def stands(thing: Thing) -> bool:
    """Whether it is live on its day."""
    return thing.is_live if isinstance(thing, Unit) else thing.live
