"""I11: what a plan does and what its target shows are the same, and each difference is told in ids."""

from collections.abc import Iterable
from dataclasses import replace

from structure.operations import (
    AddCoordination,
    CreatePost,
    CreateUnit,
    EliminateUnit,
    MoveFunction,
    RenameUnit,
    SetHeads,
)
from structure.operations.heads import Head
from structure.organisation import Organisation
from structure.rule import Case, Severity
from structure.things import UNKNOWN, Edge, EdgeKind, Function, Post, Unit
from structure.timeline import Planned, attempt
from tests.structure.cases import DAY, case, found, house, said, under

NEW = CreateUnit(unit="SHA", name="Hemispheric Affairs", type="secretariat", heads=(Head(head="OSG"),))
SHA = Unit("SHA", "Hemispheric Affairs", "secretariat", under("OSG"))
MOVE = MoveFunction(function="F1", from_unit="DIA", to_unit="DECO")


def shown(
    *units: Unit, functions: Iterable[Function] = (), posts: Iterable[Post] = (), without: Iterable[str] = ()
) -> Organisation:
    """The house with other units, functions and posts, and without some."""
    org = house()
    left_out = set(without)
    all_units = {**org.units, **{unit.id: unit for unit in units}}
    all_functions = {**org.functions, **{function.id: function for function in functions}}
    all_posts = {**org.posts, **{post.id: post for post in posts}}
    kept = ([one for one in things.values() if one.id not in left_out] for things in (all_units, all_functions, all_posts))
    return Organisation.of(*kept)


def test_a_target_that_the_operations_reach_is_declared():
    target = shown(SHA, functions=[Function("F1", "Institutional relations", ("DECO",))])
    assert found(case(NEW, MOVE, target=target), number="I11") == []


def test_without_a_target_only_operations_are_asked():
    assert found(case(NEW, MOVE), number="I11") == []


def test_what_the_target_shows_and_nobody_does_is_undeclared():
    target = shown(
        SHA,
        Unit("SER", "External Relations", "secretariat", under("OSG")),
        functions=[Function("F1", "Institutional relations", ("DECO",)), Function("F9", "New", ("SPA",))],
        posts=[Post("P9", "Officer", "SPA")],
        without=("DECO", "P1"),
    )
    findings = found(case(target=target), number="I11")
    assert set(said(findings)) == {
        ("undeclared_beginning", "SHA"),
        ("undeclared_beginning", "F9"),
        ("undeclared_beginning", "P9"),
        ("undeclared_end", "DECO"),
        ("undeclared_end", "P1"),
        ("undeclared_change", "SER"),
        ("undeclared_change", "F1"),
    }
    assert {finding.severity for finding in findings} == {Severity.WARNS}


def test_an_undeclared_change_says_where_from_and_where_to_in_ids():
    target = shown(functions=[Function("F1", "Institutional relations", ("DECO",))])
    (finding,) = found(case(target=target), number="I11")
    assert finding.message.params == {"thing": "F1", "field": "owners", "was": "DIA", "shown": "DECO"}


def test_a_name_that_changes_is_found_and_not_said():
    (finding,) = found(case(target=shown(Unit("DIA", "Secret words", "department", under("SER")))), number="I11")
    assert finding.message.params == {"thing": "DIA", "field": "name", "was": "…", "shown": "…"}


def test_children_and_functions_of_a_declared_new_unit_are_implied_to_any_depth():
    target = shown(
        SHA,
        Unit("SHA-X", "X", "department", under("SHA")),
        Unit("SHA-Y", "Y", "section", under("SHA-X")),
        functions=[Function("F8", "a", ("SHA-Y",)), Function("F9", "b", ("SHA",))],
    )
    assert found(case(NEW, target=target), number="I11") == []


def test_children_of_an_undeclared_new_unit_or_of_an_old_one_are_not():
    target = shown(SHA, Unit("SHA-X", "X", "department", under("SHA")), Unit("SPA-X", "X", "department", under("SPA")))
    assert said(found(case(target=target), number="I11")) == [
        ("undeclared_beginning", "SHA"),
        ("undeclared_beginning", "SHA-X"),
        ("undeclared_beginning", "SPA-X"),
    ]
    assert said(found(case(NEW, target=target), number="I11")) == [("undeclared_beginning", "SPA-X")]


def test_an_old_unit_below_a_new_one_has_moved_and_is_not_implied():
    target = shown(SHA, Unit("DECO", "Electoral Observation", "department", under("SHA")))
    assert said(found(case(NEW, target=target), number="I11")) == [("undeclared_change", "DECO")]


def test_a_function_of_unknown_origin_is_left_to_i16():
    assert found(case(target=shown(functions=[Function("F9", "New", ("SPA",), origin=UNKNOWN)])), number="I11") == []


def test_what_a_creation_leaves_open_the_target_may_fill_in():
    open_unit = CreateUnit(unit="SHA", name="Hemispheric Affairs", type="secretariat")
    filled = replace(SHA, rank="D2", edges=(*SHA.edges, Edge(EdgeKind.COORDINATION, "network of actors")))
    assert found(case(open_unit, target=shown(filled)), number="I11") == []


def test_what_a_creation_says_otherwise_than_the_target_is_found():
    target = shown(Unit("SHA", "Hemispheric Affairs", "secretariat", under("OSG", "OASG")))
    findings = found(case(NEW, target=target), number="I11")
    assert said(findings) == [("change_not_shown", "SHA")]
    assert findings[0].message.params == {"thing": "SHA", "operation": "OP-1", "field": "heads"}


def test_what_an_operation_does_and_the_target_does_not_show_is_found():
    end = EliminateUnit(unit="DIA", reason="closed")
    post = CreatePost(post="P9", title="Officer", unit="SPA", authority="x")
    findings = found(case(NEW, MOVE, end, post, target=house()), number="I11")
    assert {(*names, finding.message.params["operation"]) for names, finding in zip(said(findings), findings, strict=True)} == {
        ("change_not_shown", "SHA", "OP-1"),
        ("change_not_shown", "F1", "OP-2"),
        ("change_not_shown", "DIA", "OP-3"),
        ("change_not_shown", "P9", "OP-4"),
    }


def test_a_declared_operation_without_effect_is_found():
    same = SetHeads(unit="DIA", heads=(Head(head="SER"),))
    findings = found(case(same, RenameUnit(unit="DIA", name="X"), target=None), number="I11")
    assert said(findings) == [("operation_without_effect", "OP-1")]


def test_a_derived_operation_may_be_without_effect():
    same = SetHeads(unit="DIA", heads=(Head(head="SER"),))
    derived = Case(house(), attempt(house(), (Planned("OP-1", DAY, same, declared=False),)))
    assert found(derived, number="I11") == []


def test_an_operation_cut_in_two_has_the_effect_of_both_halves():
    one = CreateUnit(unit="SA", name="A", type="office", heads=(Head(head="SB"),))
    other = CreateUnit(unit="SB", name="B", type="office", heads=(Head(head="SA"),))
    assert found(case(one, other), number="I11") == []


def test_an_operation_that_cannot_be_done_is_found_with_its_claim():
    findings = found(case(AddCoordination(unit="NOBODY", with_="x")), number="I11")
    assert said(findings) == [("operation_not_possible", "OP-1")]
    assert findings[0].severity is Severity.BLOCKS
    assert findings[0].message.params == {"operation": "OP-1", "claim": "unit_is_live", "subject": "NOBODY"}
