"""What becomes of an item moves its proposal in the same act: both, or neither; and a resolution is of its own meeting."""

import shutil
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import pytest
from pydantic import ValidationError

from actions.deciding import Consensus
from actions.deciding_acts import act_on
from actions.deciding_agreements import agreeing
from actions.deciding_questions import DecidedBefore
from actions.deciding_votes import Answers, Closing, NewVote, answering, closing
from actions.deciding_votes import opening as opening_vote
from actions.kernel.actor import NotAllowed
from actions.kernel.move import move
from actions.kinds.meeting_business import (
    MOVES_PROPOSAL,
    DecidedAnotherDay,
    DisposedBefore,
    NoProposalToDecide,
    NotALaterMeeting,
    ObjectedTo,
)
from actions.kinds.meeting_shapes import PAYLOADS, Disposition
from actions.kinds.proposal_decisions import OrganDecision
from actions.office import Office
from policies.pack import pack_folder
from policies.refusal import Refusal
from records.deciding import NoSuchDeciding
from states.citing.parsing import NotACitation
from states.convening import InstrumentOfAnotherBody, InstrumentOfAnotherMeeting, InstrumentWithoutMeeting
from states.deciding.statements import NoSuchParagraph
from states.machine import MoveRefused, NoSuchMove
from states.proposal import PROPOSAL
from structure.operations import RenameUnit
from tests.fixtures.meetings import DAY, MEMBERS, Council
from tests.fixtures.offices import Stage, shelf
from tests.fixtures.restructuring import Restructuring

OURS = "CP/RES. 1055 (2020/15)"
ADOPTED = {"item": 1, "disposition": "adopted", "method": "consensus", "instrument": OURS}
RESERVED = {"kind": "reservation", "state": "NI", "paragraph": "O2", "text": "Nicaragua reserves its position."}


@pytest.fixture
def council(house_office: Stage) -> Council:
    return Council(house_office)


def sat(council: Council, **more: Any) -> tuple[UUID, UUID]:
    """A meeting that is held, and the proposal under its first item."""
    proposal = council.tabled(**more)
    return council.held({"title": "Structure", "proposal": proposal}, {"title": "Other business"}), proposal


def vote(council: Council, proposal: UUID, in_favour: int, abstaining: int = 0) -> UUID:
    """A roll call on a proposal, held and closed now."""
    office, secretary = council.stage.office, council.by("secretary")
    there = MEMBERS[: in_favour + abstaining]
    told = NewVote(body="PC", method="roll_call", rule="council_majority", present=there)
    act_on(office, proposal, "decide", opening_vote(told), by=secretary)
    (found,) = council.stage.rows("SELECT id FROM deciding WHERE matter_id = :m ORDER BY number DESC LIMIT 1", m=proposal)
    vote_id = UUID(str(found[0]))
    answers = [{"state": state, "choice": "for" if place < in_favour else "abstain"} for place, state in enumerate(there)]
    act_on(office, proposal, "decide", answering(vote_id, Answers.model_validate({"answers": answers})), by=secretary)
    act_on(office, proposal, "decide", closing(vote_id, Closing()), by=secretary)
    return vote_id


def test_no_objection_so_decided_in_one_act_with_its_reservation(council: Council):
    meeting, proposal = sat(council)
    council.do(meeting, "dispose", **ADOPTED, statements=[RESERVED])
    assert council.state(proposal) == "adopted"
    ((body, on, instrument, method, rests_on),) = council.stage.rows(
        "SELECT body, on_day, instrument, method, deciding_id FROM decision WHERE matter_id = :m", m=proposal
    )
    assert (body, on, instrument, method) == ("PC", DAY, OURS, "consensus")
    assert council.stage.rows("SELECT id, method, adopted, jsonb_array_length(present) FROM deciding") == [
        (rests_on, "consensus", True, 20)
    ]
    assert council.stage.rows("SELECT kind, number, state, paragraph FROM statement") == [("reservation", 1, "NI", "O2")]
    assert council.stage.rows("SELECT disposition, instrument, decision FROM meeting_item WHERE number = 1") == [
        ("adopted", OURS, rests_on)
    ]
    with pytest.raises(DisposedBefore):
        council.do(meeting, "dispose", **ADOPTED)


MOVED: list[tuple[dict[str, Any], str]] = [
    ({"disposition": "deferred"}, "deferred"),
    ({"disposition": "returned", "instructions": "Cost it first."}, "returned_with_instructions"),
    ({"disposition": "taken_note_of", "method": "acclamation", "instrument": "CP/ACTA 2020/15"}, "taken_note_of"),
    ({"disposition": "no_decision"}, "tabled"),
    ({"disposition": "adopted", "method": "consensus", "instrument": OURS, "ad_referendum": True}, "adopted_ad_referendum"),
    ({"disposition": "rejected", "method": "vote", "source": "CP/ACTA 2020/15", "instrument": "CP/ACTA 2020/15"}, "rejected"),
]


def test_each_disposition_moves_its_proposal(council: Council):
    proposals = [council.tabled() for _ in MOVED]
    meeting = council.held(*({"title": "Structure", "proposal": one} for one in proposals))
    for number, (told, _) in enumerate(MOVED, 1):
        council.do(meeting, "dispose", item=number, **told)
    assert [council.state(one) for one in proposals] == [state for _, state in MOVED]
    assert council.state(meeting) == "held"


def test_each_disposition_has_its_move_in_the_table_of_proposals():
    assert {*MOVES_PROPOSAL.values(), "adopt_ad_referendum"} <= set(PROPOSAL.triggers)
    assert {*MOVES_PROPOSAL, "no_decision"} == set(get_args(Disposition))


def test_what_is_adopted_in_part_is_what_the_order_may_carry(restructuring: Restructuring):
    council, proposal = Council(restructuring.stage), restructuring.draft()
    restructuring.version(proposal, RenameUnit(unit="DIA", name="Foreign Affairs"), RenameUnit(unit="DECO", name="Elections"))
    restructuring.to_the_organ(proposal)
    council.document("CP/doc.5000/15", proposal)
    meeting = council.held({"title": "Structure", "proposal": proposal})
    told = {"disposition": "adopted_in_part", "method": "consensus", "instrument": OURS, "operations": ["C2"]}
    council.do(meeting, "dispose", item=1, **told)
    assert council.state(proposal) == "adopted_in_part"
    assert council.stage.rows("SELECT version, operations FROM decision") == [(1, ["C2"])]
    assert council.stage.rows("SELECT operations FROM meeting_item") == [(["C2"],)]


def test_a_vote_that_failed_rejects_and_does_not_adopt_as_on_31_july_2024(council: Council):
    meeting, proposal = sat(council)
    vote_id = vote(council, proposal, in_favour=17, abstaining=11)
    before = council.written()
    with pytest.raises(MoveRefused):
        council.do(meeting, "dispose", **ADOPTED | {"method": "vote", "decision": vote_id})
    assert council.written() == before
    told = {"item": 1, "disposition": "rejected", "method": "vote", "decision": vote_id, "instrument": "CP/ACTA 2020/15"}
    council.do(meeting, "dispose", **told)
    assert council.state(proposal) == "rejected"
    assert council.stage.rows("SELECT method, deciding_id FROM decision") == [("roll_call", vote_id)]


REFUSED: list[tuple[dict[str, Any], type[Refusal]]] = [
    (ADOPTED | {"statements": [{"kind": "objection", "state": "AR"}]}, ObjectedTo),
    (ADOPTED | {"statements": [RESERVED | {"paragraph": "O9"}]}, NoSuchParagraph),
    (ADOPTED | {"instrument": "CP/RES. 1051 (2017/15)"}, InstrumentOfAnotherMeeting),
    (ADOPTED | {"instrument": "CP/RES. 1055 (2020/16)"}, InstrumentOfAnotherMeeting),
    (ADOPTED | {"instrument": "CP/RES. 1055/15"}, InstrumentWithoutMeeting),
    (ADOPTED | {"instrument": "AG/RES. 2876 (XLV-O/15)"}, InstrumentOfAnotherBody),
    (ADOPTED | {"instrument": "a resolution"}, NotACitation),
    (ADOPTED | {"instrument": None}, MoveRefused),
    (ADOPTED | {"method": "vote", "decision": UUID(int=1)}, NoSuchDeciding),
    (ADOPTED | {"item": 2, "statements": [RESERVED]}, NoProposalToDecide),
    (ADOPTED | {"item": 2, "method": "vote", "decision": UUID(int=1)}, NoProposalToDecide),
    ({"item": 1, "disposition": "deferred", "to_meeting": UUID(int=1)}, NotALaterMeeting),
]


def test_a_refused_disposition_moves_nothing(council: Council):
    meeting, proposal = sat(council)
    before = council.written()
    for told, error in REFUSED:
        with pytest.raises(error) as refused:
            council.do(meeting, "dispose", **told)
        assert "Nicaragua" not in str(refused.value.params)
    assert council.written() == before
    assert council.state(proposal) == "tabled"


def test_a_text_that_is_not_out_in_all_languages_is_not_decided(council: Council):
    meeting, _ = sat(council, distributed=False)
    before = council.written()
    with pytest.raises(Refusal) as refused:
        council.do(meeting, "dispose", **ADOPTED)
    assert refused.value.code in {"locked", "locked_until"}
    assert council.written() == before


def test_a_consensus_that_was_taken_down_before_is_named_and_not_made_twice(council: Council):
    meeting, proposal = sat(council)
    office, secretary = council.stage.office, council.by("secretary")
    act_on(office, proposal, "decide", agreeing(Consensus(body="PC")), by=secretary)
    ((taken,),) = council.stage.rows("SELECT id FROM deciding")
    with pytest.raises(DecidedBefore):
        council.do(meeting, "dispose", **ADOPTED)
    council.do(meeting, "dispose", **ADOPTED, decision=taken)
    assert council.stage.rows("SELECT deciding_id FROM decision") == [(taken,)]
    assert council.stage.rows("SELECT count(*) FROM deciding") == [(1,)]


def test_a_vote_of_another_day_is_no_decision_of_this_meeting(council: Council):
    proposal = council.tabled()
    meeting = council.circulated({"title": "Structure", "proposal": proposal})
    council.stage.to_day(date(2015, 6, 23))
    vote_id = vote(council, proposal, in_favour=20)
    council.stage.to_day(DAY)
    council.do(meeting, "hold", present=[{"state": state} for state in MEMBERS[:20]])
    with pytest.raises(DecidedAnotherDay):
        council.do(meeting, "dispose", **ADOPTED | {"method": "vote", "decision": vote_id})


def test_what_is_deferred_to_a_meeting_is_shown_there_and_taken_up_there(council: Council):
    meeting, proposal = sat(council)
    later = council.called(number=2021, day=date(2015, 7, 8))
    elsewhere = council.called(body="CAAP", number=7, day=date(2015, 7, 8))
    for wrong in (meeting, elsewhere):
        with pytest.raises(NotALaterMeeting):
            council.do(meeting, "dispose", item=1, disposition="deferred", to_meeting=wrong)
    council.do(meeting, "dispose", item=1, disposition="deferred", to_meeting=later)
    assert council.state(proposal) == "deferred"
    assert council.stage.rows("SELECT to_meeting FROM meeting_item WHERE number = 1") == [(later,)]


def test_a_proposal_that_cannot_move_so_stops_the_whole_act(council: Council):
    meeting, proposal = sat(council)
    council.do(meeting, "dispose", item=1, disposition="deferred")
    again = council.held({"title": "Structure", "proposal": proposal}, number=2021, day=date(2015, 7, 8))
    before = council.written()
    with pytest.raises(NoSuchMove) as refused:
        council.do(again, "dispose", item=1, disposition="returned")
    assert refused.value.params["kind"] == "proposal"
    assert council.written() == before


def test_whoever_may_not_move_the_proposal_does_not_move_it_through_a_meeting(house_office: Stage, tmp_path: Path):
    folder = Path(shutil.copytree(pack_folder("oas"), tmp_path / "oas"))
    rules = (folder / "proposal.toml").read_text(encoding="utf-8")
    assert "\ndefer = [" in rules
    (folder / "proposal.toml").write_text(rules.replace('\ndefer = ["council_secretary:any"]', '\ndefer = ["chair:any"]'))
    office = Office(house_office.office.engine, database="house", environment="test", shelf=shelf(folder))
    council = Council(replace(house_office, office=office))
    meeting, _ = sat(council)
    before = council.written()
    with pytest.raises(NotAllowed) as refused:
        council.do(meeting, "dispose", item=1, disposition="deferred")
    assert refused.value.params["kind"] == "proposal"
    assert council.written() == before


def test_a_decision_that_was_told_before_the_meeting_was_is_not_made_twice(council: Council):
    proposal = council.tabled()
    meeting = council.held({"title": "Structure", "proposal": proposal})
    told = OrganDecision(body="PC", on=DAY, instrument=OURS, method="consensus", source="CP/ACTA 2020/15")
    move(council.stage.office, proposal, "adopt", told, by=council.by("secretary"))
    council.do(meeting, "dispose", **ADOPTED)
    assert council.stage.rows("SELECT count(*) FROM decision") == [(1,)]
    assert council.stage.rows("SELECT count(*) FROM deciding") == [(0,)]


def test_of_two_who_note_one_item_at_once_one_does_and_the_other_is_told(council: Council):
    meeting, proposal = sat(council)
    found: list[str] = []

    def try_it() -> None:
        try:
            council.do(meeting, "dispose", **ADOPTED)
            found.append("noted")
        except DisposedBefore:
            found.append("told")

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["noted", "told", "told", "told"]
    assert council.stage.rows("SELECT count(*) FROM decision WHERE matter_id = :m", m=proposal) == [(1,)]


@pytest.mark.parametrize(
    "told",
    [
        {"disposition": "adopted"},
        {"disposition": "adopted", "method": "vote"},
        {"disposition": "adopted", "method": "unknown", "decision": str(UUID(int=1))},
        {"disposition": "rejected", "method": "consensus"},
        {"disposition": "deferred", "method": "consensus"},
        {"disposition": "adopted", "method": "consensus", "to_meeting": str(UUID(int=1))},
        {"disposition": "adopted", "method": "consensus", "instructions": "x"},
        {"disposition": "adopted", "method": "consensus", "operations": ["C1"]},
        {"disposition": "deferred", "ad_referendum": True},
        {"disposition": "taken_note_of", "method": "unknown", "statements": [RESERVED]},
        {"disposition": "lost"},
    ],
    ids=str,
)
def test_a_disposition_that_contradicts_itself_is_refused_before_anything_is_done(told: dict[str, Any]):
    with pytest.raises(ValidationError):
        PAYLOADS["dispose"].model_validate({"item": 1, **told})
