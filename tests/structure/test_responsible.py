"""Whoever owed it, somebody owes it: an obligation follows its function over any plan that ends none without an heir."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from structure.creations import creations
from structure.diff import diff
from structure.operation import Operation
from structure.operations import (
    AssignFunction,
    DiscontinueFunction,
    MergeFunctions,
    MoveFunction,
    Part,
    RestoreFunction,
    SplitFunction,
)
from structure.organisation import Organisation
from structure.responsible import Responsible, heirs_in, responsible
from structure.things import UNKNOWN
from structure.timeline import Planned, attempt
from tests.fixtures.restructuring import small_house

START = date(2015, 1, 1)
UNITS, FUNCTIONS = ("DIA", "DECO", "SER"), ("F1", "F2", "F3", "G1", "G2")
SPLIT = SplitFunction(
    function="F1", into=(Part(function="G1", name="One", owner="DIA"), Part(function="G2", name="Two", owner="DECO"))
)
functions, units = st.sampled_from(FUNCTIONS), st.sampled_from(UNITS)
changes: st.SearchStrategy[Operation] = st.one_of(
    st.builds(lambda one, into: MergeFunctions(functions=(one,), into=into), functions, functions),
    st.builds(lambda one, giver, to: MoveFunction(function=one, from_unit=giver, to_unit=to), functions, units, units),
    st.just(SPLIT),
    st.builds(lambda one: RestoreFunction(function=one), functions),
)
plans = st.lists(st.tuples(st.integers(0, 60), changes), max_size=12, unique_by=lambda dated: dated[0])
"""One change a date, so that none waits for another of its own date in a circle."""


@given(plans)
def test_on_no_day_is_an_obligation_without_an_owner(told: list[tuple[int, Operation]]):
    plan = [Planned(f"o{n}", START + timedelta(days=days), change) for n, (days, change) in enumerate(told)]
    made = attempt(small_house(), plan)
    heirs = heirs_in(made.done)
    for days in range(-1, 62):
        on = START + timedelta(days=days)
        org = made.timeline.at(on)
        for function in ("F1", "F2", "F3"):
            owed = responsible(org, heirs, function, on)
            assert owed.units, (on, function)
            assert all(org.live_unit(unit) is not None for unit in owed.units)


def after(*operations: Operation) -> tuple[Organisation, dict[str, object]]:
    plan = [Planned(f"o{n}", START, one) for n, one in enumerate(operations)]
    made = attempt(small_house(), plan)
    assert not made.refused
    return made.timeline.end, {"heirs": heirs_in(plan), "function": "F1", "on": START}


def test_after_a_split_the_chosen_part_owes_it_and_all_of_them_while_none_is_chosen():
    org, asked = after(SPLIT)
    assert responsible(org, **asked) == Responsible(("G1", "G2"), ("DIA", "DECO"))
    assert responsible(org, **asked, named={"G2"}) == Responsible(("G2",), ("DECO",))


def test_what_was_discontinued_is_owed_no_more():
    org, asked = after(DiscontinueFunction(function="F1", authority="AG/RES. 2"))
    assert responsible(org, **asked) == Responsible((), ())


def test_an_unknown_owner_is_said_to_be_unknown():
    org, asked = after(AssignFunction(function="F1", owners=(UNKNOWN,)))
    assert responsible(org, **asked).units == (UNKNOWN,)


def test_what_creates_an_organisation_makes_the_same_again():
    plan = [Planned(f"c{n}", START, one) for n, one in enumerate(creations(small_house()))]
    assert diff(attempt(Organisation(), plan).timeline.end, small_house()) == []
