"""What would be, what reports show, and what other programs read, at the council's door."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from icalendar import Calendar
from pyshacl import validate
from rdflib import Graph
from starlette.testclient import TestClient

from tests.api.test_council_mandates import M2876
from tests.api.test_council_structure import draft, planner, version, written
from tests.fixtures.doors import CouncilDoor

__all__ = ["planner"]  # a fixture

SHAPES = Path("structure/exchange/shapes.ttl")
MOVES = {
    "id": "C1",
    "on": "2015-12-11",
    "operation": {"kind": "move_function", "function": "F2", "from_unit": "DIA", "to_unit": "DECO"},
}
ENDS = {"id": "C2", "on": "2016-01-01", "operation": {"kind": "eliminate_unit", "unit": "DIA", "reason": "austerity"}}
REPORT = {
    "unit": "OSG",
    "on": "2015-06-15",
    "shown": ["External  RELATIONS", "Hemispheric Affairs"],
    "source": "Annual report 2014",
}


def test_what_if_shows_the_house_of_a_day_with_a_version_and_without_it(council_door: CouncilDoor, planner: TestClient):
    proposal = draft(planner)
    assert planner.post(f"{proposal}/versions", json=version(MOVES, ENDS)).status_code == 201
    before = written(council_door)
    told = council_door.client("mission").get(f"{proposal}/simulation").json()
    assert (told["on"], told["dates"]) == ("2016-01-01", ["2015-12-11", "2016-01-01"])
    assert (told["without"]["units"], told["with_it"]["units"]) == (6, 5)
    assert told["owned"] == [{"id": "DECO", "without": 1, "with_it": 2}, {"id": "DIA", "without": 2, "with_it": 1}]
    assert told["spans"] == [{"id": "SER", "without": 1, "with_it": 0}]
    assert told["without"]["headcount"] == [{"fund": "regular", "posts": 2, "holders": 1}]
    found = {(one["rule"], one["subject"]) for one in told["appeared"] if one["severity"] == "blocks"}
    assert found >= {("I2", "F1"), ("I2", "P1")}
    assert ("unit", "DIA", "ended") in {(one["sort"], one["id"], one["field"]) for one in told["differences"]}
    assert {(one["sort"], one["id"]) for one in told["impact"]} >= {("function", "F1"), ("unit", "DIA")}
    early = planner.get(f"{proposal}/simulation?on=2015-12-11&version=1").json()
    assert [(one["id"], one["field"]) for one in early["differences"]] == [("F2", "owners")]
    assert early["appeared"] == []
    assert written(council_door) == before


def test_what_if_names_what_cannot_be_done(planner: TestClient):
    proposal = draft(planner)
    again = {"id": "C2", "on": "2016-02-01", "operation": {"kind": "rename_unit", "unit": "GONE", "name": "X"}}
    planner.post(f"{proposal}/versions", json=version(MOVES, again))
    told = planner.get(f"{proposal}/simulation?lang=fr").json()
    assert [(one["id"], one["claim"], one["subject"]) for one in told["refused"]] == [("C2", "unit_is_live", "GONE")]
    assert told["refused"][0]["what"] != "unit_is_live"
    missing = planner.get(f"{proposal}/simulation?version=9")
    assert (missing.status_code, missing.json()["code"]) == (404, "no_such_version")


def test_a_report_is_compared_with_the_structure_whenever_somebody_looks(council_door: CouncilDoor, planner: TestClient):
    key = {"Idempotency-Key": uuid4().hex}
    made = [planner.post("/v1/structure/reports", json=REPORT, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201], made[0].text
    assert made[0].json() == made[1].json()
    (line,) = council_door.client("mission").get("/v1/structure/reports").json()["reports"]
    assert (line["agrees"], line["reported_on"], line["compared_on"]) == (False, "2015-06-15", "2015-06-15")
    assert line["matched"] == [{"sort": "unit", "id": "SER", "shown": "External  RELATIONS"}]
    assert (line["missing"], line["unplanned"]) == ([{"sort": "unit", "id": "SPA"}], ["Hemispheric Affairs"])
    (early,) = planner.get("/v1/structure/reports?as_of=2014-12-31").json()["reports"]
    assert (early["missing"], early["unplanned"]) == ([], ["External  RELATIONS", "Hemispheric Affairs"])
    cut = REPORT | {"shown": ["External Relations", "The Secretariat for Pol... (cut)"], "replaces": line["report"]}
    assert planner.post("/v1/structure/reports", json=cut).status_code == 201
    (line,) = planner.get("/v1/structure/reports").json()["reports"]
    assert (line["agrees"], line["missing"], line["unknown"]) == (True, [], [{"sort": "unit", "id": "SPA"}])
    assert line["unreadable"] == ["The Secretariat for Pol... (cut)"]


WRONG = {
    "a unit there is not": ({"unit": "GONE"}, 422, "unit_not_on_record"),
    "a day that has not come": ({"on": "2015-06-16"}, 422, "report_too_early"),
    "a report to replace that is not there": ({"replaces": str(uuid4())}, 404, "no_such_report"),
    "nothing shown": ({"shown": []}, 422, "invalid"),
    "a name of blanks": ({"shown": ["  "]}, 422, "invalid"),
}


def test_what_is_wrong_with_a_report_is_named_and_nothing_is_kept(council_door: CouncilDoor, planner: TestClient):
    before = written(council_door)
    for name, (wrong, status, code) in WRONG.items():
        refused = planner.post("/v1/structure/reports", json=REPORT | wrong)
        assert (refused.status_code, refused.json()["code"]) == (status, code), (name, refused.text)
        assert written(council_door) == before, name
    assert council_door.stage.rows("SELECT count(*) FROM structure_report") == [(0,)]
    first = planner.post("/v1/structure/reports", json=REPORT).json()["report"]
    again = [planner.post("/v1/structure/reports", json=REPORT | {"replaces": first}) for _ in range(2)]
    assert [answer.status_code for answer in again] == [201, 404], "a report is replaced once"


def test_the_export_by_the_door_is_a_valid_w3c_organization_and_where_functions_went_is_drawn(planner: TestClient):
    data = Graph().parse(data=planner.get("/v1/structure/export?format=turtle").text, format="turtle")
    sound, _, said = validate(data, shacl_graph=Graph().parse(SHAPES, format="turtle"))
    assert sound, said
    nobody = "PREFIX a: <urn:amparo:vocabulary:> DELETE { ?f a:owner ?o } WHERE { ?f a:owner ?o }"
    data.update(nobody)
    assert not validate(data, shacl_graph=Graph().parse(SHAPES, format="turtle"))[0]
    drawn = planner.get("/v1/structure/flow?from=2015-01-01&to=2015-06-15").text
    assert drawn.splitlines()[2:] == [
        '"before: Electoral Observation","after: Electoral Observation",1',
        '"before: International Affairs","after: International Affairs",2',
    ]


def events(client: TestClient, **params: Any) -> list[tuple[str, str, str]]:
    answer = client.get("/v1/due.ics", params=params)
    assert answer.headers["content-type"].startswith("text/calendar"), answer.text
    walked = Calendar.from_ical(answer.text).walk("VEVENT")
    return [(str(one["uid"]), one["dtstart"].dt.isoformat(), str(one["summary"])) for one in walked]


def test_what_is_due_is_a_calendar_that_says_nothing_people_wrote(council_door: CouncilDoor, planner: TestClient):
    assert events(planner) == []
    mandate = planner.post("/v1/mandates", json=M2876).json()["id"]
    due = planner.get("/v1/due").json()
    told = events(planner)
    assert {(one, day) for one, day, _ in told} == {
        (f"{line['matter']}/{line['clock']}@amparo", line["due_on"]) for line in (*due["due"], *due["late"])
    }
    assert mandate in {one.partition("/")[0] for one, _, _ in told}
    assert told == events(council_door.client("mission"))
    text = planner.get("/v1/due.ics").text.replace("\r\n ", "")
    assert M2876["title"] not in text
    assert events(planner, lang="es")[0][2] != told[0][2]
