"""The demo's twelfth story, told at the real doors of the ombudsperson's office without the processes around them."""

from typing import Any, cast
from unicodedata import normalize

from actions.kernel.sweep import sweep
from cli.demo.scene import Scene
from cli.demo.stories import protection
from tests.cli.test_demo_mediation import AtTheDoors
from tests.fixtures.ombuds_office import OmbudsStage


class AtTheDoorsRefused(AtTheDoors):
    """The same, for a story in Spanish in which the desk refuses something."""

    def visited(self, method: str, path: str, body: object = None, words: str = "") -> Any:
        return super().visited(method, path, body, normalize("NFD", words).encode("ascii", "ignore").decode())

    def refused(self, who: str, path: str, body: object) -> str:
        return str(self.desk.client(who).post(path, json=body).json()["code"])


def test_the_story_of_somebody_who_is_afraid_is_seen_as_expected(ombuds_office: OmbudsStage):
    scene, seen = AtTheDoorsRefused(ombuds_office), []
    for step in protection.steps():
        ombuds_office.to_day(step.at.date())
        sweep(ombuds_office.flows)
        seen.append((step.what, step.deed(cast(Scene, scene))))
    assert seen == [(step.what, step.expected) for step in protection.steps()]
