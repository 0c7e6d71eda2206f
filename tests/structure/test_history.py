"""What was known when stays known: a correction or a withdrawal adds to the record and takes nothing away."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.said import Said
from structure.diff import diff
from structure.history import KEPT, History, Registration, RegistrationRefused, planned
from structure.operation import Operation
from structure.operations import RenameUnit, SetHeads, SetRank
from structure.organisation import Organisation
from structure.timeline import Planned, PlanRefused, unfold
from tests.structure.operations.house import house
from tests.structure.plans import FIRST, houses_with, plans
from web.messages import LANGUAGES, Messages

JAN, FEB, MAR, APR = (date(2016, month, 1) for month in (1, 2, 3, 4))
Drawn = tuple[Organisation, tuple[Planned, ...]]


def rename(id: str, on: date, name: str) -> Planned:
    return Planned(id, on, RenameUnit(unit="DEP", name=name))


def rank(id: str, on: date, value: str) -> Planned:
    return Planned(id, on, SetRank(unit="DEP", rank=value))


def name_at(history: History, valid: date, known: date) -> str:
    return history.at(valid, known).units["DEP"].name


# --- both times


def test_what_becomes_known_later_was_not_known_before():
    history = History(house(), (Registration(FEB, adds=(rename("A", JAN, "Known late"),)),))
    assert name_at(history, JAN, JAN) == "Department"
    assert name_at(history, JAN, FEB) == "Known late"


def test_what_is_known_now_holds_only_from_its_date():
    history = History(house(), (Registration(JAN, adds=(rename("A", MAR, "Later"),)),))
    assert name_at(history, MAR - timedelta(days=1), JAN) == "Department"
    assert name_at(history, MAR, JAN) == "Later"


def test_a_correction_leaves_what_was_known_before_it():
    first = Registration(JAN, adds=(rename("A", JAN, "Departmnet"),))
    history = History(house(), (first, Registration(MAR, corrects=(rename("A", JAN, "New Department"),))))
    assert name_at(history, FEB, FEB) == "Departmnet"
    assert name_at(history, FEB, MAR) == "New Department"
    assert name_at(history, JAN - timedelta(days=1), MAR) == "Department"


def test_a_correction_may_put_the_act_on_another_date():
    first = Registration(JAN, adds=(rename("A", FEB, "New"),))
    history = History(house(), (first, Registration(FEB, corrects=(rename("A", MAR, "New"),))))
    assert [name_at(history, FEB, known) for known in (JAN, FEB)] == ["New", "Department"]


def test_a_withdrawal_before_effect_takes_the_act_out_and_leaves_that_it_was_planned():
    first = Registration(JAN, adds=(rename("A", APR, "Never"),))
    history = History(house(), (first,)).registered(Registration(MAR, withdraws=frozenset({"A"})))
    assert name_at(history, APR, FEB) == "Never"
    assert name_at(history, APR, MAR) == "Department"


def test_what_one_correction_changes_keeps_its_place_in_the_order_of_its_date():
    adds = (rank("A", JAN, "D2"), rank("B", JAN, "D3"))
    registrations = (Registration(JAN, adds=adds), Registration(FEB, corrects=(rank("A", JAN, "D4"),)))
    assert [one.id for one in planned(registrations)] == ["A", "B"]
    assert History(house(), registrations).at(JAN, FEB).units["DEP"].rank == "D3"


@settings(max_examples=40, deadline=None)
@given(houses_with(plans), st.data())
def test_when_a_thing_is_known_says_nothing_about_when_it_holds(drawn: Drawn, data: st.DataObject):
    start, plan = drawn
    days = sorted(data.draw(st.integers(0, 5)) for _ in plan)
    registrations = tuple(Registration(FIRST + timedelta(days=day), adds=(one,)) for day, one in zip(days, plan, strict=True))
    history = History(start, registrations)
    for known in range(6):
        known_on = FIRST + timedelta(days=known)
        fresh = unfold(start, [one for day, one in zip(days, plan, strict=True) if day <= known])
        for valid in range(12):
            valid_on = FIRST + timedelta(days=valid)
            assert history.at(valid_on, known_on) == fresh.at(valid_on)


@settings(max_examples=40, deadline=None)
@given(houses_with(plans), st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=30))
def test_what_is_asked_again_is_answered_as_the_first_time(drawn: Drawn, asked: list[tuple[int, int]]):
    start, plan = drawn
    registrations = tuple(Registration(FIRST + timedelta(days=number), adds=(one,)) for number, one in enumerate(plan))
    kept = History(start, registrations)
    for valid, known in asked:
        when = (FIRST + timedelta(days=valid), FIRST + timedelta(days=known))
        assert kept.at(*when) == History(start, registrations).at(*when)


def test_asking_again_folds_nothing_again_and_only_the_last_asked_are_kept():
    days = [JAN + timedelta(days=number) for number in range(KEPT + 4)]
    history = History(house(), tuple(Registration(day, adds=(rank(f"A{day}", day, "D2"),)) for day in days))
    first = history.timeline(days[0])
    assert history.timeline(days[0]) is first
    for day in days:
        history.timeline(days[0])
        history.timeline(day)
    assert history.timeline(days[0]) is first
    assert len(history._folded) == KEPT


# --- what the record does not take


STANDS = Registration(JAN, adds=(rename("A", APR, "New"), rename("B", JAN, "In effect")))
REFUSED: tuple[tuple[Registration, str, str], ...] = (
    (Registration(FEB), "registration_says_something", ""),
    (Registration(JAN - timedelta(days=1), adds=(rank("C", APR, "D2"),)), "registered_after_what_is_known", "C"),
    (Registration(FEB, adds=(rank("A", APR, "D2"),)), "operation_is_new", "A"),
    (Registration(FEB, adds=(rank("C", APR, "D2"), rank("C", APR, "D3"))), "operation_is_new", "C"),
    (Registration(FEB, corrects=(rank("C", APR, "D2"),)), "operation_stands", "C"),
    (Registration(FEB, withdraws=frozenset({"C"})), "operation_stands", "C"),
    (Registration(FEB, withdraws=frozenset({"A", "B"})), "not_yet_in_effect", "B"),
    (Registration(JAN, withdraws=frozenset({"B"})), "not_yet_in_effect", "B"),
)


@pytest.mark.parametrize(("new", "claim", "operation"), REFUSED, ids=[f"{n}-{row[1]}" for n, row in enumerate(REFUSED)])
def test_what_does_not_fit_the_record_is_refused_and_nothing_is_registered(new: Registration, claim: str, operation: str):
    history = History(house(), (STANDS,))
    with pytest.raises(RegistrationRefused) as refused:
        history.registered(new)
    assert refused.value.params == {"claim": claim, "operation": operation, "on": new.known_on}
    assert history.registrations == (STANDS,)
    assert all(Messages(language).say(said) for language in LANGUAGES for said in (refused.value.said, Said(f"claim.{claim}")))


@pytest.mark.parametrize("operation", [SetHeads(unit="DEP", heads=({"head": "OLD"},)), RenameUnit(unit="OLD", name="n")], ids=str)
def test_what_cannot_be_done_is_not_registered(operation: Operation):
    history = History(house(), (STANDS,))
    with pytest.raises(PlanRefused):
        history.registered(Registration(FEB, adds=(rank("C", FEB, "D2"), Planned("D", FEB, operation))))
    assert history.registrations == (STANDS,)
    assert history.at(FEB, FEB).units["DEP"].rank == "D1"


def test_what_was_withdrawn_cannot_come_back_under_its_id():
    history = History(house(), (STANDS,)).registered(Registration(FEB, withdraws=frozenset({"A"})))
    for again in (Registration(FEB, adds=(rename("A", APR, "n"),)), Registration(FEB, corrects=(rename("A", APR, "n"),))):
        with pytest.raises(RegistrationRefused):
            history.registered(again)


def test_after_effect_an_inverse_is_appended_and_both_stay_in_the_record():
    history = History(house(), (STANDS,))
    back = STANDS.adds[1].operation.inverse(house())
    undone = history.registered(Registration(FEB, adds=tuple(Planned(f"UNDO-{n}", FEB, one) for n, one in enumerate(back))))
    assert diff(house(), undone.at(FEB, FEB)) == []
    assert name_at(undone, JAN, FEB) == name_at(undone, FEB, JAN) == "In effect"


def test_registering_leaves_the_record_it_came_from_as_it_was():
    history = History(house(), (STANDS,))
    history.registered(Registration(FEB, adds=(rank("C", FEB, "D2"),)))
    assert history.registrations == (STANDS,)
    assert history.at(APR, APR).units["DEP"].rank == "D1"


def test_a_record_out_of_order_is_no_record():
    with pytest.raises(ValueError, match="order"):
        History(house(), (Registration(FEB, adds=(rank("A", FEB, "D2"),)), Registration(JAN, adds=(rank("B", FEB, "D3"),))))
