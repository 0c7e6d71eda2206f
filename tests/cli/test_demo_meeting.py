"""The demo's ninth story, told at the real council's door without the processes around it."""

from dataclasses import dataclass, field
from typing import Any, cast

import httpx

from cli.demo.cast import HOUSE
from cli.demo.scene import Scene
from cli.demo.stories import meeting
from tests.fixtures.doors import CouncilDoor

WHO = {"council_secretary": "secretary", "secretariat_officer": "planner", "mission": "mission"}


@dataclass
class AtTheDoor:
    """What a story needs of a scene, with requests that go to the door's application."""

    door: CouncilDoor
    kept: dict[str, Any] = field(default_factory=dict)

    def call(self, who: str, method: str, path: str, body: object = None) -> httpx.Response:
        role, *_ = next(part.roles for part in HOUSE if part.name == who)
        return self.door.client(WHO[role]).request(method, path, json=body)

    def get(self, who: str, path: str) -> Any:
        return self._good(self.call(who, "GET", path))

    def post(self, who: str, path: str, body: object) -> Any:
        return self._good(self.call(who, "POST", path, body))

    def refused(self, who: str, path: str, body: object) -> str:
        answer = self.call(who, "POST", path, body)
        return "not refused" if answer.is_success else str(answer.json()["code"])

    def _good(self, answer: httpx.Response) -> Any:
        assert answer.is_success, answer.text
        return answer.json()


def test_every_step_of_the_meeting_is_seen_as_expected(council_door: CouncilDoor):
    scene = cast(Scene, AtTheDoor(council_door))
    seen = []
    for step in meeting.steps():
        council_door.stage.move_to(step.at)
        seen.append((step.what, step.deed(scene)))
    assert seen == [(step.what, step.expected) for step in meeting.steps()]
    assert len(seen) <= 14
