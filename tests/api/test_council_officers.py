"""The register of officers behind the council's door, over HTTP and on a real database."""

from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.api.test_council_structure import LOAD, RENAME, draft, moved, version
from tests.fixtures.doors import CouncilDoor

TABLES = ("accreditation", "officer", "officer_end", "ledger_entry")
HEAD = {"country": "PE", "name": "Ana Ruiz", "capacity": "permanent_representative", "presented_on": "2015-01-10"}
HEAD |= {"source": "Note 1"}
SECRETARIATS = ["create_secretariat", "abolish_secretariat"]
GIVEN = {"office": "GA", "taker": "PC", "purposes": ["structure"], "classes": SECRETARIATS}
GIVEN |= {"since": "2015-06-15", "source": "AG/RES. 2876 (XLV-O/15)"}
HOLDS = {"office": "SG", "name": "María Pérez", "since": "2015-05-26", "source": "AG/RES. 1"}
ACTS = {"office": "SG", "taker": "ASG", "purposes": ["signature"], "since": "2015-07-01", "until": "2015-08-01"}
ACTS |= {"instrument": "Executive Order 15-01", "source": "Charter, art. 115"}


@pytest.fixture
def secretary(council_door: CouncilDoor) -> TestClient:
    return council_door.client("secretary")


def written(door: CouncilDoor) -> list[object]:
    return [door.stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]


def add(client: TestClient, what: str, told: dict[str, Any]) -> str:
    answer = client.post(f"/v1/officers/{what}", json=told)
    assert answer.status_code == 201, answer.text
    return f"/v1/officers/{answer.json()['id']}"


def test_who_is_accredited_is_told_for_any_day_until_it_ends(council_door: CouncilDoor, secretary: TestClient):
    line = add(secretary, "accreditations", HEAD)
    assert secretary.post(f"{line}/end", json={"on": "2015-06-01", "source": "Note 2"}).status_code == 201
    mission = council_door.client("mission")
    for day, names in (("2015-01-09", []), ("2015-01-10", ["Ana Ruiz"]), ("2015-05-31", ["Ana Ruiz"]), ("2015-06-01", [])):
        assert [one["name"] for one in mission.get(f"/v1/officers?on={day}").json()["accredited"]] == names, day


def test_the_chairs_of_a_year_follow_the_order_and_what_is_recorded(council_door: CouncilDoor, secretary: TestClient):
    add(
        secretary,
        "holders",
        {"office": "chair", "country": "AG", "since": "2013-11-18", "until": "2014-01-01", "source": "E-458/13"},
    )
    terms = secretary.get("/v1/officers/chair?year=2013&lang=es").json()["terms"]
    assert [(one["from"], one["chair"]["country"], one["vice_chair"]["country"]) for one in terms] == [
        ("2013-01-01", "NI", "BB"),
        ("2013-04-01", "PA", "BS"),
        ("2013-07-01", "PY", "AR"),
        ("2013-10-01", "PE", "AG"),
    ]
    assert [one["country"] for one in terms[3]["recorded"]] == ["AG"]
    assert terms[3]["chair"]["what"].startswith("Se sigue del orden")
    told = council_door.client("mission").get("/v1/officers?on=2013-12-01").json()
    assert (told["chair"]["country"], told["chair"]["basis"], told["chair"]["source"]) == ("AG", "recorded", "E-458/13")
    assert told["presiding"]["place"] == "chair"
    unknown = secretary.get("/v1/officers/chair?year=2005").json()["terms"]
    assert {(one["chair"]["country"], one["chair"]["basis"]) for one in unknown} == {(None, "unknown")}


def test_a_chair_without_an_end_is_recorded_to_the_end_of_the_term(secretary: TestClient):
    add(secretary, "holders", {"office": "chair", "country": "BZ", "since": "2015-05-01", "source": "CP/ACTA"})
    days = ("2015-05-01", "2015-06-30", "2015-07-01")
    assert [secretary.get(f"/v1/officers?on={day}").json()["chair"]["basis"] for day in days] == [
        "recorded",
        "recorded",
        "computed",
    ]


def test_who_acts_is_told_with_purposes_instrument_and_source(council_door: CouncilDoor, secretary: TestClient):
    add(secretary, "holders", HOLDS)
    add(secretary, "acting", ACTS)
    add(secretary, "acting", GIVEN)
    told = council_door.client("mission").get("/v1/officers?on=2015-07-15").json()
    assert [(one["office"], one["name"]) for one in told["holders"]] == [("SG", "María Pérez")]
    assert [(one["office"], one["taker"], [each["name"] for each in one["purposes"]]) for one in told["acting"]] == [
        ("GA", "PC", ["structure"]),
        ("SG", "ASG", ["signature"]),
    ]
    assert told["acting"][1]["instrument"] == "Executive Order 15-01"
    assert council_door.client("mission").get("/v1/officers?on=2015-08-01").json()["acting"][-1]["office"] == "GA"


def test_what_is_revoked_before_it_began_never_holds(council_door: CouncilDoor, secretary: TestClient):
    line = add(secretary, "acting", ACTS)
    told = {"on": "2015-06-15", "source": "Executive Order 15-02"}
    assert secretary.post(f"{line}/revoke", json=told).status_code == 201
    assert secretary.get("/v1/officers?on=2015-07-15").json()["acting"] == []
    assert council_door.stage.rows("SELECT revoked, on_day::text FROM officer_end") == [(True, "2015-06-15")]


def test_a_line_that_comes_again_is_written_once(council_door: CouncilDoor, secretary: TestClient):
    key = {"Idempotency-Key": uuid4().hex}
    answers = [secretary.post("/v1/officers/accreditations", json=HEAD, headers=key).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert council_door.stage.rows("SELECT count(*) FROM accreditation") == [(1,)]


def test_the_ledger_keeps_days_and_offices_and_no_names(council_door: CouncilDoor, secretary: TestClient):
    end = {"on": "2015-06-14", "source": "Note 2"}
    secretary.post(f"{add(secretary, 'accreditations', HEAD)}/end", json=end)
    add(secretary, "holders", HOLDS)
    add(secretary, "acting", GIVEN)
    bodies = [str(row[0]) for row in council_door.stage.rows("SELECT body FROM ledger_entry ORDER BY made_at")]
    for what in ("officer.accredited", "officer.ended", "officer.named", "officer.acting"):
        assert sum(what in body for body in bodies) == 1, what
    assert not any("Ruiz" in body or "Pérez" in body or "Note" in body for body in bodies)


BAD: dict[str, tuple[str, dict[str, Any], str]] = {
    "an end before the begin": ("accreditations", HEAD | {"until": "2015-01-10"}, "ends_before_begin"),
    "two heads of one delegation": ("accreditations", HEAD | {"presented_on": "2015-03-01"}, "two_heads_of_a_delegation"),
    "a state that is no member": ("accreditations", HEAD | {"country": "FR"}, "state_not_a_member"),
    "a capacity nobody knows": ("accreditations", HEAD | {"capacity": "viceroy"}, "unknown_capacity"),
    "two holders": ("holders", HOLDS | {"since": "2016-01-01"}, "two_holders"),
    "an office nobody knows": ("holders", HOLDS | {"office": "king"}, "unknown_office"),
    "a chair that is no country": ("holders", HOLDS | {"office": "chair"}, "who_unclear"),
    "an office held by a country": ("holders", {**HOLDS, "name": None, "office": "ASG", "country": "PE"}, "who_unclear"),
    "a chair of a country without a place": (
        "holders", {**HOLDS, "name": None, "office": "chair", "country": "FR"}, "not_in_the_order",
    ),
    "nobody acts": ("acting", {**ACTS, "taker": None}, "who_unclear"),
    "two act in one line": ("acting", ACTS | {"name": "X"}, "who_unclear"),
    "a power the giver does not have": ("acting", ACTS | {"office": "ASG", "taker": "SG"}, "power_not_held"),
    "a power given on": ("acting", GIVEN | {"office": "PC", "taker": "SG"}, "delegated_on"),
    "the same line again": ("acting", GIVEN, "acts_already"),
    "to itself": ("acting", ACTS | {"taker": "SG"}, "delegated_to_itself"),
    "classes that nobody asked for": ("acting", ACTS | {"classes": SECRETARIATS}, "classes_unclear"),
    "a structure without classes": ("acting", {**GIVEN, "classes": []}, "classes_unclear"),
    "a structure for a person": ("acting", {**GIVEN, "taker": None, "name": "X"}, "classes_unclear"),
    "a ladder to nobody of this house": (
        "acting", ACTS | {"office": "ASG", "taker": "SG", "purposes": ["ladder"]}, "no_such_login",
    ),
    "a login nobody has": ("acting", {**ACTS, "taker": None, "login": "nobody"}, "no_such_login"),
}  # fmt: skip


def test_what_is_wrong_is_named_and_nothing_is_kept(council_door: CouncilDoor, secretary: TestClient):
    add(secretary, "accreditations", HEAD)
    add(secretary, "holders", HOLDS)
    add(secretary, "acting", GIVEN)
    before = written(council_door)
    for case, (what, told, code) in BAD.items():
        refused = secretary.post(f"/v1/officers/{what}", json=told)
        assert (refused.status_code, refused.json()["code"]) == (422, code), case
        assert "{" not in refused.json()["detail"], case
    assert written(council_door) == before


def test_an_end_is_not_moved_and_what_was_done_is_not_undone(council_door: CouncilDoor, secretary: TestClient):
    accredited, acting = add(secretary, "accreditations", HEAD), add(secretary, "acting", ACTS)
    ended = add(secretary, "holders", HOLDS)
    assert secretary.post(f"{ended}/end", json={"on": "2016-01-01", "source": "x"}).status_code == 201
    before = written(council_door)
    for place, on, status, code in (
        (f"{accredited}/end", "2015-01-10", 422, "ends_before_begin"),
        (f"{ended}/end", "2015-12-01", 422, "ended_before"),
        (f"{acting}/end", "2015-08-01", 422, "ended_before"),
        (f"{acting}/revoke", "2015-06-14", 422, "revoked_backwards"),
        (f"{accredited}/revoke", "2015-07-01", 404, "not_found"),
        (f"/v1/officers/{uuid4()}/end", "2015-07-01", 404, "not_found"),
    ):
        refused = secretary.post(place, json={"on": on, "source": "x"})
        assert (refused.status_code, refused.json()["code"]) == (status, code), place
    assert written(council_door) == before


def test_a_proposal_shows_by_which_powers_it_goes_on_and_as_what_its_order_was_signed(
    council_door: CouncilDoor, secretary: TestClient
):
    planner, mission = council_door.client("planner"), council_door.client("mission")
    planner.post("/v1/structure", json=LOAD)
    proposal = draft(planner)
    planner.post(f"{proposal}/versions", json=version(RENAME))
    add(secretary, "acting", GIVEN)
    powers = mission.get(f"{proposal}/powers?lang=es").json()["powers"]
    assert [(one["giver"], one["taker"], one["told"]) for one in powers] == [("GA", "PC", True), ("GA", "PC", False)]
    assert powers[0]["what"].endswith("no está en el registro.")
    moved(planner, proposal, "submit")
    moved(secretary, proposal, "table")
    moved(secretary, proposal, "adopt", body="PC", on="2015-06-15", instrument="CP/RES. 1 (2036/15)", method="consensus")
    moved(planner, proposal, "draft_order")
    add(secretary, "holders", HOLDS)
    sha256 = mission.get(f"{proposal}/versions").json()["versions"][0]["sha256"]
    order = {"symbol": "Executive Order 08-01", "revision": 8, "signed_by": "John Roe", "text_sha256": sha256}
    before = written(council_door)
    refused = planner.post(f"{proposal}/moves", json={"trigger": "issue_order", "payload": order})
    assert (refused.status_code, refused.json()["code"]) == (422, "signer_not_entitled")
    assert "Roe" not in refused.text
    assert written(council_door) == before
    moved(planner, proposal, "issue_order", **order | {"signed_by": "Secretary General"})
    (line,) = mission.get(f"{proposal}/signatures?lang=fr").json()["signatures"]
    assert (line["signed_as"], line["office"], line["on"]) == ("office", "SG", "2015-06-15")
    assert line["what"] == "L'ordre nomme la fonction, pas une personne."
