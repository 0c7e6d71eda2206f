"""The intake keeps to its own OpenAPI document, whatever comes with the words of a complaint, or with none."""

from collections.abc import Mapping
from typing import Any

import pytest
from schemathesis.generation import GenerationMode

from tests.fixtures.contract import BOTH, Contract
from tests.fixtures.intake_door import IntakeDoor

CHANGES_WORDS = "/v1/complaint/words"


def held(door: IntakeDoor) -> Contract:
    """The door, and for each operation a complaint of its own with a file, so that words and ids lead somewhere."""
    words = ""

    def headers(path: str) -> Mapping[str, Any]:
        """Her words; where they are changed, they are new each time, because the old ones die."""
        return {"Authorization": f"Receipt {door.words() if path == CHANGES_WORDS else words}"}

    def plants(path: str) -> Mapping[str, str]:
        nonlocal words
        words = door.words()
        return {"id": door.send(words, b"a photo").json()["id"]} if "{id}" in path else {}

    def steers(_: str, body: Any) -> Any:
        """She chooses a language that we speak, and from the lists."""
        if isinstance(body, dict) and isinstance(body.get("language"), str):
            body |= {"language": "es"}
        if isinstance(body, dict) and isinstance(body.get("answers"), dict):
            body["answers"] |= {"personnel_class": "staff", "station": "US-DC", "decision_on": "2016-08-31"}
        return body

    return Contract(door.app, headers, plants, steers, unsigned=404)


@pytest.mark.parametrize("mode", BOTH)
def test_the_intake_keeps_to_its_document(intake_door: IntakeDoor, mode: GenerationMode):
    contract = held(intake_door)
    contract.hold(mode)
    assert contract.answered[422] > 0
    assert mode is GenerationMode.NEGATIVE or contract.answered[200] > 0 < contract.answered[201]
    assert intake_door.stage.rows("SELECT what FROM trouble") == []


def test_the_intake_keeps_to_its_document_at_every_border(intake_door: IntakeDoor):
    contract = held(intake_door)
    contract.cover()
    assert contract.answered[200] > 0 < contract.answered[405]
    assert intake_door.stage.rows("SELECT what FROM trouble") == []


def test_without_words_everything_of_a_complaint_is_unknown(intake_door: IntakeDoor):
    held(intake_door).close()
