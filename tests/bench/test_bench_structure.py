"""The bench of structures measures what it says, at a tiny size."""

from bench.page import tables
from bench.results import Results, Shaped, growth_beside_n_log_n
from bench.structure import operations, organisation, shape
from structure.timeline import attempt


def test_every_operation_of_the_made_up_plan_can_be_done():
    made = attempt(organisation(100), operations(100))
    assert made.refused == ()
    assert len(made.done) == 200


def test_each_repetition_is_measured_and_told():
    found = shape(100, times=2)
    assert (found.units, found.functions, found.operations) == (100, 1_000, 200)
    assert [len(each) for each in (found.unfolded, found.checked, found.compared, found.looked_up)] == [2] * 4
    assert found.findings > 0
    assert "100 units, 1,000 functions, 200 operations" in tables(Results(shaped=[found]))


def test_growth_is_told_beside_that_of_n_log_n():
    small, large = Shaped(10, 100, 20, checked=[1.0, 3.0]), Shaped(100, 10_000, 200, checked=[200.0])
    assert round(growth_beside_n_log_n(small, large), 6) == 1.0
