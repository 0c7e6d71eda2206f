"""An operation made of others is done whole or not at all, counts as one, and is undone by undoing its parts, last one first."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from structure.composite import Composite
from structure.diff import diff
from structure.operation import OperationRefused
from structure.operations import OPERATIONS, MergeUnits, Part, SplitFunction
from structure.organisation import Organisation
from tests.structure.operations.house import EXAMPLES, house
from tests.structure.plans import operations_on, organisations

ON = date(2015, 12, 11)
COMPOSITES = sorted(operation.model_fields["kind"].default for operation in OPERATIONS if issubclass(operation, Composite))


@st.composite
def composites(draw: st.DrawFn) -> tuple[Organisation, Composite]:
    """A random organisation and one composite operation that can be done on it."""
    org = draw(organisations())
    operation = draw(operations_on(org, COMPOSITES).filter(lambda drawn: isinstance(drawn, Composite)))
    assert isinstance(operation, Composite)
    return org, operation


def test_these_are_made_of_others():
    assert COMPOSITES == ["merge_functions", "merge_units", "replace_unit", "split_function", "split_unit"]


@settings(max_examples=60, deadline=None)
@given(composites())
def test_it_is_its_parts_one_after_the_other(drawn: tuple[Organisation, Composite]):
    org, operation = drawn
    step = org
    for part in operation.parts(org):
        step = part.change(step, "PART", ON)
    whole = operation.change(org, "OP", ON)
    assert (whole.units, whole.functions, whole.posts) == (step.units, step.functions, step.posts)


@settings(max_examples=60, deadline=None)
@given(composites())
def test_its_inverse_gives_everything_back(drawn: tuple[Organisation, Composite]):
    org, operation = drawn
    back = operation.change(org, "OP", ON)
    for undoing in operation.inverse(org):
        back = undoing.change(back, "UNDONE", ON)
    assert diff(org, back) == []


@settings(max_examples=60, deadline=None)
@given(composites())
def test_it_leaves_nothing_with_what_it_ends(drawn: tuple[Organisation, Composite]):
    org, operation = drawn
    after = operation.change(org, "OP", ON)
    for ref in operation.ends():
        assert not list(after.held_by(ref.id))
        assert not list(after.posts_of(ref.id))
        assert not list(after.children(ref.id))


@settings(max_examples=60, deadline=None)
@given(composites())
def test_it_is_one_event_of_succession_at_most_whatever_its_parts_are(drawn: tuple[Organisation, Composite]):
    org, operation = drawn
    event = operation.event("OP", ON)
    assert operation.change(org, "OP", ON).changes == (*org.changes, *((event,) if event else ()))


@pytest.mark.parametrize("kind", COMPOSITES)
def test_earlier_events_stay(kind: str):
    before = EXAMPLES["create_unit"].change(house(), "EARLIER", ON)
    example = EXAMPLES["merge_units"] if kind == "replace_unit" else EXAMPLES[kind]
    assert example.change(before, "OP", ON).changes[:1] == before.changes


def test_what_fails_at_its_last_part_has_done_nothing():
    org = house()
    parts = (Part(function="FA", name="a", owner="DEP"), Part(function="FB", name="b", owner="OLD"))
    with pytest.raises(OperationRefused):
        SplitFunction(function="F1", into=parts).change(org, "OP", ON)
    assert org == house()


def test_units_that_hang_on_each_other_merge_in_either_order():
    one = MergeUnits(units=("DEP", "SUB"), into="OFF").change(house(), "OP", ON)
    other = MergeUnits(units=("SUB", "DEP"), into="OFF").change(house(), "OP", ON)
    assert diff(one, other) == []
