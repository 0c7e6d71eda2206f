"""A published table as the attacker sees it: which cells, of which things, over which days."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from reports.attack.findings import key_of
from reports.attack.reading import ASSUMED
from reports.shape import TOTAL, Cell, Key, Report, Table

START: Final = frozenset({"start", "opening"})
END: Final = frozenset({"end", "closing"})
MOMENTS: Final = START | END
_SPLIT: Final = re.compile(r"[^a-z0-9?]+")
UNNAMED: Final = 1
"""Counts the same as others because their names or numbers agree; or shows no total, so that its values may not be all."""
PRINTED: Final = 2
"""A number that was printed elsewhere."""
CHAINED: Final = 3
"""A stock at the start, which is the one at the end before unless that was restated."""
MOST_DOUBTED: Final = 3

SpotKey = tuple[int, str, tuple[tuple[str, str], ...]]
"""Release, table, key as published: where a cell stands."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell: where it was published, and its key in the view (a movement that is a stock loses its dimension there)."""

    at: SpotKey
    key: Mapping[str, str]
    cell: Cell

    @property
    def hidden(self) -> bool:
        """Whether nothing is said about it."""
        return self.cell.count is None and self.cell.low is None and self.cell.high is None

    @property
    def told(self) -> frozenset[tuple[str, str]]:
        """Its values, without totals."""
        return frozenset((name, value) for name, value in self.key.items() if value != TOTAL)

    @property
    def level(self) -> frozenset[str]:
        """The dimensions in which it is no total."""
        return frozenset(name for name, _ in self.told)


@dataclass(frozen=True, slots=True)
class View:
    """Cells that count one thing over one stretch of days; a stock is what one day's end shows, so a stretch of one day.

    `first` and `beyond`: day ordinals, `beyond` not counted. `doubt`: that it counts the same as others is not said but inferred,
    and is given up when the numbers do not bear it out; what is doubted more goes first.
    """

    release: int
    name: str
    thing: str
    """Its name without "at start" and "at end"."""
    series: str
    house: str
    kind: str
    measure: str
    doubt: int
    first: int
    beyond: int
    dimensions: tuple[str, ...]
    spots: tuple[Spot, ...] = field(repr=False)

    @property
    def what(self) -> tuple[object, ...]:
        """What it counts, and of which days: numbers of views of which this is the same ought to be the same."""
        measure = (self.series, self.thing) if self.unnamed else self.measure
        return self.house, self.kind, measure, self.first, self.beyond

    @property
    def unnamed(self) -> bool:
        """Whether it does not say what it counts."""
        return self.measure.startswith(ASSUMED)

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """Each dimension's values in the order they are listed, without the total."""
        listed: dict[str, dict[str, None]] = {name: {} for name in self.dimensions}
        for spot in self.spots:
            for name in self.dimensions:
                if spot.key[name] != TOTAL:
                    listed[name][spot.key[name]] = None
        return {name: tuple(found) for name, found in listed.items()}

    @property
    def totalled(self) -> frozenset[str]:
        """The dimensions of which it shows a total."""
        return frozenset(name for spot in self.spots for name in self.dimensions if spot.key[name] == TOTAL)


@dataclass(frozen=True, slots=True)
class What:
    """What cells count: the table's name, its measure, flow or stock, and the days (ordinals, both counted)."""

    name: str
    measure: str
    kind: Literal["flow", "stock"]
    first: int
    last: int
    doubt: int = 0


def views_of_table(number: int, release: Report, table: Table, *, apart: bool = False) -> Iterator[View]:
    """A table's own view; one of movements gives a view of what moved and one each of the stocks in it.

    `apart`: what its cells count is said otherwise, so it is linked to no other table by its measure.
    """
    spots = spots_of(number, table)
    measure = f"@{number}/{table.name}" if apart else table.measure
    said = What(table.name, measure, table.kind, *days_of(release))
    moving = _movement(table, spots)
    values = [spot.key[moving] for spot in spots] if moving else []
    moments = dict.fromkeys(value for value in values if MOMENTS.intersection(words_of(value)))
    for moment in moments:
        rest = tuple(name for name in table.dimensions if name != moving)
        inner = tuple(without(spot, rest) for spot in spots if moving and spot.key[moving] == moment)
        stock = replace(said, name=f"{table.name}/{moment}", measure=f"{measure}/{moment}", kind="stock")
        yield view_of(number, release, stock, rest, inner)
    left = tuple(spot for spot in spots if not moving or spot.key[moving] not in moments)
    if left:
        yield view_of(number, release, said, table.dimensions, left)


def days_of(release: Report) -> tuple[int, int]:
    """The first and the last day of a release's period, as ordinals."""
    return release.period.from_on.toordinal(), release.period.to_on.toordinal()


def without(spot: Spot, dimensions: Sequence[str]) -> Spot:
    """A cell by these of its dimensions alone."""
    return Spot(spot.at, {name: spot.key[name] for name in dimensions}, spot.cell)


def spots_of(number: int, table: Table) -> tuple[Spot, ...]:
    """The cells of a table of the release so numbered."""
    return tuple(
        Spot((number, table.name, key_of(cell.key)), {name: cell.key.get(name, TOTAL) for name in table.dimensions}, cell)
        for cell in table.cells
    )


def _movement(table: Table, spots: Sequence[Spot]) -> str | None:
    """The dimension whose values are movements: some are what was there at the start or at the end, and they have no total."""
    if table.kind == "stock":
        return None
    for name in table.dimensions:
        values = {spot.key[name] for spot in spots}
        if TOTAL not in values and any(MOMENTS.intersection(words_of(value)) for value in values):
            return name
    return None


def view_of(number: int, release: Report, said: What, dimensions: tuple[str, ...], spots: tuple[Spot, ...]) -> View:
    """A view of cells. A stock at the start is that of the day before, so that it meets the stock at the end before it.

    A dimension of which only the total is there is none.
    """
    listed = tuple(name for name in dimensions if any(spot.key[name] != TOTAL for spot in spots))
    summed = all(any(spot.key[name] == TOTAL for spot in spots) for name in listed)
    stock = said.kind == "stock"
    at_start = stock and bool(START & {*words_of(said.name), *words_of(said.measure)})
    return View(
        release=number,
        name=said.name,
        thing=_stem(said.name) if stock else said.name,
        series=release.series,
        house=release.house,
        kind=said.kind,
        measure=_stem(said.measure) if stock else said.measure,
        doubt=max(said.doubt, CHAINED if at_start else 0, 0 if summed and not said.measure.startswith(ASSUMED) else UNNAMED),
        first=said.first - 1 if at_start else said.last if stock else said.first,
        beyond=said.first if at_start else said.last + 1,
        dimensions=listed,
        spots=tuple(without(spot, listed) for spot in spots),
    )


def words_of(text: str) -> list[str]:
    """The words of a name."""
    return _SPLIT.split(text.lower())


def _stem(text: str) -> str:
    """`open_start` and `open_end` are one thing at two moments. What names no moment stays as it is."""
    words = words_of(text)
    return "_".join(word for word in words if word not in MOMENTS) if MOMENTS & set(words) else text


def place_of(release: int, table: str, key: Key) -> SpotKey:
    """Where a cell stands that an identity or a percentage names."""
    return release, table, key_of(key)
