"""The demo's story of three colleagues, told at the real doors without the processes around them."""

from dataclasses import dataclass, field
from typing import Any, cast

from httpx import Response

from api.desk import make_app
from cli.demo.scene import Scene
from cli.demo.stories import group
from tests.fixtures.apps import intake_app
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.intake_door import IntakeDoor, with_words
from tests.fixtures.ombuds_office import OmbudsStage


@dataclass
class AtTheDoors:
    """What the story needs of a scene, with requests that go to the applications."""

    stage: OmbudsStage
    kept: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk = DeskDoor(self.stage, make_app(self.stage.desk))
        self.intake = IntakeDoor(self.stage, intake_app(self.stage.intake))

    def get(self, who: str, path: str) -> Any:
        return self.desk.client(who).get(path).json()

    def post(self, who: str, path: str, body: object) -> Any:
        answer = self.desk.client(who).post(path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def refused(self, who: str, path: str, body: object) -> str:
        return str(self.desk.client(who).post(path, json=body).json()["code"])

    def visit(self, method: str, path: str, body: object = None, words: str | None = None) -> Response:
        headers = {} if words is None else with_words(words)
        return self.intake.client.request(method, path, json=body, headers=headers)

    def visited(self, method: str, path: str, body: object = None, words: str | None = None) -> Any:
        answer = self.visit(method, path, body, words)
        assert answer.is_success, answer.text
        return answer.json()


def test_the_story_of_a_group_is_seen_as_expected(ombuds_office: OmbudsStage):
    scene, seen = AtTheDoors(ombuds_office), []
    for step in group.steps():
        ombuds_office.to_day(step.at.date())
        seen.append((step.what, step.deed(cast(Scene, scene)).lower()))
    wanted = [(step.what, step.expected) for step in group.steps()]
    readers = "by head, officer a, alternate"
    assert [(what, told.replace("officer b", "officer a")) for what, told in seen] == wanted, readers
