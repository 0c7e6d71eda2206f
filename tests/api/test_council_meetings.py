"""Meetings at the council's door: the routes of every kind, and the result sheet, for programs and on paper."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from tests.fixtures.doors import CouncilDoor
from tests.fixtures.meetings import DAY, MEMBERS, Council

RESERVED = {"kind": "footnote", "state": "NI", "paragraph": "O2", "text": "Nicaragua reserves its position."}


@pytest.fixture
def council(council_door: CouncilDoor) -> Council:
    return Council(council_door.stage)


def moved(client: TestClient, meeting: UUID, trigger: str, **payload: Any) -> Any:
    answer = client.post(f"/v1/meetings/{meeting}/moves", json={"trigger": trigger, "payload": payload})
    assert answer.status_code == 200, answer.text
    return answer.json()


def held(door: CouncilDoor, council: Council) -> UUID:
    """A meeting with a text adopted by consensus, something deferred, something noted, and something struck out."""
    secretary, proposal = door.client("secretary"), council.tabled()
    items = [{"title": "Structure", "proposal": str(proposal), "documents": ["CP/doc.5000/15"]}]
    items += [{"title": title} for title in ("Haiti", "Reports", "Other business")]
    meeting = UUID(
        secretary.post(
            "/v1/meetings",
            json={"body": "PC", "number": 2020, "day": str(DAY), "hour": "10:30", "sort": "regular", "source": "assumed"},
        ).json()["id"]
    )
    moved(secretary, meeting, "set_order", items=items)
    moved(secretary, meeting, "circulate_order")
    later = council.called(number=2021, day=date(2015, 7, 8))
    council.stage.to_day(DAY)
    moved(secretary, meeting, "hold", present=[{"state": state} for state in MEMBERS[:12]])
    moved(secretary, meeting, "change_order", strikes=[4], vote={"in_favour": 24})
    adopted = {"disposition": "adopted", "method": "consensus", "instrument": "CP/RES. 1055 (2020/15)"}
    moved(secretary, meeting, "dispose", item=1, **adopted, statements=[RESERVED])
    moved(secretary, meeting, "dispose", item=2, disposition="deferred", to_meeting=str(later))
    moved(secretary, meeting, "dispose", item=3, disposition="taken_note_of", method="unknown", source="CP/ACTA 2020/15")
    moved(secretary, meeting, "circulate_record")
    return meeting


def test_the_result_sheet_prints_at_once_in_the_language_that_is_asked(council_door: CouncilDoor, council: Council):
    meeting = held(council_door, council)
    mission = council_door.client("mission")
    told = mission.get(f"/v1/meetings/{meeting}/results").json()
    assert (told["title"], told["body"], told["held"], len(told["present"])) == ("PC 2020/15", "Permanent Council", True, 12)
    assert [(one["number"], one["disposition"], one["struck"]) for one in told["items"]] == [
        (1, "adopted", False),
        (2, "deferred", False),
        (3, "taken_note_of", False),
        (4, None, True),
    ]
    assert told["items"][0]["statements"][0]["state"] == "NI"
    sheet = mission.get(f"/v1/meetings/{meeting}/results?form=text&lang=en")
    assert sheet.headers["content-type"] == "text/plain; charset=utf-8"
    assert sheet.text.splitlines() == [
        "Permanent Council - regular meeting - PC 2020/15",
        "Wednesday, 24 June 2015, 10:30",
        "Present: 12 of 35 member states.",
        "12 are needed to open the meeting.",
        "Nobody has read all of this rule in its source. Check it before you rely on it.",
        " ".join(MEMBERS[:12]),
        "",
        "1. Structure",
        "   Documents: CP/doc.5000/15.",
        "   Adopted. By consensus: there was no objection.",
        "   Instrument: CP/RES. 1055 (2020/15).",
        "   Footnote 1, NI, O2: Nicaragua reserves its position.",
        "",
        "2. Haiti",
        "   Deferred.",
        "   To meeting PC 2021/15.",
        "",
        "3. Reports",
        "   Taken note of. No source says how it was decided. As told by CP/ACTA 2020/15; it was not counted here.",
        "",
        "4. Other business",
        "   Struck out of the order of business.",
        "",
        "The record went round on 24 June 2015. Corrections asked for: 0.",
    ]
    for language, words in (("es", "Consejo Permanente"), ("pt", "Conselho Permanente"), ("fr", "Conseil permanent")):
        assert mission.get(f"/v1/meetings/{meeting}/results?form=text&lang={language}").text.startswith(words)


def test_before_it_is_held_the_sheet_is_its_order_of_business(council_door: CouncilDoor, council: Council):
    meeting = council.circulated({"title": "Reports"})
    sheet = council_door.client("mission").get(f"/v1/meetings/{meeting}/results?form=text&lang=en").text
    assert "This is its order of business" in sheet
    assert sheet.splitlines()[-1] == "1. Reports"


def test_what_is_deferred_to_a_meeting_is_shown_there(council_door: CouncilDoor, council: Council):
    held(council_door, council)
    mission = council_door.client("mission")
    later = next(one for one in mission.get("/v1/meetings").json()["items"] if one["detail"]["number"] == 2021)
    (carried,) = mission.get(f"/v1/meetings/{later['id']}").json()["detail"]["carried_over"]
    assert (carried["of"], carried["number"], carried["title"]) == ("PC 2020/15", 2, "Haiti")


def test_a_refusal_says_what_is_needed_in_the_readers_language_and_leaves_nothing(council_door: CouncilDoor, council: Council):
    meeting = council.circulated({"title": "Reports"})
    council.stage.to_day(DAY)
    before = council.written()
    secretary = council_door.client("secretary")
    body = {"trigger": "hold", "payload": {"present": [{"state": "AR"}]}}
    answer = secretary.post(f"/v1/meetings/{meeting}/moves?lang=es", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_few_to_open")
    assert answer.json()["detail"] == "Son muy pocos para abrir la sesión. Presentes: 1 de 35; necesarios: 12."
    assert council.written() == before


def test_the_sheet_of_what_is_no_meeting_is_not_found(council_door: CouncilDoor, council: Council):
    mission = council_door.client("mission")
    for other in (council.tabled(), uuid4()):
        assert mission.get(f"/v1/meetings/{other}/results").status_code == 404
