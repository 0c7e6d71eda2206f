"""The demo's fifteenth story, told at the real doors of both houses without the processes around them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import httpx
from starlette.testclient import TestClient

from actions.kernel.sweep import sweep
from actions.office import Office
from api.desk import make_app as make_desk
from api.intake import make_app as make_intake
from cli.demo.scene import Scene
from cli.demo.stories import upward_feedback
from cli.demo.stories.letters import SG
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.letter_post import LetterPost

pytest_plugins = ("tests.fixtures.letter_post",)


@dataclass
class AtBothDoors:
    """What a story needs of a scene, with requests that go to the doors' applications."""

    post_of_both: LetterPost
    kept: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        stage = self.post_of_both.ombuds
        self.desk = DeskDoor(stage, make_desk(stage.desk))
        self.intake = TestClient(make_intake(stage.intake), base_url="https://intake.invalid")

    @property
    def watched(self) -> dict[str, Office]:
        return {"ombuds": self.post_of_both.ombuds.flows}

    def get(self, who: str, path: str) -> Any:
        return _good(self._client(who).get(path))

    def post(self, who: str, path: str, body: object) -> Any:
        return _good(self._client(who).post(path, json=body))

    def refused(self, who: str, path: str, body: object) -> str:
        return str(self._client(who).post(path, json=body).json()["code"])

    def visited(self, method: str, path: str, body: object = None, words: str = "") -> Any:
        headers = {"authorization": f"Receipt {words}"} if words else {}
        return _good(self.intake.request(method, path, json=body, headers=headers))

    def _client(self, who: str) -> TestClient:
        return self.post_of_both.client(who) if who in self.post_of_both.keys else self.desk.client(who)

    def until(self, day: date) -> None:
        """That day, with the post carried and whatever was due fired, as the worker does it."""
        self.post_of_both.to_day(day)
        self.post_of_both.carry()
        sweep(self.post_of_both.ombuds.flows)


def _good(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def test_the_story_of_six_people_of_whom_one_is_silent_is_seen_as_expected(letter_post: LetterPost):
    letter_post.add(SG, roles=("addressee", "secretary_general"))
    scene, seen = AtBothDoors(letter_post), []
    for step in upward_feedback.steps():
        scene.until(step.at.date())
        seen.append((step.what, step.deed(cast(Scene, scene))))
    assert seen == [(step.what, step.expected) for step in upward_feedback.steps()]
