"""The demo's story of an inquiry of the office's own, told at the real door without the processes around it."""

from typing import cast

from cli.demo.scene import Scene
from cli.demo.stories import own_initiative
from tests.cli.test_demo_group import AtTheDoors
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import come


def test_the_story_of_an_inquiry_of_the_offices_own_is_seen_as_expected(ombuds_office: OmbudsStage):
    scene, seen = AtTheDoors(ombuds_office), []
    scene.kept["feedback id"] = str(come(ombuds_office).matter)  # any matter in which both have a seat
    for step in own_initiative.steps():
        ombuds_office.to_day(step.at.date())
        seen.append((step.what, step.deed(cast(Scene, scene))))
    assert seen == [(step.what, step.expected) for step in own_initiative.steps()]
