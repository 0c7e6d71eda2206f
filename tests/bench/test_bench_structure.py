"""The bench of structures measures what it says, at a tiny size."""

import gc
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bench.page import tables
from bench.results import Results, Shaped, floor_beside_n_log_n, grown
from bench.structure import (
    APPEND,
    BEGINS,
    CHECK,
    COMPARE,
    FOLD,
    INSERT,
    MATCH,
    MERGE,
    operations,
    organisation,
    record,
    shape,
    told_on,
)
from structure.diff import diff
from structure.timeline import attempt, unfold


def test_every_operation_of_the_made_up_plan_can_be_done():
    made = attempt(organisation(100), operations(100))
    assert made.refused == ()
    assert len(made.done) == 200


@pytest.fixture
def _small_heap() -> Iterator[None]:
    """The bench looks for garbage before each act; what the other tests hold would be looked through each time."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("_small_heap")
def test_each_repetition_is_measured_beside_its_floor_and_told():
    found = shape(100, times=2)
    assert (found.units, found.functions, found.operations) == (100, 1_000, 200)
    assert list(found.took) == [CHECK, COMPARE, MATCH, MERGE, FOLD, APPEND, INSERT]
    assert {len(took) for took in found.took.values()} == {len(found.looked_up)} == {2}
    assert all(ours > 0 and floor > 0 for took in found.took.values() for ours, floor in took)
    assert found.findings > 0
    page = tables(Results(shaped=[found]))
    assert f"{CHECK}, 100 units, 1,000 functions, 200 operations, s" in page
    assert f"| 100 | 1,000 | 200 | {MERGE} |" in page


def test_the_record_that_is_measured_is_that_of_a_loaded_house():
    start, plan = organisation(100), operations(100)
    history = record(start, plan)
    assert diff(start, history.at(BEGINS - timedelta(days=1), BEGINS)) == []
    assert diff(history.at(plan[-1].on, BEGINS), unfold(start, plan).end) == []
    for on in (plan[-1].on, plan[100].on):
        assert history.registered(told_on(on)).at(on, BEGINS).units["OSG"].name == "Office"


def test_growth_is_told_beside_that_of_the_floor():
    small = Shaped(10, 100, 20, took={CHECK: [(2.0, 1.0), (6.0, 2.0), (9.0, 1.0)]})
    large = Shaped(100, 1_000, 200, took={CHECK: [(60.0, 10.0), (30.0, 5.0)]})
    assert (small.seconds(CHECK), small.floors(CHECK), large.floors(CHECK)) == (6.0, 3.0, 6.0)
    assert grown(small, large, CHECK) == 2.0


def test_the_growth_of_the_floor_itself_is_told_beside_n_log_n():
    small, large = Shaped(10, 100, 20, took={CHECK: [(9.0, 1.0)]}), Shaped(100, 10_000, 200, took={CHECK: [(9.0, 400.0)]})
    assert round(floor_beside_n_log_n(small, large), 6) == 2.0
