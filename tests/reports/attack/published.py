"""Small releases, written by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from reports.attack import Bounds, Broken, Findings, attack
from reports.shape import Cell, Figure, Grouping, Identity, Origin, Report, Table

BOUNDS = Bounds(width=5, threshold=5, protect_zeros=frozenset({"region", "station"}))
EVERYTHING = Bounds(width=10**6, threshold=5, protect_zeros=frozenset())
"""With these every hidden cell that has an upper bound is reported with its bounds."""

Count = int | None | tuple[int | None, int | None]
"""A number, None for hidden, a pair for a band."""


def table(
    name: str,
    dimensions: Sequence[str],
    cells: Mapping[tuple[str, ...], Count],
    *,
    measure: str = "cases",
    kind: Literal["flow", "stock"] = "flow",
) -> Table:
    """A table; each key is its dimensions' values in order."""
    made = []
    for key, count in cells.items():
        low, high = count if isinstance(count, tuple) else (None, None)
        number = None if isinstance(count, tuple) else count
        made.append(Cell(key=dict(zip(dimensions, key, strict=True)), count=number, low=low, high=high))
    return Table(name=name, kind=kind, dimensions=tuple(dimensions), measure=measure, cells=tuple(made))


def line(name: str, dimension: str, measure: str = "cases", **cells: Count) -> Table:
    """A table of one dimension."""
    return table(name, (dimension,), {(value,): count for value, count in cells.items()}, measure=measure)


def release(
    *tables: Table,
    edition: str = "2026.1",
    days: tuple[str, str] = ("2026-01-01", "2026-12-31"),
    series: str = "ombuds",
    corrects: str | None = None,
    groupings: tuple[Grouping, ...] = (),
    identities: tuple[Identity, ...] = (),
    figures: tuple[Figure, ...] = (),
) -> Report:
    """A release of these tables."""
    first, last = map(date.fromisoformat, days)
    return Report(
        series=series,
        kind=series,
        edition=edition,
        period={"from": first, "to": last},
        house="oas",
        receiver="permanent_council",
        corrects=corrects,
        tables=tables,
        groupings=groupings,
        identities=identities,
        figures=figures,
        origin=Origin(taken_on=last, policy_edition="", unverified=0),
    )


def told(*releases: Report, bounds: Bounds = BOUNDS) -> set[tuple[str, str, tuple[str, ...], str, int, int | None]]:
    """What an attack breaks: edition, table, key's values, why, low, high."""
    return {row(each) for each in attack(releases, bounds).broken}


def row(each: Broken) -> tuple[str, str, tuple[str, ...], str, int, int | None]:
    """A broken cell as a line."""
    return each.edition, each.table, tuple(each.key.values()), each.why, each.low, each.high


def assert_clean(findings: Findings) -> None:
    """Nothing is found, and nothing contradicts."""
    assert findings.broken == ()
    assert findings.inconsistent == ()
