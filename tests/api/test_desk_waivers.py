"""Waivers and holds at the desk: over HTTP on a real database as ombuds_desk."""

import json
from datetime import date
from uuid import uuid4

from actions.kernel.kind import Nothing
from tests.api.test_desk_acts import KEPT, everything, post, read_and_acknowledge
from tests.fixtures.desk_door import DeskDoor, come, she

pytest_plugins = ("tests.fixtures.desk_door",)


def test_a_waiver_has_a_rule_an_end_and_a_sealed_reason(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    told = {"rule": "screening", "authority": "MARKER-8 art. 4", "reason": "MARKER-8", "until": "2016-09-30"}
    assert post(head, came, "waivers", **told).status_code == 201
    ((text, authority, reason),) = desk_door.stage.rows(
        "SELECT t.id, w.authority, w.reason FROM waiver w JOIN sealed_text t ON t.id::text = w.reason"
    )
    assert authority == reason == str(text)
    assert "MARKER-8" not in str(everything(desk_door))
    assert "MARKER-8 art. 4\n\nMARKER-8" in [one["text"] for one in head.get(came.path).json()["texts"]]
    line = head.get(f"{came.path}/history").json()["events"][-1]
    assert (line["what"], line["name"], line["by"]["name"], line["facts"]) == (
        "waived",
        "screening",
        "Head",
        {"until": "2016-09-30"},
    )
    before = everything(desk_door)
    for wrong, code in (
        ({"rule": "consent_to_the_exact_text"}, "unknown_clock"),
        ({"rule": "a_person_has_read_it"}, "unknown_clock"),
        ({"rule": "awaiting_complainant"}, "unknown_clock"),
        ({"rule": "feedback"}, "not_waivable"),
        ({"rule": "consent_answer"}, "not_waivable"),
        ({"rule": "inquiry"}, "nothing_to_waive"),
        ({"until": "2016-09-01"}, "waiver_ended"),
        ({"until": "2016-09-20"}, "waiver_too_early"),
        ({"until": "2016-12-01"}, "waiver_too_long"),
    ):
        assert post(head, came, "waivers", **(told | wrong)).json()["code"] == code
    assert everything(desk_door) == before


def test_a_waiver_is_shown_at_its_clock_with_the_days_left_to_give(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    told = {"rule": "screening", "authority": "art. 4", "reason": "x", "until": "2016-09-30"}
    assert post(head, came, "waivers", **told).status_code == 201
    clocks = {one["name"]: one for one in head.get(f"{came.path}/clocks").json()["clocks"]}
    (waiver,) = clocks["screening"]["waivers"]
    assert (waiver["until"], waiver["by"]["name"], waiver["roles"], waiver["stands"]) == (
        "2016-09-30",
        "Head",
        ["ombudsperson"],
        True,
    )
    assert waiver["text"] in [text["id"] for text in head.get(came.path).json()["texts"]]
    due, latest = (date.fromisoformat(clocks["screening"][name]) for name in ("due_on", "waivable_until"))
    assert (due, (latest - due).days, clocks["feedback"]["waivable_until"]) == (date(2016, 9, 23), 15, None)
    shown = head.get("/openapi.json").json()["paths"]["/v1/complaints/{id}/waivers"]["post"]["requestBody"]
    assert {"screening", "feedback"} <= set(json.dumps(shown).split('"')), "a choice of the clocks of this kind"
    owed = {o["clock"]: o for one in head.get("/v1/queue").json()["later"] for o in one["owed"]}
    assert owed["screening"]["waived_until"] == "2016-09-30"


def test_a_hold_is_placed_and_lifted_by_somebody_else_and_shown_with_the_day_it_goes(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    names = {one["id"]: one["name"] for one in head.get(came.path).json()["seated"]}
    other = next(who for who, person in desk_door.stage.people.items() if who != "head" and str(person) in names)
    officer, told = desk_door.client(other), {"reason": "court", "until": "2020-01-01"}
    assert head.get(f"{came.path}/clocks").json()["destroyed_on"] is None
    she(desk_door.stage, came, "withdraw_stop", Nothing())
    assert head.get(f"{came.path}/clocks").json()["destroyed_on"] == "2018-09-01"
    before = everything(desk_door, (*KEPT, "hold"))
    for client, wrong, status, code in (
        (head, {}, 403, "hold_needs_another"),
        (officer, {"until": "2016-09-01"}, 422, "hold_needs_an_end"),
        (officer, {"reason": "because"}, 422, "invalid"),
        (officer, {"asked_by": str(desk_door.stage.people[other])}, 403, "hold_needs_another"),
        (officer, {"asked_by": str(uuid4())}, 422, "asker_unknown"),
    ):
        refused = post(client, came, "holds", **(told | wrong))
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert everything(desk_door, (*KEPT, "hold")) == before
    placed = post(officer, came, "holds", **told, asked_by=str(desk_door.stage.people["head"]))
    assert placed.status_code == 201
    (only,) = head.get("/v1/holds").json()["holds"]
    assert (only["matter"], only["live"], only["may_hold"], only["asked_by"]["name"]) == (str(came.id), True, False, "Head")
    outside = next(who for who, person in desk_door.stage.people.items() if str(person) not in names and who != "late_comer")
    assert desk_door.client(outside).get("/v1/holds").json() == {"holds": []}
    pages = {who: desk_door.client(who).get("/holds", headers={"Accept": "text/html"}).text for who in ("head", other, outside)}
    longer, ends = f"/act{came.path}/holds", "It ends on Wednesday, 1 January 2020"
    assert [(longer in page, ends in page) for page in pages.values()] == [(False, True), (True, True), (False, False)]
    times = head.get(f"{came.path}/clocks", headers={"Accept-Language": "en"}).json()
    (held,) = times["holds"]
    assert (times["destroyed_on"], held["id"], held["reason"], held["until"]) == (
        "2020-01-01",
        placed.json()["id"],
        "court",
        "2020-01-01",
    )
    assert held["label"] == "A court has it, or may have it soon"
    assert head.delete(f"{came.path}/holds/{held['id']}").status_code == 403
    assert officer.delete(f"{came.path}/holds/{uuid4()}").status_code == 404
    assert officer.delete(f"{came.path}/holds/nonsense").status_code == 404
    assert officer.delete(f"{came.path}/holds/{held['id']}").status_code == 204
    after = head.get(f"{came.path}/clocks").json()
    assert (after["destroyed_on"], after["holds"]) == ("2018-09-01", [])
    lines = [line["what"] for line in head.get(f"{came.path}/history").json()["events"]]
    assert [what for what in lines if what.startswith(("held", "hold"))] == ["held", "hold_lifted"]
