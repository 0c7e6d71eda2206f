"""I3: functions before, created and ended add up to the functions of the result; what does not is named."""

from dataclasses import replace

from structure.operations import CreateFunction, CreateUnit, DiscontinueFunction, MergeFunctions, Part, SplitFunction
from structure.operations.heads import Head
from structure.organisation import Organisation
from structure.rule import Severity
from structure.things import UNKNOWN, Function, Unit
from tests.structure.cases import case, found, house, said, under

SPLIT = SplitFunction(
    function="F1", into=(Part(function="F1a", name="a", owner="SPA"), Part(function="F1b", name="b", owner="DECO"))
)
NEW = CreateUnit(unit="SHA", name="Hemispheric Affairs", type="secretariat", heads=(Head(head="OSG"),))


def with_functions(*more: Function, without: tuple[str, ...] = (), units: tuple[Unit, ...] = ()) -> Organisation:
    org = house()
    kept = [function for function in org.functions.values() if function.id not in without]
    return Organisation.of([*org.units.values(), *units], [*kept, *more], org.posts.values())


def test_created_split_merged_and_ended_functions_add_up():
    plan = (
        SPLIT,
        MergeFunctions(functions=("F2",), into="F3"),
        CreateFunction(function="F9", name="New", owner="SPA"),
    )
    shown = with_functions(
        Function("F1a", "a", ("SPA",)), Function("F1b", "b", ("DECO",)), Function("F9", "New", ("SPA",)), without=("F1", "F2")
    )
    assert found(case(*plan, target=shown), number="I3") == []
    assert found(case(*plan), number="I3") == []


def test_a_function_that_nobody_ends_and_the_target_does_not_show_is_lost():
    findings = found(case(target=with_functions(without=("F2",))), number="I3")
    assert said(findings) == [("function_lost", "F2")]
    assert findings[0].severity is Severity.BLOCKS


def test_a_function_that_nobody_creates_comes_from_nowhere():
    assert said(found(case(target=with_functions(Function("F9", "New", ("SPA",)))), number="I3")) == [
        ("function_from_nowhere", "F9")
    ]


def test_a_function_that_was_ended_and_is_shown_all_the_same_is_residue_too():
    ended = DiscontinueFunction(function="F2", authority="AG/RES. 1")
    assert said(found(case(ended, target=house()), number="I3")) == [("function_from_nowhere", "F2")]


def test_a_function_of_unknown_origin_is_outside():
    assert found(case(target=with_functions(Function("F9", "New", ("SPA",), origin=UNKNOWN))), number="I3") == []


def test_functions_that_begin_in_a_declared_new_unit_or_below_it_are_implied():
    sha, part = Unit("SHA", "Hemispheric Affairs", "secretariat", under("OSG")), Unit("SHA-X", "X", "department", under("SHA"))
    shown = with_functions(Function("F8", "a", ("SHA",)), Function("F9", "b", ("SHA-X",)), units=(sha, part))
    assert found(case(NEW, target=shown), number="I3") == []


def test_a_function_that_some_other_unit_had_is_not_implied_by_a_new_unit():
    sha = Unit("SHA", "Hemispheric Affairs", "secretariat", under("OSG"))
    shown = with_functions(Function("F9", "b", ("SHA",), origin="SER"), units=(sha,))
    assert said(found(case(NEW, target=shown), number="I3")) == [("function_from_nowhere", "F9")]


def test_an_ended_function_of_the_target_is_not_shown():
    gone = replace(house().functions["F2"], live=False)
    assert said(found(case(target=with_functions(gone, without=("F2",))), number="I3")) == [("function_lost", "F2")]
