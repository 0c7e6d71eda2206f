"""The demo's story of slips, told at the real door of the desk without the processes around it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from actions.office import Office
from api.desk import make_app
from cli.demo.scene import Scene
from cli.demo.stories import contacts
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.months import sweep_days
from tests.fixtures.ombuds_office import OmbudsStage


@dataclass
class AtTheDesk:
    """What the story needs of a scene, with requests that go to the desk's application."""

    stage: OmbudsStage
    watched: dict[str, Office] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.door = DeskDoor(self.stage, make_app(self.stage.desk))
        self.watched = {"ombuds": self.stage.flows}

    def get(self, who: str, path: str) -> Any:
        return self.door.client(who).get(path).json()

    def post(self, who: str, path: str, body: object) -> None:
        answer = self.door.client(who).post(path, json=body)
        assert answer.is_success, answer.text


def test_the_story_of_slips_is_seen_as_expected(ombuds_office: OmbudsStage):
    scene, seen = AtTheDesk(ombuds_office), []
    for step in contacts.steps():
        if step.at.date() > date(2017, 6, 1):  # as the demo does, whose days are swept by the worker
            sweep_days(ombuds_office, date(2017, 6, 7), date(2017, 6, 14))
        ombuds_office.to_day(step.at.date())
        seen.append((step.what, step.deed(cast(Scene, scene))))
    assert seen == [(step.what, step.expected) for step in contacts.steps()]
