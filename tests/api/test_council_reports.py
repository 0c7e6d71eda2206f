"""Reports at the council's door: who sees which, in which form, who received it, where it was noted."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from uuid import UUID, uuid4

import pytest

from actions.office import Office
from policies.pack import pack_folder
from tests.fixtures.apps import council_app
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.offices import ROSTER, shelf
from tests.fixtures.released import PAGE, STYLE, released, small_report

EVERYBODY = tuple(ROSTER)
WAIVER = {"rule": "receipt", "authority": "CP/RES. 1", "reason": "A recess.", "until": "2015-07-31"}


@pytest.fixture
def releases(council_door: CouncilDoor, tmp_path: Path) -> Path:
    """The folder of releases, in the hands of the door."""
    council_door.app = council_app(council_door.stage.office, council_door.server_key, tmp_path)
    return tmp_path


def written(door: CouncilDoor) -> list[tuple[object, ...]]:
    """Everything that a receipt or a noting would write."""
    stage = door.stage
    return [
        *stage.rows("SELECT receiver, person_id FROM report_receipt"),
        *stage.rows("SELECT noted_in, noted_document FROM transmittal ORDER BY edition"),
        *stage.rows("SELECT state, version FROM matter WHERE kind = 'transmittal' ORDER BY id"),
        *stage.rows("SELECT count(*) FROM ledger_entry"),
    ]


def test_an_empty_list_says_what_will_appear(council_door: CouncilDoor, releases: Path):
    answer = council_door.client("mission").get("/v1/reports", headers={"Accept-Language": "es"}).json()
    assert answer["reports"] == []
    assert "aparecerá aquí por sí solo" in answer["says"]
    assert answer["says"] != council_door.client("mission").get("/v1/reports?lang=fr").json()["says"]


def test_the_council_reads_what_was_released_and_all_that_was_published_of_it(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    secretary = council_door.client("secretary")
    for name in (each["name"] for each in secretary.get(f"/v1/reports/{report}").json()["files"]):
        assert secretary.get(f"/v1/reports/{report}/files/{name}").status_code == 200, name
    for who in EVERYBODY:
        client = council_door.client(who)
        (line,) = client.get("/v1/reports").json()["reports"]
        assert (line["id"], line["series"], line["edition"], line["state"]) == (str(report), "ombuds", "2014.1", "transmitted")
        assert (line["from_on"], line["to_on"], line["released_on"]) == ("2014-01-01", "2014-12-31", "2015-02-16")
        assert line["symbol"].startswith("CP/doc.")
        assert (line["received"], len(line["missing"]) > 30, line["written"]) == ([], True, True)
        seen = client.get(f"/v1/reports/{report}")
        assert seen.headers["etag"] == f'"{seen.json()["version"]}"'
        assert seen.json()["object"]["tables"][0]["cells"][0]["count"] == 12
        assert seen.json()["object"]["symbol"] == line["symbol"]
    moves = {move["trigger"] for move in secretary.get(f"/v1/reports/{report}").json()["moves"]}
    assert moves == {"note"}


def test_the_annex_is_there_for_the_chair_and_was_never_there_for_anybody_else(council_door: CouncilDoor, releases: Path):
    annex = released(council_door.stage, releases, small_report("annex"))
    places = ("", "/clocks", "/history", "/files/report.json")
    chair = council_door.client("chair")
    assert [line["id"] for line in chair.get("/v1/reports").json()["reports"]] == [str(annex)]
    assert {chair.get(f"/v1/reports/{annex}{place}").status_code for place in places} == {200}
    before = written(council_door)
    for who in set(EVERYBODY) - {"chair"}:
        client = council_door.client(who)
        assert client.get("/v1/reports").json()["reports"] == []
        unknown = client.get(f"/v1/reports/{uuid4()}")
        for place in places:
            assert client.get(f"/v1/reports/{annex}{place}").json() == unknown.json()
        for act, body in (("receipts", {"state": "US"}), ("noting", {"document": "CP/doc.1/15"}), ("waivers", WAIVER)):
            assert client.post(f"/v1/reports/{annex}/{act}", json=body).json() == unknown.json()
    assert written(council_door) == before
    taken = chair.post(f"/v1/reports/{annex}/receipts", json={})
    assert (taken.status_code, taken.json()["state"]) == (201, "taken")


def test_where_nobody_knows_todays_members_the_reports_are_still_read(council_door: CouncilDoor, releases: Path, tmp_path: Path):
    report = released(council_door.stage, releases)
    pack = tmp_path / "oas"
    copytree(pack_folder("oas"), pack)
    members = (pack / "members.toml").read_text()
    (pack / "members.toml").write_text(members.replace("earliest = 2023-11-19", "earliest = 2014-01-01"))
    unsure = Office(council_door.stage.office.engine, database="house", environment="test", shelf=shelf(pack))
    council_door.app = council_app(unsure, council_door.server_key, releases)
    client = council_door.client("mission")
    (line,) = client.get("/v1/reports").json()["reports"]
    assert (line["id"], line["missing"]) == (str(report), [])
    assert client.get(f"/v1/reports/{report}").json()["object"]["edition"] == "2014.1"
    before = written(council_door)
    assert client.post(f"/v1/reports/{report}/receipts", json={"state": "US"}).status_code == 422
    assert written(council_door) == before


def test_a_file_comes_as_it_was_signed_with_its_type_and_its_style(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    client = council_door.client("mission")
    page = client.get(f"/v1/reports/{report}/files/report.en.html")
    assert (page.content, page.headers["content-type"]) == (PAGE, "text/html; charset=utf-8")
    policy = page.headers["content-security-policy"]
    assert policy.startswith(f"default-src 'none'; style-src {STYLE}; frame-ancestors 'none'")
    assert page.headers["cache-control"] == "no-store"
    paper = client.get(f"/v1/reports/{report}/files/report.es.pdf")
    assert (paper.headers["content-type"], "style-src" in paper.headers["content-security-policy"]) == ("application/pdf", False)
    sheet = client.get(f"/v1/reports/{report}/files/report.fr.csv")
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    assert sheet.headers["content-disposition"] == 'attachment; filename="report.fr.csv"'
    object_ = client.get(f"/v1/reports/{report}/files/report.json")
    assert object_.json()["symbol"] == client.get(f"/v1/reports/{report}").json()["symbol"]
    tag = f'"{sha256(PAGE).hexdigest()}"'
    assert page.headers["etag"] == tag
    again = client.get(f"/v1/reports/{report}/files/report.en.html", headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")


FOREIGN = ("report.en.txt", "report.de.html", "%2e%2e%2freport.json", ".secret", "report.json%00", "README", "%2e%2e")


def test_no_name_but_those_of_the_list_is_ever_looked_for(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    for place in (releases, releases / "ombuds" / "2014.1"):
        for planted in ("README", ".secret", "report.de.html", "report.en.txt"):
            (place / planted).write_text("not for you")
    for name in FOREIGN:
        answer = council_door.client("chair").get(f"/v1/reports/{report}/files/{name}")
        assert (answer.status_code, "not for you" in answer.text) == (404, False), name


def test_a_file_that_is_not_as_it_was_signed_is_not_handed_out_and_somebody_is_told(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    (releases / "ombuds" / "2014.1" / "report.en.html").write_bytes(PAGE + b"<script>")
    client = council_door.client("mission")
    answer = client.get(f"/v1/reports/{report}/files/report.en.html")
    assert (answer.status_code, answer.json()["code"]) == (503, "report_files_away")
    assert client.get(f"/v1/reports/{report}/files/report.es.pdf").status_code == 200
    (releases / "ombuds" / "2014.1" / "report.pt.pdf").unlink()
    assert client.get(f"/v1/reports/{report}/files/report.pt.pdf").json()["code"] == "report_files_away"
    assert council_door.stage.rows("SELECT count(*) FROM trouble") == [(2,)]


def test_a_style_that_is_none_is_let_through_by_nothing(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    manifest = releases / "ombuds" / "2014.1" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"style": "'unsafe-inline'; script-src *"}))
    page = council_door.client("mission").get(f"/v1/reports/{report}/files/report.en.html")
    assert (page.status_code, "style-src" in page.headers["content-security-policy"]) == (200, False)
    assert "script-src" not in page.headers["content-security-policy"]


def test_a_door_without_the_folder_says_that_the_files_are_away(council_door: CouncilDoor, tmp_path: Path):
    report = released(council_door.stage, tmp_path)
    answer = council_door.client("mission").get(f"/v1/reports/{report}/files/report.json")
    assert (answer.status_code, answer.json()["code"]) == (503, "report_files_away")


def test_a_mission_receives_it_once_for_its_state(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    mission = council_door.client("mission")
    done = mission.post(f"/v1/reports/{report}/receipts", json={"state": "US"}, headers={"If-Match": '"1"'})
    assert (done.status_code, done.json()["state"], done.headers["etag"]) == (201, "transmitted", '"2"')
    (line,) = mission.get("/v1/reports").json()["reports"]
    assert [each["receiver"] for each in line["received"]] == ["US"]
    assert "US" not in line["missing"]
    before = written(council_door)
    refused = [
        mission.post(f"/v1/reports/{report}/receipts", json={"state": "US"}),
        mission.post(f"/v1/reports/{report}/receipts", json={"state": "XK"}),
        mission.post(f"/v1/reports/{report}/receipts", json={}),
        mission.post(f"/v1/reports/{report}/receipts", json={"state": "AG"}, headers={"If-Match": '"1"'}),
        council_door.client("chair").post(f"/v1/reports/{report}/receipts", json={"state": "AG"}),
        council_door.client("secretary").post(f"/v1/reports/{report}/receipts", json={"state": "AG"}),
    ]
    codes = [(each.status_code, each.json()["code"]) for each in refused]
    assert codes == [(409, "move_refused"), (409, "move_refused"), (409, "move_refused"), (412, "stale_version"),
                     (403, "not_allowed"), (403, "not_allowed")]  # fmt: skip
    assert written(council_door) == before


def test_a_receipt_that_comes_again_is_answered_as_the_first_time(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    mission, key = council_door.client("mission"), {"Idempotency-Key": uuid4().hex}
    first = mission.post(f"/v1/reports/{report}/receipts", json={"state": "US"}, headers=key)
    again = mission.post(f"/v1/reports/{report}/receipts", json={"state": "US"}, headers=key)
    assert (first.status_code, again.json()) == (201, first.json())
    assert council_door.stage.rows("SELECT count(*) FROM report_receipt") == [(1,)]


def test_the_last_receipt_makes_it_received(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    mission = council_door.client("mission")
    (line,) = mission.get("/v1/reports").json()["reports"]
    last = line["missing"][-1]
    sent = [{"m": report, "r": state, "p": council_door.stage.people["mission"]} for state in line["missing"][:-1]]
    for each in sent:
        council_door.stage.rows("INSERT INTO report_receipt VALUES (:m, :r, :p, now()) RETURNING 1", **each)
    assert mission.post(f"/v1/reports/{report}/receipts", json={"state": last}).json()["state"] == "received"
    assert mission.get(f"/v1/reports/{report}").json()["missing"] == []


def test_the_secretary_notes_it_with_a_document_that_is_registered(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    secretary = council_door.client("secretary")
    symbol = secretary.get(f"/v1/reports/{report}").json()["symbol"]
    before = written(council_door)
    for who, body, status in (("secretary", {}, 409), ("secretary", {"document": "CP/doc.99999/15"}, 409),
                              ("mission", {"document": symbol}, 403), ("chair", {"document": symbol}, 403)):  # fmt: skip
        refused = council_door.client(who).post(f"/v1/reports/{report}/noting", json=body)
        assert refused.status_code == status, (who, refused.json())
    assert written(council_door) == before
    done = secretary.post(f"/v1/reports/{report}/noting", json={"document": symbol})
    assert (done.status_code, done.json()["state"]) == (201, "noted")
    (line,) = secretary.get("/v1/reports").json()["reports"]
    assert (line["noted_document"], line["noted_in"]) == (symbol, None)
    late = council_door.client("mission").post(f"/v1/reports/{report}/receipts", json={"state": "US"})
    assert (late.status_code, late.json()["state"]) == (201, "noted")


def test_what_is_owed_of_it_and_what_happened_to_it(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    mission = council_door.client("mission")
    clocks = {clock["name"]: clock for clock in mission.get(f"/v1/reports/{report}/clocks").json()["clocks"]}
    assert set(clocks) == {"receipt", "noting"}
    assert date.fromisoformat(clocks["receipt"]["due_on"]) > date(2015, 6, 15)
    mission.post(f"/v1/reports/{report}/receipts", json={"state": "US"})
    events = mission.get(f"/v1/reports/{report}/history").json()["events"]
    assert [(event["trigger"], event["by"] and event["by"]["name"]) for event in events] == [
        ("open", None),
        ("receive", "Mission"),
    ]
    assert events[-1]["facts"] == {"receiver": "US"}


def test_the_secretary_excuses_that_receipts_are_late(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    before = written(council_door)
    assert council_door.client("mission").post(f"/v1/reports/{report}/waivers", json=WAIVER).status_code == 403
    assert written(council_door) == before
    done = council_door.client("secretary").post(f"/v1/reports/{report}/waivers", json=WAIVER)
    assert done.status_code == 201, done.json()
    clocks = council_door.client("mission").get(f"/v1/reports/{report}/clocks").json()["clocks"]
    (waiver,) = next(clock["waivers"] for clock in clocks if clock["name"] == "receipt")
    assert (waiver["until"], waiver["stands"]) == ("2015-07-31", True)


def test_an_auditor_reads_reports_and_never_the_annex(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    annex = released(council_door.stage, releases, small_report("annex"))
    auditor = UUID(int=council_door.stage.people["lawyer"].int)
    council_door.stage.rows("UPDATE appointment SET role = 'auditor' WHERE person_id = :who RETURNING 1", who=auditor)
    client = council_door.client("lawyer")
    assert [line["id"] for line in client.get("/v1/reports").json()["reports"]] == [str(report)]
    assert client.get(f"/v1/reports/{annex}").status_code == 404
