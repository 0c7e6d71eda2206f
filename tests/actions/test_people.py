"""People, their offices and absences, on a real database."""

import json
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pyotp
import pytest

from actions import people
from actions.kernel.actor import NotAllowed
from actions.office import Office
from actions.people import (
    BadLogin,
    DatesBackwards,
    LoginTaken,
    Newcomer,
    NobodyCalled,
    NotAway,
    NotInThatOffice,
    PassphraseTooShort,
    PostTaken,
    UnknownRole,
)
from actions.sessions import Secret, open_door, sign_in
from policies.refusal import Refusal
from records.vault.errors import PassphraseTooLong
from tests.fixtures.offices import Stage

KEY = Secret(b"k" * 32)
WORDS = "four or five words do well"


@pytest.fixture
def owner(house_office: Stage) -> Office:
    return Office(house_office.owner, database="house", environment="test", shelf=house_office.office.shelf)


def newcomer(**other: object) -> Newcomer:
    told: dict[str, object] = {"name": "Ana Pérez", "roles": ("mission",), "login": "ana", "passphrase": WORDS}
    return Newcomer(**(told | other))  # type: ignore[arg-type]  the tests choose the fields


def everything(stage: Stage) -> list[object]:
    tables = ("person", "appointment", "absence", "account", "ledger_entry")
    return [stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


def ledger(stage: Stage) -> list[dict[str, object]]:
    return [json.loads(str(body)) for (body,) in stage.rows("SELECT body FROM ledger_entry ORDER BY made_at, id")]


def test_who_was_added_can_sign_in_with_what_the_operator_was_shown(house_office: Stage, owner: Office):
    enrolled = people.add(owner, newcomer(), KEY)
    code = pyotp.parse_uri(enrolled.totp_address)
    assert isinstance(code, pyotp.TOTP)
    who = sign_in(open_door(house_office.office, "council", KEY), login="ana", passphrase=WORDS, code=code.now())
    assert (who.person, who.roles) == (enrolled.person, {"mission"})


def test_each_act_is_a_line_in_the_ledger_with_ids_and_days_and_no_name(house_office: Stage, owner: Office):
    enrolled = people.add(owner, newcomer(), KEY)
    people.appoint(owner, "ana", "auditor", from_on=date(2015, 7, 1), until_on=date(2015, 8, 1))
    people.end(owner, "ana", "mission", on=date(2015, 6, 15))
    people.away(owner, "ana", from_on=date(2015, 6, 10))
    people.back(owner, "ana")
    lines = ledger(house_office)
    assert sorted(str(line["what"]) for line in lines) == [
        "absence.ended",
        "absence.recorded",
        "person.added",
        "person.appointed",
        "person.appointed",
        "person.released",
    ]
    assert {line["by"] for line in lines} == {None}
    assert all(line["facts"]["person"] == str(enrolled.person) for line in lines)  # type: ignore[index]  facts are an object
    assert "Ana" not in json.dumps(lines)
    assert "ana" not in json.dumps(lines)


def test_neither_passphrase_nor_secret_stands_in_the_database(house_office: Stage, owner: Office):
    enrolled = people.add(owner, newcomer(), KEY)
    dump = repr(everything(house_office))
    assert WORDS not in dump
    assert str(pyotp.parse_uri(enrolled.totp_address).secret) not in dump
    assert WORDS not in repr(newcomer())
    assert enrolled.totp_address not in repr(enrolled)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"roles": ("admiral",)}, UnknownRole),
        ({"roles": ("ombudsperson",)}, UnknownRole),
        ({"roles": ("mission", "case_officer")}, UnknownRole),
        ({"roles": ("chair",)}, PostTaken),
        ({"login": "a"}, BadLogin),
        ({"login": "Ana Pérez"}, BadLogin),
        ({"login": "аna"}, BadLogin),  # the first letter is Cyrillic
        ({"login": "ana\n"}, BadLogin),
        ({"passphrase": "short"}, PassphraseTooShort),
        ({"passphrase": "x" * 257}, PassphraseTooLong),
    ],
)
def test_who_cannot_be_added_leaves_nothing_behind(house_office: Stage, owner: Office, wrong, refusal: type[Refusal]):
    before = everything(house_office)
    with pytest.raises(refusal):
        people.add(owner, newcomer(**wrong), KEY)
    assert everything(house_office) == before


def test_a_login_is_one_persons_however_it_is_written(house_office: Stage, owner: Office):
    people.add(owner, newcomer(), KEY)
    before = everything(house_office)
    with pytest.raises(LoginTaken):
        people.add(owner, newcomer(name="Other", login="ANA"), KEY)
    assert everything(house_office) == before


def test_an_unknown_role_names_those_of_this_databases_doors(owner: Office):
    with pytest.raises(UnknownRole) as refused:
        people.appoint(owner, "Planner", "admiral")
    known = str(refused.value.params["known"]).split(", ")
    assert "chair" in known
    assert "ombudsperson" not in known


def test_an_office_for_one_can_pass_on_from_one_day_to_the_next(house_office: Stage, owner: Office):
    with pytest.raises(PostTaken):
        people.appoint(owner, "Mission", "chair", from_on=date(2015, 7, 1))
    people.end(owner, "Chair", "chair", on=date(2015, 7, 1))
    people.appoint(owner, "Mission", "chair", from_on=date(2015, 7, 1))
    with pytest.raises(PostTaken):
        people.appoint(owner, "Lawyer", "chair", from_on=date(2015, 6, 1), until_on=date(2015, 6, 20))


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda office: people.away(office, "Planner", from_on=date(2015, 7, 2), until_on=date(2015, 7, 2)), DatesBackwards),
        (lambda office: people.away(office, "Planner", until_on=date(2015, 6, 14)), DatesBackwards),
        (lambda office: people.appoint(office, "Planner", "auditor", until_on=date(2015, 6, 15)), DatesBackwards),
        (lambda office: people.away(office, "Nobody"), NobodyCalled),
        (lambda office: people.back(office, "Planner"), NotAway),
        (lambda office: people.end(office, "Planner", "auditor"), NotInThatOffice),
        (lambda office: people.end(office, "Planner", "secretariat_officer", on=date(2014, 1, 1)), NotInThatOffice),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    house_office: Stage, owner: Office, act: Callable[[Office], None], refusal: type[Refusal]
):
    before = everything(house_office)
    with pytest.raises(refusal):
        act(owner)
    assert everything(house_office) == before


def test_a_name_that_two_people_have_is_not_enough(owner: Office):
    people.add(owner, newcomer(login="ana"), KEY)
    people.add(owner, newcomer(login="ana.2"), KEY)
    with pytest.raises(NobodyCalled) as refused:
        people.away(owner, "Ana Pérez")
    assert refused.value.params == {"found": 2}
    people.away(owner, "ana.2")


def test_the_list_shows_offices_accounts_and_who_is_away(owner: Office):
    people.add(owner, newcomer(), KEY)
    people.away(owner, "ana", until_on=date(2015, 6, 20))
    found = {each.name: each for each in people.everybody(owner)}
    assert (found["Ana Pérez"].login, found["Ana Pérez"].away) == ("ana", True)
    assert (found["Planner"].login, found["Planner"].away) == (None, False)
    assert [held.role for held in found["Chair"].offices] == ["chair"]


def test_the_door_may_not_add_people_or_appoint(house_office: Stage):
    """The role of the council's door has no right to; only the owner of the database has."""
    before = everything(house_office)
    for act in (
        lambda: people.add(house_office.office, newcomer(), KEY),
        lambda: people.appoint(house_office.office, "Planner", "auditor"),
        lambda: people.end(house_office.office, "Planner", "secretariat_officer"),
    ):
        with pytest.raises(Exception, match="permission denied"):
            act()
    assert everything(house_office) == before


def test_only_who_oversees_a_person_may_record_their_absence(house_office: Stage):
    who = house_office.people
    for by in ("lawyer", "mission", "secretary", "planner"):
        with pytest.raises(NotAllowed):
            people.record_absence(house_office.office, by=who[by], person=who["staff_chief"])
    with pytest.raises(NotAllowed):
        people.record_absence(house_office.office, by=who["chair"], person=uuid4())
    assert house_office.rows("SELECT count(*) FROM absence") == [(0,)]
    people.record_absence(house_office.office, by=who["chair"], person=who["planner"])
    people.record_absence(house_office.office, by=who["planner"])
    assert house_office.rows("SELECT count(*) FROM absence") == [(2,)]
