"""What the register of officers feeds: signatures under orders, whom a late duty reaches, and delegations that I9 reads."""

import inspect
import re
import threading
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter

from actions.kernel.move import open_kind
from actions.kernel.sweep import sweep
from actions.kinds.house import GivenDay
from actions.kinds.mandate import Register
from actions.officers import accredit, hold_office, let_act, officers_on, revoke
from actions.officers_shapes import ClassOfAct, LineEnding, NewAccreditation, NewActing, NewHolder
from actions.powers import powers_of, signatures_of
from actions.signatures import SignerNotEntitled
from actions.versions import findings_of
from states.officers.accrediting import TwoHeads
from structure.operations import OPERATIONS, CreateUnit, Head, RenameUnit
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.restructuring import SECRETARIATS, Restructuring

CREATED = CreateUnit(unit="SHA", name="Hemispheric Affairs", type="secretariat", heads=(Head(head="OSG"), Head(head="OASG")))
HOLDS = NewHolder(office="SG", name="María Pérez", since=date(2015, 5, 26), source="AG/RES. 1")


def acting(house: Restructuring, **told: Any) -> UUID:
    shape = {"office": "SG", "purposes": ["signature"], "since": date(2015, 6, 1), "source": "Charter, art. 115"} | told
    return let_act(house.stage.office, NewActing.model_validate(shape), by=house.by("secretary"))


def ready(house: Restructuring) -> UUID:
    """A proposal whose order is drafted."""
    proposal = house.draft()
    house.version(proposal, RenameUnit(unit="DIA", name="Foreign Affairs"))
    house.adopted(proposal)
    return proposal


def signed(house: Restructuring, proposal: UUID) -> list[tuple[str, str]]:
    found = signatures_of(house.stage.office, proposal, by=house.by("mission"))
    return [(one.signed_by, one.signature.signed.value) for one in found]


def entered(house: Restructuring) -> list[str]:
    rows = house.stage.rows(
        "SELECT body::json->'facts'->>'signed_as' FROM ledger_entry WHERE body::json->>'what' = 'order.signed'"
    )
    return [str(row[0]) for row in rows]


def test_what_the_register_does_not_know_is_said_and_stops_no_order(restructuring: Restructuring):
    proposal = ready(restructuring)
    restructuring.do(proposal, "issue_order", restructuring.order(proposal, signed_by="John Roe"))
    assert signed(restructuring, proposal) == [("John Roe", "unknown")]
    assert entered(restructuring) == ["unknown"]


def test_who_neither_held_nor_acted_signs_nothing_and_nothing_is_written(restructuring: Restructuring):
    proposal = ready(restructuring)
    hold_office(restructuring.stage.office, HOLDS, by=restructuring.by("secretary"))
    before = restructuring.written()
    with pytest.raises(SignerNotEntitled) as refused:
        restructuring.do(proposal, "issue_order", restructuring.order(proposal, signed_by="John Roe"))
    assert refused.value.params == {"office": "SG", "day": date(2015, 6, 15)}
    assert restructuring.written() == before
    restructuring.do(proposal, "issue_order", restructuring.order(proposal, signed_by="Maria Perez"))
    assert signed(restructuring, proposal) == [("Maria Perez", "holder")]


def test_the_deputy_signs_on_the_days_of_acting_and_not_after(restructuring: Restructuring):
    proposal = ready(restructuring)
    hold_office(restructuring.stage.office, HOLDS, by=restructuring.by("secretary"))
    line = acting(restructuring, taker="ASG")
    restructuring.do(proposal, "issue_order", restructuring.order(proposal, signed_by="ASG"))
    assert entered(restructuring) == ["acting"]
    told = LineEnding(on=date(2015, 6, 20), source="Executive Order 15-02")
    revoke(restructuring.stage.office, line, told, by=restructuring.by("secretary"))
    restructuring.stage.to_day(date(2015, 6, 20))
    before = restructuring.written()
    with pytest.raises(SignerNotEntitled):
        restructuring.do(proposal, "reissue", restructuring.order(proposal, 9, signed_by="ASG"))
    assert restructuring.written() == before
    assert signed(restructuring, proposal) == [("ASG", "acting")], "what was signed stays signed"


def test_an_order_of_the_past_is_judged_by_its_own_day(restructuring: Restructuring):
    proposal = ready(restructuring)
    hold_office(restructuring.stage.office, HOLDS, by=restructuring.by("secretary"))
    past = restructuring.order(proposal, signed_by="J. M. Insulza", on=date(2015, 5, 1))
    restructuring.do(proposal, "issue_order", past)
    assert signed(restructuring, proposal) == [("J. M. Insulza", "unknown")]


def blocked(house: Restructuring, proposal: UUID) -> bool:
    found = findings_of(house.stage.office, proposal, by=house.by("mission")).judged
    return "I9" in {one.rule for one in found.standing.blocking}


def test_a_power_in_the_register_is_read_by_i9_and_what_is_told_says_so(restructuring: Restructuring):
    proposal = restructuring.draft()
    restructuring.version(proposal, CREATED, delegations=())
    assert blocked(restructuring, proposal)
    power = {"office": "GA", "taker": "PC", "purposes": ["structure"], "classes": SECRETARIATS, "until": date(2016, 6, 1)}
    acting(restructuring, **power)
    assert not blocked(restructuring, proposal)
    found = powers_of(restructuring.stage.office, proposal, by=restructuring.by("mission"))
    assert [(one.delegation.giver, one.told) for one in found] == [("GA", False)]
    restructuring.version(proposal, CREATED, after=1)
    found = powers_of(restructuring.stage.office, proposal, by=restructuring.by("mission"))
    assert [(one.delegation.giver, one.told) for one in found] == [("GA", True), ("GA", False)]


def test_a_power_whose_days_are_over_is_none(restructuring: Restructuring):
    proposal = restructuring.draft()
    restructuring.version(proposal, CREATED, delegations=())
    power = {"office": "GA", "taker": "PC", "purposes": ["structure"], "classes": SECRETARIATS}
    acting(restructuring, **power, since=date(2015, 1, 1), until=date(2015, 6, 15))
    assert blocked(restructuring, proposal)


REACHED = {
    "the holder who is there": (False, date(2015, 6, 1), None, "Staff_Chief"),
    "who acts, for the holder who is away": (True, date(2015, 6, 1), None, "Lawyer"),
    "those above, when nobody acts yet": (True, date(2015, 8, 4), None, "Chair"),
    "those above, when nobody acts any more": (True, date(2015, 6, 1), date(2015, 8, 3), "Chair"),
}


@pytest.mark.parametrize("case", REACHED)
def test_a_late_duty_reaches_whoever_acts_on_the_rungs_day(case: str, council_door: CouncilDoor):
    away, since, until, name = REACHED[case]
    stage = council_door.stage
    told = Register(symbol="AG/RES. 1", title="A title", issued_by="GA", source="test", due=GivenDay(on=date(2015, 7, 31)))
    open_kind(stage.office, "mandate", told, by=stage.people["planner"])
    line = NewActing.model_validate(
        {"office": "chief_of_staff", "login": "Lawyer", "purposes": ["ladder"], "since": since, "until": until, "source": "Memo"}
    )
    let_act(stage.office, line, by=stage.people["secretary"])
    if away:
        stage.absent("staff_chief", date(2015, 6, 1))
    stage.to_day(date(2015, 8, 3))
    sweep(stage.flows)
    reached = stage.rows(
        "SELECT p.name FROM outbox o JOIN person p ON p.id = o.person_id "
        "WHERE o.params->>'rung' = 'late' AND o.params->>'clock' = 'due'"
    )
    assert reached == [(name,)]


def test_nothing_is_handed_over_by_itself_to_whoever_only_acts(council_door: CouncilDoor):
    """They have no rights at the door: a matter of theirs would be nobody's."""
    stage = council_door.stage
    told = Register(symbol="AG/RES. 1", title="A title", issued_by="GA", source="test", due=GivenDay(on=date(2015, 7, 31)))
    open_kind(stage.office, "mandate", told, by=stage.people["planner"])
    line = {"office": "chief_of_staff", "login": "mission", "purposes": ["ladder"], "since": date(2015, 6, 1), "source": "Memo"}
    let_act(stage.office, NewActing.model_validate(line), by=stage.people["secretary"])
    for who in ("planner", "lawyer", "staff_chief", "secretary"):
        stage.absent(who, date(2015, 6, 1))
    stage.to_day(date(2015, 8, 10))
    sweep(stage.flows)
    found = dict(stage.rows("SELECT f.rung, f.outcome FROM rung_fired f JOIN clock c ON c.id = f.clock_id WHERE c.name = 'due'"))
    assert (found["late"], found["handover"]) == ("told", "nobody_eligible")


def test_of_two_heads_recorded_at_once_one_is(restructuring: Restructuring):
    office, by = restructuring.stage.office, restructuring.by("secretary")
    shape = {"country": "PE", "capacity": "permanent_representative", "presented_on": date(2015, 1, 10), "source": "Note 1"}
    found: list[str] = []

    def record(name: str) -> None:
        try:
            accredit(office, NewAccreditation.model_validate(shape | {"name": name}), by=by)
            found.append("recorded")
        except TwoHeads:
            found.append("refused")

    threads = [threading.Thread(target=record, args=(f"Head {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["recorded", *["refused"] * 3]
    assert restructuring.stage.rows("SELECT count(*) FROM accreditation") == [(1,)]


def test_whoever_holds_a_meeting_learns_who_presides(council_door: CouncilDoor):
    stage = council_door.stage
    found = officers_on(stage.office, date(2024, 1, 15), by=stage.people["secretary"]).presiding
    assert found is not None
    assert (found.state, found.place.value, found.basis.value) == ("AR", "chair", "computed")


def test_the_class_of_every_operation_can_be_given():
    """The door takes classes of acts by their verbs: a new operation's verb must be among them."""
    found = {}
    for operation in OPERATIONS:
        told = inspect.getsource(operation.authority_class)
        found[operation] = [re.sub(r"\{[^}]*\}", "unit", one) for one in re.findall(r'"([a-z]+_[^"]*)"', told)]
    assert all(found.values())
    adapter: TypeAdapter[str] = TypeAdapter(ClassOfAct)
    for classes in found.values():
        for one in classes:
            assert adapter.validate_python(one) == one
