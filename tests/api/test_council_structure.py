"""The structure of the house and versions of proposals behind the council's door, over HTTP and on a real database."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from rdflib import Graph
from starlette.testclient import TestClient

from api import structure_telling
from structure.creations import creations
from structure.diff import Difference
from structure.organisation import Organisation
from structure.things import Ref, Sort
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.restructuring import DELEGATED, small_house

LOAD = {
    "as_of": "2015-01-01",
    "source": "Executive Order 08-01 Rev. 7",
    "operations": [operation.written() for operation in creations(small_house())],
}
RENAME = {"id": "C1", "on": "2015-12-11", "operation": {"kind": "rename_unit", "unit": "DIA", "name": "Foreign Affairs"}}
TABLES = (
    "structure_registration",
    "structure_operation",
    "proposal_version",
    "structure_waiver",
    "event",
    "matter",
    "ledger_entry",
)


def version(*operations: dict[str, Any], after: int = 0, **more: Any) -> dict[str, Any]:
    terms = {"decides": "PC", "delegations": [DELEGATED | {"since": "2015-06-15"}]}
    texts = {"en": ["The structure is as follows."], "es": ["La estructura es la siguiente."]}
    told = {"after": after, "label": f"rev. {after + 1}", "author": "SG", "operations": [*operations], "terms": terms}
    return told | {"texts": texts} | more


@pytest.fixture
def planner(council_door: CouncilDoor) -> TestClient:
    client = council_door.client("planner")
    assert client.post("/v1/structure", json=LOAD).json() == {"registration": 1, "operations": len(LOAD["operations"])}
    return client


def draft(client: TestClient) -> str:
    made = client.post("/v1/proposals", json={"title": "Adjustments", "proposer": "SG", "source": "assumed"})
    return f"/v1/proposals/{made.json()['id']}"


def moved(client: TestClient, proposal: str, trigger: str, **payload: Any) -> None:
    answer = client.post(f"{proposal}/moves", json={"trigger": trigger, "payload": payload})
    assert answer.status_code == 200, answer.text


def written(door: CouncilDoor) -> list[object]:
    return [door.stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]


def test_from_a_version_to_a_structure_in_force(council_door: CouncilDoor, planner: TestClient):
    secretary, mission = council_door.client("secretary"), council_door.client("mission")
    proposal = draft(planner)
    added = planner.post(f"{proposal}/versions", json=version(RENAME), headers={"If-Match": '"1"'})
    assert (added.status_code, added.headers["etag"]) == (201, '"2"'), added.text
    (kept,) = mission.get(f"{proposal}/versions").json()["versions"]
    assert (kept["number"], kept["label"], kept["base"], sorted(kept["text_sha256"])) == (1, "rev. 1", 1, ["en", "es"])
    told = mission.get(f"{proposal}/findings").json()
    assert told["may_go_on"] is True
    lines = mission.get(f"{proposal}/impact").json()["lines"]
    assert [(line["id"], line["what"], line["after"]) for line in lines] == [("DIA", "name", ["Foreign Affairs"])]
    moved(planner, proposal, "submit")
    moved(secretary, proposal, "table")
    moved(secretary, proposal, "adopt", body="PC", on="2015-06-15", instrument="CP/RES. 1 (2036/15)", method="consensus")
    moved(planner, proposal, "draft_order")
    order = {"symbol": "Executive Order 08-01", "revision": 8, "signed_by": "SG", "text_sha256": kept["sha256"]}
    moved(planner, proposal, "issue_order", **order)
    names = {
        day: {unit["id"]: unit["name"] for unit in mission.get(f"/v1/structure?as_of={day}").json()["units"]}["DIA"]
        for day in ("2015-12-10", "2015-12-11")
    }
    assert names == {"2015-12-10": "International Affairs", "2015-12-11": "Foreign Affairs"}
    found = mission.get("/v1/structure/diff?from=2015-12-10&to=2015-12-11").json()["differences"]
    assert [(one["id"], one["field"]) for one in found] == [("DIA", "name")]
    assert mission.get(proposal).json()["detail"]["decisions"][0]["version"] == 1


def test_everything_shown_has_its_source(planner: TestClient):
    told = planner.get("/v1/structure").json()
    lines = [*told["units"], *told["functions"], *told["posts"]]
    assert len(lines) == 11
    assert {line["source"] for line in lines} == {"Executive Order 08-01 Rev. 7"}
    assert planner.get("/v1/structure?known_at=2015-06-14").json()["units"] == []


def test_a_load_keeps_tags_earlier_names_and_origins(council_door: CouncilDoor):
    client = council_door.client("planner")
    org = small_house()
    units = [replace(one, formerly=("Cabinet",), tags=frozenset({"b", "a"})) for one in org.units.values()]
    functions = [replace(one, origin="OSG") for one in org.functions.values()]
    whole = Organisation.of(units, functions, org.posts.values())
    told = LOAD | {"operations": [operation.written() for operation in creations(whole)]}
    assert client.post("/v1/structure", json=told).status_code == 201
    seen = client.get("/v1/structure").json()
    assert {(*one["formerly"], *one["tags"]) for one in seen["units"]} == {("Cabinet", "a", "b")}
    assert {one["origin"] for one in seen["functions"]} == {"OSG"}


def test_the_ledger_of_posts_says_from_when_to_when_on_which_fund(council_door: CouncilDoor, planner: TestClient):
    told = planner.get("/v1/posts").json()["posts"]
    assert [(one["id"], one["from"], one["until"], one["fund"], one["grade"], one["vacant"]) for one in told] == [
        ("P1", "2015-01-01", None, "regular", "P5", False),
        ("P2", "2015-01-01", None, "regular", "P3", True),
    ]
    assert planner.get("/v1/posts?as_of=2014-12-31").json()["posts"] == []


def test_who_holds_a_post_is_told_by_no_comparison(planner: TestClient):
    proposal = draft(planner)
    moving = {"id": "C1", "on": "2015-12-11", "operation": {"kind": "move_post", "post": "P1", "to": "DECO"}}
    leaving = {"id": "C2", "on": "2015-12-12", "operation": {"kind": "assign_post", "post": "P1", "holder": None}}
    assert planner.post(f"{proposal}/versions", json=version(moving, leaving)).status_code == 201
    answer = planner.get(f"{proposal}/impact")
    assert [(one["sort"], one["id"], one["what"], one["today"], one["after"]) for one in answer.json()["lines"]] == [
        ("holder", "-", "unit", ["DIA"], ["DECO"]),
        ("post", "P1", "unit", ["DIA"], ["DECO"]),
        ("post", "P1", "holder", ["held"], ["vacant"]),
    ]
    assert "H1" not in answer.text
    told = structure_telling.differences([Difference(Ref(Sort.POST, "P1"), "holder", ("H1",), ("H2",))])
    assert [(one.before, one.after) for one in told.differences] == [(["held"], ["held"])]


def test_exports_are_read_by_other_programs(planner: TestClient):
    turtle = planner.get("/v1/structure/export?format=turtle")
    assert turtle.headers["content-type"].startswith("text/turtle")
    assert len(Graph().parse(data=turtle.text, format="turtle")) > 50
    table = planner.get("/v1/structure/export?format=csv&table=posts").text
    assert table.splitlines()[0].startswith("id,title,unit")
    assert planner.get("/v1/structure/export?format=mermaid").text.startswith("flowchart")


def test_a_finding_is_said_in_the_readers_language_and_a_waiver_names_who_why_and_until_when(
    council_door: CouncilDoor, planner: TestClient
):
    proposal = draft(planner)
    same = {"id": "C2", "operation": {"kind": "rename_unit", "unit": "DECO", "name": "Electoral Observation"}}
    planner.post(f"{proposal}/versions", json=version(RENAME, same))
    moved(planner, proposal, "submit")
    texts = {lang: planner.get(f"{proposal}/findings?lang={lang}").json()["findings"][0]["message"] for lang in ("en", "fr")}
    assert texts["en"] != texts["fr"]
    told = {"rule": "I11", "sort": "operation", "subject": "C2", "author": "Chair", "authority": "CP/INF. 1"}
    told |= {"reason": "It is said for the record.", "until": "2016-01-01"}
    secretary = council_door.client("secretary")
    before = written(council_door)
    refused = secretary.post(f"{proposal}/findings/waivers", json=told | {"subject": "C1"})
    assert (refused.status_code, refused.json()["code"]) == (422, "waiver_of_nothing")
    refused = secretary.post(f"{proposal}/findings/waivers", json=told | {"until": "2015-06-15"})
    assert (refused.status_code, refused.json()["code"]) == (422, "waiver_expired")
    assert written(council_door) == before
    assert secretary.post(f"{proposal}/findings/waivers", json=told).status_code == 201
    told = planner.get(f"{proposal}/findings").json()
    assert told["may_go_on"]
    assert [(one["subject"], one["waived"]) for one in told["findings"] if not one["inherited"]] == [("C2", True)]


def test_two_proposals_are_compared_and_nothing_is_chosen(planner: TestClient):
    one, other = draft(planner), draft(planner)
    ends = {"id": "E", "on": "2015-12-11", "operation": {"kind": "merge_units", "units": ["DIA"], "into": "DECO"}}
    moves = {"id": "M", "on": "2016-01-01", "operation": {"kind": "rename_unit", "unit": "DIA", "name": "Foreign Affairs"}}
    planner.post(f"{one}/versions", json=version(ends))
    planner.post(f"{other}/versions", json=version(moves))
    told = planner.get(f"{one}/merge?with={other.rpartition('/')[2]}").json()
    assert [(one["kind"], one["subject"], one["ours"], one["theirs"]) for one in told["conflicts"]] == [
        ("ended_and_changed", "DIA", ["E"], ["M"])
    ]
    assert "DIA" in told["conflicts"][0]["message"]
    refused = planner.get(f"{one}/merge?with={one.rpartition('/')[2]}")
    assert (refused.status_code, refused.json()["code"]) == (422, "same_proposal")


BAD = {
    "an operation of a kind there is not": (version(RENAME | {"operation": {"kind": "explode_unit"}}), 422, "invalid"),
    "an unknown key": (version(RENAME | {"why": "because"}), 422, "invalid"),
    "a reserved reference as an id": (
        version(RENAME | {"operation": {"kind": "create_unit", "unit": "unknown", "name": "X", "type": "department"}}),
        422,
        "invalid",
    ),
    "one id for two operations": (version(RENAME, RENAME), 422, "operation_named_twice"),
    "a version after one that is not there": (version(RENAME, after=3), 412, "stale_version"),
    "operations that wait for each other": (
        version(
            {"id": "a", "on": "2015-12-11", "operation": {"kind": "merge_functions", "functions": ["F1"], "into": "F2"}},
            {"id": "b", "on": "2015-12-11", "operation": {"kind": "merge_functions", "functions": ["F2"], "into": "F1"}},
        ),
        422,
        "plan_circle",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_with_a_version_is_named_and_nothing_is_kept(name: str, council_door: CouncilDoor, planner: TestClient):
    proposal = draft(planner)
    before = written(council_door)
    body, status, code = BAD[name]
    refused = planner.post(f"{proposal}/versions", json=body)
    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    assert written(council_door) == before


BLOCKED = {
    "a circle": ({"kind": "set_heads", "unit": "SER", "heads": [{"head": "DIA"}]}, "I4"),
    "two owners": ({"kind": "assign_function", "function": "F1", "owners": ["DIA", "DECO"]}, "I1"),
    "functions left with a unit that ends": ({"kind": "eliminate_unit", "unit": "DIA", "reason": "austerity"}, "I2"),
    "a secretariat below another": (
        {"kind": "create_unit", "unit": "SX", "name": "X", "type": "secretariat", "heads": [{"head": "SER"}]},
        "I6",
    ),
}


@pytest.mark.parametrize("name", BLOCKED)
def test_what_blocks_is_found_and_is_not_submitted(name: str, council_door: CouncilDoor, planner: TestClient):
    proposal, (operation, rule) = draft(planner), BLOCKED[name]
    added = planner.post(f"{proposal}/versions", json=version({"id": "B", "on": "2015-12-11", "operation": operation}))
    assert added.status_code == 201, added.text
    found = [one for one in planner.get(f"{proposal}/findings").json()["findings"] if one["severity"] == "blocks"]
    assert rule in {one["rule"] for one in found}
    before = written(council_door)
    refused = planner.post(f"{proposal}/moves", json={"trigger": "submit"})
    assert (refused.status_code, refused.json()["code"]) == (409, "move_refused")
    assert written(council_door) == before


LOADS = {
    "a function of a unit that is not there": {"kind": "create_function", "function": "FX", "name": "X", "owner": "NOWHERE"},
    "a unit under one that is not there": {
        "kind": "create_unit", "unit": "UX", "name": "X", "type": "department", "heads": [{"head": "NOWHERE"}],
    },
    "a unit twice": {"kind": "create_unit", "unit": "SER", "name": "X", "type": "department"},
}  # fmt: skip


@pytest.mark.parametrize("name", LOADS)
def test_a_structure_that_contradicts_itself_is_not_loaded(name: str, council_door: CouncilDoor):
    before = written(council_door)
    told = LOAD | {"operations": [*LOAD["operations"], LOADS[name]]}
    refused = council_door.client("planner").post("/v1/structure", json=told)
    assert (refused.status_code, refused.json()["code"]) == (422, "plan_refused")
    assert written(council_door) == before


def test_a_version_that_comes_again_is_added_once(council_door: CouncilDoor, planner: TestClient):
    proposal, key = draft(planner), {"Idempotency-Key": uuid4().hex}
    answers = [planner.post(f"{proposal}/versions", json=version(RENAME), headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert council_door.stage.rows("SELECT number FROM proposal_version") == [(1,)]


def test_what_is_before_the_organ_takes_no_version(council_door: CouncilDoor, planner: TestClient):
    proposal = draft(planner)
    planner.post(f"{proposal}/versions", json=version(RENAME))
    moved(planner, proposal, "submit")
    moved(council_door.client("secretary"), proposal, "table")
    before = written(council_door)
    refused = planner.post(f"{proposal}/versions", json=version(RENAME, after=1))
    assert (refused.status_code, refused.json()["code"]) == (409, "not_open_for_versions")
    assert written(council_door) == before


def test_a_whole_number_may_be_written_with_a_point(planner: TestClient):
    proposal = draft(planner)
    assert planner.post(f"{proposal}/versions", json=version(RENAME) | {"after": 0.5}).status_code == 422
    assert planner.post(f"{proposal}/versions", json=version(RENAME) | {"after": 0.0}).status_code == 201  # JSON Schema, integer
