"""The queue behind the desk's door: filters in the address, pages that go on, and nothing of what others have."""

import re

import pytest
from starlette.testclient import TestClient

from tests.fixtures.desk_door import DeskDoor, come

pytest_plugins = ("tests.fixtures.desk_door",)
NEXT = re.compile(r'<([^>]+)>; rel="next"; title="([a-z_]+)"')


def test_a_long_list_goes_on_at_the_address_that_link_tells_until_all_was_shown_once(desk_door: DeskDoor):
    came = {str(come(desk_door.stage).id) for _ in range(5)}
    head, address, seen = desk_door.client("head"), "/v1/queue?kind=complaint&limit=2", []
    for turn in range(3):
        answer = head.get(address)
        seen += [one["id"] for one in answer.json()["new_to_read"]]
        assert {name for name, found in answer.json().items() if found} == {"new_to_read"}
        if turn < 2:
            ((address, name),) = NEXT.findall(answer.headers["link"])
            assert name == "new_to_read"
            assert "kind=complaint" in address
    assert "link" not in answer.headers
    assert (len(seen), set(seen)) == (5, came)
    assert "link" not in head.get("/v1/queue").headers


def test_filters_in_the_address_join(desk_door: DeskDoor):
    first, second = come(desk_door.stage), come(desk_door.stage)
    talk = come(desk_door.stage, "consultation")
    head, alternate = desk_door.client("head"), desk_door.client("alternate")
    head.get(first.path)
    assert head.post(f"{first.path}/moves", json={"trigger": "acknowledge"}).status_code == 200

    def found(client: TestClient, filters: str) -> set[str]:
        answer = client.get(f"/v1/queue{filters}")
        return {one["id"] for of_list in answer.json().values() for one in of_list}

    assert found(head, "") == {str(first.id), str(second.id), str(talk.id)}
    assert found(head, "?kind=consultation") == {str(talk.id)}
    assert found(head, "?kind=complaint&state=acknowledged") == {str(first.id)}
    assert found(head, "?state=submitted&yours=true") == {str(second.id)}
    assert found(head, "?list=later") == {str(first.id)}
    assert found(alternate, "?yours=true") == set()
    assert found(alternate, "?kind=complaint") == {str(first.id), str(second.id)}


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        ("kind=mandate", "unknown_filter"),
        ("state=in_force", "unknown_filter"),
        ("list=late&after=tomorrow", "unknown_filter"),
        ("after=2016-09-07_00000000-0000-0000-0000-000000000000", "unknown_filter"),
        ("list=everything", "invalid"),
        ("kind=A'--", "invalid"),
        ("yours=maybe", "invalid"),
        ("limit=0", "invalid"),
        ("limit=201", "invalid"),
    ],
)
def test_a_filter_that_is_none_is_refused(desk_door: DeskDoor, filters: str, code: str):
    refused = desk_door.client("head").get(f"/v1/queue?{filters}")
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_a_place_that_somebody_else_was_told_shows_only_own_matters(desk_door: DeskDoor):
    for _ in range(2):
        come(desk_door.stage, excluded=("head",))
    mine = come(desk_door.stage)
    alternate, head = desk_door.client("alternate"), desk_door.client("head")
    ((address, _),) = NEXT.findall(alternate.get("/v1/queue?limit=1").headers["link"])
    shown = {one["id"] for of_list in head.get(address).json().values() for one in of_list}
    assert shown <= {str(mine.id)}
