"""Each door on a fresh house of its own, page by page before the camera. Run by `python -m tests.screens`, not by `make test`."""

from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.intake_door import IntakeDoor
from tests.screens import council, desk, intake
from tests.screens.camera import Camera


def photograph_intake(intake_door: IntakeDoor, camera: Camera):
    camera.photograph("intake", intake_door.app, intake.screens(intake_door))


def photograph_desk(desk_door: DeskDoor, camera: Camera):
    camera.photograph("desk", desk_door.app, desk.screens(desk_door))


def photograph_council(council_door: CouncilDoor, camera: Camera):
    camera.photograph("council", council_door.app, council.screens(council_door))
