"""What holds of every operation: it says what it is, it can be undone, it travels as JSON, and it is refused whole."""

import json
from datetime import date

import pytest
from pydantic import ValidationError

from structure.diff import diff
from structure.operation import Operation
from structure.operations import OPERATIONS, NoSuchOperation, read_operation
from structure.organisation import Organisation
from structure.things import Ref, Sort
from tests.structure.operations.house import EXAMPLES, house

ON = date(2015, 12, 11)
KINDS = sorted(EXAMPLES)


def done(org: Organisation, *operations: Operation) -> Organisation:
    for operation in operations:
        org = operation.change(org, "OP", ON)
    return org


def refs(text: str) -> set[Ref]:
    """References as written in the table below: u:, f: or p: and the id."""
    sorts = {"u": Sort.UNIT, "f": Sort.FUNCTION, "p": Sort.POST}
    return {Ref(sorts[word[0]], word[2:]) for word in text.split()}


TIES = {
    #                        makes           uses                         ends
    "create_unit":          ("u:NEW",        "u:SEC",                     ""),
    "eliminate_unit":       ("",             "",                          "u:DEP"),
    "restore_unit":         ("u:OLD",        "",                          ""),
    "rename_unit":          ("",             "u:DEP",                     ""),
    "replace_unit":         ("u:NEW",        "u:TWO",                     "u:DEP"),
    "merge_units":          ("",             "u:OFF",                     "u:DEP u:SUB"),
    "split_unit":           ("",             "u:OFF u:TWO u:SUB f:F1 f:F2 f:F3 p:P1", "u:DEP"),
    "move_unit":            ("",             "u:DEP u:SEC u:TWO",         ""),
    "set_heads":            ("",             "u:DEP u:TWO",               ""),
    "add_coordination":     ("",             "u:DEP",                     ""),
    "end_coordination":     ("",             "u:SEC",                     ""),
    "suspend_unit":         ("",             "u:DEP",                     ""),
    "resume_unit":          ("",             "u:SUS",                     ""),
    "set_rank":             ("",             "u:DEP",                     ""),
    "set_type":             ("",             "u:DEP",                     ""),
    "set_body_report":      ("",             "u:DEP",                     ""),
    "create_function":      ("f:FN",         "u:DEP u:OFF",               ""),
    "assign_function":      ("",             "f:F1 u:OFF u:SEC",          ""),
    "move_function":        ("",             "f:F1 u:DEP u:OFF",          ""),
    "split_function":       ("f:FA f:FB",    "u:DEP",                     "f:F1"),
    "merge_functions":      ("",             "f:F3",                      "f:F1 f:F2"),
    "rename_function":      ("",             "f:F1",                      ""),
    "discontinue_function": ("",             "",                          "f:F1"),
    "restore_function":     ("f:FX",         "",                          ""),
    "create_post":          ("p:PN",         "u:DEP",                     ""),
    "move_post":            ("",             "p:P1 u:OFF",                ""),
    "assign_post":          ("",             "p:P1",                      ""),
    "abolish_post":         ("",             "",                          "p:P1"),
    "restore_post":         ("p:PX",         "",                          ""),
}  # fmt: skip

CLASSES = {
    "create_unit": ("create_department",),
    "eliminate_unit": ("abolish_department",),
    "restore_unit": ("create_office",),
    "rename_unit": ("rename_department",),
    "replace_unit": ("create_department",),
    "merge_units": ("abolish_department",),
    "split_unit": ("abolish_department",),
    "move_unit": ("move_department",),
    "set_heads": ("move_department",),
    "add_coordination": ("coordinate_department",),
    "end_coordination": ("coordinate_secretariat",),
    "suspend_unit": ("suspend_department",),
    "resume_unit": ("suspend_office",),
    "set_rank": ("rank_department",),
    "set_type": ("create_secretariat", "abolish_department"),
    "set_body_report": ("report_department",),
    "create_function": ("create_function",),
    "assign_function": ("move_function",),
    "move_function": ("move_function",),
    "split_function": ("move_function",),
    "merge_functions": ("move_function",),
    "rename_function": ("rename_function",),
    "discontinue_function": ("discontinue_function",),
    "restore_function": ("create_function",),
    "create_post": ("create_post",),
    "move_post": ("move_post",),
    "assign_post": ("assign_post",),
    "abolish_post": ("abolish_post",),
    "restore_post": ("create_post",),
}


def test_every_operation_has_its_example_here():
    assert {operation.model_fields["kind"].default for operation in OPERATIONS} == set(EXAMPLES) == set(TIES) == set(CLASSES)
    assert all(example.kind == kind for kind, example in EXAMPLES.items())


@pytest.mark.parametrize("kind", KINDS)
def test_it_changes_something_and_its_inverse_changes_it_back(kind: str):
    before = house()
    after = done(before, EXAMPLES[kind])
    assert diff(before, after) != []
    assert diff(before, done(after, *EXAMPLES[kind].inverse(before))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_undoing_the_undoing_does_it_again(kind: str):
    org = house()
    back = EXAMPLES[kind].inverse(org)
    after = done(org, EXAMPLES[kind])
    forth: list[Operation] = []
    now = after
    for operation in back:
        forth = [*operation.inverse(now), *forth]
        now = operation.change(now, "OP", ON)
    assert diff(after, done(now, *forth)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_what_it_makes_uses_and_ends(kind: str):
    makes, uses, ends = TIES[kind]
    example = EXAMPLES[kind]
    assert (set(example.makes()), set(example.uses()), set(example.ends())) == (refs(makes), refs(uses), refs(ends))


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_says_is_what_it_does(kind: str):
    before = house()
    after = done(before, EXAMPLES[kind])
    began = {found.subject for found in diff(before, after) if found.field == "began"}
    ended = {found.subject for found in diff(before, after) if found.field == "ended"}
    assert (began, ended) == (set(EXAMPLES[kind].makes()), set(EXAMPLES[kind].ends()))


@pytest.mark.parametrize("kind", KINDS)
def test_it_names_its_classes_of_act(kind: str):
    example, org = EXAMPLES[kind], house()
    assert example.authority_classes(org) == CLASSES[kind]
    assert example.authority_class(org) == CLASSES[kind][0]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_back_to_the_same(kind: str):
    example = EXAMPLES[kind]
    again = read_operation(json.loads(json.dumps(example.written())))
    assert again == example
    assert hash(again) == hash(example)
    assert diff(done(house(), example), done(house(), again)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_that_it_does_not_know_is_refused_without_its_text(kind: str):
    with pytest.raises(ValidationError) as refused:
        read_operation({**EXAMPLES[kind].written(), "remark": "what somebody wrote"})
    assert "remark" in str(refused.value)
    assert "what somebody wrote" not in str(refused.value)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_one_line_of_succession_or_none(kind: str):
    events = done(house(), EXAMPLES[kind]).changes
    about_units = {"create_unit", "eliminate_unit", "restore_unit", "rename_unit", "replace_unit", "merge_units", "split_unit"}
    assert len(events) == (1 if kind in about_units else 0)
    assert all((event.operation, event.on) == ("OP", ON) for event in events)


def test_sets_are_written_in_one_order_so_that_a_version_has_one_hash():
    assert EXAMPLES["create_function"].written()["legal_basis"] == ["a", "b", "c"]
    assert EXAMPLES["set_heads"].written()["heads"] == [{"head": "TWO", "matters": ["money", "policy", "staff"]}]


@pytest.mark.parametrize("data", [{}, {"kind": "burn_unit"}, {"kind": None}, {"kind": ["create_unit"]}], ids=str)
def test_an_operation_that_there_is_not_is_named_with_those_there_are(data: dict[str, object]):
    with pytest.raises(NoSuchOperation) as refused:
        read_operation(data)
    assert "merge_units" in str(refused.value.params["kinds"])
    assert "burn" not in str(refused.value)


@pytest.mark.parametrize("id", ["unknown", "", " x", "a b", "x" * 81, "../x"])
def test_what_is_reserved_or_no_id_can_be_nobodys_id(id: str):
    with pytest.raises(ValidationError):
        read_operation({"kind": "create_unit", "unit": id, "name": "New", "type": "office"})


def test_a_head_is_one_with_authority():
    with pytest.raises(ValidationError):
        read_operation({"kind": "set_heads", "unit": "DEP", "heads": [{"head": "SEC", "kind": "coordination"}]})


DEPENDENTS = {
    "eliminate_unit": "u:SUB f:F1 f:F2 f:F3 p:P1",
    "restore_unit": "",
    "create_unit": "u:DEP f:F3 p:P2",
    "rename_function": "",
    "move_post": "f:F1",
}


@pytest.mark.parametrize("kind", sorted(DEPENDENTS))
def test_what_hangs_on_it_is_named(kind: str):
    assert set(EXAMPLES[kind].dependents(house())) == refs(DEPENDENTS[kind])
