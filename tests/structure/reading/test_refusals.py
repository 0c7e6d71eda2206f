"""A file that cannot be taken is refused whole, with every fault of it at once, by name and line, never with its text."""

import pytest
import yaml

from structure.reading import CaseFileRefused, EffectDateUnknown, read_case
from tests.structure.reading.case_files import RULES, case, faults, read, real, unit


def test_all_faults_are_told_at_once():
    data = real()
    data["structure_after"]["units"][4]["parnets"] = ["SC"]
    data["mandates"][0]["adopted_on"] = "2015-13-01"
    data["bodies"][2].pop("name")
    data["surprise"] = 1
    assert faults(data) == {
        ("unknown_key", "structure_after.units[4].parnets", "parnets"),
        ("wrong_date", "mandates[0].adopted_on", ""),
        ("missing_key", "bodies[2]", "name"),
        ("unknown_key", "surprise", "surprise"),
    }


def test_all_wrong_references_are_told_at_once():
    data = real()
    data["structure_after"]["units"][4]["parents"] = ["NOWHERE"]
    data["structure_after"]["functions"][0]["unit"] = "GONE"
    data["operations"][0]["target"] = "NOBODY"
    data["mandates"][0]["issued_by"] = "KING"
    data["mandate_lineage"][0]["to"] = "M-0"
    data["structure_before"]["functions_of_SER"][0]["unit"] = "DIAA"
    data["timeline"][0]["src"] = "rumour"
    assert faults(data) == {
        ("unknown_reference", "structure_after.units[4].parents[0].head", "NOWHERE"),
        ("unknown_reference", "structure_after.functions[0].unit[0]", "GONE"),
        ("unknown_reference", "operations[0].target", "NOBODY"),
        ("unknown_reference", "mandates[0].issued_by", "KING"),
        ("unknown_reference", "mandate_lineage[0].to", "M-0"),
        ("unknown_reference", "structure_before.functions_of_SER[0].unit[0]", "DIAA"),
        ("unknown_source", "timeline[0].src", "rumour"),
    }


def test_a_fault_knows_its_line():
    text = yaml.safe_dump(case(), sort_keys=False) + "extra: 1\n"
    with pytest.raises(CaseFileRefused) as refused:
        read_case(text, "yaml", RULES)
    assert refused.value.faults[0].line == len(text.splitlines())


@pytest.mark.parametrize("secret", ["the complainant's name is written here", "päron", "a" * 90])
def test_no_text_of_the_file_comes_back(secret: str):
    data = case()
    data["structure_before"]["units"][0][secret] = secret
    data["structure_before"]["units"][1]["type"] = secret
    data["structure_before"]["units"][2]["parents"] = [secret]
    data["structure_before"]["functions"][0]["name"] = [secret]
    with pytest.raises(CaseFileRefused) as refused:
        read(data)
    said = f"{refused.value} {[(fault.said, fault.place) for fault in refused.value.faults]}"
    assert secret not in said
    assert len(refused.value.faults) == 4


@pytest.mark.parametrize("content", ["", "just words", "[1, 2]", "5"])
def test_what_is_no_case_at_all_is_one_fault(content: str):
    with pytest.raises(CaseFileRefused) as refused:
        read_case(content, "yaml", RULES)
    assert [fault.kind for fault in refused.value.faults] == ["wrong_group"]


@pytest.mark.parametrize("version", [0, 2, "1.0", None])
def test_another_version_of_the_shape_is_refused(version: object):
    assert ("wrong_choice", "schema_version", "") in faults(case(schema_version=version))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["structure_before"]["units"].append(unit("A", "OSG")),
        lambda data: data["structure_before"]["functions"].append({"id": "F1", "name": "Again", "unit": "B"}),
        lambda data: data["structure_before"].update(functions_of_A=[{"id": "F1", "name": "Again", "unit": "B"}]),
        lambda data: data.update(bodies=[{"id": "A", "name": "x", "kind": "y"}, {"id": "A", "name": "x", "kind": "y"}]),
    ],
)
def test_an_id_given_twice_is_named(change):
    data = case()
    change(data)
    found = faults(data)
    assert {kind for kind, _, _ in found} == {"duplicate_id"}
    assert {name for _, _, name in found} <= {"A", "F1"}


def test_unknown_is_nobodys_id():
    data = case()
    data["structure_before"]["units"].append(unit("unknown", "OSG"))
    assert faults(data) == {("wrong_value", "structure_before.units[3].id", "")}


def test_functions_of_a_unit_that_is_not_there_are_refused():
    data = case()
    data["structure_before"]["functions_of_X"] = [{"id": "F2", "name": "More", "unit": "A"}]
    assert faults(data) == {("unknown_reference", "structure_before.functions_of_X", "X")}


def test_two_units_of_before_cannot_silently_be_one_of_after():
    both = [{"before": "A", "after": "B", "kind": "renamed"}]
    assert faults(case(identity_map=both)) == {("identity_twice", "structure_before.units[2].id", "B")}


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        ({"kind": "split", "source": "A", "targets": ["B"]}, ("missing_key", "operations[0]", "primary")),
        ({"kind": "create"}, ("missing_key", "operations[0]", "target")),
        ({"kind": "eliminate", "target": "A", "parents": ["B"]}, ("unknown_key", "operations[0].parents", "parents")),
        ({"kind": "explode", "target": "A"}, ("wrong_choice", "operations[0].kind", "")),
        ({"kind": "create", "target": "A", "on": "soon"}, ("wrong_date", "operations[0].on", "")),
        ({"kind": "split_unit", "unit": "A", "parts": ["B", "OSG"]}, ("missing_key", "operations[0]", "primary")),
        ({"kind": "rename_unit", "unit": "A", "nmae": "x"}, ("unknown_key", "operations[0].nmae", "nmae")),
        ({"kind": "move_unit", "unit": "A", "from_head": "OSG", "to_head": "C"}, ("unknown_reference", "operations[0]", "C")),
    ],
)
def test_an_operation_that_cannot_be_read_is_named(operation, fault):
    assert fault in faults(case(operations=[{"id": "OP", **operation}]))


def test_a_unit_that_is_made_must_be_shown():
    data = case(operations=[{"id": "OP", "kind": "create", "target": "A"}])
    data["structure_after"]["units"] = data["structure_after"]["units"][:1]
    data["structure_after"]["functions"] = []
    assert faults(data) == {("made_but_not_shown", "operations[0].target", "A")}


def test_an_operation_without_a_date_needs_one_to_assume():
    data = case(operations=[{"id": "OP", "kind": "eliminate", "target": "B"}])
    without = RULES.model_copy(update={"assumed": None})
    text = yaml.safe_dump(data)
    with pytest.raises(EffectDateUnknown) as refused:
        read_case(text, "yaml", without)
    assert refused.value.params == {"operation": "OP"}
    assert read_case(text, "yaml", RULES).planned[0].assumed


@pytest.mark.parametrize(
    ("change", "values"),
    [
        ({"schema_version": 2}, "1"),
        ({"operations": [{"id": "OP", "kind": "explode", "target": "A"}]}, "split_unit"),
        ({"operations": [{"id": "OP", "kind": "Secret words"}]}, "move_functions"),
        ({"mandate_lineage": [{"from": "A", "to": "B", "type": "Secret words"}]}, "bases, implements"),
    ],
)
def test_where_few_values_are_possible_they_are_said_and_not_what_was_written(change: dict[str, object], values: str):
    with pytest.raises(CaseFileRefused) as refused:
        read(case(**change))
    said = [fault.values for fault in refused.value.faults if fault.kind == "wrong_choice"]
    assert any(values in one for one in said)
    assert not any("Secret" in one or "explode" in one for one in said)
