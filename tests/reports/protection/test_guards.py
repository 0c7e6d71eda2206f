"""The rules that hide a cell for its own sake, one by one."""

from dataclasses import replace
from pathlib import Path
from tomllib import loads

import pytest

from policies.reports import ReportRules
from records.counts.counted import CountedCell, CountedTable
from reports.protection import Guards
from reports.protection.guards import sensitive
from reports.protection.wholes import Values, whole

RULES = ReportRules.model_validate(loads(Path("policies/oas/reports.toml").read_text(encoding="utf-8")))
GUARDS = Guards.of(RULES.disclosure)


def table(cells: dict[tuple[str, ...], CountedCell], dimensions: tuple[str, ...] = ("category",), **more: bool) -> CountedTable:
    values = {each: tuple(dict.fromkeys(key[at] for key in cells)) for at, each in enumerate(dimensions)}
    return CountedTable("cases", "cases", "flow", dimensions, values, tuple(cells.values()), **more)


def cell(count: int, *, heads: dict[str, int] | None = None, unknown: int = 0, other: int = 0, **key: str) -> CountedCell:
    return CountedCell(key=key, count=count, heads=heads or {}, unknown=unknown, other_heads=other)


def hidden(counted: CountedTable, guards: Guards = GUARDS) -> set[Values]:
    return set(sensitive(whole(counted), guards))


@pytest.mark.parametrize(("count", "is_hidden"), [(0, False), (1, True), (4, True), (5, False), (60, False)])
def test_a_cell_of_one_to_four_is_hidden_and_of_five_is_not(count: int, is_hidden: bool) -> None:
    counted = table({("a",): cell(count, category="a"), ("b",): cell(100, category="b")})
    assert (("a",) in hidden(counted)) is is_hidden


def test_a_total_is_judged_like_any_cell() -> None:
    counted = table({("a",): cell(1, category="a"), ("b",): cell(2, category="b")})
    assert hidden(counted) == {("a",), ("b",), ("total",)}


@pytest.mark.parametrize(
    ("about", "is_hidden"),
    [
        (cell(20, heads={"one": 20}, category="a"), True),
        (cell(20, unknown=20, category="a"), True),
        (cell(20, heads={"one": 16}, unknown=4, category="a"), False),
        (cell(20, heads={"one": 17}, unknown=3, category="a"), True),
        (cell(20, heads={"one": 16, "two": 4}, category="a"), False),
        (cell(20, heads={"one": 17, "two": 3}, category="a"), True),
        (cell(20, heads={"one": 15}, category="a"), False),
        (cell(20, category="a"), False),
    ],
    ids=[
        "one_head",
        "nobody_knows",
        "a_head_and_unknown",
        "dominated_beside_unknown",
        "at_the_share",
        "dominated",
        "others",
        "nobody",
    ],
)
def test_a_cell_about_one_head_or_mostly_about_one_is_hidden(about: CountedCell, is_hidden: bool) -> None:
    assert (("a",) in hidden(table({("a",): about, ("b",): cell(50, category="b")}))) is is_hidden


def test_heads_count_only_where_a_table_is_about_heads() -> None:
    about_one = {("a",): cell(20, heads={"one": 20}, category="a"), ("b",): cell(50, category="b")}
    assert hidden(table(about_one, about_heads=False)) == set()


def test_a_head_cut_off_from_a_list_of_ten_may_be_the_largest_of_the_total() -> None:
    listed = {f"head-{number}": 2 for number in range(10)}
    counted = table(
        {
            ("a",): cell(22, heads=listed, other=2, category="a"),
            ("b",): cell(8, heads={"head-x": 8}, category="b"),
        }
    )
    total = whole(counted).sums[("total",)]
    assert total.largest == 10
    assert total.subjects == 11


def test_a_table_of_nothing_confidential_is_published_as_it_is() -> None:
    counted = table({("a",): cell(1, heads={"one": 1}, category="a")}, protected=False)
    assert hidden(counted) == set()


def test_a_zero_by_place_is_hidden_and_a_zero_by_category_is_not() -> None:
    counted = table(
        {
            ("caribbean", "1"): cell(0, region="caribbean", category="1"),
            ("caribbean", "2"): cell(9, region="caribbean", category="2"),
            ("caribbean", "3"): cell(0, region="caribbean", category="3"),
            ("central", "1"): cell(7, region="central", category="1"),
            ("central", "2"): cell(9, region="central", category="2"),
            ("central", "3"): cell(0, region="central", category="3"),
        },
        ("region", "category"),
    )
    assert hidden(counted) == {("caribbean", "1")}, "a whole category of zero says nothing about a place"
    assert hidden(counted, replace(GUARDS, protect_zeros=frozenset())) == set()


def test_a_place_from_which_nobody_came_is_hidden_with_all_its_cells() -> None:
    counted = table(
        {
            ("caribbean", "1"): cell(0, region="caribbean", category="1"),
            ("caribbean", "2"): cell(0, region="caribbean", category="2"),
            ("central", "1"): cell(7, region="central", category="1"),
            ("central", "2"): cell(9, region="central", category="2"),
        },
        ("region", "category"),
    )
    assert hidden(counted) == {("caribbean", "1"), ("caribbean", "2"), ("caribbean", "total")}


def test_a_year_of_nothing_is_said_as_nothing() -> None:
    counted = table({("caribbean",): cell(0, region="caribbean"), ("central",): cell(0, region="central")}, ("region",))
    assert hidden(counted) == set()
