"""What a meeting notes of a proposal that moved on that day already is what is on record; a committee's meeting moves none."""

import pytest

from actions.deciding import Consensus
from actions.deciding_acts import act_on
from actions.deciding_agreements import agreeing
from actions.kernel.move import move
from actions.kinds.meeting_business import DecidedOtherwise
from actions.kinds.proposal_decisions import OrganDecision
from policies.meetings import BodyAdvises, NoSuchBody
from states.convening import TooFewToOpen
from tests.actions.test_meeting_decisions import ADOPTED, OURS, RESERVED, sat, vote
from tests.fixtures.meetings import DAY, MEMBERS, Council
from tests.fixtures.offices import Stage


@pytest.fixture
def council(house_office: Stage) -> Council:
    return Council(house_office)


def test_an_item_says_what_the_decision_on_record_says(council: Council):
    meeting, proposal = sat(council)
    failed = vote(council, proposal, 17)
    rejected = OrganDecision(body="PC", on=DAY, instrument="CP/ACTA 2020/15", decided=failed)
    move(council.stage.office, proposal, "reject", rejected, by=council.by("secretary"))
    before = council.written()
    told = {"item": 1, "disposition": "rejected", "method": "vote"}
    for wrong in ({"source": "the press", "instrument": OURS}, {"decision": failed, "instrument": OURS}):
        with pytest.raises(DecidedOtherwise):
            council.do(meeting, "dispose", **told, **wrong)
        assert council.written() == before
    council.do(meeting, "dispose", **told, decision=failed, instrument="CP/ACTA. 2020/15")
    rests = council.stage.rows("SELECT disposition, instrument, decision FROM meeting_item WHERE number = 1")
    assert rests == [("rejected", "CP/ACTA 2020/15", failed)]


def test_statements_beside_a_consensus_on_record_are_not_lost_in_silence(council: Council):
    meeting, proposal = sat(council)
    office, secretary = council.stage.office, council.by("secretary")
    act_on(office, proposal, "decide", agreeing(Consensus(body="PC")), by=secretary)
    ((agreed,),) = council.stage.rows("SELECT id FROM deciding")
    move(office, proposal, "adopt", OrganDecision(body="PC", on=DAY, instrument=OURS, decided=agreed), by=secretary)
    before = council.written()
    with pytest.raises(DecidedOtherwise):
        council.do(meeting, "dispose", **ADOPTED, statements=[RESERVED])
    assert council.written() == before
    council.do(meeting, "dispose", **ADOPTED)
    assert council.stage.rows("SELECT decision FROM meeting_item WHERE number = 1") == [(agreed,)]


def test_a_committee_s_meeting_moves_no_proposal_and_nobody_votes_on_one_there(council: Council):
    proposal = council.tabled()
    meeting = council.called(body="CAAP", number=7)
    council.do(meeting, "set_order", items=({"title": "Structure", "proposal": proposal},))
    council.do(meeting, "circulate_order")
    council.stage.to_day(DAY)
    council.do(meeting, "hold", present=[{"state": state} for state in MEMBERS[:20]])
    before = council.written()
    for told in ({"disposition": "adopted", "method": "consensus"}, {"disposition": "deferred"}):
        with pytest.raises(BodyAdvises):
            council.do(meeting, "dispose", item=1, **told)
    few = tuple(MEMBERS[:11])
    for body, present, refusal in (("CAAP", None, BodyAdvises), ("KING", None, NoSuchBody), ("PC", few, TooFewToOpen)):
        deed = agreeing(Consensus(body=body, present=present))
        with pytest.raises(refusal):
            act_on(council.stage.office, proposal, "decide", deed, by=council.by("secretary"))
    assert council.written() == before
    council.do(meeting, "dispose", item=1, disposition="no_decision")
    assert council.state(proposal) == "tabled"
