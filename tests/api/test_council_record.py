"""The record of the structure at the council's door: how it grew; withdrawing, undoing, correcting; who may see holders."""

from datetime import date
from typing import Any
from uuid import uuid4

from starlette.testclient import TestClient

from tests.api.test_council_structure import RENAME, draft, moved, planner, version, written
from tests.fixtures.doors import CouncilDoor

__all__ = ["planner"]  # a fixture

ID = "Executive-Order-08-01.8/C1"


def ordered(door: CouncilDoor, client: TestClient, *operations: dict[str, Any]) -> None:
    """A proposal of these operations, adopted and ordered on 2015-06-15."""
    proposal, secretary = draft(client), door.client("secretary")
    client.post(f"{proposal}/versions", json=version(*operations))
    moved(client, proposal, "submit")
    moved(secretary, proposal, "table")
    moved(secretary, proposal, "adopt", body="PC", on="2015-06-15", instrument="CP/RES. 1 (2036/15)", method="consensus")
    moved(client, proposal, "draft_order")
    digest = client.get(f"{proposal}/versions").json()["versions"][-1]["sha256"]
    order = {"symbol": "Executive Order 08-01", "revision": 8, "signed_by": "SG", "text_sha256": digest}
    moved(client, proposal, "issue_order", **order)


def name_on(client: TestClient, day: str, **known: str) -> str:
    told = client.get("/v1/structure", params={"as_of": day} | known).json()["units"]
    return {unit["id"]: unit["name"] for unit in told}["DIA"]


def standings(client: TestClient, number: int) -> list[tuple[str, str, str]]:
    told = client.get(f"/v1/structure/registrations/{number}").json()["operations"]
    return [(one["id"], one["what"], one["standing"]) for one in told]


def test_the_record_says_how_it_grew_and_what_became_of_each_operation(council_door: CouncilDoor, planner: TestClient):
    ordered(council_door, planner, RENAME)
    mission = council_door.client("mission")
    told = mission.get("/v1/structure/registrations?lang=es").json()
    assert [(one["number"], one["why"], one["order"], one["revision"], one["adds"]) for one in told["registrations"]] == [
        (1, "load", None, None, told["registrations"][0]["adds"]),
        (2, "order", "Executive Order 08-01", 8, 1),
    ]
    assert told["registrations"][1]["label"] == "orden ejecutiva"
    assert told["after"] is None
    assert [one["number"] for one in mission.get("/v1/structure/registrations?after=1").json()["registrations"]] == [2]
    assert standings(mission, 2) == [(ID, "adds", "waits")]
    assert {one[2] for one in standings(mission, 1)} == {"in_effect"}
    council_door.stage.to_day(date(2015, 12, 11))
    assert standings(mission, 2) == [(ID, "adds", "in_effect")]
    answer = mission.get("/v1/structure/registrations/9")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_registration")


def test_orders_are_one_chain_and_one_revision_holds_on_a_day(council_door: CouncilDoor, planner: TestClient):
    ordered(council_door, planner, RENAME)
    (mine,) = planner.get("/v1/proposals").json()["items"]
    digest = planner.get(f"/v1/proposals/{mine['id']}/versions").json()["versions"][-1]["sha256"]
    again = {"symbol": "Executive Order 08-01", "revision": 9, "signed_by": "SG", "text_sha256": digest}
    moved(planner, f"/v1/proposals/{mine['id']}", "reissue", **again, effective_on="2016-01-01")
    told = {
        day: [(one["revision"], one["supersedes"], one["since"], one["holding"], one["registrations"]) for one in found]
        for day in ("2015-12-10", "2015-12-11", "2016-01-01")
        if (found := council_door.client("mission").get(f"/v1/orders?on={day}").json()["orders"])
    }
    first, second = (8, None, "2015-12-11"), (9, 8, "2016-01-01")
    assert told == {
        "2015-12-10": [(*first, "not_yet", [2]), (*second, "not_yet", [3])],
        "2015-12-11": [(*first, "in_force", [2]), (*second, "not_yet", [3])],
        "2016-01-01": [(*first, "superseded", [2]), (*second, "in_force", [3])],
    }


def test_before_its_day_an_operation_is_withdrawn(council_door: CouncilDoor, planner: TestClient):
    ordered(council_door, planner, RENAME)
    key = {"Idempotency-Key": uuid4().hex}
    told = {"operations": [ID], "source": "Note 12/15"}
    answers = [planner.post("/v1/structure/withdrawals", json=told, headers=key) for _ in range(2)]
    assert [answer.json() for answer in answers] == [{"registration": 3, "operations": 1}] * 2
    assert name_on(planner, "2015-12-11") == "International Affairs"
    assert standings(planner, 2) == [(ID, "adds", "withdrawn")]
    again = planner.post("/v1/structure/withdrawals", json=told)
    assert (again.status_code, again.json()["code"]) == (422, "registration_refused")


def test_after_its_day_it_is_undone_by_who_has_the_power_and_stays_on_record(council_door: CouncilDoor, planner: TestClient):
    ordered(council_door, planner, RENAME | {"on": "2015-06-15"})
    told = {"operations": [ID], "on": "2015-08-01", "decides": "SG", "source": "Executive Order 15-09"}
    answer = planner.post("/v1/structure/undoings", json=told)
    assert (answer.status_code, answer.json()) == (201, {"registration": 3, "operations": 1}), answer.text
    assert [name_on(planner, day) for day in ("2015-07-31", "2015-08-01")] == ["Foreign Affairs", "International Affairs"]
    assert standings(planner, 3) == [("undo-3/Executive-Order-08-01.8/C1", "adds", "waits")]


def test_a_correction_keeps_both_times(council_door: CouncilDoor, planner: TestClient):
    ordered(council_door, planner, RENAME | {"on": "2015-06-15"})
    council_door.stage.to_day(date(2015, 7, 1))
    right = {"kind": "rename_unit", "unit": "DIA", "name": "International Relations"}
    told = {"corrections": [{"id": ID, "on": "2015-06-15", "operation": right}], "source": "corr. 1"}
    answer = planner.post("/v1/structure/corrections", json=told)
    assert (answer.status_code, answer.json()) == (201, {"registration": 3, "operations": 1, "faults": []}), answer.text
    assert name_on(planner, "2015-06-15") == "International Relations"
    assert name_on(planner, "2015-06-15", known_at="2015-06-30") == "Foreign Affairs"


def test_a_correction_tells_what_blocks_of_the_house_as_it_really_was(planner: TestClient):
    load = planner.get("/v1/structure/registrations/1").json()["operations"]
    place = next(one for one in load if one["operation"].get("function") == "F1")
    wrong = place["operation"] | {"owner": "unknown"}
    told = {"corrections": [{"id": place["id"], "on": place["on"], "operation": wrong}], "source": "corr. 2"}
    assert planner.post("/v1/structure/corrections", json=told).json()["faults"] == []
    unit = next(one for one in load if one["operation"].get("unit") == "SER" and one["operation"]["kind"] == "create_unit")
    headless = {key: value for key, value in unit["operation"].items() if key != "heads"}
    told = {"corrections": [{"id": unit["id"], "on": unit["on"], "operation": headless}], "source": "corr. 3"}
    answer = planner.post("/v1/structure/corrections", json=told)
    assert [(one["rule"], one["subject"]) for one in answer.json()["faults"]] == [("I5", "SER")], answer.text


WRONG = {
    "withdrawing what is not on record": ("withdrawals", {"operations": [ID, "X"], "source": "x"}, "operation_not_on_record"),
    "withdrawing what took effect": ("withdrawals", {"operations": [ID], "source": "x"}, "registration_refused"),
    "withdrawing nothing": ("withdrawals", {"operations": [], "source": "x"}, "invalid"),
    "undoing what is not on record": (
        "undoings", {"operations": ["X"], "on": "2015-08-01", "decides": "SG", "source": "x"}, "operation_not_on_record",
    ),
    "undoing before it took effect": (
        "undoings", {"operations": [ID], "on": "2015-06-01", "decides": "SG", "source": "x"}, "undo_refused",
    ),
    "correcting what is not on record": (
        "corrections", {"corrections": [{"id": "X", "on": "2015-06-15", "operation": RENAME["operation"]}], "source": "x"},
        "operation_not_on_record",
    ),
    "correcting it into another act": (
        "corrections",
        {"corrections": [{"id": ID, "on": "2015-06-15", "operation": {"kind": "set_rank", "unit": "DIA", "rank": "D1"}}],
         "source": "x"},
        "registration_refused",
    ),
    "correcting it so that it cannot be done": (
        "corrections",
        {"corrections": [{"id": ID, "on": "2015-06-15", "operation": RENAME["operation"] | {"unit": "GONE"}}], "source": "x"},
        "plan_refused",
    ),
}  # fmt: skip


def test_what_cannot_be_mended_so_is_named_and_nothing_is_written(council_door: CouncilDoor, planner: TestClient):
    ordered(council_door, planner, RENAME | {"on": "2015-06-15"})
    before = written(council_door)
    for name, (act, body, code) in WRONG.items():
        refused = planner.post(f"/v1/structure/{act}", json=body)
        assert (refused.status_code, refused.json()["code"]) == (422, code), (name, refused.text)
        assert written(council_door) == before, name


def test_who_has_not_the_power_undoes_nothing(council_door: CouncilDoor, planner: TestClient):
    heads = [{"head": "OSG", "kind": "matrix", "matters": ["policy"]}, {"head": "OASG", "kind": "matrix", "matters": ["staff"]}]
    unit = {"kind": "create_unit", "unit": "SHA", "name": "Hemispheric Affairs", "type": "secretariat", "heads": heads}
    rank = {"kind": "set_rank", "unit": "SHA", "rank": "D2"}
    acts = [{"id": id, "on": "2015-06-15", "operation": one} for id, one in (("U", unit), ("R", rank))]
    ordered(council_door, planner, *acts)
    before = written(council_door)
    ids = [f"Executive-Order-08-01.8/{id}" for id in ("U", "R")]
    told = {"operations": ids, "on": "2015-08-01", "decides": "SG", "source": "x"}
    refused = planner.post("/v1/structure/undoings", json=told)
    assert (refused.status_code, refused.json()["code"], refused.json()["params"]["rule"]) == (409, "record_made_unsound", "I9")
    assert written(council_door) == before
    assert planner.post("/v1/structure/undoings", json=told | {"decides": "GA"}).status_code == 201


def test_nothing_is_withdrawn_that_would_leave_what_blocks(council_door: CouncilDoor, planner: TestClient):
    away = [
        {"id": f"F{n}", "on": "2015-12-10", "operation": {"kind": "move_function", "function": f"F{n}", "from_unit": "DIA",
                                                        "to_unit": "DECO"}} for n in (1, 2)
    ]  # fmt: skip
    post = {"id": "P", "on": "2015-12-10", "operation": {"kind": "move_post", "post": "P1", "to": "DECO"}}
    ends = {"id": "E", "on": "2015-12-11", "operation": {"kind": "eliminate_unit", "unit": "DIA", "reason": "austerity"}}
    ordered(council_door, planner, *away, post, ends)
    before = written(council_door)
    told = {"operations": ["Executive-Order-08-01.8/F1"], "source": "x"}
    refused = planner.post("/v1/structure/withdrawals", json=told)
    assert (refused.status_code, refused.json()["code"]) == (409, "record_made_unsound"), refused.text
    assert written(council_door) == before


def test_who_holds_a_post_is_told_to_those_whom_the_pack_lets_see_it(council_door: CouncilDoor, planner: TestClient):
    proposal, giving = draft(planner), {"kind": "assign_post", "post": "P2", "holder": "H9"}
    told = version({"id": "C1", "on": "2015-12-11", "operation": giving})
    unit = {"kind": "create_unit", "unit": "DECO", "name": "Electoral Observation", "type": "department"}
    post = {"kind": "create_post", "post": "P2", "title": "Officer", "unit": "DECO"}
    told["terms"] |= {"target": [giving, unit, post]}
    assert planner.post(f"{proposal}/versions", json=told).status_code == 201
    for who, seen in (("planner", "H9"), ("secretary", "-"), ("mission", "-")):
        (kept,) = council_door.client(who).get(f"{proposal}/versions").json()["versions"]
        assert kept["operations"][0]["operation"]["holder"] == seen
        assert kept["terms"]["target"][0]["holder"] == seen
    for who, seen in (("planner", "H1"), ("mission", "-")):
        client = council_door.client(who)
        assert [one["holder"] for one in client.get("/v1/posts").json()["posts"]] == [seen, None]
        assert [one["holder"] for one in client.get("/v1/structure").json()["posts"]] == [seen, None]
        loaded = client.get("/v1/structure/registrations/1").json()["operations"]
        assert [one["operation"]["holder"] for one in loaded if one["operation"]["kind"] == "assign_post"] == [seen]
    table = planner.get("/v1/posts.csv?fund=regular&unit=DIA").text
    assert table.splitlines() == [
        "id,title,unit,fund,grade,vacant,from,until,source",
        "P1,Chief,DIA,regular,P5,no,2015-01-01,,Executive Order 08-01 Rev. 7",
    ]
    before = written(council_door)
    hidden = giving | {"holder": "-"}
    shown = version(after=1)
    for back in (
        version({"id": "C1", "on": "2015-12-11", "operation": hidden}, after=1),
        shown | {"terms": shown["terms"] | {"target": [hidden, unit, post]}},
    ):
        refused = council_door.client("secretary").post(f"{proposal}/versions", json=back)
        assert (refused.status_code, refused.json()["code"]) == (422, "holder_hidden"), refused.text
    assert written(council_door) == before
