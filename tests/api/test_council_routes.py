"""Every route of the council's door: what it declares, who may use it, what surrounds its answers."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import FastAPI

from api.app import make_door
from api.asking import COOKIE
from api.contract import PUBLIC, declared, document, needs
from tests.api.test_council_mandates import M2876
from tests.fixtures.doors import STRANGERS, CouncilDoor
from tests.fixtures.offices import ROSTER
from tests.fixtures.released import released
from tests.fixtures.resolutions import text_of

OFFICERS, EVERYBODY = {"planner", "lawyer"}, set(ROSTER)
OPENERS = OFFICERS | {"secretary"}

MEETING = {"body": "PC", "number": 2020, "day": "2015-06-24", "sort": "regular", "source": "assumed"}
DOCUMENT = {"series": "council_document", "title": "Adjustments", "original": "es", "source": "assumed"}
WAIVER = {"authority": "CP/RES. 1", "reason": "A recess.", "until": "2016-01-31"}

# Typed by hand from the policies of the pack: method, path, body, who may, what they then get.
MATRIX = [
    ("GET", "/v1/me", None, EVERYBODY, 200),
    ("GET", "/v1/mandates", None, EVERYBODY, 200),
    ("GET", "/v1/mandates/{mandate}", None, EVERYBODY, 200),
    ("GET", "/v1/mandates/{mandate}/clocks", None, EVERYBODY, 200),
    ("GET", "/v1/mandates/{mandate}/history", None, EVERYBODY, 200),
    ("GET", "/v1/proposals", None, EVERYBODY, 200),
    ("GET", "/v1/proposals/{proposal}", None, EVERYBODY, 200),
    ("GET", "/v1/proposals/{proposal}/clocks", None, EVERYBODY, 200),
    ("GET", "/v1/proposals/{proposal}/history", None, EVERYBODY, 200),
    ("GET", "/v1/due", None, EVERYBODY, 200),
    ("GET", "/v1/proposals/{proposal}/versions", None, EVERYBODY, 200),
    ("GET", "/v1/proposals/{proposal}/findings", None, EVERYBODY, 404),
    ("GET", "/v1/proposals/{proposal}/impact", None, EVERYBODY, 404),
    ("GET", "/v1/proposals/{proposal}/merge", None, EVERYBODY, 422),
    ("POST", "/v1/proposals/{proposal}/versions", {}, OPENERS, 422),
    ("POST", "/v1/proposals/{proposal}/findings/waivers", {}, {"secretary"}, 422),
    ("GET", "/v1/proposals/{proposal}/decidings", None, EVERYBODY, 200),
    ("GET", "/v1/proposals/{proposal}/decidings/{deciding}", None, EVERYBODY, 404),
    ("GET", "/v1/proposals/{proposal}/waits", None, EVERYBODY, 200),
    ("GET", "/v1/proposals/{proposal}/amendments", None, EVERYBODY, 200),
    ("GET", "/v1/proposals/{proposal}/comparison", None, EVERYBODY, 422),
    ("POST", "/v1/proposals/{proposal}/comparison", {}, EVERYBODY, 422),
    ("GET", "/v1/proposals/{proposal}/advice", None, EVERYBODY, 200),
    *(
        ("POST", f"/v1/proposals/{{proposal}}/{place}", {}, {"secretary"}, 422)
        for place in ("votes", "consensus", "silences", "advice", "amendments", "amendments/carry-out")
    ),
    *(
        ("POST", f"/v1/proposals/{{proposal}}/decidings/{{deciding}}/{place}", {}, {"secretary"}, 422)
        for place in ("answers", "papers", "void", "objections", "statements")
    ),
    ("POST", "/v1/proposals/{proposal}/decidings/{deciding}/close", {}, {"secretary"}, 404),
    ("GET", "/v1/structure", None, EVERYBODY, 200),
    ("GET", "/v1/structure/diff", None, EVERYBODY, 422),
    ("GET", "/v1/structure/export", None, EVERYBODY, 422),
    ("GET", "/v1/posts", None, EVERYBODY, 200),
    ("GET", "/v1/texts", None, EVERYBODY, 200),
    ("POST", "/v1/texts", {}, OPENERS, 422),
    ("GET", "/v1/texts/{text}", None, EVERYBODY, 200),
    ("POST", "/v1/texts/{text}/withdrawal", {}, {"secretary"}, 422),
    ("POST", "/v1/texts/{text}/paragraphs/{place}/decisions", {}, {"secretary"}, 422),
    ("POST", "/v1/texts/{text}/paragraphs/{place}/weights", {}, OPENERS, 422),
    ("POST", "/v1/texts/{text}/paragraphs/{place}/channels", {}, {"secretary"}, 422),
    ("POST", "/v1/texts/{text}/paragraphs/{place}/mandate", {}, OPENERS, 422),
    ("GET", "/v1/obligations", None, EVERYBODY, 422),
    ("GET", "/v1/ranking", None, EVERYBODY, 200),
    ("POST", "/v1/structure", {}, OFFICERS, 422),
    ("GET", "/v1/officers", None, EVERYBODY, 200),
    ("GET", "/v1/officers/chair", None, EVERYBODY, 422),
    ("POST", "/v1/officers/accreditations", {}, {"secretary"}, 422),
    ("POST", "/v1/officers/holders", {}, {"secretary"}, 422),
    ("POST", "/v1/officers/acting", {}, {"secretary"}, 422),
    ("POST", "/v1/officers/{proposal}/end", {}, {"secretary"}, 422),
    ("POST", "/v1/officers/{proposal}/revoke", {}, {"secretary"}, 422),
    ("GET", "/v1/proposals/{proposal}/powers", None, EVERYBODY, 404),
    ("GET", "/v1/proposals/{proposal}/signatures", None, EVERYBODY, 200),
    ("GET", "/v1/due.ics", None, EVERYBODY, 200),
    ("GET", "/v1/orders", None, EVERYBODY, 200),
    ("GET", "/v1/proposals/{proposal}/simulation", None, EVERYBODY, 404),
    ("POST", "/v1/proposals/{proposal}/merge", {}, OPENERS, 422),
    ("GET", "/v1/structure/flow", None, EVERYBODY, 422),
    ("GET", "/v1/structure/registrations", None, EVERYBODY, 200),
    ("GET", "/v1/structure/registrations/{number}", None, EVERYBODY, 404),
    ("POST", "/v1/structure/withdrawals", {}, OFFICERS, 422),
    ("POST", "/v1/structure/undoings", {}, OFFICERS, 422),
    ("POST", "/v1/structure/corrections", {}, OFFICERS, 422),
    ("GET", "/v1/structure/reports", None, EVERYBODY, 200),
    ("POST", "/v1/structure/reports", {}, OPENERS, 422),
    ("GET", "/v1/posts.csv", None, EVERYBODY, 200),
    ("POST", "/v1/mandates", {}, OPENERS, 422),
    ("POST", "/v1/proposals", {}, OPENERS, 422),
    ("POST", "/v1/mandates/{mandate}/moves", {"trigger": "return_to_work"}, {"secretary"}, 409),
    ("POST", "/v1/mandates/{mandate}/moves", {"trigger": "start"}, OFFICERS, 409),
    ("POST", "/v1/proposals/{proposal}/moves", {"trigger": "table"}, {"secretary"}, 409),
    ("POST", "/v1/mandates/{mandate}/waivers", WAIVER | {"rule": "noting"}, {"secretary"}, 409),
    ("POST", "/v1/proposals/{proposal}/waivers", WAIVER | {"rule": "implementation"}, {"secretary"}, 409),
    ("GET", "/v1/meetings", None, EVERYBODY, 200),
    ("GET", "/v1/meetings/{meeting}", None, EVERYBODY, 200),
    ("GET", "/v1/meetings/{meeting}/clocks", None, EVERYBODY, 200),
    ("GET", "/v1/meetings/{meeting}/history", None, EVERYBODY, 200),
    ("GET", "/v1/meetings/{meeting}/results", None, EVERYBODY, 200),
    ("POST", "/v1/meetings", {}, {"secretary"}, 422),
    ("POST", "/v1/meetings/{meeting}/moves", {"trigger": "attend"}, {"secretary"}, 409),
    ("POST", "/v1/meetings/{meeting}/waivers", WAIVER | {"rule": "record"}, {"secretary"}, 409),
    ("GET", "/v1/documents", None, EVERYBODY, 200),
    ("GET", "/v1/documents/series", None, EVERYBODY, 200),
    ("GET", "/v1/documents/{document}", None, EVERYBODY, 200),
    ("POST", "/v1/documents", {}, OPENERS, 422),
    ("POST", "/v1/documents/{document}/parts", {}, OPENERS, 422),
    ("POST", "/v1/documents/{document}/stamps", {}, {"secretary"}, 422),
    ("POST", "/v1/documents/{document}/corrections", {}, {"secretary"}, 422),
    ("POST", "/v1/documents/{document}/void", {}, {"secretary"}, 422),
    ("POST", "/v1/documents/{document}/wanted", {}, {"secretary"}, 422),
    ("GET", "/v1/reports", None, EVERYBODY, 200),
    ("GET", "/v1/reports/{report}", None, EVERYBODY, 200),
    ("GET", "/v1/reports/{report}/clocks", None, EVERYBODY, 200),
    ("GET", "/v1/reports/{report}/history", None, EVERYBODY, 200),
    ("GET", "/v1/reports/{report}/files/{name}", None, EVERYBODY, 404),
    ("POST", "/v1/reports/{report}/receipts", {}, {"mission"}, 409),
    ("POST", "/v1/reports/{report}/noting", {}, {"secretary"}, 409),
    ("POST", "/v1/reports/{report}/waivers", WAIVER | {"rule": "noting"}, {"secretary"}, 201),
    ("GET", "/v1/operator", None, set(), 200),
    ("GET", "/v1/letters", None, set(), 200),
    ("GET", "/v1/letters/{proposal}", None, set(), 404),
    ("POST", "/v1/letters/{proposal}/answer", {}, set(), 404),
    ("GET", "/v1/letter-key", None, set(), 200),
    ("POST", "/v1/letter-key", {"passphrase": "x", "totp": "000000"}, set(), 401),
    ("POST", "/v1/absences", {"from": "2015-07-02", "until": "2015-07-01"}, EVERYBODY, 422),
    ("DELETE", "/v1/absences/current", None, EVERYBODY, 422),
    ("DELETE", "/v1/sessions/current", None, EVERYBODY, 204),
]


def pattern(path: str) -> str:
    for planted in ("mandate", "proposal", "meeting", "text", "document", "report"):
        path = path.replace(f"{{{planted}}}", "{id}")
    return path


def test_every_route_declares_a_permission_and_asks_who_is_there_unless_public_s26(council_door: CouncilDoor):
    routes = list(declared(council_door.app))
    assert len(routes) > 15
    assert [(method, path) for method, path, permission, _ in routes if not permission] == []
    assert {(method, path) for method, path, permission, _ in routes if permission == PUBLIC} == STRANGERS
    assert [(method, path) for method, path, permission, asked in routes if permission != PUBLIC and not asked] == []


def test_a_route_without_a_permission_would_be_found(council_door: CouncilDoor):
    app: FastAPI = make_door(council_door.stage.office, "council", server_key=council_door.server_key)
    app.get("/bare")(lambda: None)
    app.get("/claims", openapi_extra=needs("x.read")["openapi_extra"])(lambda: None)
    found = {path: (permission, asked) for _, path, permission, asked in declared(app)}
    assert found["/bare"] == (None, False)
    assert found["/claims"] == ("x.read", False)


def test_the_matrix_names_every_route_s05(council_door: CouncilDoor):
    written = {(method, pattern(path)) for method, path, *_ in MATRIX}
    told = {(method, path) for method, path, *_ in declared(council_door.app) if path.startswith("/v1/")}
    assert told - STRANGERS == written


def test_every_role_at_every_route_s05_s37(council_door: CouncilDoor, tmp_path: Path):
    planner = council_door.client("planner")
    draft = {"title": "Adjustments", "proposer": "SG", "source": "assumed"}
    ids = {
        "mandate": planner.post("/v1/mandates", json=M2876).json()["id"],
        "proposal": planner.post("/v1/proposals", json=draft).json()["id"],
        "document": planner.post("/v1/documents", json=DOCUMENT).json()["id"],
        "meeting": council_door.client("secretary").post("/v1/meetings", json=MEETING).json()["id"],
        "number": "1",
        "deciding": str(uuid4()),
        "text": planner.post("/v1/texts", json={"text": text_of("en_task"), "body": "GA", "source": "s1"}).json()["text"],
        "place": "1",
        "report": released(council_door.stage, tmp_path),
        "name": "none",
    }
    wrong = []
    for method, path, body, may, status in MATRIX:
        place = path.format(**ids)
        stranger = council_door.client().request(method, place, json=body)
        if (stranger.status_code, stranger.json()["code"]) != (401, "not_signed_in"):
            wrong.append((method, path, "nobody", stranger.status_code))
        for who in ROSTER:
            answer = council_door.client(who).request(method, place, json=body)
            if answer.status_code != (status if who in may else 403):
                wrong.append((method, path, who, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Remote-User": "secretary"},
        {"X-Forwarded-User": "secretary", "X-Forwarded-For": "127.0.0.1"},
        {"Authorization": "Basic c2VjcmV0YXJ5Og=="},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer " + "A" * 43},
        {"Cookie": f"{COOKIE}=secretary"},
        {"Cookie": "session=1; amparo=1"},
        {"X-Original-URL": "/healthz", "X-HTTP-Method-Override": "GET"},
    ],
)
def test_what_a_client_says_of_itself_is_not_believed_s39(council_door: CouncilDoor, headers: dict[str, str]):
    answer = council_door.client().get("/v1/me", headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_every_answer_is_armoured(council_door: CouncilDoor):
    client = council_door.client("mission")
    answers = [
        client.get("/v1/mandates"),
        client.get("/v1/nowhere"),
        client.get(f"/v1/mandates/{uuid4()}"),
        client.put("/v1/mandates"),
        client.post("/v1/mandates", content=b"{"),
        client.get("/healthz"),
        client.get("/openapi.json"),
        council_door.client().get("/v1/me"),
    ]
    for answer in answers:
        headers = answer.headers
        assert headers["cache-control"] == "no-store"
        assert headers["content-security-policy"].startswith("default-src 'none'; frame-ancestors 'none'")
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "permissions-policy" in headers
        assert "server" not in headers
        assert "access-control-allow-origin" not in headers


def test_an_address_that_is_not_there_and_a_method_that_is_not_are_problems(council_door: CouncilDoor):
    for path in ("/v1", "/v1/mandates/", "/docs", "/redoc", "/v1/complaints", "/v1/recommendations", "/v1/upward_feedbacks"):
        answer = council_door.client("planner").get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_path")
    answer = council_door.client("planner").put("/v1/mandates")
    assert (answer.status_code, answer.json()["code"]) == (405, "no_such_method")
    assert answer.headers["allow"]


def test_a_person_records_their_own_absence_and_return(council_door: CouncilDoor):
    planner = council_door.client("planner")
    assert planner.post("/v1/absences", json={"from": "2015-06-15", "until": None}).status_code == 204
    assert council_door.stage.rows("SELECT from_on, until_on FROM absence") == [(date(2015, 6, 15), None)]
    assert planner.delete("/v1/absences/current").status_code == 204
    assert council_door.stage.rows("SELECT from_on, until_on FROM absence") == [(date(2015, 6, 15), date(2015, 6, 15))]
    what = council_door.stage.rows("SELECT body::jsonb->>'what', body::jsonb->>'by' FROM ledger_entry ORDER BY made_at")
    assert [line[0] for line in what] == ["absence.recorded", "absence.ended"]
    assert {line[1] for line in what} == {str(council_door.stage.people["planner"])}


def test_who_oversees_may_record_an_absence_and_others_may_not(council_door: CouncilDoor):
    body = {"person": str(council_door.stage.people["planner"])}
    for who in ("lawyer", "mission", "secretary"):
        refused = council_door.client(who).post("/v1/absences", json=body)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
        assert council_door.client(who).post("/v1/absences", json={"person": str(uuid4())}).text == refused.text
    assert council_door.stage.rows("SELECT count(*) FROM absence") == [(0,)]
    for who in ("staff_chief", "chair"):
        assert council_door.client(who).post("/v1/absences", json=body).status_code == 204


def test_the_document_shows_each_move_with_its_own_payload(council_door: CouncilDoor):
    made = council_door.client().get("/openapi.json").json()
    assert made == document(council_door.app, council_door.app.title)
    schemas = made["components"]["schemas"]
    body = made["paths"]["/v1/mandates/{id}/moves"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["discriminator"]["mapping"]["assign"] == "#/components/schemas/MoveMandateAssign"
    assert schemas["MoveMandateAssign"]["properties"]["payload"] == {"$ref": "#/components/schemas/Assign"}
    assert schemas["MoveMandateAssign"]["required"] == ["trigger", "payload"]
    assert schemas["MoveMandateStart"]["required"] == ["trigger"]
    for path, ways in made["paths"].items():
        for method, operation in ways.items():
            refusals = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
            kinds = {kind for answer in refusals.values() for kind in answer["content"]}
            assert kinds == {"application/problem+json"}, (path, method)
