"""Released reports in the house: the mandates report goes out by itself, each mission receives it, the Council notes it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from actions.kernel.actor import NotAllowed
from actions.kernel.callers import HouseProcess
from actions.kernel.kind import Nothing
from actions.kernel.move import move, open_kind
from actions.kernel.sweep import sweep
from actions.kinds.report_shapes import Wanted
from actions.kinds.transmittal import PAYLOADS, AlreadyTransmitted, Transmitted, expected, show
from actions.reporting import judge
from policies.refusal import Refusal
from policies.reports import NoSuchReport
from records import matters
from records import report as records
from records.report import REPORTS
from states.machine import MoveRefused, NoSuchMove
from tests.fixtures.meetings import Council
from tests.fixtures.offices import Stage
from tests.fixtures.report_life import small_report


def drafted(stage: Stage, *, clean: bool = True) -> UUID:
    """The mandates report of the second half of 2014, with its draft judged."""
    matter = open_kind(stage.flows, "report", Wanted(kind="mandates", period="2014-H2"), by=HouseProcess()).id
    with stage.flows.open() as books:
        text = small_report(records.detail(books, matter)).written()
        records.add_draft(books, matter, text, made_by=REPORTS, clean=clean, findings={}, utility={})
    assert judge(stage.flows, matter)
    return matter


def sent(stage: Stage, kind: str = "mandates", edition: str = "2014-H2.1") -> UUID:
    told = Transmitted.model_validate({"series": kind, "edition": edition, "kind": kind})
    return open_kind(stage.flows, "transmittal", told, by=HouseProcess()).id


def does(stage: Stage, who: str, matter: UUID, trigger: str, **told: Any) -> str:
    return move(stage.office, matter, trigger, PAYLOADS[trigger].model_validate(told), by=stage.people[who]).state


def shown(stage: Stage, matter: UUID) -> dict[str, Any]:
    with stage.office.open() as books:
        return dict(show(books, matters.find(books, matter)))


def everything(stage: Stage) -> list[object]:
    return [
        stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2")
        for table in ("matter", "event", "transmittal", "report_receipt", "clock")
    ]


def test_a_report_without_a_holder_goes_out_at_once(house_office: Stage) -> None:
    matter = drafted(house_office)
    assert house_office.rows("SELECT state FROM matter WHERE id = :m", m=matter) == [("released",)]
    assert house_office.rows("SELECT series, edition, kind FROM released_report") == [("mandates", "2014-H2.1", "mandates")]


def test_in_one_without_a_holder_too_nobody_is_found(house_office: Stage) -> None:
    matter = drafted(house_office, clean=False)
    assert house_office.rows("SELECT state FROM matter WHERE id = :m", m=matter) == [("unsafe",)]
    for who in ("secretary", "chair", "staff_chief", "planner", "mission"):
        with pytest.raises(NotAllowed):
            move(house_office.office, matter, "merge_with_next", Nothing(), by=house_office.people[who])
    move(house_office.flows, matter, "merge_with_next", Nothing(), by=HouseProcess())
    assert house_office.rows("SELECT count(*) FROM released_report") == [(0,)]


def test_each_mission_receives_it_for_its_state_until_all_have_it(house_office: Stage) -> None:
    matter = sent(house_office)
    with house_office.office.open() as books:
        members = sorted(expected(books))
    assert (len(members), "CU" in members) == (34, False)
    for state in members[:-1]:
        assert does(house_office, "mission", matter, "receive", state=state) == "transmitted"
    assert shown(house_office, matter)["missing"] == members[-1:]
    assert does(house_office, "mission", matter, "receive_last", state=members[-1]) == "received"
    assert [each["receiver"] for each in shown(house_office, matter)["received"]] == members


NOT_RECEIVED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "for no state": ("mission", "receive", {}),
    "for a state that is no member": ("mission", "receive", {"state": "DE"}),
    "for a state that takes no part": ("mission", "receive", {"state": "CU"}),
    "by somebody it does not go to": ("secretary", "receive", {"state": "BR"}),
    "by the chair": ("chair", "receive_alone", {}),
    "as the last while others are missing": ("mission", "receive_last", {"state": "BR"}),
    "late while it is not noted": ("mission", "receive_late", {"state": "BR"}),
}


def test_a_receipt_that_is_none_writes_nothing(house_office: Stage) -> None:
    matter = sent(house_office)
    before = everything(house_office)
    for who, trigger, told in NOT_RECEIVED.values():
        with pytest.raises((NotAllowed, MoveRefused, NoSuchMove)):
            does(house_office, who, matter, trigger, **told)
    assert everything(house_office) == before


def test_a_state_says_it_once(house_office: Stage) -> None:
    matter = sent(house_office)
    does(house_office, "mission", matter, "receive", state="BR")
    with pytest.raises(MoveRefused, match="it_was_not_said_before"):
        does(house_office, "mission", matter, "receive", state="BR")


def test_who_has_not_received_it_is_the_council_secretarys_to_ask(house_office: Stage) -> None:
    sent(house_office)
    house_office.to_day(date(2015, 7, 20))
    sweep(house_office.flows)
    told = house_office.rows("SELECT DISTINCT f.person_id FROM rung_fired f WHERE rung = 'reminder'")
    assert told == [(house_office.people["secretary"],)]


def test_it_is_noted_at_a_meeting_that_was_held_or_as_a_document_says(house_office: Stage) -> None:
    matter, council = sent(house_office), Council(house_office)
    called = council.called()
    before = everything(house_office)
    for told in ({}, {"meeting": called}, {"meeting": matter}, {"document": "CP/doc.4444/15"}):
        with pytest.raises(MoveRefused, match="it_is_shown_where"):
            does(house_office, "secretary", matter, "note", **told)
    with pytest.raises(NotAllowed):
        does(house_office, "mission", matter, "note", meeting=called)
    assert everything(house_office) == before
    held = council.held({"title": "Reports"}, number=2021)
    assert does(house_office, "secretary", matter, "note", meeting=held) == "noted"
    assert shown(house_office, matter)["noted_in"] == held
    assert does(house_office, "mission", matter, "receive_late", state="BR") == "noted"


def test_the_annex_goes_to_the_chair_alone(house_office: Stage) -> None:
    matter = sent(house_office, "annex", "2014.1")
    for who, trigger in (("mission", "receive"), ("secretary", "note")):
        with pytest.raises((NotAllowed, MoveRefused)):
            does(house_office, who, matter, trigger)
    assert does(house_office, "chair", matter, "receive_alone") == "taken"
    assert house_office.rows("SELECT person_id FROM responsibility") == [(house_office.people["chair"],)]


def test_a_newer_edition_takes_its_place(house_office: Stage) -> None:
    first = sent(house_office)
    with pytest.raises(MoveRefused, match="a_newer_edition_is_out"):
        move(house_office.flows, first, "replace", Nothing(), by=HouseProcess())
    second = sent(house_office, edition="2014-H2.2")
    assert move(house_office.flows, first, "replace", Nothing(), by=HouseProcess()).state == "replaced"
    with pytest.raises(MoveRefused, match="a_newer_edition_is_out"):
        move(house_office.flows, second, "replace", Nothing(), by=HouseProcess())


NOT_SENT: dict[str, tuple[dict[str, Any], type[Refusal]]] = {
    "twice": ({"series": "mandates", "edition": "2014-H2.1", "kind": "mandates"}, AlreadyTransmitted),
    "in a series of another report": ({"series": "ombuds", "edition": "2014.1", "kind": "annex"}, NoSuchReport),
}


def test_a_release_is_sent_once_and_in_its_own_series(house_office: Stage) -> None:
    sent(house_office)
    before = everything(house_office)
    for told, refused in NOT_SENT.values():
        with pytest.raises(refused):
            open_kind(house_office.flows, "transmittal", Transmitted.model_validate(told), by=HouseProcess())
    again = Transmitted(series="mandates", edition="2014-H2.2", kind="mandates")
    with pytest.raises(NotAllowed):
        open_kind(house_office.office, "transmittal", again, by=house_office.people["secretary"])
    assert everything(house_office) == before
