"""Whatever is published truly, of whatever form, contradicts nothing, and every bound found holds the true number."""

from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.attack import attack
from reports.shape import TOTAL, Cell, Grouping, Key, Report, Table
from tests.reports.attack.published import EVERYTHING, release

REGIONS = Grouping(fine="station", coarse="region", members={"CA": "north", "US": "north", "BR": "south", "PE": "south"})
CUTS = (("0-4", "5-9", "10+"), ("0-5", "6+"), ("0-9", "10+"))
START = date(2026, 1, 1)

Person = tuple[str, int, str, int]
"""Station, age, track, day."""


@st.composite
def people(draw: st.DrawFn) -> list[Person]:
    """Up to thirty cases."""
    one = st.tuples(st.sampled_from(sorted(REGIONS.members)), st.integers(0, 12), st.sampled_from("ab"), st.integers(0, 5))
    return draw(st.lists(one, max_size=30))


def value(person: Person, dimension: str, cut: tuple[str, ...]) -> str:
    """What a table says of a person in one dimension."""
    station, age, track, _ = person
    if dimension == "years":
        return next(band for band in reversed(cut) if int(band.rstrip("+").split("-")[0]) <= age)
    return {"station": station, "region": REGIONS.members[station], "track": track}[dimension]


@st.composite
def releases(draw: st.DrawFn, measure: str) -> list[tuple[Report, dict[tuple[str, ...], int]]]:
    """Releases of one population, each with the true numbers: any dimensions, any cut, any days, with or without totals."""
    population = draw(people())
    made = []
    for number in range(draw(st.integers(1, 4))):
        place = draw(st.sampled_from(("station", "region", "")))
        dimensions = tuple(filter(None, (place, *draw(st.sets(st.sampled_from(("years", "track")))))))
        cut = draw(st.sampled_from(CUTS))
        first, last = sorted(draw(st.tuples(st.integers(0, 5), st.integers(0, 5))))
        inside = [person for person in population if first <= person[3] <= last]
        lists = {
            "station": sorted(REGIONS.members),
            "region": ["north", "south"],
            "track": ["a", "b"],
            "years": list(cut),
        }
        totals = [[TOTAL] if draw(st.integers(0, 4)) else [] for _ in dimensions]
        truth: dict[tuple[str, ...], int] = {}
        cells = []
        for values in product(*(total + lists[name] for name, total in zip(dimensions, totals, strict=True))):
            wanted = dict(zip(dimensions, values, strict=True))
            count = sum(all(said in (TOTAL, value(one, name, cut)) for name, said in wanted.items()) for one in inside)
            key: Key = dict(wanted)
            truth[values] = count
            cells.append(Cell(key=key, count=draw(st.sampled_from((count, count, None)))))
        table = Table(name="cases", kind="flow", dimensions=dimensions, measure=measure, cells=tuple(cells))
        days = ((START + timedelta(first)).isoformat(), (START + timedelta(last)).isoformat())
        series = draw(st.sampled_from(("ombuds", "other")))
        made.append((release(table, edition=f"{number}", days=days, groupings=(REGIONS,), series=series), truth))
    return made


@given(st.sampled_from(("cases", "?")).flatmap(releases))
@settings(max_examples=30)
def test_the_truth_contradicts_nothing_and_lies_within_every_bound(made: list[tuple[Report, dict[tuple[str, ...], int]]]) -> None:
    """Named measure or not, whatever the tables look like."""
    findings = attack([each for each, _ in made], EVERYTHING)
    assert findings.inconsistent == ()
    for broken in findings.broken:
        if broken.why in ("exact", "narrow"):
            truth = next(true for report, true in made if report.edition == broken.edition)[tuple(broken.key.values())]
            assert broken.low <= truth
            assert broken.high is None or truth <= broken.high
