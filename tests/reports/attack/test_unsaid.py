"""What a release leaves out as too small is found if what it prints, or printed before, leaves one number for it."""

from collections.abc import Mapping

from reports.attack import attack
from reports.shape import Identity, Place, Report, Table
from tests.reports.attack.published import BOUNDS, assert_clean, release, told

SIGNS = {"open_at_start": 1, "received": 1, "reopened": 1, "closed": -1, "open_at_end": -1}
BEFORE = {"open_at_start": 10, "received": 60, "reopened": 0, "closed": 50, "open_at_end": 20}


def flow(year: str, counts: Mapping[str, int], *, adds_up: bool = True, unsaid: tuple[str, ...] = tuple(SIGNS)) -> Report:
    """A year's flow; what is not in `counts` is too small, and not even there if it is not `unsaid`."""
    tables = []
    for name in SIGNS:
        stock = "stock" if name.startswith("open") else "flow"
        cells = [{"key": {"track": "total"}, "count": counts[name]}] if name in counts else []
        state = "published" if cells else "too_small"
        if cells or name in unsaid:
            given = {"name": name, "kind": stock, "dimensions": ("track",), "measure": name, "cells": cells, "state": state}
            tables.append(Table.model_validate(given))
    terms = [Place.model_validate({"table": name, "key": {"track": "total"}, "sign": sign}) for name, sign in SIGNS.items()]
    identities = (Identity(name="flow", terms=tuple(terms)),) if adds_up else ()
    return release(*tables, edition=f"{year}.1", days=(f"{year}-01-01", f"{year}-12-31"), identities=identities)


def test_last_years_end_is_the_start_that_is_not_said() -> None:
    first = flow("2025", BEFORE)
    second = flow("2026", {"received": 60, "closed": 50, "open_at_end": 32})
    assert told(first, second) == {("2026.1", "reopened", ("total",), "exact", 2, 2)}
    assert_clean(attack([first, flow("2026", {"received": 60, "closed": 50})], BOUNDS))


def test_a_table_that_is_not_there_at_all_is_no_better_hidden() -> None:
    second = flow("2026", {"received": 60, "closed": 50, "open_at_end": 32}, unsaid=())
    assert told(flow("2025", BEFORE), second) == {("2026.1", "reopened", ("total",), "exact", 2, 2)}


def test_next_years_start_is_the_end_that_was_not_said() -> None:
    first = flow("2025", {"open_at_start": 10, "received": 60, "closed": 50})
    second = flow("2026", BEFORE | {"open_at_start": 20, "open_at_end": 30})
    assert_clean(attack([first], BOUNDS))
    assert {each[:4] for each in told(first, second)} == {
        ("2025.1", "open_at_end", ("total",), "exact"),
        ("2025.1", "reopened", ("total",), "exact"),
    }


def test_what_was_printed_before_is_no_secret() -> None:
    found = attack([flow("2025", BEFORE), flow("2026", {"received": 60, "reopened": 0, "closed": 50, "open_at_end": 30})], BOUNDS)
    assert_clean(found)
    assert (found.cells, found.protected) == (9, 0)


def test_a_start_restated_by_a_few_is_found_though_it_is_not_said() -> None:
    first, second = flow("2025", BEFORE), flow("2026", {"received": 60, "reopened": 0, "closed": 50, "open_at_end": 32})
    assert told(first, second) == {("2026.1", "open_at_start", ("total",), "exact", 22, 22)}


def test_without_a_sum_nothing_is_asked_of_what_is_not_there() -> None:
    second = flow("2026", {"received": 60, "closed": 50, "open_at_end": 32}, adds_up=False)
    found = attack([flow("2025", BEFORE, adds_up=False), second], BOUNDS)
    assert_clean(found)
    assert found.protected == 0
