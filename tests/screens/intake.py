"""What there is to see at the intake."""

from collections.abc import Iterator

from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.talking import offer_times
from tests.screens.camera import Screen
from tests.screens.intake_back import coming_back, coming_to_talk
from tests.screens.intake_coming import coming


def screens(door: IntakeDoor) -> Iterator[Screen]:
    """Every page, in the order in which somebody comes to it."""
    yield from coming()
    yield Screen("times-empty", "/times")
    yield from coming_back(door)
    (first, *_) = offer_times(door.stage, weeks=4)
    yield Screen("times", "/times")
    yield Screen("come-with-a-time", f"/a?time={first}#p3")
    yield from coming_to_talk(door)
    yield Screen("not-there", "/nothing-here", status=404)
