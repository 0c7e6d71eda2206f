"""What pages let people pick from is what the house has today, and nothing where nobody knows."""

from datetime import date

from actions import offering
from actions.kernel.move import open_kind
from actions.kinds.mandate import Register
from tests.fixtures.deciding import STATES
from tests.fixtures.offices import Stage


def test_people_in_office_are_offered_by_name_and_those_who_left_are_not(house_office: Stage):
    names = [one.name for one in offering.serving(house_office.office)]
    assert names == sorted(names) == ["Chair", "Lawyer", "Mission", "Planner", "Secretary", "Staff_Chief"]
    with house_office.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE appointment SET until_on = '2015-06-15' WHERE role = 'mission'")
    assert "Mission" not in [one.name for one in offering.serving(house_office.office)]


def test_states_are_those_that_take_part_on_the_day_and_none_where_nobody_knows(house_office: Stage):
    assert list(offering.states(house_office.office)) == STATES
    assert list(offering.states(house_office.office, date(2015, 6, 24))) == STATES
    assert offering.states(house_office.office, date(1949, 1, 1)) != STATES


def test_how_the_house_decides_and_meets_is_its_packs(house_office: Stage):
    how = offering.ballots(house_office.office)
    assert "council_majority" in how.rules
    assert how.asks[:2] == ("adoption", "reconsideration")
    assert "twelve_hours" in how.asks[2:]
    assert {"resolution", "treaty"} <= set(how.texts)
    assert {one.code: one.name["es"] for one in offering.bodies(house_office.office)}["PC"] == "Consejo Permanente"
    assert "regular" in {one.code for one in offering.sorts(house_office.office)}


def test_functions_are_offered_where_there_is_a_structure(house_office: Stage):
    assert offering.functions(house_office.office, by=house_office.people["planner"]) == []


def test_who_may_excuse_lateness_is_the_policys(house_office: Stage):
    told = Register(symbol="AG/RES. 1", title="Structure", issued_by="GA", source="assumed")
    mandate = open_kind(house_office.office, "mandate", told, by=house_office.people["planner"]).id
    may = {who for who, by in house_office.people.items() if offering.may_waive(house_office.office, "mandate", mandate, by=by)}
    assert may == {"secretary"}
