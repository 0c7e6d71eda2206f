"""I12: near-equal names and one instrument under different owners, each pair once, n findings for n that are alike."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structure.checking import check_states
from structure.likeness import NameReader
from structure.organisation import Organisation
from structure.rules.i12_duplication import FunctionsNearEqual
from structure.things import UNKNOWN, Function
from structure.timeline import Timeline
from tests.structure.cases import RULES
from tests.structure.rules.states import told

OTHER_AREAS = (
    "Other Areas in Accordance with the Social Charter of the Americas, Its Plan of Action, and the Protocol of San Salvador"
)
SOCIAL_CHARTER = "Social Charter of the Americas and Plan of Action of the Social Charter of the Americas"


def pairs(*functions: Function) -> list[tuple[str, object, object]]:
    return [(key, facts["function"], facts["other"]) for key, facts in told("I12", [], functions)]


def test_the_two_instruments_of_2015_that_two_departments_have_are_found():
    found = pairs(
        Function("F-SI-9", OTHER_AREAS, ("SARE-SI",)),
        Function("F-PE-1", "Follow-up on Legal Instruments on Economic, Social, and Cultural Rights", ("SARE-PE",)),
        Function("F-PE-2", SOCIAL_CHARTER, ("SARE-PE",), part_of="F-PE-1"),
        Function("F-PE-3", "Protocol of San Salvador", ("SARE-PE",), part_of="F-PE-1"),
    )
    assert found == [("functions_near_equal", "F-SI-9", "F-PE-2"), ("functions_near_equal", "F-SI-9", "F-PE-3")]


def test_equal_names_are_told_once_about_the_greater_id():
    found = told("I12", [], [Function("F2", "Press, communication", ("B",)), Function("F1", "Press and Communication", ("A",))])
    assert found == [("functions_near_equal", {"function": "F2", "owners": "B", "other": "F1", "others": "A"})]


def test_of_many_with_one_name_each_is_told_beside_the_first_with_another_owner():
    many = [Function(f"F{number}", "Budget preparation", (f"U{number}",)) for number in range(9)]
    assert pairs(*many) == [("functions_near_equal", f"F{number}", "F0") for number in range(1, 9)]


def test_one_shared_word_is_no_likeness():
    assert pairs(Function("F1", "Planning of resources", ("A",)), Function("F2", "Human resources", ("B",))) == []


def test_a_name_of_one_significant_word_is_like_its_equal_only():
    one, same = Function("F1", "Elections", ("A",)), Function("F2", "Elections", ("B",))
    longer = Function("F3", "Observation of elections", ("C",))
    assert pairs(one, same, longer) == [("functions_near_equal", "F2", "F1")]


@pytest.mark.parametrize(
    "other",
    [
        Function("F2", "Budget preparation", ("A",)),
        Function("F2", "Budget preparation", ("A", "B")),
        Function("F2", "Budget preparation", (UNKNOWN,)),
        Function("F2", "Budget preparation", ("B",), part_of="F1"),
        Function("F2", "Budget preparation", ("B",), live=False),
        Function("F2", UNKNOWN, ("B",)),
    ],
    ids=["same_owner", "shared_owner", "owner_unknown", "part_of_it", "ended", "name_unknown"],
)
def test_what_is_no_duplicate(other):
    assert pairs(Function("F1", "Budget preparation", ("A",)), other) == []


def test_parts_of_parts_are_parts_and_a_circle_of_parts_does_not_hang():
    parts = [Function("F1", "Budget preparation", ("A",)), Function("F2", "Reports", ("C",), part_of="F1")]
    assert pairs(*parts, Function("F3", "Budget preparation", ("B",), part_of="F2")) == []
    circle = [
        Function("F1", "Budget preparation", ("A",), part_of="F2"),
        Function("F2", "Budget preparation", ("B",), part_of="F1"),
    ]
    assert pairs(*circle) == []


def test_one_instrument_in_two_names_is_told_though_the_names_differ():
    found = pairs(
        Function("F1", "Follow-up of the Social Charter", ("A",)),
        Function("F2", "Projects on poverty under the Social Charter", ("B",)),
    )
    assert found == [("instrument_of_two_units", "F2", "F1")]


def test_one_legal_basis_under_two_owners_is_told_in_whatever_form_it_is_written():
    one = Function("F1", "Electoral observation", ("A",), legal_basis=frozenset({"AG/RES. 2876 (XLV-O/15)"}))
    other = Function("F2", "Library", ("B",), legal_basis=frozenset({"ag/res. 2876 (XLV-O/15)"}))
    assert pairs(one, other) == [("instrument_of_two_units", "F2", "F1")]
    assert pairs(one, replace(other, owners=("A",))) == []


NAMES = ("Budget planning", "Planning of the budget", "Budget planning and reports", "Reports on planning", "Budget", "Reports")
some = st.lists(
    st.builds(
        Function,
        st.sampled_from([f"F{number}" for number in range(8)]),
        st.sampled_from(NAMES),
        st.lists(st.sampled_from(("A", "B", "C", UNKNOWN)), min_size=1, max_size=2, unique=True).map(tuple),
        part_of=st.sampled_from((None, None, "F0", "F1", "F2")),
        live=st.sampled_from((True, True, True, False)),
    ),
    max_size=8,
    unique_by=lambda function: function.id,
)


@given(some)
def test_every_pair_that_is_alike_is_told_and_nothing_else(functions):
    told_pairs = {
        (str(found.message.params["function"]), str(found.message.params["other"]))
        for found in check_states(Timeline(Organisation.of((), functions)), [FunctionsNearEqual()], RULES)
    }
    known = {function.id: function for function in functions}
    alike = {(one.id, other.id) for one, other in permutations(functions, 2) if is_alike(one, other, known)}
    assert told_pairs <= alike
    for one, other in alike:
        rivals = {told_other for told_one, told_other in told_pairs if told_one == one}
        assert words(known[other]) in {words(known[rival]) for rival in rivals}


def is_alike(one: Function, other: Function, known: dict[str, Function]) -> bool:
    """Whether `one` is to be told about for `other`: it contains it, or it is equal and comes after it."""
    if (
        not (one.live and other.live)
        or not (mine := set(one.owners) - {UNKNOWN})
        or not (theirs := set(other.owners) - {UNKNOWN})
    ):
        return False
    if mine & theirs or other.id in wholes(one, known) or one.id in wholes(other, known):
        return False
    if words(one) == words(other):
        return other.id < one.id
    return len(words(other)) >= RULES.likeness.words and words(other) < words(one)


def words(function: Function) -> frozenset[str]:
    read = NameReader(RULES.likeness).read(function.name)
    assert read is not None
    return read.words


def wholes(function: Function, known: dict[str, Function]) -> set[str]:
    found: set[str] = set()
    whole = function.part_of
    while whole is not None and whole not in found:
        found.add(whole)
        whole = known[whole].part_of if whole in known else None
    return found
