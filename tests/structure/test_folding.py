"""What is folded on from an earlier fold is what folding everything would have given; the collector comes back."""

import gc
import threading
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from structure.history import History, Registration, RegistrationRefused, planned
from structure.operation import Operation
from structure.operations import CreateUnit, EliminateUnit, Head, MoveFunction, RenameFunction, RenameUnit, SetHeads, SetRank
from structure.ordering import PlanCircle
from structure.organisation import Organisation
from structure.things import Unit
from structure.timeline import Fold, Planned, PlanRefused, attempt, fold, unfold
from structure.uncollected import uncollected
from tests.structure.operations.house import house
from tests.structure.plans import FIRST, houses_with, plans

LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
UNITS = ("DEP", "OFF", "SUB", "NEW")

operations: st.SearchStrategy[Operation] = st.one_of(
    st.builds(RenameUnit, unit=st.sampled_from(UNITS), name=st.sampled_from(("One", "Other"))),
    st.builds(SetRank, unit=st.sampled_from(UNITS), rank=st.sampled_from(("D1", "D2"))),
    st.builds(CreateUnit, unit=st.just("NEW"), name=st.just("New"), type=st.just("office"), heads=st.just((Head(head="DEP"),))),
    st.builds(SetHeads, unit=st.sampled_from(UNITS), heads=st.sampled_from(UNITS).map(lambda head: (Head(head=head),))),
    st.builds(EliminateUnit, unit=st.sampled_from(UNITS), reason=st.just("sunset")),
    st.builds(RenameFunction, function=st.just("F1"), name=st.sampled_from(("Budget", "Press"))),
    st.builds(MoveFunction, function=st.just("F1"), from_unit=st.sampled_from(UNITS), to_unit=st.sampled_from(UNITS)),
)
days = st.integers(0, 5).map(lambda number: FIRST + timedelta(days=number))
acts = st.lists(st.tuples(days, operations), max_size=10)


def plan_of(drawn: Sequence[tuple[date, Operation]]) -> list[Planned]:
    """Any plan, possible or not."""
    return [Planned(f"OP-{number}", on, operation) for number, (on, operation) in enumerate(drawn)]


def told(made: Fold) -> tuple[object, ...]:
    """All of a fold, what stopped it as it would be said."""
    stop = None if made.stop is None else (made.stop.on, type(made.stop.refusal), made.stop.refusal.params)
    return made.of_dates, made.timeline, stop


@LAW
@given(acts, acts, st.data())
def test_going_on_from_any_other_plan_leads_to_the_same(one, other, data: st.DataObject):
    plan, unlike = plan_of(one), plan_of(other)
    like = [each for each in plan if data.draw(st.booleans(), each.id)]
    known = [fold(house(), each) for each in (like, unlike, plan[: len(plan) // 2])]
    assert told(fold(house(), plan, known)) == told(fold(house(), plan))


def test_a_fold_of_another_house_is_no_help_and_no_harm():
    plan = plan_of([(FIRST, SetRank(unit="DEP", rank="D2"))])
    known = fold(house().with_unit(Unit("ELSE", "Elsewhere", "office")), plan)
    assert told(fold(house(), plan, [known, fold(Organisation(), [])])) == told(fold(house(), plan))


@LAW
@given(houses_with(plans))
def test_a_plan_that_can_be_done_is_folded_as_it_is_attempted(drawn: tuple[Organisation, tuple[Planned, ...]]):
    start, plan = drawn
    assert unfold(start, plan) == attempt(start, plan).timeline


def test_dates_on_which_nothing_changed_are_not_folded_again():
    plan = plan_of([(FIRST + timedelta(days=number), SetRank(unit="DEP", rank=f"D{number}")) for number in range(5)])
    known = fold(house(), plan)
    later = Planned("LATER", FIRST + timedelta(days=3), RenameUnit(unit="DEP", name="Later"))
    made = fold(house(), [*plan, later], [known])
    assert all(mine is theirs for mine, theirs in zip(made.timeline.states[:3], known.timeline.states[:3], strict=True))
    assert made.timeline.states[3] is not known.timeline.states[3]


registrations = st.lists(
    st.one_of(
        st.tuples(st.just("adds"), st.lists(st.tuples(days, operations), min_size=1, max_size=3)),
        st.tuples(st.just("corrects"), st.tuples(st.integers(0, 9), days, operations)),
        st.tuples(st.just("withdraws"), st.integers(0, 9)),
    ),
    max_size=8,
)


@LAW
@given(registrations)
def test_a_record_that_grew_is_the_record_read_anew(drawn):
    history, count = History(house()), 0
    for number, (act, given_) in enumerate(drawn):
        known_on = FIRST + timedelta(days=number // 2)
        if act == "adds":
            new = Registration(known_on, adds=tuple(Planned(f"OP-{count + n}", on, op) for n, (on, op) in enumerate(given_)))
            count += len(given_)
        elif act == "corrects":
            new = Registration(known_on, corrects=(Planned(f"OP-{given_[0]}", given_[1], given_[2]),))
        else:
            new = Registration(known_on, withdraws=frozenset({f"OP-{given_}"}))
        try:
            history = history.registered(new)
        except (RegistrationRefused, PlanRefused, PlanCircle):
            continue
        for day in range(number // 2 + 1):
            known = FIRST + timedelta(days=day)
            then = [one for one in history.registrations if one.known_on <= known]
            assert history.timeline(known) == unfold(house(), planned(then))


def test_a_registration_that_was_judged_and_not_kept_leaves_no_trace_in_the_next():
    history = History(house(), (Registration(FIRST, adds=tuple(plan_of([(FIRST, SetRank(unit="DEP", rank="D2"))]))),))
    judged = history.registered(Registration(FIRST, adds=(Planned("X", FIRST, RenameUnit(unit="DEP", name="Never")),)))
    kept = Registration(FIRST, adds=(Planned("X", FIRST, RenameUnit(unit="DEP", name="Kept")),))
    grown = history.followed_by((kept,), judged.newest)
    assert grown.at(FIRST, FIRST).units["DEP"].name == "Kept"
    assert grown.timeline(FIRST) == History(house(), (*history.registrations, kept)).timeline(FIRST)


def unfold_uncollected(plan: Sequence[Planned]) -> None:
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
        unfold(house(), plan)


def test_the_collector_is_off_while_anybody_folds_and_then_as_it_was():
    assert gc.isenabled()
    with pytest.raises(PlanRefused):
        unfold_uncollected(plan_of([(FIRST, SetRank(unit="NEW", rank="D1"))]))
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_last_of_several_threads_turns_the_collector_on():
    began, end = threading.Event(), threading.Event()

    def fold_long() -> None:
        with uncollected():
            began.set()
            end.wait(10)

    other = threading.Thread(target=fold_long)
    with uncollected():
        other.start()
        assert began.wait(10)
    assert not gc.isenabled()
    end.set()
    other.join()
    assert gc.isenabled()
