"""What changes the record without a proposal leaves no mandate without an owner, and none is hung on what ends before it."""

from datetime import date
from uuid import UUID

import pytest

from actions.kernel.move import open_kind
from actions.kinds.house import GivenDay
from actions.kinds.mandate import Assign, Register
from actions.kinds.proposal_shapes import ToDo
from actions.obligations import FunctionEnds, owing
from actions.structure_mending import Mended, Mending, OwedByNobody, Undoing, Withdrawal, correct, undo, withdraw
from actions.structure_registrations import registration
from structure.operations import CreateFunction, DiscontinueFunction, MergeFunctions, Part, RenameUnit, SplitFunction
from structure.things import Ref, Sort
from tests.fixtures.restructuring import EFFECT, Restructuring

TODAY = date(2015, 6, 15)
SPLIT = SplitFunction(
    function="F1",
    into=(Part(function="F1a", name="Member states", owner="DIA"), Part(function="F1b", name="Institutions", owner="DECO")),
)
ID = "Executive-Order-08-01.8/C1"


def owed_by(house: Restructuring, function: str, due: date | None = date(2016, 7, 1), task: str = "Act") -> UUID:
    told = Register(
        symbol="AG/RES. 1 (XLV-O/15)",
        title="Relations",
        task=task,
        issued_by="GA",
        function=function,
        due=None if due is None else GivenDay(on=due),
        source="s",
    )
    return open_kind(house.stage.office, "mandate", told, by=house.by("planner")).id


def undoing(house: Restructuring, on: date) -> None:
    told = Undoing(operations=(ID,), on=on, decides="GA", source="Executive Order 15-09")
    undo(house.stage.office, told, by=house.by("planner"))


@pytest.mark.parametrize(
    ("made", "function"),
    [(CreateFunction(function="F77", name="Cyber", owner="DIA"), "F77"), (SPLIT, "F1a")],
    ids=["created", "split"],
)
def test_a_function_that_a_mandate_rests_on_is_not_undone(
    made: CreateFunction | SplitFunction, function: str, restructuring: Restructuring
):
    restructuring.issued(ToDo(id="C1", on=TODAY, operation=made))
    mandate, before = owed_by(restructuring, function), restructuring.written()
    with pytest.raises(OwedByNobody) as refused:
        undoing(restructuring, date(2015, 8, 1))
    assert refused.value.params == {"count": 1, "mandate": str(mandate), "function": function, "on": date(2015, 8, 1)}
    assert refused.value.status == 409
    assert restructuring.written() == before


def test_undoing_a_split_gives_back_what_was_owed_before_it(restructuring: Restructuring):
    mandate = owed_by(restructuring, "F1")
    restructuring.issued(ToDo(id="C1", on=TODAY, operation=SPLIT), heirs=({"mandate": mandate, "function": "F1b"},))
    undoing(restructuring, date(2015, 8, 1))
    with restructuring.stage.office.open() as books:
        owners = {on: owing(books, mandate, {"function": "F1"}, on).units for on in (TODAY, date(2015, 8, 1))}
    assert owners == {TODAY: ("DECO",), date(2015, 8, 1): ("DIA",)}


def test_a_correction_that_leaves_a_mandate_without_an_owner_says_so(restructuring: Restructuring):
    owed_by(restructuring, "F1")
    owed_by(restructuring, "F1", task="Act again")
    office, planner = restructuring.stage.office, restructuring.by("planner")
    load = registration(office, 1, by=planner).lines
    (made,) = [one.planned for one in load if one.planned is not None and getattr(one.planned.operation, "function", "") == "F1"]
    later = Mended(id=made.id, on=date(2015, 9, 1), operation=made.operation)
    told = Mending(corrections=(later,), source="corr. 1")
    assert correct(office, told, by=planner).faults == (("I2", Ref(Sort.FUNCTION, "F1")),)


def test_what_nobody_takes_over_is_owed_only_by_what_is_due_before(restructuring: Restructuring):
    restructuring.issued(DiscontinueFunction(function="F1", authority="AG/RES. 2"), RenameUnit(unit="DIA", name="Other"))
    before = restructuring.written()
    for due in (date(2016, 7, 1), EFFECT, None):
        with pytest.raises(FunctionEnds) as refused:
            owed_by(restructuring, "F1", due)
        assert refused.value.params == {"function": "F1", "on": EFFECT}
        assert restructuring.written() == before
    owed_by(restructuring, "F1", date(2015, 12, 10))


def test_what_is_taken_over_may_be_owed_for_ever(restructuring: Restructuring):
    restructuring.issued(MergeFunctions(functions=("F1",), into="F3"))
    mandate = owed_by(restructuring, "F1", None)
    withdraw(restructuring.stage.office, Withdrawal(operations=(ID,), source="a note"), by=restructuring.by("planner"))
    with restructuring.stage.office.open() as books:
        assert owing(books, mandate, {"function": "F1"}, EFFECT).units == ("DIA",)


def test_a_mandate_is_not_handed_to_what_ends_before_it(restructuring: Restructuring):
    mandate = owed_by(restructuring, "F2")
    restructuring.issued(DiscontinueFunction(function="F1", authority="AG/RES. 2"))
    before = restructuring.written()
    with pytest.raises(FunctionEnds):
        restructuring.do(mandate, "assign", Assign(unit="DIA", function="F1"), "planner")
    assert restructuring.written() == before
