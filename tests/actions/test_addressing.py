"""Nobody is served whom she locked out, by name, by tick or by office, nor whoever works under them."""

from uuid import UUID

import pytest

from actions.addressing import AddresseeLockedOut, AddresseeUnderLockedOut, Barred, barred
from actions.letters import Addressee
from policies.pack import load_pack, pack_folder
from policies.serving import ServingRules

OFFICES = {
    "oas": ("chair", "secretary_general", "council_secretary", "human_resources", "inspector_general", "head_of_unit"),
    "eu": ("chair", "head_of_house", "human_resources", "head_of_unit"),
}
NAMES = ("Clara Quevedo", "Luis Almonte", "Nestor Mendieta", "Rosa Villalba", "Iris Garduno", "Berta Zamudio")
SG, ASG, UNDER = "secretary_general", "council_secretary", ("human_resources", "inspector_general", "head_of_unit")


def everybody(pack: str) -> dict[str, Addressee]:
    """One person in each office, by the pack's order."""
    people = zip(OFFICES[pack], NAMES, strict=False)
    return {office: Addressee(UUID(int=n), name, office, "en") for n, (office, name) in enumerate(people)}


def rules(pack: str) -> ServingRules:
    found = load_pack(pack_folder(pack)).serving
    assert found is not None
    return found


def out(ticked: tuple[str, ...] = (), named: str = "", about: str = "", pack: str = "oas") -> dict[str, Barred]:
    """Who is barred, by office."""
    people = everybody(pack)
    found = barred(rules(pack), list(people.values()), [people[one].id for one in ticked], named, about)
    return {office: found[one.id] for office, one in people.items() if one.id in found}


UNDER_SG = {SG: AddresseeLockedOut, **dict.fromkeys(UNDER, AddresseeUnderLockedOut)}


@pytest.mark.parametrize(
    ("ticked", "named", "about"),
    [
        ((SG,), "", ""),
        ((), "nobody like almonte", ""),
        ((), "", "Luis Almonte shouts"),
        ((), "el Secretario  General", ""),
        ((), "", "le secrétaire général crie"),
    ],
)
def test_s40_whoever_is_locked_out_takes_along_whoever_works_under_them(ticked: tuple[str, ...], named: str, about: str):
    assert out(ticked, named, about) == UNDER_SG


def test_a_person_takes_nobody_along_who_does_not_work_under_them():
    assert out(("head_of_unit",)) == {"head_of_unit": AddresseeLockedOut}
    assert out(("chair",)) == {"chair": AddresseeLockedOut}
    assert out(named="the general secretary of our union, and my unit") == {}
    assert out(about="the Assistant Secretary General") == {ASG: AddresseeLockedOut, **UNDER_SG}, "more rather than less"
    assert out(about="the chief executive", pack="eu") == {
        "head_of_house": AddresseeLockedOut,
        "human_resources": AddresseeUnderLockedOut,
        "head_of_unit": AddresseeUnderLockedOut,
    }


@pytest.mark.parametrize("pack", OFFICES)
def test_what_is_about_somebody_goes_to_nobody_under_them_and_about_the_head_to_the_chair_alone(pack: str):
    told = rules(pack)
    for about, subject in told.subjects.items():
        for office in subject.to:
            assert about not in (office, *told.above(office))
    heads = {"oas": ("secretary_general", "assistant_secretary_general"), "eu": ("head_of_house",)}[pack]
    for about in (*heads, "own_office"):
        assert told.subjects[about].to == ("chair",)
    assert {told.office_of(role) for role in OFFICES[pack]} == set(told.offices)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"subjects": {"chair": {"to": ["chair"]}}}, "would go to chair"),
        ({"subjects": {"chair": {"to": ["clerk"]}}}, "would go to clerk"),
        ({"subjects": {"anything": {"to": ["nobody"]}}}, "not named: nobody"),
        ({"offices": {"chair": {"under": "nobody"}}}, "not named: nobody"),
        ({"offices": {"chair": {"under": "clerk"}}}, "nobody at the top"),
    ],
)
def test_rules_that_would_serve_it_on_whom_it_is_about_are_refused(told: dict[str, dict[str, dict[str, object]]], why: str):
    sourced = {"source": "a test", "verified": True}
    offices = {
        "chair": {"names": ["Chair"], "audience": "council_chair", **sourced},
        "clerk": {"names": ["Clerk"], "audience": "outside", "under": "chair", **sourced},
    }
    whole: dict[str, dict[str, dict[str, object]]] = {"offices": offices, "subjects": {"anything": {"to": ["chair"], **sourced}}}
    for part, rows in told.items():
        for name, row in rows.items():
            whole[part][name] = {**whole[part].get(name, sourced), **row}
    with pytest.raises(ValueError, match=why):
        ServingRules.model_validate(whole)
