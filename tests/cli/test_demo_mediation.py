"""The demo's eleventh story, told at the real doors of the ombudsperson's office without the processes around them."""

from dataclasses import dataclass, field
from typing import Any, cast

import httpx
from starlette.testclient import TestClient

from api.desk import make_app as make_desk
from api.intake import make_app as make_intake
from cli.demo.scene import Scene
from cli.demo.stories import mediation
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.ombuds_office import OmbudsStage


@dataclass
class AtTheDoors:
    """What a story needs of a scene, with requests that go to the doors' applications."""

    stage: OmbudsStage
    kept: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk = DeskDoor(self.stage, make_desk(self.stage.desk))
        self.intake = TestClient(make_intake(self.stage.intake), base_url="https://intake.invalid")

    def get(self, who: str, path: str) -> Any:
        return _good(self.desk.client(who).get(path))

    def post(self, who: str, path: str, body: object) -> Any:
        return _good(self.desk.client(who).post(path, json=body))

    def visited(self, method: str, path: str, body: object = None, words: str = "") -> Any:
        headers = {"authorization": f"Receipt {words}"} if words else {}
        return _good(self.intake.request(method, path, json=body, headers=headers))


def _good(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


def test_the_story_of_two_mediations_is_seen_as_expected(ombuds_office: OmbudsStage):
    scene, seen = AtTheDoors(ombuds_office), []
    for step in mediation.steps():
        ombuds_office.to_day(step.at.date())
        seen.append((step.what, step.deed(cast(Scene, scene))))
    assert seen == [(step.what, step.expected) for step in mediation.steps()]
