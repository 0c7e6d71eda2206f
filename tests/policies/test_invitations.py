"""Who may invite, and to which offices, is written in the pack."""

import pytest

from policies.pack import PACKS, load_pack


@pytest.mark.parametrize("code", ["oas", "eu"])
def test_each_pack_says_who_invites_to_what_and_for_how_long(code: str):
    house = load_pack(PACKS / code).house
    assert house.invitations is not None
    assert (house.invitations.days, house.invitations.by, house.invitations.offices) == (7, ("ombudsperson",), ("case_officer",))


def test_a_house_may_do_without():
    house = load_pack(PACKS / "oas").house
    told = house.model_dump()
    del told["invitations"]
    assert type(house).model_validate(told).invitations is None
