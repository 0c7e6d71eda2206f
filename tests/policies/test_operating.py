"""Who sees how the installation runs: roles of the council's door and no others; and each unverified value with its file."""

import pytest
from pydantic import ValidationError

from policies.pack import PACKS, load_pack, pack_folder
from policies.rules import House
from policies.unverified import unverified_of


@pytest.mark.parametrize("code", ["oas", "eu"])
def test_operator_and_auditor_see_it_in_every_pack_and_the_operator_is_named_by_no_other_grant(code: str):
    pack = load_pack(pack_folder(code))
    assert pack.house.operating is not None
    assert set(pack.house.operating.read) == {"operator", "auditor"}
    rules = [*pack.kinds.values(), pack.structure, pack.officers, pack.documents, pack.mandates]
    grants = [grant for one in rules if one is not None for several in one.access.values() for grant in several]
    assert grants
    assert [grant for grant in grants if grant.startswith("operator:")] == []
    assert pack.house.roles["operator"].handles == ()


def test_a_role_of_the_desk_cannot_be_let_in():
    house = load_pack(pack_folder("oas")).house.model_dump()
    house["operating"]["read"] = ["operator", "case_officer", "nobody"]
    with pytest.raises(ValidationError, match="case_officer, nobody"):
        House.model_validate(house)


@pytest.mark.parametrize("code", ["oas", "eu"])
def test_each_unverified_value_is_told_with_a_file_that_is_there(code: str):
    pack = load_pack(pack_folder(code))
    found = list(unverified_of(pack))
    assert len(found) == len(list(pack.unverified()))
    missing = {one.file for one in found if not (PACKS / code / one.file).exists() and not (PACKS / one.file).exists()}
    assert missing == set()
