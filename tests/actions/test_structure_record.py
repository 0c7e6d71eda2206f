"""A record that grows is folded on from where it was, and is what a process that has just started reads of it."""

from datetime import date

import pytest

from actions.effects import apply_effects, due_effects
from actions.structure_record import Known, Whole, known, register
from records import structure
from records.books import Books
from records.structure import Reason
from structure.history import History, Registration
from structure.operation import Operation
from structure.operations import RenameUnit, SetRank
from structure.organisation import Organisation
from structure.timeline import Planned, PlanRefused
from tests.fixtures.restructuring import Restructuring

SEPTEMBER, OCTOBER, NOVEMBER = date(2015, 9, 1), date(2015, 10, 1), date(2015, 11, 1)
WHY = Reason("correction", "test")


class Undecided(Exception):
    """Somebody changes their mind before it is written."""


def added(*planned: tuple[str, date, Operation], books: Books) -> Registration:
    return Registration(books.today, adds=tuple(Planned(*each) for each in planned))


def renamed(name: str) -> RenameUnit:
    return RenameUnit(unit="DIA", name=name)


def anew(books: Books) -> Whole:
    """The record as a process that has just started knows it."""
    registered = tuple(structure.after(books, 0))
    history = History(Organisation(), tuple(one.registration for one in registered))
    return Known(structure.mark(books), registered, history).whole(books.today)


def assert_same(books: Books) -> None:
    kept, fresh = known(books).whole(books.today), anew(books)
    for part in ("timeline", "plan", "failure", "heirs", "source_of"):
        assert getattr(kept, part) == getattr(fresh, part), part


def test_whatever_is_registered_the_fold_that_went_on_is_the_one_made_anew(restructuring: Restructuring):
    steps = (
        lambda books: added(("A", OCTOBER, renamed("One")), ("B", NOVEMBER, renamed("Two")), books=books),
        lambda books: added(("C", SEPTEMBER, SetRank(unit="DIA", rank="D1")), books=books),
        lambda books: Registration(books.today, corrects=(Planned("A", SEPTEMBER, renamed("Zero")),)),
        lambda books: Registration(books.today, withdraws=frozenset({"B"})),
        lambda books: added(("D", date(2014, 6, 1), SetRank(unit="SPA", rank="D3")), books=books),
    )
    for step in steps[:-1]:
        with restructuring.stage.office.open() as books:
            register(books, step(books), WHY, by=restructuring.by("planner"))
        with restructuring.stage.office.open() as books:
            assert_same(books)
    with restructuring.stage.office.open() as books, pytest.raises(PlanRefused):  # nothing stood in 2014
        register(books, steps[-1](books), WHY, by=restructuring.by("planner"))
    with restructuring.stage.office.open() as books:
        assert_same(books)


def _register_and_change_ones_mind(restructuring: Restructuring) -> None:
    with restructuring.stage.office.open() as books:
        register(books, added(("A", OCTOBER, renamed("Never")), books=books), WHY, by=restructuring.by("planner"))
        assert known(books).at(OCTOBER, books.today).units["DIA"].name == "Never"
        raise Undecided


def test_what_was_registered_and_rolled_back_is_not_known(restructuring: Restructuring):
    with pytest.raises(Undecided):
        _register_and_change_ones_mind(restructuring)
    with restructuring.stage.office.open() as books:
        assert known(books).at(OCTOBER, books.today).units["DIA"].name == "International Affairs"
        assert_same(books)
    with restructuring.stage.office.open() as books:
        register(books, added(("A", OCTOBER, renamed("Kept")), books=books), WHY, by=restructuring.by("planner"))
    with restructuring.stage.office.open() as books:
        assert known(books).at(OCTOBER, books.today).units["DIA"].name == "Kept"
        assert_same(books)


def test_dates_before_what_is_registered_are_not_folded_again(restructuring: Restructuring):
    with restructuring.stage.office.open() as books:
        before = known(books).whole(books.today).timeline
        register(books, added(("A", OCTOBER, renamed("One")), books=books), WHY, by=restructuring.by("planner"))
        judged = known(books).whole(books.today).timeline
        assert judged.states[0] is before.states[0]
    with restructuring.stage.office.open() as books:
        assert known(books).whole(books.today).timeline.states[-1] is judged.states[-1], "what was judged is not folded again"


def test_a_date_that_cannot_be_done_stops_the_fold_that_went_on_too(restructuring: Restructuring):
    with restructuring.stage.office.open() as books:
        told = (("A", OCTOBER, renamed("One")), ("B", NOVEMBER, renamed("Two")))
        register(books, added(*told, books=books), WHY, by=restructuring.by("planner"))
    broken = "UPDATE structure_operation SET body = jsonb_set(body, '{unit}', '\"GONE\"') WHERE operation = 'A' RETURNING 1"
    assert restructuring.stage.rows(broken) == [(1,)]
    with restructuring.reopened().open() as books:
        whole = known(books).whole(books.today)
        assert (whole.failure.on, whole.failure.operation, whole.failure.claim) == (OCTOBER, "A", "unit_is_live")
        assert [one.id for one in whole.plan][-2:] == ["A", "B"]
        mended = Registration(books.today, corrects=(Planned("A", OCTOBER, renamed("Right")),))
        register(books, mended, WHY, by=restructuring.by("planner"))
        assert known(books).whole(books.today).failure is None
        assert_same(books)


def test_as_many_operations_take_effect_on_a_date_as_a_large_house_has(restructuring: Restructuring):
    many = [f"loaded-{number}" for number in range(22_000)]  # three columns each: more than the 65,535 parameters of a query
    with restructuring.stage.flows.open() as books:
        assert structure.apply(books, SEPTEMBER, many) == len(many)
        assert structure.apply(books, SEPTEMBER, many[:3]) == 0
        assert structure.applied(books, among=[*many[:2], "other"]) == set(many[:2])


def test_a_record_with_nothing_left_to_apply_is_looked_through_again_when_it_or_the_day_moves(restructuring: Restructuring):
    flows = restructuring.stage.flows
    assert due_effects(flows)
    assert apply_effects(flows).dates == 1
    assert not due_effects(flows)
    assert not due_effects(flows)
    with restructuring.stage.office.open() as books:
        told = (("A", date(2015, 2, 1), renamed("One")), ("B", OCTOBER, renamed("Two")))
        register(books, added(*told, books=books), WHY, by=restructuring.by("planner"))
    assert due_effects(flows)
    assert apply_effects(flows).operations == 1
    assert not due_effects(flows)
    restructuring.stage.to_day(OCTOBER)
    assert due_effects(flows)
    assert apply_effects(flows).operations == 1
    assert not due_effects(flows)
