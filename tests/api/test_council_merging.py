"""Two proposals brought together at the council's door: a person decides, and a version of one of them comes of it."""

from typing import Any
from uuid import uuid4

from starlette.testclient import TestClient

from tests.api.test_council_structure import draft, moved, planner, version, written
from tests.fixtures.doors import CouncilDoor

__all__ = ["planner"]  # a fixture

ENDED, NAMED = "ended_and_changed:unit:DIA:", "two_names_for_one:unit:DIA:name"
OURS = (
    {"id": "C1", "on": "2015-12-11", "operation": {"kind": "rename_unit", "unit": "DIA", "name": "Foreign Affairs"}},
    {"id": "C2", "on": "2015-12-11", "operation": {"kind": "merge_units", "units": ["DIA"], "into": "DECO"}},
)
THEIRS = (
    {"id": "C1", "on": "2015-12-11", "operation": {"kind": "rename_unit", "unit": "DIA", "name": "Dialogue"}},
    {"id": "C2", "operation": {"kind": "move_unit", "unit": "DIA", "from_head": "SER", "to_head": "SPA"}},
)


def at_odds(client: TestClient, **other_terms: Any) -> tuple[str, str]:
    """The addresses of two open proposals that want different things for one department."""
    one, other = draft(client), draft(client)
    assert client.post(f"{one}/versions", json=version(*OURS)).status_code == 201
    told = version(*THEIRS)
    assert client.post(f"{other}/versions", json=told | {"terms": told["terms"] | other_terms}).status_code == 201
    return one, other


def told_of(client: TestClient, one: str, other: str, *choices: tuple[str, str], **more: Any) -> dict[str, Any]:
    """The body that merges the newest versions with these choices."""
    digests = [client.get(f"{each}/versions").json()["versions"][-1]["sha256"] for each in (one, other)]
    told = {"other": other.rpartition("/")[2], "sha256": digests[0], "other_sha256": digests[1]}
    chosen = [{"conflict": conflict, "choice": choice} for conflict, choice in choices]
    return told | {"choices": chosen, "label": "rev. 2", "author": "Drafting group"} | more


def test_choices_are_tried_without_writing_and_then_make_a_version(council_door: CouncilDoor, planner: TestClient):
    one, other = at_odds(planner)
    address = f"{one}/merge?with={other.rpartition('/')[2]}"
    before = written(council_door)
    first = planner.get(address).json()
    assert ([each["id"] for each in first["conflicts"]], first["whole"]) == ([ENDED], False)
    second = planner.get(f"{address}&choose={ENDED}%3Dtheirs").json()
    assert [(each["id"], each["our_side"]["value"]) for each in second["conflicts"]] == [(NAMED, ["Foreign Affairs"])]
    third = planner.get(f"{address}&choose={ENDED}%3Dtheirs&choose={NAMED}%3Dtheirs").json()
    assert (third["whole"], [each["kind"] for each in third["operations"]]) == (True, ["rename_unit", "move_unit"])
    assert written(council_door) == before
    told = told_of(planner, one, other, (ENDED, "theirs"), (NAMED, "theirs"))
    answer = planner.post(f"{one}/merge", json=told, headers={"If-Match": '"2"'})
    assert (answer.status_code, answer.headers["etag"]) == (201, '"3"'), answer.text
    kept = planner.get(f"{one}/versions").json()["versions"][-1]
    assert [(each["id"], each["on"], each["operation"]["kind"]) for each in kept["operations"]] == [
        ("C1-1", "2015-12-11", "rename_unit"),
        ("C2-1", None, "move_unit"),
    ]
    assert kept["merged_from"] == {
        "version": 1,
        "sha256": told["sha256"],
        "other": told["other"],
        "other_version": 1,
        "other_sha256": told["other_sha256"],
        "choices": told["choices"],
        "left_out": [],
    }
    assert len(kept["terms"]["delegations"]) == 1
    assert kept["texts"] == {}
    assert planner.get(f"{one}/versions").json()["versions"][0]["merged_from"] is None
    assert len(planner.get(f"{other}/versions").json()["versions"]) == 1
    entry = "SELECT body::json->'facts'->>'other_sha256' FROM ledger_entry WHERE body::json->>'what' = 'proposal.version_merged'"
    assert council_door.stage.rows(entry) == [(told["other_sha256"],)]


def test_a_merge_that_comes_again_is_made_once(council_door: CouncilDoor, planner: TestClient):
    one, other = at_odds(planner)
    told, key = told_of(planner, one, other, (ENDED, "ours")), {"Idempotency-Key": uuid4().hex}
    answers = [planner.post(f"{one}/merge", json=told, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
    assert answers[0].json() == answers[1].json()
    assert council_door.stage.rows("SELECT count(*) FROM proposal_merge") == [(1,)]


REFUSED = {
    "nothing is decided": ({"choices": []}, 409, "merge_not_decided"),
    "one of two is decided": ({"choices": [{"conflict": ENDED, "choice": "theirs"}]}, 409, "merge_not_decided"),
    "a conflict there is not": ({"choices": [{"conflict": "none", "choice": "ours"}]}, 422, "choice_about_nothing"),
    "both, where both cannot hold": ({"choices": [{"conflict": ENDED, "choice": "both"}]}, 422, "choice_refused"),
    "an older version of ours": ({"sha256": "0" * 64}, 412, "stale_merge"),
    "an older version of theirs": ({"other_sha256": "0" * 64}, 412, "stale_merge"),
    "a proposal there is not": ({"other": str(uuid4())}, 404, "not_found"),
    "an unknown key": ({"force": True}, 422, "invalid"),
}


def test_what_is_wrong_with_a_merge_is_named_and_nothing_is_kept(council_door: CouncilDoor, planner: TestClient):
    one, other = at_odds(planner)
    right = told_of(planner, one, other, (ENDED, "ours"))
    before = written(council_door)
    for name, (wrong, status, code) in REFUSED.items():
        refused = planner.post(f"{one}/merge", json=right | wrong)
        assert (refused.status_code, refused.json()["code"]) == (status, code), (name, refused.text)
        assert written(council_door) == before, name
    itself = planner.post(f"{one}/merge", json=told_of(planner, one, one))
    assert (itself.status_code, itself.json()["code"]) == (422, "same_proposal")
    assert council_door.stage.rows("SELECT count(*) FROM proposal_merge") == [(0,)]


def test_terms_that_cannot_both_hold_are_said_by_who_merges(council_door: CouncilDoor, planner: TestClient):
    one, other = at_odds(planner, decides="GA")
    before = written(council_door)
    refused = planner.post(f"{one}/merge", json=told_of(planner, one, other, (ENDED, "ours")))
    assert (refused.status_code, refused.json()["code"]) == (422, "terms_differ")
    assert [each["claim"] for each in refused.json()["unmet"]] == ["one_body_decides_both"]
    assert written(council_door) == before
    told = told_of(planner, one, other, (ENDED, "ours"), terms={"decides": "GA"})
    assert planner.post(f"{one}/merge", json=told).status_code == 201
    assert planner.get(f"{one}/versions").json()["versions"][-1]["terms"]["decides"] == "GA"


def test_neither_of_the_two_may_be_before_the_organ(council_door: CouncilDoor, planner: TestClient):
    one, other = at_odds(planner)
    moved(planner, one, "submit")
    moved(council_door.client("secretary"), one, "table")
    for mine, theirs in ((one, other), (other, one)):
        before = written(council_door)
        refused = planner.post(f"{mine}/merge", json=told_of(planner, mine, theirs, (ENDED, "ours")))
        assert (refused.status_code, refused.json()["code"]) == (409, "not_open_for_versions")
        assert written(council_door) == before
