"""The door keeps to its own OpenAPI document, whatever it is sent (schemathesis, a few requests an operation)."""

from contextlib import suppress
from uuid import UUID

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.test_council_mandates import M2876
from tests.fixtures.doors import CouncilDoor

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ENDS_THE_SESSION = "/v1/sessions/current"


def planted(door: CouncilDoor) -> dict[str, str]:
    """A mandate and a proposal, so that something is found where their ids are put."""
    planner = door.client("planner")
    draft = {"title": "Adjustments", "proposer": "SG", "source": "assumed"}
    return {
        "mandates": planner.post("/v1/mandates", json=M2876).json()["id"],
        "proposals": planner.post("/v1/proposals", json=draft).json()["id"],
    }


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_door_keeps_to_its_document(council_door: CouncilDoor, mode: GenerationMode):
    ids = planted(council_door)
    tokens = [council_door.client(who).headers["Authorization"] for who in ("planner", "secretary")]
    schema = schemathesis.openapi.from_asgi("/openapi.json", council_door.app)
    called = set()

    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path == ENDS_THE_SESSION:
            continue

        @BOUNDED
        @given(case=operation.as_strategy(generation_mode=mode))
        def keeps_to_it(case: schemathesis.Case) -> None:
            for turn, token in enumerate(tokens):
                kind = case.path.split("/")[2] if "{id}" in case.path else None
                if kind is not None and turn == 0:
                    case.path_parameters["id"] = str(UUID(ids[kind]))
                case.call_and_validate(headers={"Authorization": token}, checks=CHECKS)
            called.add((case.method, case.path))

        with suppress(Unsatisfiable):  # an operation that takes nothing has nothing to get wrong
            keeps_to_it()
    assert len(called) > (12 if mode is GenerationMode.POSITIVE else 8)
    assert council_door.stage.rows("SELECT what FROM trouble") == []
