"""The desk keeps to its own OpenAPI document, whatever somebody who works there sends, on matters of theirs and on none."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from schemathesis.generation import GenerationMode

from actions.kinds import KINDS
from records import addressees
from records.addressees import AddresseeRow
from records.vault import new_holder_key
from tests.fixtures.contract import BOTH, Contract
from tests.fixtures.desk_door import DeskDoor, come, send_file
from tests.fixtures.report_life import open_to_review

pytestmark = pytest.mark.usefixtures("cheap_passphrases")

ENDS_THE_SESSION = "/v1/sessions/current"
CONCLUDED = (
    {"trigger": "acknowledge"},
    {"trigger": "screen"},
    {"trigger": "inquire"},
    {"trigger": "draft", "payload": {"text": "x"}},
    {"trigger": "conclude_without_names", "payload": {"text": "y", "names_nobody": True}},
    {"trigger": "recommend", "payload": {"to": "SG", "text": "Rotar."}},
)


WHOLE = ("complaint", "recommendation")
"""Kinds of whose matters every operation is asked for. The others have the same ones, made alike, but for their moves."""
OTHERS = tuple(f"/v1/{kind}s/" for kind, one in KINDS.items() if one.table.sealed and kind not in WHOLE)
THEIR_OWN = ("/{id}", "/moves", "/messages")


def asked(path: str) -> bool:
    """Whether an operation is asked for: of most kinds, only what is theirs."""
    return not path.startswith(OTHERS) or path.endswith(THEIR_OWN)


def held(door: DeskDoor) -> Contract:
    """The desk with its head signed in, for each operation a matter of the kind in its path, and one report."""
    stage, client, session = door.stage, door.client("head"), door.session("head")
    report = str(open_to_review(stage))
    drafted: dict[str, Mapping[str, str]] = {}

    def plants(path: str) -> Mapping[str, str]:
        if "{id}" not in path:
            return {}
        if "{form}" in path:  # drafts change nothing: all that can be asked of them is asked of one matter
            drafted[path] = drafted.get(path) or planted(path) | {"form": "reply"}
            return drafted[path]
        return planted(path)

    def planted(path: str) -> dict[str, str]:
        kind = path.split("/")[2]
        if kind in ("invitations", "keys"):
            made = client.post("/v1/invitations", json={"name": "Iris", "login": "iris", "roles": ["case_officer"]})
            return {"id": made.json()["id"]}
        if kind == "reports":
            return {"id": report}
        if kind == "addressees":
            person, key = uuid4(), new_holder_key()
            with stage.as_owner.open() as books:
                told = (person, 1, "Iris", "head_of_unit", "en", key.box.public.raw, key.verify, books.today)
                addressees.add(books, AddresseeRow(*told))
            return {"id": str(person), "serial": "1"}
        came = come(stage, "consultation" if kind == "consultations" else "complaint")
        real = {"id": str(came.id)}
        if "{fid}" in path:
            real["fid"] = str(send_file(stage, came, "photo.jpg", b"a photo"))
        if "{hid}" in path:
            real["hid"] = str(uuid4())  # a hold that never was
        if "{lid}" in path:
            real["lid"] = str(uuid4())  # a tie that never was
        if "{pause}" in path:
            real["pause"] = "by_decision"
        client.get(f"/v1/{kind}/{came.id}")
        if kind == "complaints":
            assert client.post(f"{came.path}/moves", json=CONCLUDED[0]).status_code == 200
        if kind == "recommendations":
            client.get(came.path)
            for move in CONCLUDED:
                assert client.post(f"{came.path}/moves", json=move).status_code == 200
            (tied,) = client.get(came.path).json()["ties"]
            real["id"] = tied["id"]
        if kind == "protections":
            client.get(came.path)
            assert client.post(f"{came.path}/moves", json={"trigger": "watch_over", "payload": {}}).status_code == 200
            (tied,) = client.get(came.path).json()["ties"]
            real["id"] = tied["id"]
        return real

    def steers(path: str, body: Any) -> Any:
        """Somebody who works there is named, and a pause there is."""
        if isinstance(body, dict) and body.get("person"):
            body |= {"person": str(stage.people["alternate"])}
        if isinstance(body, dict) and path.endswith("/pauses"):
            body |= {"name": "by_decision"}
        if isinstance(body, dict) and path.endswith("/waivers"):
            body |= {"rule": "inquiry", "until": "2016-12-01"}
        return body

    def headers(path: str) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {door.session('head') if path == ENDS_THE_SESSION else session}"}

    return Contract(door.app, headers, plants, steers, unsigned=401, asks=asked)


@pytest.mark.parametrize("mode", BOTH)
def test_the_desk_keeps_to_its_document(desk_door: DeskDoor, mode: GenerationMode):
    contract = held(desk_door)
    contract.hold(mode)
    assert contract.answered[422] > 0
    assert mode is GenerationMode.NEGATIVE or contract.answered[200] > 0 < contract.answered[201]
    assert desk_door.stage.rows("SELECT what FROM trouble") == []


def test_the_desk_keeps_to_its_document_at_every_border(desk_door: DeskDoor):
    contract = held(desk_door)
    contract.cover()
    assert contract.answered[200] > 0 < contract.answered[405]
    assert desk_door.stage.rows("SELECT what FROM trouble") == []


def test_without_a_session_everything_is_closed(desk_door: DeskDoor):
    held(desk_door).close()
