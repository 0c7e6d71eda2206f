"""The ways in which the tables of one release are known to give a hidden number away: each is found."""

import pytest

from reports.attack import attack
from reports.shape import Figure, Grouping, Place
from tests.reports.attack.published import BOUNDS, EVERYTHING, assert_clean, line, release, table, told


def test_a_total_gives_a_lone_hidden_cell_away() -> None:
    """30 in all and 20 in one: the other is 10."""
    assert told(release(line("by_region", "region", total=30, x=None, y=20))) == {
        ("2026.1", "by_region", ("x",), "exact", 10, 10)
    }


def test_two_hidden_cells_far_enough_apart_stay_hidden() -> None:
    """Two cells share 10: each is 0 to 10."""
    findings = attack([release(line("by_region", "region", total=30, x=None, y=20, z=None))], BOUNDS)
    assert_clean(findings)
    assert (findings.cells, findings.protected, findings.tightest) == (4, 2, 10)


def test_two_hidden_cells_that_share_little_are_bounded_too_tightly() -> None:
    """Two cells share 4: each is 0 to 4, which is less apart than five."""
    assert told(release(line("by_region", "region", total=24, x=None, y=20, z=None))) == {
        ("2026.1", "by_region", ("x",), "narrow", 0, 4),
        ("2026.1", "by_region", ("z",), "narrow", 0, 4),
    }


def test_a_zero_total_tells_that_every_hidden_cell_is_zero() -> None:
    """Nothing in all is nothing anywhere."""
    assert told(release(line("by_region", "region", total=0, x=None, y=None))) == {
        ("2026.1", "by_region", ("x",), "exact", 0, 0),
        ("2026.1", "by_region", ("y",), "exact", 0, 0),
    }


def test_a_few_cases_and_a_telling_zero_may_not_be_printed() -> None:
    """A few cases, wherever; nobody, where that tells who came, unless the total above says the same."""
    assert told(release(line("by_region", "region", total=60, x=56, y=4, z=0))) == {
        ("2026.1", "by_region", ("y",), "small", 4, 4),
        ("2026.1", "by_region", ("z",), "zero", 0, 0),
    }
    assert_clean(attack([release(line("by_track", "track", total=60, x=60, y=0))], BOUNDS))
    assert_clean(attack([release(line("by_region", "region", total=0, x=0, y=0))], BOUNDS))
    few = release(line("by_status", "status", total=60, x=56, y=4)).model_copy(update={"series": "mandates"})
    assert_clean(attack([few], BOUNDS))


def test_a_hidden_cell_told_to_be_some_is_found_where_zeros_are_protected() -> None:
    """A row of two in which one cell has at most nine of ten: the other is at least one."""
    cells = {("total", "total"): 60, ("total", "a"): 9, ("total", "b"): 51, ("x", "total"): 30, ("y", "total"): 30}
    hidden = {(region, track): None for region in ("x", "y") for track in ("a", "b")}
    spread = table("spread", ("region", "track"), cells | hidden)
    assert_clean(attack([release(spread)], BOUNDS))
    cells |= {("total", "a"): 31, ("total", "b"): 29}
    told_to_be_some = table("spread", ("region", "track"), cells | hidden)
    assert told(release(told_to_be_some)) == {
        ("2026.1", "spread", ("x", "a"), "nonzero", 1, 30),
        ("2026.1", "spread", ("y", "a"), "nonzero", 1, 30),
    }
    elsewhere = table("spread", ("personnel", "track"), cells | hidden)
    assert_clean(attack([release(elsewhere)], BOUNDS))


def test_recoded_bands_cut_each_other() -> None:
    """0-4 and 0-5 differ by those of exactly five."""
    fives = table("by_age", ("years",), {("total",): 60, ("0-4",): 20, ("5-9",): 40})
    sixes = table("by_age_again", ("years",), {("total",): 60, ("0-5",): 23, ("6-9",): 37})
    assert told(release(fives, sixes)) == {
        ("2026.1", "by_age_again", ("0-5",), "differenced", 3, 3),
    }


def test_recoded_bands_bound_a_hidden_band() -> None:
    """What is below five is no more than what is below six."""
    fives = table("by_age", ("years",), {("total",): 60, ("0–4",): None, ("5+",): None})
    sixes = table("by_age_again", ("years",), {("total",): 60, ("0–5",): 4, ("6+",): 56})
    assert told(release(fives, sixes)) == {
        ("2026.1", "by_age", ("0–4",), "narrow", 0, 4),
        ("2026.1", "by_age", ("5+",), "narrow", 56, 60),
        ("2026.1", "by_age_again", ("0–5",), "small", 4, 4),
    }


def test_two_linked_tables_tell_what_each_hides() -> None:
    """Region x and region y by track, and the tracks alone in another table."""
    cells = {("total", "total"): 60, ("x", "total"): 30, ("y", "total"): 30, ("total", "a"): None, ("total", "b"): None}
    inner = {("x", "a"): 20, ("x", "b"): 10, ("y", "a"): None, ("y", "b"): None}
    two_way = table("by_region_and_track", ("region", "track"), cells | inner)
    assert_clean(attack([release(two_way)], BOUNDS))
    one_way = line("by_track", "track", total=60, a=43, b=17)
    assert ("2026.1", "by_region_and_track", ("y", "a"), "exact", 23, 23) in told(release(two_way, one_way))


@pytest.mark.parametrize("together", [True, False], ids=["all_three", "two"])
def test_three_linked_tables_are_tried_as_one(together: bool) -> None:
    """Pairs of three yes/no questions: only all three tables together fix the cells that two leave open."""
    half = {("total", "total"): 20, ("total", "n"): 10, ("total", "y"): 10, ("n", "total"): 10, ("y", "total"): 10}
    same = half | {("n", "n"): 10, ("n", "y"): 0, ("y", "n"): 0, ("y", "y"): 10}
    hidden = half | {("n", "n"): None, ("n", "y"): None, ("y", "n"): None, ("y", "y"): None}
    tables = [table("ab", ("a", "b"), same), table("bc", ("b", "c"), same), table("ac", ("a", "c"), hidden)]
    found = told(release(*tables) if together else release(*tables[1:]))
    assert len(found) == (4 if together else 0)


def test_a_percentage_gives_a_count() -> None:
    """35 percent of 20 is 7."""
    part, whole = Place(table="by_outcome", key={"outcome": "kept"}), Place(table="by_outcome", key={"outcome": "total"})
    outcomes = line("by_outcome", "outcome", total=20, kept=None, left=None)
    share = Figure(name="kept", unit="percent", value=35, part=part, whole=whole)
    assert told(release(outcomes, figures=(share,))) == {
        ("2026.1", "by_outcome", ("kept",), "exact", 7, 7),
        ("2026.1", "by_outcome", ("left",), "exact", 13, 13),
    }
    assert_clean(attack([release(outcomes, figures=(share.model_copy(update={"value": None}),))], BOUNDS))


def test_percentages_alone_give_a_hidden_total() -> None:
    """12.5 percent of at most 19, to one decimal, can be 1 of 8 or 2 of 16."""
    part, whole = Place(table="by_outcome", key={"outcome": "kept"}), Place(table="by_outcome", key={"outcome": "total"})
    outcomes = table("by_outcome", ("outcome",), {("total",): (0, 19), ("kept",): None, ("left",): None})
    share = Figure(name="kept", unit="percent", value=12.5, decimals=1, part=part, whole=whole)
    found = told(release(outcomes, figures=(share,)), bounds=EVERYTHING)
    assert ("2026.1", "by_outcome", ("kept",), "narrow", 1, 2) in found
    assert ("2026.1", "by_outcome", ("left",), "narrow", 7, 14) in found


def test_stations_shown_in_one_table_give_hidden_regions_away() -> None:
    """The regions are hidden; their stations are not."""
    regions = line("by_region", "region", total=60, north=None, south=None)
    stations = line("by_station", "station", total=60, CA=20, US=12, BR=28)
    grouping = Grouping(fine="station", coarse="region", members={"CA": "north", "US": "north", "BR": "south"})
    assert told(release(regions, stations, groupings=(grouping,))) == {
        ("2026.1", "by_region", ("north",), "exact", 32, 32),
        ("2026.1", "by_region", ("south",), "exact", 28, 28),
    }
    assert_clean(attack([release(regions, stations)], BOUNDS))


def test_a_region_of_few_stations_bounds_them() -> None:
    """Four in the region are four at most in each of its stations."""
    regions = line("by_region", "region", total=60, north=4, south=56)
    stations = line("by_station", "station", total=60, CA=None, US=None, BR=None)
    grouping = Grouping(fine="station", coarse="region", members={"CA": "north", "US": "north", "BR": "south"})
    assert told(release(regions, stations, groupings=(grouping,))) == {
        ("2026.1", "by_station", ("CA",), "narrow", 0, 4),
        ("2026.1", "by_station", ("US",), "narrow", 0, 4),
        ("2026.1", "by_station", ("BR",), "exact", 56, 56),
        ("2026.1", "by_region", ("north",), "small", 4, 4),
    }


def test_a_total_in_one_table_is_that_of_another_without_one() -> None:
    """The values listed make up a total, though another table prints it; unless the numbers say that they do not."""
    whole = table("all", (), {(): 30})
    parts = line("by_region", "region", x=None, y=20)
    assert told(release(whole, parts)) == {("2026.1", "by_region", ("x",), "exact", 10, 10)}
    overlapping = line("by_issue", "issue", x=None, y=40)
    assert_clean(attack([release(whole, overlapping)], BOUNDS))


def test_a_percentage_is_read_with_all_its_decimals() -> None:
    """12.5 percent to no decimal is 12 to 13: of 40, five."""
    part, whole = Place(table="by_outcome", key={"outcome": "kept"}), Place(table="by_outcome", key={"outcome": "total"})
    outcomes = line("by_outcome", "outcome", total=40, kept=None, left=None)
    share = Figure(name="kept", unit="percent", value=12.5, part=part, whole=whole)
    assert {each[4:] for each in told(release(outcomes, figures=(share,)))} == {(5, 5), (35, 35)}
