"""Offices that never were: a year of cases with places, classes, sub-codes, outcomes and heads, drawn from a seed.

Places and classes differ as in a real house: half of everybody is at headquarters, most offices have nearly nobody. Some
heads are named far more often than others; of some cases nobody has said whom they are about, and some are about nobody.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from policies.reports import ReportPeriod, ReportRules
from records.counts.counted import CountedCell, CountedTable
from reports.protection import Assemble
from reports.shape import TOTAL, Figure, Grouping, Origin, Period, Place, Report, Table

TRACKS = ("complaint", "consultation")
OUTCOMES = ("resolved", "recommended", "not_taken", "withdrawn")
SUB_CODES = tuple(f"{category}{letter}" for category in range(1, 10) for letter in "abcde")


@dataclass(frozen=True, slots=True)
class Case:
    """One case as a count sees it. `head` None: about nobody; "?": nobody has said yet."""

    half: int
    station: str
    personnel: str
    sub_code: str
    track: str
    outcome: str
    head: str | None


def cases(number: int, rules: ReportRules, seed: int, *, loud: float = 0.2) -> list[Case]:
    """A year of cases. `loud`: which part of them is about one head."""
    random = Random(seed)  # noqa: S311 - a population, not a secret
    stations = [station for region in rules.regions.values() for station in region.stations]
    weights = [4.0 if rank == 0 else 1 / rank for rank in range(len(stations))]
    heads = [f"head-{rank}" for rank in range(60)]
    return [
        Case(
            half=random.randint(1, 2),
            station=random.choices(stations, weights)[0],
            personnel=random.choices(list(rules.personnel), [40, 5, 25, 8, 4, 2])[0],
            sub_code=random.choices(SUB_CODES, [1 / (1 + rank % 17) for rank in range(len(SUB_CODES))])[0],
            track=random.choices(TRACKS, [1, 4])[0],
            outcome=random.choices(OUTCOMES, [6, 2, 3, 1])[0],
            head=_head(random, heads, loud),
        )
        for _ in range(number)
    ]


def _head(random: Random, heads: Sequence[str], loud: float) -> str | None:
    drawn = random.random()
    if drawn < loud:
        return heads[0]
    if drawn < loud + 0.2:
        return random.choice((None, "?"))
    return random.choice(heads[1:])


def table(rules: ReportRules, name: str, dimensions: tuple[str, ...], people: Sequence[Case]) -> CountedTable:
    """Count cases by dimensions, as records/counts does."""
    listed = {
        "station": tuple(station for region in rules.regions.values() for station in region.stations),
        "personnel": tuple(rules.personnel),
        "sub_code": SUB_CODES,
        "category": tuple(str(category) for category in range(1, 10)),
        "track": TRACKS,
        "outcome": OUTCOMES,
    }
    of: dict[tuple[str, ...], Counter[str | None]] = {}
    for case in people:
        at = tuple(case.sub_code[0] if each == "category" else str(getattr(case, each)) for each in dimensions)
        of.setdefault(at, Counter())[case.head] += 1
    return CountedTable(
        name=name,
        measure="cases",
        kind="flow",
        dimensions=dimensions,
        values={each: listed[each] for each in dimensions},
        cells=tuple(_cell(dict(zip(dimensions, at, strict=True)), of[at]) for at in sorted(of)),
    )


def _cell(key: dict[str, str], by_head: Counter[str | None]) -> CountedCell:
    named = [(str(head), cases) for head, cases in by_head.items() if head not in (None, "?")]
    named.sort(key=lambda each: (-each[1], each[0]))
    return CountedCell(
        key=key,
        count=by_head.total(),
        heads=dict(named[:10]),
        other_heads=sum(cases for _, cases in named[10:]),
        unknown=by_head["?"],
    )


def year(rules: ReportRules, people: Sequence[Case]) -> tuple[CountedTable, ...]:
    """The linked tables of an annual report."""
    return (
        table(rules, "received", (), people),
        table(rules, "by_category", ("category", "track"), people),
        table(rules, "by_issue", ("sub_code",), people),
        table(rules, "by_place", ("station", "category"), people),
        table(rules, "by_class", ("personnel", "category"), people),
        table(rules, "by_outcome", ("outcome", "track"), people),
    )


def assembler(code: str, edition: int = 1, *, percentages_of_hidden: dict[str, int] | None = None) -> Assemble:
    """How the report of a period is put together here: its tables, and which part each outcome is of all cases.

    `percentages_of_hidden` (a wrong report, for tests): counts by outcome, from which percentages of hidden cells are made.
    """
    period = ReportPeriod.named(code)

    def assemble(tables: tuple[Table, ...], groupings: tuple[Grouping, ...]) -> Report:
        return Report(
            series="ombuds",
            kind="ombuds",
            edition=f"{code}.{edition}",
            period=Period(from_on=period.first, to_on=period.last),
            house="oas",
            receiver="permanent_council",
            tables=tables,
            groupings=groupings,
            figures=tuple(_percentages(tables, percentages_of_hidden or {})),
            origin=Origin(taken_on=period.next.first, policy_edition="1", unverified=0),
        )

    return assemble


def _percentages(tables: Sequence[Table], told: dict[str, int]) -> Iterator[Figure]:
    for shown in tables:
        if shown.name == "by_outcome" and shown.cells:
            counts = {cell.key["outcome"]: cell.count for cell in shown.cells if cell.key["track"] == TOTAL}
            for outcome in OUTCOMES:
                part, whole = (counts[each] if counts[each] is not None else told.get(each) for each in (outcome, TOTAL))
                yield Figure(
                    name=f"outcome_{outcome}",
                    unit="percent",
                    decimals=1,
                    value=round(100 * part / whole, 1) if part is not None and whole else None,
                    part=Place(table=shown.name, key={"outcome": outcome, "track": TOTAL}),
                    whole=Place(table=shown.name, key={"outcome": TOTAL, "track": TOTAL}),
                )
