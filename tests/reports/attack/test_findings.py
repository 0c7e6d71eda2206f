"""What an attack reports: its form, and that nothing is passed over in silence."""

from dataclasses import replace

from policies.reports import Disclosure
from reports.attack import Bounds, attack
from tests.reports.attack.published import BOUNDS, EVERYTHING, line, release, row, table


def test_the_json_form_is_exact() -> None:
    """What `amparo report attack --json` prints."""
    hidden = release(line("by_region", "region", total=30, x=None, y=20))
    assert attack([hidden], BOUNDS).as_json() == {
        "cells": 3,
        "protected": 1,
        "broken": [
            {
                "series": "ombuds",
                "edition": "2026.1",
                "table": "by_region",
                "key": {"region": "x"},
                "why": "exact",
                "low": 10,
                "high": 10,
            }
        ],
        "tightest": 0,
        "inconsistent": [],
        "linear_only": 0,
    }


def test_nothing_hidden_is_nothing_found() -> None:
    """No release, and a release that hides nothing: there is no tightest."""
    nothing = {"cells": 0, "protected": 0, "broken": [], "tightest": None, "inconsistent": [], "linear_only": 0}
    assert attack([], BOUNDS).as_json() == nothing
    assert attack([release(line("by_region", "region", total=30, x=10, y=20))], BOUNDS).as_json() == nothing | {"cells": 3}


def test_a_hidden_cell_without_an_upper_bound_is_not_bounded() -> None:
    """Without a total there is no end to it."""
    findings = attack([release(line("by_region", "region", x=None, y=20))], BOUNDS)
    assert (findings.protected, findings.broken, findings.tightest) == (1, (), None)


def test_the_policy_sets_the_bounds() -> None:
    """Width, threshold and the dimensions in which zeros tell."""
    rules = Disclosure.model_construct(width=7, threshold=3, protect_zeros=("seat",))
    assert Bounds.of(rules) == Bounds(width=7, threshold=3, protect_zeros=frozenset({"seat"}))


def test_the_width_is_met_exactly_and_missed_by_one() -> None:
    """Five apart is enough, four is not."""
    for shared, broken in ((5, 0), (4, 2)):
        hidden = release(line("by_track", "track", total=20 + shared, x=None, y=20, z=None))
        assert len(attack([hidden], BOUNDS).broken) == broken
        assert attack([hidden], BOUNDS).tightest == shared


def test_below_the_threshold_is_few_and_at_it_is_not() -> None:
    """A cell of at least five is proven not to be small."""
    for least, few in ((4, True), (5, False)):
        cells = {("total", "total"): 60, ("total", "a"): 30 + least, ("total", "b"): 30 - least}
        cells |= {("x", "total"): 30, ("y", "total"): 30}
        spread = table("spread", ("region", "track"), cells | {(r, t): None for r in ("x", "y") for t in ("a", "b")})
        broken = attack([release(spread)], BOUNDS).broken
        assert {row(each)[3:] for each in broken} == ({("nonzero", least, 30)} if few else set())


def test_a_release_that_contradicts_itself_is_named_and_its_tables_are_still_attacked() -> None:
    """The parts exceed the total in one table; the other still gives a cell away."""
    torn = line("by_track", "track", "torn", total=30, a=20, b=20)
    found = line("by_region", "region", total=30, x=None, y=20)
    findings = attack([release(torn, found)], BOUNDS)
    assert findings.inconsistent == ("ombuds/2026.1",)
    assert not findings.clean
    assert {row(each) for each in findings.broken} == {("2026.1", "by_region", ("x",), "exact", 10, 10)}


def test_releases_that_contradict_each_other_are_named_and_attacked_apart() -> None:
    """A half with more than its year: neither can be true with the other. The third fits the year, and tells with it."""
    year = release(line("by_region", "region", total=30, x=None, y=None))
    wrong = release(line("by_region", "region", total=40, x=20, y=20), edition="2026-H1.1", days=("2026-01-01", "2026-06-30"))
    late = release(line("by_region", "region", total=28, x=18, y=10), edition="2026-H2.1", days=("2026-07-01", "2026-12-31"))
    findings = attack([year, wrong, late], BOUNDS)
    assert findings.inconsistent == ("ombuds/2026-H1.1",)
    assert {row(each) for each in findings.broken if each.why == "narrow"} == {
        ("2026.1", "by_region", ("x",), "narrow", 18, 20),
        ("2026.1", "by_region", ("y",), "narrow", 10, 12),
    }


def test_lists_of_values_with_nothing_in_common_are_linked_by_their_totals_alone() -> None:
    """Forty stations under other names: too many pieces to compare, and the total still tells."""
    ours = {(f"a{number}",): None for number in range(40)}
    theirs = {(f"b{number}",): 1 for number in range(40)}
    findings = attack(
        [release(table("one", ("station",), {("total",): None} | ours), table("two", ("station",), {("total",): 40} | theirs))],
        replace(EVERYTHING, threshold=1),
    )
    assert {(each.table, each.low, each.high) for each in findings.broken} == {("one", 0, 40), ("one", 40, 40)}


def test_progress_is_told() -> None:
    """So that a person sees that something happens."""
    steps: list[tuple[int, int]] = []
    attack(
        [release(line("by_region", "region", total=30, x=None, y=20, z=None))],
        BOUNDS,
        lambda done, all_: steps.append((done, all_)),
    )
    assert steps == [(1, 2), (2, 2)]


def test_rings_too_large_for_one_cube_are_compared_two_by_two() -> None:
    """Three tables of seventeen values: nothing is broken that is not, and a lone hidden cell is still found."""
    values = [f"v{number:02d}" for number in range(17)]

    def square(name: str, one: str, other: str, hidden: tuple[str, str] | None) -> object:
        cells: dict[tuple[str, ...], int | None] = {(a, b): 6 for a in values for b in values}
        cells |= (
            {("total", v): 6 * 17 for v in values} | {(v, "total"): 6 * 17 for v in values} | {("total", "total"): 6 * 17 * 17}
        )
        return table(name, (one, other), cells | ({hidden: None} if hidden else {}))

    squares = (square("ab", "a", "b", ("v00", "v01")), square("bc", "b", "c", None), square("ac", "a", "c", None))
    assert {row(each) for each in attack([release(*squares)], BOUNDS).broken} == {("2026.1", "ab", ("v00", "v01"), "exact", 6, 6)}
