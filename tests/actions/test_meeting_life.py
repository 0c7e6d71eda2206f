"""A meeting on a real database: called, its order sent out, held, its record approved; and what is refused on the way."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from actions.kernel.actor import NotAllowed
from actions.kernel.kind import Payload
from actions.kernel.step import NotYet
from actions.kernel.sweep import sweep
from actions.kinds.meeting import SameDay
from actions.kinds.meeting_business import NoSuchItem, NoSuchProposal, NothingChanged, OnOrderAlready
from actions.kinds.meeting_rules import DocumentNotRegistered, NamedTwice, NotAccredited, NumberTaken
from actions.kinds.meeting_shapes import PAYLOADS
from actions.meetings import results
from actions.officers import accredit
from actions.officers_shapes import NewAccreditation
from policies.meetings import NoSuchBody, NoSuchSort
from policies.refusal import Refusal
from states.convening import TooFewToOpen
from states.deciding.tally import MoreVotesThanVoters
from states.deciding.voters import NotAMember, NotAVoter
from states.machine import MoveRefused, NoSuchMove
from tests.fixtures.meetings import DAY, MEMBERS, Council
from tests.fixtures.offices import Stage

REPORTS = {"title": "Reports"}


@pytest.fixture
def council(house_office: Stage) -> Council:
    return Council(house_office)


def running(council: Council, meeting: UUID) -> list[tuple[object, ...]]:
    query = "SELECT name, due_on FROM clock WHERE matter_id = :m AND status = 'running' ORDER BY name"
    return council.stage.rows(query, m=meeting)


def items(council: Council, meeting: UUID) -> list[tuple[object, ...]]:
    return council.stage.rows("SELECT number, title, struck FROM meeting_item WHERE matter_id = :m ORDER BY 1", m=meeting)


def test_a_meeting_that_is_called_has_its_day_and_the_days_of_notice(council: Council):
    meeting = council.called(hour="10:30", place="Simón Bolívar Room")
    assert council.stage.rows("SELECT title, body, number, period, day, hour, sort FROM meeting") == [
        ("PC 2020/15", "PC", 2020, 0, DAY, "10:30", "regular")
    ]
    assert running(council, meeting)[:2] == [("holding", DAY), ("order", date(2015, 6, 21))]


def test_a_whole_life_to_an_approved_record(council: Council):
    council.document("CP/doc.5001/15")
    council.document("CP/doc.5002/15")
    meeting = council.called()
    council.do(meeting, "set_order", items=[REPORTS | {"documents": ["cp/doc 5001/15"]}])
    council.do(meeting, "circulate_order", document="CP/doc.5002/15")
    council.stage.to_day(DAY)
    council.do(meeting, "hold", present=[{"state": state} for state in MEMBERS[:12]], on=DAY)
    council.do(meeting, "attend", present=[{"state": "VE"}])
    council.do(meeting, "dispose", item=1, disposition="taken_note_of", method="consensus")
    council.do(meeting, "circulate_record")
    council.do(meeting, "correct_record", state="VE", item=1, text="Venezuela spoke twice.")
    council.stage.to_day(date(2015, 7, 8))
    later = council.held(number=2021, day=date(2015, 7, 8))
    council.do(meeting, "approve_record", meeting=later)
    assert council.state(meeting) == "record_approved"
    assert running(council, meeting) == []
    assert council.stage.rows("SELECT documents FROM meeting_item WHERE matter_id = :m", m=meeting) == [(["CP/doc.5001/15"],)]
    assert council.stage.rows(
        "SELECT state, at_opening FROM meeting_presence WHERE state = 'VE' AND matter_id = :m", m=meeting
    ) == [("VE", False)]
    told = council.stage.rows("SELECT trigger, facts FROM event WHERE matter_id = :m ORDER BY seq", m=meeting)
    assert dict(told)["hold"] == {"present": 12, "needed": 12}
    assert "Venezuela" not in str(told)
    entries = "SELECT body::jsonb->>'what' FROM ledger_entry WHERE body::jsonb->>'matter' = :m"
    assert len(council.stage.rows(entries, m=str(meeting))) == len(told) == 9


def test_who_opens_with_too_few_is_told_how_many_are_needed(council: Council):
    meeting = council.circulated()
    council.stage.to_day(DAY)
    before = council.written()
    with pytest.raises(TooFewToOpen) as refused:
        council.do(meeting, "hold", present=[{"state": state} for state in MEMBERS[:11]])
    assert refused.value.params == {"present": 11, "needed": 12, "members": 35}
    assert council.written() == before


def test_a_body_whose_quorum_nobody_has_established_opens_and_says_so(council: Council):
    meeting = council.called(body="CAAP", number=7)
    council.do(meeting, "set_order", items=[REPORTS])
    council.do(meeting, "circulate_order")
    council.stage.to_day(DAY)
    council.do(meeting, "hold", present=[{"state": "AR"}])
    assert council.stage.rows("SELECT facts FROM event WHERE trigger = 'hold'") == [({"present": 1, "needed": "unknown"},)]


def test_the_worker_reminds_of_an_order_of_business_that_has_not_gone_round(council: Council):
    council.called()
    council.stage.to_day(date(2015, 6, 23))
    sweep(council.stage.flows)
    fired = "SELECT c.name, f.rung, f.outcome FROM rung_fired f JOIN clock c ON c.id = f.clock_id ORDER BY f.due_at"
    assert ("order", "late", "told") in council.stage.rows(fired)
    assert council.state(council.stage.rows("SELECT id FROM matter")[0][0]) == "planned"


def test_who_represents_a_state_is_accredited_by_it_on_that_day(council: Council):
    office, secretary = council.stage.office, council.by("secretary")
    told = {"country": "AR", "name": "A. Delegate", "capacity": "permanent_representative", "presented_on": "2015-01-01"}
    sent = accredit(office, NewAccreditation.model_validate(told | {"source": "note"}), by=secretary)
    meeting = council.circulated()
    council.stage.to_day(DAY)
    there = [{"state": state} for state in MEMBERS if state not in {"AR", "BO"}]
    before = council.written()
    for wrong in ({"state": "BO", "accreditation": sent}, {"state": "AR", "accreditation": UUID(int=1)}):
        with pytest.raises(NotAccredited):
            council.do(meeting, "hold", present=[*there, wrong])
    assert council.written() == before
    council.do(meeting, "hold", present=[*there, {"state": "AR", "accreditation": sent}])
    (argentina,) = [one for one in results(office, meeting, by=secretary).present if one.row.state == "AR"]
    assert argentina.by is not None
    assert argentina.by.name == "A. Delegate"


def test_put_off_and_called_anew_it_has_new_dates_and_its_order_goes_round_again(council: Council):
    meeting = council.circulated()
    council.do(meeting, "postpone", reason="A recess.")
    assert [name for name, _ in running(council, meeting)] == ["new_date"]
    council.do(meeting, "set_date", day=date(2016, 1, 13))
    assert council.state(meeting) == "planned"
    assert running(council, meeting)[:2] == [("holding", date(2016, 1, 13)), ("order", date(2016, 1, 10))]
    assert council.stage.rows("SELECT title FROM meeting") == [("PC 2020/16",)]
    assert items(council, meeting) == [(1, "Reports", False)]


def test_a_meeting_that_is_called_off_gives_its_number_back(council: Council):
    meeting = council.called()
    council.do(meeting, "cancel", reason="No business.")
    assert running(council, meeting) == []
    council.called()
    assert council.stage.rows("SELECT count(*) FROM meeting") == [(2,)]


def test_numbers_run_on_or_begin_anew_as_the_pack_says(council: Council):
    council.called()
    with pytest.raises(NumberTaken):
        council.called(day=date(2016, 6, 24))
    council.called(body="CAAP", number=7)
    council.called(body="CAAP", number=7, day=date(2016, 6, 24))
    with pytest.raises(NumberTaken):
        council.called(body="CAAP", number=7, day=date(2016, 7, 24))


def test_an_order_that_went_round_changes_by_the_two_thirds_of_all_members(council: Council):
    meeting = council.circulated(REPORTS, {"title": "Other business"})
    change = {"adds": [{"title": "Haiti"}], "strikes": [2]}
    before = council.written()
    for vote in ({"in_favour": 23, "present": 30}, {"in_favour": 0}, None):
        with pytest.raises(MoveRefused) as refused:
            council.do(meeting, "change_order", **change, vote=vote)
        assert refused.value.unmet == ("the_majority_for_it_is_recorded",)
    assert council.written() == before
    council.do(meeting, "change_order", **change, vote={"in_favour": 24, "against": 2, "present": 30})
    assert items(council, meeting) == [(1, "Reports", False), (2, "Other business", True), (3, "Haiti", False)]
    council.do(meeting, "change_order", adds=[REPORTS], vote={"in_favour": 34})
    assert items(council, meeting)[-1] == (4, "Reports", False)


ITEM = {"title": "t", "proposal": str(UUID(int=1))}
REFUSED: list[tuple[str, str, dict[str, Any], type[Refusal]]] = [
    ("planned", "circulate_order", {}, MoveRefused),
    ("planned", "hold", {"present": [{"state": "AR"}]}, NoSuchMove),
    ("planned", "set_order", {"items": [ITEM]}, NoSuchProposal),
    ("planned", "set_order", {"items": [REPORTS | {"documents": ["CP/doc.4999/15"]}]}, DocumentNotRegistered),
    ("circulated", "set_order", {"items": [REPORTS]}, NoSuchMove),
    ("circulated", "change_order", {"vote": {"in_favour": 30}}, NothingChanged),
    ("circulated", "change_order", {"strikes": [9], "vote": {"in_favour": 30}}, NoSuchItem),
    ("circulated", "change_order", {"adds": [REPORTS], "vote": {"in_favour": 36}}, MoreVotesThanVoters),
    ("circulated", "hold", {"present": [{"state": one} for one in MEMBERS]}, MoveRefused),
    ("circulated", "hold", {"present": [{"state": "AR"}], "on": DAY}, NotYet),
    ("its day", "hold", {}, MoveRefused),
    ("its day", "hold", {"present": [{"state": one} for one in (*MEMBERS, "CU")]}, NotAVoter),
    ("its day", "hold", {"present": [{"state": one} for one in (*MEMBERS, "DE")]}, NotAMember),
    ("its day", "hold", {"present": [{"state": one} for one in (*MEMBERS, "AR")]}, NamedTwice),
    ("held", "attend", {"present": [{"state": "AR"}]}, NamedTwice),
    ("held", "dispose", {"item": 9, "disposition": "deferred"}, NoSuchItem),
    ("held", "circulate_record", {}, MoveRefused),
    ("held", "correct_record", {"state": "AR", "text": "x"}, MoveRefused),
    ("held", "approve_record", {"meeting": str(UUID(int=1))}, MoveRefused),
    ("held", "postpone", {"reason": "x"}, NoSuchMove),
    ("postponed", "set_date", {"day": DAY}, SameDay),
    ("postponed", "circulate_order", {}, NoSuchMove),
]


@pytest.mark.parametrize("at", dict.fromkeys(row[0] for row in REFUSED))
def test_a_refused_act_writes_nothing(council: Council, at: str):
    meeting = council.called() if at == "planned" else council.held() if at == "held" else council.circulated()
    if at == "its day":
        council.stage.to_day(DAY)
    if at == "postponed":
        council.do(meeting, "postpone", reason="A recess.")
    before = council.written()
    for where, trigger, told, error in REFUSED:
        if where == at:
            with pytest.raises(error):
                council.do(meeting, trigger, **told)
    assert council.written() == before


def test_a_body_and_a_sort_are_those_of_the_pack(council: Council):
    wrong: list[tuple[dict[str, Any], type[Refusal]]] = [({"body": "XX"}, NoSuchBody), ({"sort": "festive"}, NoSuchSort)]
    for told, error in wrong:
        with pytest.raises(error):
            council.called(**told)
    assert council.stage.rows("SELECT count(*) FROM matter") == [(0,)]


def test_only_the_secretary_of_the_council_holds_a_meeting(council: Council):
    meeting = council.circulated()
    before = council.written()
    for who in ("planner", "chair", "mission"):
        with pytest.raises(NotAllowed):
            council.do(meeting, "cancel", who=who, reason="x")
    assert council.written() == before


def test_a_proposal_stands_under_one_item(council: Council):
    proposal = council.tabled()
    meeting = council.called()
    with pytest.raises(OnOrderAlready):
        council.do(
            meeting, "set_order", items=[REPORTS, {"title": "a", "proposal": proposal}, {"title": "b", "proposal": proposal}]
        )
    council.do(meeting, "set_order", items=[{"title": "a", "proposal": proposal}])
    council.do(meeting, "set_order", items=[{"title": "b", "proposal": proposal}])
    assert council.stage.rows("SELECT type FROM link WHERE from_id = :m", m=meeting) == [("considers",)]


def test_a_record_is_approved_by_a_later_meeting_of_the_same_body_alone(council: Council):
    earlier = council.held(number=2019, day=date(2015, 6, 16))
    other = council.called(body="CAAP", number=7, day=date(2015, 6, 25))
    meeting = council.held()
    council.do(meeting, "dispose", item=1, disposition="no_decision")
    council.do(meeting, "circulate_record")
    planned = council.called(number=2022, day=date(2015, 7, 22))
    for wrong in (meeting, earlier, other, planned):
        with pytest.raises(MoveRefused) as refused:
            council.do(meeting, "approve_record", meeting=wrong)
        assert refused.value.unmet == ("a_later_meeting_approves_it",)


def test_what_delegations_wrote_is_in_no_repr():
    told = [
        ("correct_record", {"state": "AR", "text": "tell-nobody"}),
        ("postpone", {"reason": "tell-nobody"}),
        ("dispose", {"item": 1, "disposition": "returned", "instructions": "tell-nobody"}),
    ]
    shown: list[Payload] = [PAYLOADS[trigger].model_validate(payload) for trigger, payload in told]
    assert "tell-nobody" not in repr(shown)
