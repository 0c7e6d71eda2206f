"""Coarsening: places to regions to field or headquarters, classes to groups, sub-codes to categories."""

from pathlib import Path
from tomllib import loads

import pytest

from policies.reports import ReportRules
from records.counts.counted import CountedCell, CountedTable
from reports.protection.steps import coarsened, coarser, groupings
from reports.protection.wholes import whole

RULES = ReportRules.model_validate(loads(Path("policies/oas/reports.toml").read_text(encoding="utf-8")))


def table(dimension: str, counts: dict[str, int], name: str = "cases") -> CountedTable:
    cells = tuple(CountedCell(key={dimension: value}, count=count) for value, count in counts.items())
    return CountedTable(name, "cases", "flow", (dimension,), {dimension: tuple(counts)}, cells)


@pytest.mark.parametrize(
    ("fine", "coarse", "counts", "expected"),
    [
        (
            "station",
            "region",
            {"US-DC": 7, "US": 1, "CR": 2, "PA": 3, "ZZ": 4},
            {"headquarters": 8, "central_america_mexico": 5, "elsewhere": 4},
        ),
        (
            "region",
            "seat",
            {"headquarters": 8, "caribbean": 2, "north_america": 1, "ZZ": 4},
            {"headquarters": 8, "field": 3, "ZZ": 4},
        ),
        ("personnel", "personnel_group", {"staff": 5, "intern": 1, "consultant": 2}, {"staff": 5, "others": 3}),
        ("sub_code", "category", {"1a": 5, "1b": 1, "9c": 2, "none": 1}, {"1": 6, "9": 2, "none": 1}),
    ],
    ids=["station", "region", "personnel", "sub_code"],
)
def test_a_step_adds_up_what_belongs_together(fine: str, coarse: str, counts: dict[str, int], expected: dict[str, int]) -> None:
    made = whole(coarsened(RULES, table(fine, counts), fine, coarse))
    assert made.table.dimensions == (coarse,)
    assert {values[0]: each.count for values, each in made.sums.items()} == {**expected, "total": sum(counts.values())}


def test_heads_are_the_same_after_a_step() -> None:
    cells = (CountedCell({"station": "CR"}, 4, {"one": 4}), CountedCell({"station": "PA"}, 4, {"one": 3, "two": 1}))
    fine = CountedTable("cases", "cases", "flow", ("station",), {"station": ("CR", "PA")}, cells)
    made = whole(coarsened(RULES, fine, "station", "region")).sums[("central_america_mexico",)]
    assert (made.count, made.subjects, made.largest) == (8, 2, 7)


def test_a_table_takes_only_steps_that_it_has_not_taken() -> None:
    assert coarser(RULES, ("station", "category")) == (("station", "region"),)
    assert coarser(RULES, ("region", "sub_code")) == (("region", "seat"), ("sub_code", "category"))
    assert coarser(RULES, ("sub_code", "category")) == ()
    assert coarser(RULES, ("seat", "outcome")) == ()


def test_levels_that_are_both_published_are_told_as_a_grouping_also_over_a_level_between() -> None:
    stations = table("station", {"US-DC": 7, "CR": 2})
    seats = table("seat", {"headquarters": 7, "field": 2}, "by_seat")
    (grouping,) = groupings(RULES, [stations, seats], {})
    assert (grouping.fine, grouping.coarse) == ("station", "seat")
    assert grouping.members == {"US-DC": "headquarters", "CR": "field"}
    assert groupings(RULES, [stations], {}) == ()


def test_a_level_that_an_earlier_release_showed_is_told_too() -> None:
    (grouping,) = groupings(RULES, [table("region", {"caribbean": 9})], {"station": {"BB", "JM"}, "outcome": {"resolved"}})
    assert grouping.members == {"BB": "caribbean", "JM": "caribbean"}
