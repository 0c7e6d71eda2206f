"""What there is to see of the office's week: typed on the phone, begun by the office, kept longer, mediated, watched over."""

from collections.abc import Iterator
from datetime import timedelta

from actions.holding import HoldReason, place_hold
from tests.actions.test_mediation_life import agreed, begun, proposed
from tests.actions.test_protection_life import protected, read
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.visitors import on_rung
from tests.screens.camera import Screen


def screens(door: DeskDoor, head: str) -> Iterator[Screen]:
    """Each page, empty and with something in it where that differs."""
    yield Screen("phoned", "/phoned", head)
    yield Screen("own", "/own", head)
    yield Screen("holds-empty", "/holds", head)
    held(door)
    yield Screen("holds", "/holds", head)
    yield Screen("mediation", f"/mediations/{proposed(begun(door.stage))}", head)
    yield Screen("mediation-agreed", f"/mediations/{agreed(begun(door.stage))}", head)
    guest = read(door.stage)
    yield Screen("protection", f"/protections/{protected(door.stage, guest)}", head)


def held(door: DeskDoor) -> None:
    """One case that is kept longer at somebody's asking, and one hold that a court asked for and that has ended."""
    stage = door.stage
    guest = read(stage)
    guest.does("withdraw_stop")
    handler, other = on_rung(stage, guest.matter, 0), on_rung(stage, guest.matter, 1)
    with stage.desk.open() as books:
        today = books.today
    asker, by = stage.people[handler], stage.callers[other]
    place_hold(stage.desk, guest.matter, reason=HoldReason.INQUIRY, until=today + timedelta(days=90), by=by, asked_by=asker)
    place_hold(stage.desk, guest.matter, reason=HoldReason.COURT, until=today + timedelta(days=2), by=by)
    stage.to_day(today + timedelta(days=3))
