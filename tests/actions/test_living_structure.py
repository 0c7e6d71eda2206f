"""From a version of a proposal to a structure in force: judged, adopted, ordered, registered, applied."""

import threading
from datetime import date

import pytest

from actions.kinds.house import Decision
from actions.kinds.proposal import AdoptionInPart, Order, Referral
from actions.kinds.proposal_orders import AdoptsAnotherText, NotInVersion
from actions.kinds.proposal_shapes import ToDo
from actions.structure import Load, LoadedBefore, differences, load, organisation
from actions.structure_mending import Mended, Mending, Undoing, Withdrawal, correct, undo, withdraw
from actions.versions import FindingWaiver, findings_of, waive_finding
from records.matters import StaleVersion
from states.machine import MoveRefused
from structure.creations import creations
from structure.diff import diff
from structure.history import RegistrationRefused
from structure.operations import (
    CreateUnit,
    EliminateUnit,
    Head,
    MergeUnits,
    RenameUnit,
)
from structure.things import Ref, Sort
from tests.fixtures.restructuring import EFFECT, Restructuring, small_house

RENAMED = RenameUnit(unit="DIA", name="Foreign Affairs")


def name_of(house: Restructuring, unit: str, as_of: date, known_at: date | None = None) -> str:
    return organisation(house.stage.office, as_of, known_at, by=house.by("mission")).organisation.units[unit].name


def test_an_initial_structure_is_read_back_as_it_was_with_its_source(restructuring: Restructuring):
    seen = organisation(restructuring.stage.office, None, None, by=restructuring.by("mission"))
    assert diff(seen.organisation, small_house()) == []
    assert seen.sources[Ref(Sort.FUNCTION, "F1")] == "Executive Order 08-01 Rev. 7"
    before = organisation(restructuring.stage.office, date(2014, 12, 31), None, by=restructuring.by("mission"))
    assert not before.organisation.units


def test_a_structure_is_loaded_once(restructuring: Restructuring):
    before = restructuring.written()
    told = Load(as_of=date(2015, 1, 1), source="again", operations=creations(small_house()))
    with pytest.raises(LoadedBefore):
        load(restructuring.stage.office, told, by=restructuring.by("planner"))
    assert restructuring.written() == before


def test_an_order_changes_the_structure_on_its_day_and_not_before(restructuring: Restructuring):
    restructuring.stage.to_day(date(2015, 6, 22))
    restructuring.issued(RENAMED)
    assert name_of(restructuring, "DIA", date(2015, 12, 10)) == "International Affairs"
    assert name_of(restructuring, "DIA", EFFECT) == "Foreign Affairs"
    assert name_of(restructuring, "DIA", EFFECT, known_at=date(2015, 6, 21)) == "International Affairs"
    seen = organisation(restructuring.stage.office, EFFECT, None, by=restructuring.by("mission"))
    assert seen.sources[Ref(Sort.UNIT, "DIA")] == "Executive Order 08-01 Rev. 8"
    found = differences(restructuring.stage.office, date(2015, 12, 10), EFFECT, None, by=restructuring.by("mission"))
    assert [(one.subject.id, one.field) for one in found] == [("DIA", "name")]


def test_what_blocks_is_not_submitted_and_nothing_is_written(restructuring: Restructuring):
    proposal = restructuring.draft()
    restructuring.version(proposal, EliminateUnit(unit="DIA", reason="austerity"))
    before = restructuring.written()
    with pytest.raises(MoveRefused) as refused:
        restructuring.do(proposal, "submit", Referral())
    assert refused.value.unmet == ("the_structure_it_makes_is_sound",)
    assert restructuring.written() == before
    blocking = findings_of(restructuring.stage.office, proposal, by=restructuring.by("mission")).judged.standing.blocking
    assert {found.subject.id for found in blocking if found.rule == "I2"} == {"F1", "F2", "P1"}
    restructuring.version(proposal, MergeUnits(units=("DIA",), into="DECO"), after=1)
    restructuring.do(proposal, "submit", Referral())


def test_a_body_without_the_power_cannot_have_it_tabled(restructuring: Restructuring):
    proposal = restructuring.draft()
    heads = (
        Head(head="OSG", kind="matrix", matters=frozenset({"policy"})),
        Head(head="OASG", kind="matrix", matters=frozenset({"administration"})),
    )
    restructuring.version(
        proposal, CreateUnit(unit="SHA", name="Hemispheric Affairs", type="secretariat", heads=heads), delegations=()
    )
    restructuring.do(proposal, "submit", Referral())
    before = restructuring.written()
    with pytest.raises(MoveRefused) as refused:
        restructuring.do(proposal, "table", Referral(), "secretary")
    assert refused.value.unmet == ("the_plan_may_be_decided",)
    assert restructuring.written() == before


def test_a_warning_is_passed_by_a_waiver_and_by_nothing_else(restructuring: Restructuring):
    proposal = restructuring.draft()
    restructuring.version(proposal, RENAMED, RenameUnit(unit="DECO", name="Electoral Observation"))
    restructuring.do(proposal, "submit", Referral())
    with pytest.raises(MoveRefused):
        restructuring.do(proposal, "table", Referral(), "secretary")
    (warning,) = findings_of(restructuring.stage.office, proposal, by=restructuring.by("mission")).judged.standing.open
    told = FindingWaiver(
        rule=warning.rule,
        sort=warning.subject.sort,
        subject=warning.subject.id,
        author="Chair",
        authority="CP/INF. 1",
        reason="It is said for the record.",
        until=date(2016, 1, 1),
    )
    waive_finding(restructuring.stage.office, proposal, told, by=restructuring.by("secretary"))
    restructuring.do(proposal, "table", Referral(), "secretary")


def test_of_two_edits_at_once_one_is_stale_and_nothing_of_it_is_kept(restructuring: Restructuring):
    proposal = restructuring.draft()
    outcomes: list[str] = []

    def edit() -> None:
        try:
            restructuring.version(proposal, RENAMED)
            outcomes.append("kept")
        except StaleVersion:
            outcomes.append("stale")

    threads = [threading.Thread(target=edit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", "stale"]
    assert restructuring.stage.rows("SELECT number FROM proposal_version") == [(1,)]


def test_an_adoption_pins_the_hash_of_the_version_and_the_order_must_carry_it(restructuring: Restructuring):
    proposal = restructuring.draft()
    restructuring.version(proposal, RENAMED)
    restructuring.to_the_organ(proposal)
    before = restructuring.written()
    told = {"body": "PC", "on": date(2015, 6, 15), "instrument": "CP/RES. 1", "text_sha256": "0" * 64}
    with pytest.raises(AdoptsAnotherText):
        restructuring.do(proposal, "adopt", Decision.model_validate(told), "secretary")
    assert restructuring.written() == before
    restructuring.do(proposal, "adopt", Decision.model_validate(told | {"text_sha256": None}), "secretary")
    restructuring.do(proposal, "draft_order")
    before = restructuring.written()
    with pytest.raises(MoveRefused) as refused:
        restructuring.do(proposal, "issue_order", restructuring.order(proposal, text_sha256=None, carries_adopted_text=True))
    assert refused.value.unmet == ("the_order_carries_the_adopted_text",)
    assert restructuring.written() == before


def test_an_order_carries_out_only_what_was_adopted(restructuring: Restructuring):
    proposal = restructuring.draft()
    restructuring.version(proposal, RENAMED, RenameUnit(unit="DECO", name="Elections"))
    restructuring.to_the_organ(proposal)
    told = {"body": "PC", "on": date(2015, 6, 15), "instrument": "CP/RES. 1", "operations": ("C9",)}
    with pytest.raises(NotInVersion):
        restructuring.do(proposal, "adopt_in_part", AdoptionInPart.model_validate(told), "secretary")
    restructuring.do(proposal, "adopt_in_part", AdoptionInPart.model_validate(told | {"operations": ("C1",)}), "secretary")
    restructuring.do(proposal, "draft_order")
    before = restructuring.written()
    with pytest.raises(MoveRefused) as refused:
        restructuring.do(proposal, "issue_order", restructuring.order(proposal, operations=("C1", "C2")))
    assert refused.value.unmet == ("every_operation_was_adopted",)
    assert restructuring.written() == before
    restructuring.do(proposal, "issue_order", restructuring.order(proposal))
    assert name_of(restructuring, "DIA", EFFECT) == "Foreign Affairs"
    assert name_of(restructuring, "DECO", EFFECT) == "Electoral Observation"


def test_a_revision_withdraws_what_had_no_effect_yet_and_leaves_what_had(restructuring: Restructuring):
    early = ToDo(id="early", on=date(2015, 6, 15), operation=RENAMED)
    proposal = restructuring.issued(early, ToDo(id="late", operation=RenameUnit(unit="DECO", name="Elections")))
    assert restructuring.stage.rows("SELECT operation, on_day, assumed FROM structure_operation WHERE origin = 'late'") == [
        ("Executive-Order-08-01.8/late", EFFECT, True)
    ]
    restructuring.stage.to_day(date(2015, 7, 1))
    restructuring.do(proposal, "reissue", restructuring.order(proposal, 9, effective_on=date(2015, 8, 1)))
    assert name_of(restructuring, "DECO", date(2015, 8, 1)) == "Elections"
    assert name_of(restructuring, "DECO", date(2015, 8, 1), known_at=date(2015, 6, 30)) == "Electoral Observation"
    assert name_of(restructuring, "DIA", date(2015, 8, 1)) == "Foreign Affairs"
    acts = restructuring.stage.rows("SELECT act, operation FROM structure_operation WHERE registration = 3 ORDER BY place")
    assert acts == [("adds", "Executive-Order-08-01.9/late"), ("withdraws", "Executive-Order-08-01.8/late")]


def test_a_revision_that_brings_nothing_new_is_issued_and_registers_nothing(restructuring: Restructuring):
    proposal = restructuring.issued(RENAMED)
    restructuring.stage.to_day(EFFECT)
    count = "SELECT count(*) FROM structure_registration"
    before = restructuring.stage.rows(count)
    restructuring.do(proposal, "reissue", restructuring.order(proposal, 9))
    assert restructuring.stage.rows(count) == before
    assert name_of(restructuring, "DIA", EFFECT) == "Foreign Affairs"


def test_what_a_version_shows_as_its_result_is_not_held_against_a_part_of_it(restructuring: Restructuring):
    other = RenameUnit(unit="DECO", name="Elections")
    result = other.change(RENAMED.change(small_house(), "a", EFFECT), "b", EFFECT)
    early = ToDo(id="early", on=date(2015, 6, 15), operation=RENAMED)
    late = ToDo(id="late", operation=other)
    proposal = restructuring.issued(early, late, target=creations(result))
    restructuring.stage.to_day(date(2015, 7, 1))
    restructuring.do(proposal, "reissue", restructuring.order(proposal, 9, effective_on=date(2015, 8, 1)))
    assert name_of(restructuring, "DECO", date(2015, 8, 1)) == "Elections"
    restructuring.stage.to_day(date(2015, 8, 2))
    restructuring.do(proposal, "reissue", restructuring.order(proposal, 10))
    assert name_of(restructuring, "DECO", date(2015, 8, 2)) == "Elections"


def test_before_effect_it_is_withdrawn_after_effect_an_inverse_is_appended(restructuring: Restructuring):
    restructuring.issued(RENAMED)
    office, planner, id = restructuring.stage.office, restructuring.by("planner"), "Executive-Order-08-01.8/C1"
    restructuring.stage.to_day(EFFECT)
    before = restructuring.written()
    with pytest.raises(RegistrationRefused) as refused:
        withdraw(office, Withdrawal(operations=(id,), source="too late"), by=planner)
    assert refused.value.unmet == ("not_yet_in_effect",)
    assert restructuring.written() == before
    told = Undoing(operations=(id,), on=date(2016, 1, 1), decides="SG", source="Executive Order 16-01")
    undo(office, told, by=planner)
    assert name_of(restructuring, "DIA", date(2015, 12, 31)) == "Foreign Affairs"
    assert name_of(restructuring, "DIA", date(2016, 1, 1)) == "International Affairs"


def test_what_has_no_effect_yet_is_withdrawn(restructuring: Restructuring):
    restructuring.issued(RENAMED)
    told = Withdrawal(operations=("Executive-Order-08-01.8/C1",), source="a note")
    withdraw(restructuring.stage.office, told, by=restructuring.by("planner"))
    assert name_of(restructuring, "DIA", EFFECT) == "International Affairs"


def test_a_correction_of_record_keeps_both_times(restructuring: Restructuring):
    restructuring.issued(RENAMED)
    restructuring.stage.to_day(date(2016, 2, 1))
    right = RenameUnit(unit="DIA", name="International Relations")
    mended = Mended(id="Executive-Order-08-01.8/C1", on=EFFECT, operation=right)
    told = Mending(corrections=(mended,), source="corr. 1")
    assert correct(restructuring.stage.office, told, by=restructuring.by("planner")).faults == ()
    assert name_of(restructuring, "DIA", EFFECT) == "International Relations"
    assert name_of(restructuring, "DIA", EFFECT, known_at=date(2016, 1, 31)) == "Foreign Affairs"


def test_a_proposal_without_operations_goes_on_as_before(restructuring: Restructuring):
    proposal = restructuring.draft()
    restructuring.adopted(proposal)
    told = Order(symbol="Executive Order 08-01", revision=8, signed_by="SG", carries_adopted_text=True)
    restructuring.do(proposal, "issue_order", told)
    assert restructuring.stage.rows("SELECT count(*) FROM structure_registration") == [(1,)]
