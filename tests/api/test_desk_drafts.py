"""Drafts over HTTP: kept and given back to their author, whoever else has a seat; to all others the matter is unknown."""

import pytest

from tests.fixtures.desk_door import DeskDoor, come

pytest_plugins = ("tests.fixtures.desk_door",)

TYPED = {"values": {"text": "¿Cuándo?", "payload.to": "SG"}}


def test_a_draft_comes_back_to_its_author_alone_and_changes_no_version(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    opened, at = head.get(came.path), f"{came.path}/drafts/reply"
    colleague = opened.json()["seated"][1]["id"]
    other = desk_door.client(next(who for who, person in desk_door.stage.people.items() if str(person) == colleague))
    assert head.get(at).json() == {"form": "reply", "values": {}, "on": None}
    assert head.put(at, json=TYPED).status_code == 204
    assert head.put(at, json=TYPED).status_code == 204
    assert head.get(at).json() == {"form": "reply", "on": "2016-09-01", **TYPED}
    assert head.get(came.path).headers["etag"] == opened.headers["etag"]
    assert other.get(at).json()["values"] == {}
    assert head.delete(at).status_code == 204
    assert head.get(at).json()["values"] == {}


def test_without_a_seat_it_is_not_found_whatever_is_wrong_besides(desk_door: DeskDoor):
    came = come(desk_door.stage, excluded=("head",))
    head = desk_door.client("head")
    for form in ("reply", "No!"):
        for method in ("GET", "PUT", "DELETE"):
            assert head.request(method, f"{came.path}/drafts/{form}", content="{").status_code == 404, (method, form)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"values": {"text": 3}}, 422),
        ({"values": {"Vargas_Lucia": 3}}, 422),
        ({"values": {"a b": "x"}}, 422),
        ({"values": {f"f{one}": "x" for one in range(41)}}, 422),
        ({"values": {"text": "ñ" * 70_000}}, 413),
    ],
)
def test_what_cannot_be_kept_is_refused_and_never_quoted(desk_door: DeskDoor, body: dict[str, object], status: int):
    came, head = come(desk_door.stage), desk_door.client("head")
    answer = head.put(f"{came.path}/drafts/reply", json=body)
    assert answer.status_code == status
    assert "ññ" not in answer.text
    assert "Vargas" not in answer.text
    assert head.put(f"{came.path}/drafts/No!", json=TYPED).status_code == 422
    assert desk_door.stage.rows("SELECT count(*) FROM sealed_draft") == [(0,)]
