"""The council's door keeps to its own OpenAPI document, whatever somebody signed in sends."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from schemathesis.generation import GenerationMode

from tests.api.test_council_mandates import M2876
from tests.fixtures.apps import council_app
from tests.fixtures.contract import BOTH, Contract
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.released import released
from tests.fixtures.resolutions import text_of

ENDS_THE_SESSION = "/v1/sessions/current"
MEETING = {"body": "PC", "number": 2020, "day": "2015-06-24", "sort": "regular", "source": "assumed"}
DOCUMENT = {"series": "council_document", "title": "Adjustments", "original": "es", "source": "assumed"}
ACTING = {"office": "SG", "taker": "ASG", "purposes": ["signature"], "since": "2015-07-01", "source": "assumed"}
DRAFT = {"title": "Adjustments", "proposer": "SG", "source": "assumed"}


def held(door: CouncilDoor, releases: Path) -> Contract:
    """The door with planner and secretary signed in by turns, a mandate, a proposal and a report that was released."""
    door.app = council_app(door.stage.office, door.server_key, releases)
    planner = door.client("planner")
    ids = {
        "mandates": planner.post("/v1/mandates", json=M2876).json()["id"],
        "proposals": planner.post("/v1/proposals", json=DRAFT).json()["id"],
        "documents": planner.post("/v1/documents", json=DOCUMENT).json()["id"],
        "meetings": door.client("secretary").post("/v1/meetings", json=MEETING).json()["id"],
        "officers": door.client("secretary").post("/v1/officers/acting", json=ACTING).json()["id"],
        "texts": planner.post("/v1/texts", json={"text": text_of("en_task"), "body": "GA", "source": "s1"}).json()["text"],
        "reports": str(released(door.stage, releases)),
    }
    tokens = {who: door.session(door.stage.people[who]) for who in ("planner", "secretary")}
    turn = 0

    def plants(path: str) -> Mapping[str, str]:
        named = {"place": "1", "number": "1", "deciding": ids["proposals"], "name": "report.json"}
        known = {name: told for name, told in named.items() if f"{{{name}}}" in path}
        return known | ({"id": ids.get(path.split("/")[2], ids["mandates"])} if "{id}" in path else {})

    def steers(_: str, body: Any) -> Any:
        return body

    def headers(path: str) -> Mapping[str, str]:
        nonlocal turn
        turn += 1
        who = ("planner", "secretary")[turn // 2 % 2]  # each once as drawn, once as somebody would who knows the place
        return {"Authorization": f"Bearer {door.session(door.stage.people[who]) if path == ENDS_THE_SESSION else tokens[who]}"}

    return Contract(door.app, headers, plants, steers, unsigned=401, borders=12)


@pytest.mark.parametrize("mode", BOTH)
def test_the_council_keeps_to_its_document(council_door: CouncilDoor, tmp_path: Path, mode: GenerationMode):
    contract = held(council_door, tmp_path)
    contract.hold(mode)
    assert contract.answered[422] > 0
    assert mode is GenerationMode.NEGATIVE or contract.answered[200] > 0 < contract.answered[201]
    assert council_door.stage.rows("SELECT what FROM trouble") == []


def test_the_council_keeps_to_its_document_at_every_border(council_door: CouncilDoor, tmp_path: Path):
    contract = held(council_door, tmp_path)
    contract.cover()
    assert contract.answered[200] > 0 < contract.answered[405]
    assert council_door.stage.rows("SELECT what FROM trouble") == []


def test_without_a_session_everything_is_closed(council_door: CouncilDoor, tmp_path: Path):
    held(council_door, tmp_path).close()
