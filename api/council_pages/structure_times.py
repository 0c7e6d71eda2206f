"""Time on pages about the structure: the row of days on which something changed, and the lives of units and functions drawn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup

from actions.orders import Ordered
from actions.structure_over_time import Changed, Life, OverTime, Registered, Stretch
from api.council_pages.structure_seen import Names, Sight
from api.pages.showing import here
from policies.said import Fact
from states.due import DAY
from structure.things import UNKNOWN, Function, Sort, Unit, UnitState
from web.drawing.shapes import Change, Frame, Span, Timeline, TimelineRow
from web.drawing.timeline import draw_timeline

NEAR: Final = 5
"""Days of change shown on each side of the chosen one."""
MOST_ROWS: Final = 24
"""Functions that the picture of a unit's life has a row for."""
LONGEST_IN_A_BAR: Final = 24
"""Letters of a name that a bar has room for."""
_TONES: Final = 5


@dataclass(frozen=True, slots=True)
class Point:
    """A day of the row. `gap`: days before it are left out. `things` None: nothing changed on it, it is only the chosen one."""

    on: date
    things: int | None
    href: str
    here: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Slider:
    """Days on which something changed, with the way to the one before, to the next and to today. Empty address: none."""

    chosen: date
    points: tuple[Point, ...]
    previous: str
    following: str
    today: str
    current: Changed | None
    """The last change up to the chosen day."""


def slider_of(sight: Sight, over: OverTime, chosen: date) -> Slider:
    """The row of days around the chosen one; the first and the last one always."""

    def link(on: date) -> str:
        return here(sight.request, on=on.isoformat())

    days = over.changed
    before = [place for place, one in enumerate(days) if one.on <= chosen]
    at = before[-1] if before else -1
    kept = [place for place in range(len(days)) if abs(place - at) <= NEAR or place in (0, len(days) - 1)]
    points = [
        Point(days[place].on, days[place].things, link(days[place].on), days[place].on == chosen, place > last + 1)
        for last, place in zip([-1, *kept], kept, strict=False)
    ]
    if not any(one.here for one in points):
        points.append(Point(chosen, None, link(chosen), here=True, gap=False))
    earlier = [one.on for one in days if one.on < chosen]
    later = [one.on for one in days if one.on > chosen]
    return Slider(
        chosen,
        tuple(sorted(points, key=lambda one: one.on)),
        link(earlier[-1]) if earlier else "",
        link(later[0]) if later else "",
        here(sight.request, on=None) if chosen != over.today else "",
        days[at] if at >= 0 else None,
    )


def brought_by(sight: Sight, registered: Registered) -> dict[str, Any]:
    """An entry of the record as a page tells it: what it is, where it is written, its order and proposal."""
    why = registered.reason.why
    order = registered.reason.order
    return {
        "what": sight.tongue.label(f"registration.{why}", why),
        "source": registered.reason.source,
        "order": None if order is None else sight.tongue.t("house.order_revision", symbol=order[0], revision=str(order[1])),
        "proposal": None
        if registered.reason.matter is None
        else sight.link(f"/proposals/{registered.reason.matter}", on=None, known=None),
        "entry": sight.link(f"/structure/record/{registered.seq}", on=None, known=None),
        "number": registered.seq,
    }


def life_drawn(sight: Sight, names: Names, life: Life, chosen: date) -> Markup | None:
    """A unit's or function's life: a row for its name, one for what is above it or has it, and those of its functions."""
    tongue = sight.tongue
    rows = [row for row in _own_rows(names, life) if row.spans]
    for one in life.owned[:MOST_ROWS]:
        span = Span(one.since, one.until, "", 2, planned=one.since > life.today)
        rows.append(TimelineRow(one.function.name, (span,), (), sight.thing(Sort.FUNCTION, one.function.id)))
    facts: dict[str, Fact] = {"changes": max(len(life.stretches) - 1, 0), "functions": len(life.owned)}
    frame = Frame("life", tongue.t("house.life"), tongue.t("house.life_told", **facts))
    today = Change(life.today, tongue.t("house.today_is", day=life.today))
    other = None if chosen == life.today else Change(chosen, tongue.t("house.chosen_is", day=chosen))
    return draw_timeline(Timeline(frame, tuple(rows), today=today, chosen=other, changes_named=False))


def _own_rows(names: Names, life: Life) -> Iterator[TimelineRow]:
    tongue = names.sight.tongue

    def row(key: str, told: Callable[[Any], str]) -> TimelineRow:
        return TimelineRow(tongue.t(key), tuple(_spans(life, told)))

    yield row("house.row.name", lambda thing: thing.name)
    if any(isinstance(one.thing, Unit) for one in life.stretches):
        yield row("house.row.heads", lambda thing: tongue.both(_short(names, head) for head in thing.heads))
        if any(isinstance(one.thing, Unit) and one.thing.state is not UnitState.ACTIVE for one in life.stretches):
            yield row("house.row.state", lambda thing: tongue.label(f"house.state.{thing.state}", thing.state))
    else:
        yield row("house.row.owners", lambda thing: tongue.both(_short(names, unit) for unit in thing.owners))


def _short(names: Names, unit: str) -> str:
    """A unit in a bar: by its letters where its name is long; the table beside the picture has the name."""
    name = names.name(Sort.UNIT, unit)
    return name if unit == UNKNOWN or len(name) <= LONGEST_IN_A_BAR else unit


def _spans(life: Life, told: Callable[[Any], str]) -> Iterator[Span]:
    """From one value to the next; what stands in between unchanged is one bar. Nothing, where it says nothing."""
    tones: dict[str, int] = {}
    for label, several in groupby(_runs(life.stretches), key=lambda pair: (pair[0], told(pair[1].thing))):
        same = [one for _, one in several]
        if label[1]:
            tone = tones.setdefault(label[1], len(tones) % _TONES)
            yield Span(same[0].since, same[-1].until, label[1], tone, planned=same[0].since > life.today)


def _runs(stretches: Sequence[Stretch]) -> Iterator[tuple[int, Stretch]]:
    """Each stretch with the number of the run it is in: a thing that ended and was restored has a gap between two runs."""
    run, until = 0, None
    for one in stretches:
        run += one.since != until
        until = one.until
        yield run, one


def changes_told(names: Names, life: Life) -> list[dict[str, Any]]:
    """The life as a table: from when to when it was how, and where that is written."""
    tongue = names.sight.tongue
    return [
        {
            "since": one.since,
            "until": None if one.until is None else one.until - DAY,
            "name": getattr(one.thing, "name", ""),
            "above": _above(names, one),
            "state": tongue.label(f"house.state.{one.thing.state}", one.thing.state) if isinstance(one.thing, Unit) else "",
            "source": one.source,
            "planned": one.since > life.today,
        }
        for one in life.stretches
    ]


def _above(names: Names, one: Stretch) -> list[Any]:
    thing = one.thing
    if isinstance(thing, Unit):
        return names.units(thing.heads)
    return names.units(thing.owners) if isinstance(thing, Function) else []


def orders_drawn(sight: Sight, orders: Sequence[Ordered], chosen: date, today: date) -> Markup | None:
    """Each order with its revisions: from when to when each held. Those that no source gives a day for are in the table alone."""
    tongue = sight.tongue
    rows = []
    for symbol, chain in groupby(orders, key=lambda one: one.row.symbol):
        dated = sorted((one for one in chain if one.since is not None), key=lambda one: one.since or date.min)
        spans = [
            Span(
                one.since,
                after.since if after else None,
                _revision(sight, one),
                place % _TONES,
                planned=(one.since or date.min) > today,
            )
            for place, (one, after) in enumerate(zip(dated, [*dated[1:], None], strict=False))
            if after is None or after.since != one.since
        ]
        if spans:
            rows.append(TimelineRow(symbol, tuple(spans)))
    facts: dict[str, Fact] = {"orders": len(rows), "revisions": len(orders)}
    frame = Frame("orders", tongue.t("house.orders"), tongue.t("house.orders_told", **facts))
    now = Change(today, tongue.t("house.today_is", day=today))
    other = None if chosen == today else Change(chosen, tongue.t("house.chosen_is", day=chosen))
    return draw_timeline(Timeline(frame, tuple(rows), today=now, chosen=other))


def _revision(sight: Sight, one: Ordered) -> str:
    return sight.tongue.t("house.revision", revision=str(one.row.revision))
