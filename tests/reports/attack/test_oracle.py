"""The bounds found are those that counting through every possible population gives."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.attack import attack
from reports.shape import Cell, Figure, Place, Report, Table
from tests.reports.attack.published import EVERYTHING, release

PLACES = list(product("xy", "ab", (1, 2)))
"""Region, track, half of the year: the whole little world."""
VALUES = {"region": "xy", "track": "ab"}
DAYS = {
    (1, 2): ("2026-01-01", "2026-12-31"),
    (1,): ("2026-01-01", "2026-06-30"),
    (2,): ("2026-07-01", "2026-12-31"),
}
SHAPES = [(dimensions, halves) for dimensions in ((), ("region",), ("track",), ("region", "track")) for halves in DAYS]
MOST = 4

Population = tuple[int, ...]


def populations(count: int) -> Iterator[Population]:
    """Every way in which so many cases can lie in the places."""
    for bars in combinations(range(count + len(PLACES) - 1), len(PLACES) - 1):
        ends = (-1, *bars, count + len(PLACES) - 1)
        yield tuple(b - a - 1 for a, b in pairwise(ends))


def counted(people: Population, key: dict[str, str], halves: Sequence[int]) -> int:
    """How many of a population a cell counts."""
    return sum(
        number
        for number, (region, track, half) in zip(people, PLACES, strict=True)
        if half in halves and key.get("region", "total") in ("total", region) and key.get("track", "total") in ("total", track)
    )


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Population, list[Report]]:
    """A population, and releases about it: some tables, of which some cells are hidden or banded. How many there are is told."""
    spread = draw(st.lists(st.sampled_from(range(len(PLACES))), min_size=1, max_size=MOST))
    people = tuple(spread.count(at) for at in range(len(PLACES)))
    chosen = draw(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=4, unique=True))
    releases = [release(Table(name="all", kind="flow", dimensions=(), measure="cases", cells=(Cell(key={}, count=len(spread)),)))]
    for number, (dimensions, halves) in enumerate(chosen):
        cells = []
        for values in product(*(("total", *VALUES[name]) for name in dimensions)):
            key = dict(zip(dimensions, values, strict=True))
            count = counted(people, key, halves)
            said = draw(st.sampled_from(("shown", "hidden", "hidden", "banded")))
            if said == "banded":
                cells.append(Cell(key=key, count=None, low=count // 2, high=count + 1))
            else:
                cells.append(Cell(key=key, count=count if said == "shown" else None))
        table = Table(name=f"t{number}", kind="flow", dimensions=dimensions, measure="cases", cells=tuple(cells))
        whole = counted(people, {}, halves)
        share = ()
        if whole and "track" in dimensions and draw(st.booleans()):
            part = {name: "a" if name == "track" else "total" for name in dimensions}
            value = round(100 * counted(people, part, halves) / whole)
            at = Place(table=table.name, key=dict.fromkeys(dimensions, "total"))
            share = (Figure(name="share", unit="percent", value=value, part=Place(table=table.name, key=part), whole=at),)
        releases.append(release(table, edition=f"e{number}", series=f"s{number}", days=DAYS[halves], figures=share))
    return people, releases


def halves_of(each: Report) -> tuple[int, ...]:
    """The halves of the year that a release is about."""
    days = (each.period.from_on.isoformat(), each.period.to_on.isoformat())
    return next(halves for halves, its in DAYS.items() if its == days)


def possible(people: Population, releases: Sequence[Report]) -> bool:
    """Whether the releases could have been made of this population."""
    for each in releases:
        halves = halves_of(each)
        for table in each.tables:
            for cell in table.cells:
                count = counted(people, cell.key, halves)
                if cell.count not in (None, count) or count < (cell.low or 0) or (cell.high is not None and count > cell.high):
                    return False
        for figure in each.figures:
            part, whole = (counted(people, place.key, halves) for place in (figure.part, figure.whole))
            if not whole or abs(100 * part / whole - figure.value) > 0.5 + 1e-9:
                return False
    return True


@given(worlds())
@settings(max_examples=40)
def test_every_interval_is_the_one_that_counting_through_gives(world: tuple[Population, list[Report]]) -> None:
    """No bound is wider than it need be, and none tighter than it may be."""
    people, releases = world
    fitting = [each for each in populations(sum(people)) if possible(each, releases)]
    assert people in fitting
    expected = {}
    for each in releases[1:]:
        halves = halves_of(each)
        for cell in each.tables[0].cells:
            if cell.count is None and cell.low is None:
                counts = [counted(one, cell.key, halves) for one in fitting]
                expected[each.edition, tuple(cell.key.values())] = (min(counts), max(counts))
    findings = attack(releases, EVERYTHING)
    found = {(b.edition, tuple(b.key.values())): (b.low, b.high) for b in findings.broken if b.table != "all"}
    hidden = {at: bounds for at, bounds in found.items() if at in expected}
    assert hidden == expected
    assert findings.inconsistent == ()
    assert findings.tightest == min((high - low for low, high in expected.values()), default=None)
