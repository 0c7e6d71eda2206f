"""What there is to see at the intake."""

from collections.abc import Iterator

from tests.fixtures.intake_door import IntakeDoor
from tests.screens.camera import Screen
from tests.screens.intake_back import coming_back
from tests.screens.intake_coming import coming


def screens(door: IntakeDoor) -> Iterator[Screen]:
    """Every page, in the order in which somebody comes to it."""
    yield from coming()
    yield from coming_back(door)
    yield Screen("not-there", "/nothing-here", status=404)
