"""What there is to see of the structure: on a day, between two days, over time, and what proposals would do to it."""

from collections.abc import Iterator

from tests.api.test_council_merging import at_odds
from tests.api.test_council_structure import LOAD, RENAME
from tests.api.test_pages_council_structure import MOVED, ordered
from tests.fixtures.doors import CouncilDoor
from tests.screens.camera import Screen

FROM, TO = "2015-01-01", "2015-12-11"


def screens(door: CouncilDoor) -> Iterator[Screen]:
    """A small house, before and after an order, and two proposals that want different things."""
    planner, token = door.client("planner"), door.session(door.stage.people["planner"])
    yield Screen("structure-empty", "/structure", token)
    assert planner.post("/v1/structure", json=LOAD).status_code == 201
    ordered(door, planner, RENAME, MOVED)
    one, other = (address.removeprefix("/v1") for address in at_odds(planner))
    yield Screen("structure", "/structure", token)
    yield Screen("structure-compare", f"/structure/compare?from={FROM}&to={TO}", token)
    yield Screen("structure-unit", "/structure/units/DIA", token)
    yield Screen("structure-function", "/structure/functions/F1", token)
    yield Screen("structure-record", "/structure/record", token)
    yield Screen("structure-record-entry", "/structure/record/1", token)
    yield Screen("posts", "/posts", token)
    yield Screen("obligations", "/obligations", token)
    yield Screen("orders", "/orders", token)
    yield Screen("proposal-structure", f"{one}/structure", token)
    yield Screen("proposal-impact", f"{one}/impact", token)
    yield Screen("proposal-findings", f"{one}/findings", token)
    yield Screen("proposal-merge", f"{one}/merge?with={other.rpartition('/')[2]}", token)
