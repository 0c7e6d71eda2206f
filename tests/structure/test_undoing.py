"""A decision is taken back by withdrawing it before its effect, and by an appended inverse after."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from structure.diff import diff
from structure.history import History, Registration
from structure.operations import CreateUnit, Head, MergeUnits, MoveUnit, RenameUnit, SetRank
from structure.organisation import Organisation
from structure.timeline import Planned, unfold
from structure.undoing import Revision, UndoRefused, chain, in_force, inverse_plan, withdraw
from tests.structure.cases import DAY, DECIDED, LATER, house, plan
from tests.structure.plans import houses_with, plans

AFTER = date(2030, 1, 1)


def test_before_effect_it_is_withdrawn_and_what_is_in_effect_stays():
    both = plan(RenameUnit(unit="DIA", name="Dialogue"), (LATER, RenameUnit(unit="DECO", name="Elections")))
    history = History(house(), (Registration(DECIDED, adds=both),))
    withdrawn = withdraw(both, DAY)
    assert withdrawn.withdraws == frozenset({"OP-2"})
    after = history.registered(withdrawn).at(LATER, DAY)
    assert (after.units["DIA"].name, after.units["DECO"].name) == ("Dialogue", "Electoral Observation")
    with pytest.raises(UndoRefused) as refused:
        withdraw(both, LATER)
    assert refused.value.unmet == ("something_is_not_yet_in_effect",)


def test_after_effect_the_inverse_is_appended_and_leads_back():
    done = plan(MergeUnits(units=("DIA",), into="SPA"), RenameUnit(unit="DECO", name="Elections"))
    inverse = inverse_plan(house(), done, {"OP-1"}, LATER)
    end = unfold(house(), (*done, *inverse)).end
    assert [(found.subject.id, found.field) for found in diff(house(), end)] == [("DECO", "name")]
    assert {one.on for one in inverse} == {LATER}
    assert len({one.id for one in inverse}) == len(inverse)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(houses_with(plans))
def test_a_whole_plan_undone_leads_back_to_what_was(drawn: tuple[Organisation, tuple[Planned, ...]]):
    org, planned = drawn
    inverse = inverse_plan(org, planned, {one.id for one in planned}, AFTER)
    assert diff(org, unfold(org, (*planned, *inverse)).end) == []


@pytest.mark.parametrize(
    ("ids", "on", "claim"),
    [
        ({"OP-9"}, AFTER, "operation_was_done"),
        ({"OP-2"}, DAY, "operation_is_in_effect"),
        ({"OP-1"}, AFTER, "nothing_else_changed_it_since"),
        ({"OP-3"}, AFTER, "nothing_else_changed_it_since"),
    ],
    ids=["unknown", "not yet", "changed since", "begun and changed since"],
)
def test_what_cannot_be_undone_is_refused_by_name(ids: set[str], on: date, claim: str):
    new = CreateUnit(unit="NEW", name="Press", type="department", heads=(Head(head="SPA"),))
    done = plan(
        MoveUnit(unit="DIA", from_head="SER", to_head="SPA"),
        (LATER, MoveUnit(unit="DIA", from_head="SPA", to_head="OSG")),
        new,
        (LATER, SetRank(unit="NEW", rank="D1")),
    )
    with pytest.raises(UndoRefused) as refused:
        inverse_plan(house(), done, ids, on)
    assert refused.value.unmet == (claim,)


REV = [Revision("7", None, date(2014, 1, 1)), Revision("9", "8", date(2015, 12, 11)), Revision("8", "7", date(2015, 10, 1))]


def test_revisions_of_an_order_are_one_chain_and_one_holds_on_a_date():
    assert [revision.id for revision in chain(REV)] == ["7", "8", "9"]
    days = (date(2013, 1, 1), date(2015, 9, 30), date(2015, 10, 1), date(2020, 1, 1))
    assert [one.id if one else None for one in (in_force(REV, on) for on in days)] == [None, "7", "8", "9"]


@pytest.mark.parametrize(
    ("more", "claim"),
    [
        (Revision("11", "10", AFTER), "revision_supersedes_one_that_is_there"),
        (Revision("8a", "7", AFTER), "revision_is_superseded_once"),
        (Revision("10", "9", date(2015, 12, 11)), "revision_is_later"),
        (Revision("1", None, AFTER), "order_has_one_first_revision"),
    ],
    ids=["gap", "fork", "not later", "two firsts"],
)
def test_a_broken_chain_is_refused_by_name(more: Revision, claim: str):
    with pytest.raises(UndoRefused) as refused:
        chain([*REV, more])
    assert refused.value.unmet == (claim,)
