"""Which gate a house has, who the custodian can be, and that every code of it can be said."""

from typing import Any

import pytest
from pydantic import ValidationError

from policies.pack import PACKS, load_pack
from policies.rules import House
from states.opening import refuse_contradictions
from web.messages import LANGUAGES, Messages


def eu() -> dict[str, Any]:
    told: dict[str, Any] = load_pack(PACKS / "eu").house.model_dump()
    return told


def test_one_house_of_two_has_a_custodian_and_an_edition_from_before_has_none():
    rules = {code: load_pack(PACKS / code).house.identity for code in ("oas", "eu")}
    assert [(code, one.gate if one else "") for code, one in rules.items()] == [("oas", "consent"), ("eu", "custodian")]
    assert rules["eu"] is not None
    assert rules["eu"].custodian is not None
    assert (rules["eu"].custodian.days, rules["eu"].custodian.lapses_after, rules["eu"].custodian.verified) == (14, 10, False)
    before = eu()
    del before["identity"]
    assert House.model_validate(before).identity is None


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda house: house["identity"]["custodian"].update(role="nobody"), "nobody at the desk can be"),
        (lambda house: house["identity"]["custodian"].update(role="chair"), "nobody at the desk can be"),
        (lambda house: house["identity"]["custodian"].update(role="case_officer"), "could have a seat"),
        (lambda house: house["roles"]["custodian"].update(stands_in_for=("case_officer",)), "could have a seat"),
        (lambda house: house["roles"]["alternate"].update(stands_in_for=("custodian",)), "stands in for custodian"),
        (lambda house: house["invitations"].update(by=("custodian",)), "could have a seat"),
        (lambda house: house["identity"].update(gate="consent"), "where, and only where"),
        (lambda house: house["identity"].update(custodian=None), "where, and only where"),
        (lambda house: house["identity"]["custodian"].update(days=0), "greater than 0"),
        (lambda house: house["identity"]["custodian"].update(reasons=()), "at least 1 item"),
    ],
)
def test_whoever_could_have_a_seat_cannot_be_the_custodian(spoil: Any, why: str):
    house = eu()
    spoil(house)
    with pytest.raises(ValidationError, match=why):
        House.model_validate(house)


def test_every_reason_and_refusal_has_its_words_in_every_language():
    pack = load_pack(PACKS / "eu")
    refuse_contradictions(pack)
    assert pack.house.identity is not None
    rules = pack.house.identity.custodian
    assert rules is not None
    keys = [f"identity.{part}.{code}" for part in ("reason", "why") for code in rules.reasons]
    keys += [f"identity.refusal.{code}" for code in rules.refusals] + [f"role.{rules.role}"]
    assert [(key, language) for language in LANGUAGES for key in keys if key not in Messages(language)] == []
