"""What there is to see of mandates, proposals, meetings, texts and reports at the council's door."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.e2e.browser.test_reports_and_operator import WHOLE
from tests.fixtures.deciding import AFTERNOON, submitted
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.meetings import DAY, Council
from tests.fixtures.released import released
from tests.fixtures.resolutions import text_of
from tests.screens.camera import Screen

TOLD = {"issued_by": "GA", "source": "assumed", "due": {"on": "2015-06-18"}, "task": "Submit adjustments to the Council"}


def screens(door: CouncilDoor) -> Iterator[Screen]:
    """A mandate with its clock, a proposal that is amended and voted on, a meeting, a resolution read into paragraphs."""
    planner, token = door.client("planner"), door.session(door.stage.people["secretary"])
    told = [TOLD | {"symbol": f"AG/RES. 28{n} (XLV-O/15)", "title": "Modernization of the General Secretariat"} for n in (75, 76)]
    made = [planner.post("/v1/mandates", json=one).json()["id"] for one in told]
    taken = {"trigger": "supersede", "payload": {"successor": made[0]}}
    assert door.client("secretary").post(f"/v1/mandates/{made[1]}/moves", json=taken).status_code == 200
    yield Screen("monday", "/", token)
    yield Screen("mandates", "/mandates", token)
    yield Screen("mandate-new", "/mandates/new", door.session(door.stage.people["planner"]))
    yield Screen("mandate", f"/mandates/{made[0]}", token)
    yield from _deciding(door, token)
    meeting = Council(door.stage).circulated({"title": "Structure"}, day=DAY)
    yield Screen("meetings", "/meetings", token)
    yield Screen("meeting-new", "/meetings/new", token)
    yield Screen("meeting", f"/meetings/{meeting}", token)
    sent = planner.post("/v1/texts", json={"text": text_of("en_task"), "body": "GA", "source": "assumed"})
    yield Screen("texts", "/texts", token)
    yield Screen("text", f"/texts/{sent.json()['text']}?place=1", token)
    yield Screen("text-new", "/texts/new", door.session(door.stage.people["planner"]))
    for name in ("owed", "officers", "documents", "calendar"):
        yield Screen(name, f"/{name}", token)
    yield Screen("not-there", "/nothing-here", token, status=404)


def _deciding(door: CouncilDoor, token: str) -> Iterator[Screen]:
    tabled = submitted(door)
    tabled.move("table")
    tabled.distribute(1)
    door.stage.move_to(AFTERNOON)
    edit = {"change": "replace", "at": "O1", "texts": {"en": "To approve a part."}}
    tabled.post("amendments", name="AR 1", by="AR", edits=[edit])
    door.stage.move_to(AFTERNOON + timedelta(days=5))
    vote = tabled.vote()
    tabled.answer(vote, for_=2, against=1)
    path = tabled.path.removeprefix("/v1")
    yield Screen("proposals", "/proposals", token)
    yield Screen("proposal-new", "/proposals/new", door.session(door.stage.people["planner"]))
    yield Screen("proposal", path, token)
    yield Screen("proposal-text", f"{path}/text", token)
    yield Screen("votes", f"{path}/votes", token)
    yield Screen("vote", f"{path}/votes/{vote.rpartition('/')[2]}", token)


def reports(door: CouncilDoor, folder: Path) -> Iterator[Screen]:
    """A report as it was released, and the operator's page, for the auditor."""
    stage = door.stage
    door.app.state.releases = folder
    report = released(stage, folder, WHOLE)
    stage.rows("UPDATE appointment SET role = 'auditor' WHERE person_id = :who RETURNING 1", who=stage.people["lawyer"])
    token = door.session(stage.people["lawyer"])
    yield Screen("reports", "/reports", token)
    yield Screen("report", f"/reports/{report}", token)
    yield Screen("operator", "/operator", token)
