"""The structure over all dates: days of change with what brought them, lives with their gaps, and what is owed where on a day."""

from datetime import date

import pytest

from actions.kernel.move import open_kind
from actions.kinds.mandate import Register
from actions.looking import NotFound
from actions.structure_beside import beside
from actions.structure_over_time import life_of, over_time
from actions.structure_owed import owed_on
from structure.operations import EliminateUnit, MoveFunction, MovePost, RenameUnit
from structure.things import Ref, Sort
from tests.fixtures.restructuring import EFFECT, Restructuring

BEGAN = date(2015, 1, 1)
DIA, F1 = Ref(Sort.UNIT, "DIA"), Ref(Sort.FUNCTION, "F1")
MOVES = tuple(MoveFunction(function=name, from_unit="DIA", to_unit="SPA") for name in ("F1", "F2"))


def test_each_day_of_change_has_what_brought_it(restructuring: Restructuring):
    mission = restructuring.by("mission")
    proposal = restructuring.issued(RenameUnit(unit="DIA", name="Foreign Affairs"))
    found = over_time(restructuring.stage.office, by=mission)
    assert [(one.on, [each.reason.why for each in one.by]) for one in found.changed] == [(BEGAN, ["load"]), (EFFECT, ["order"])]
    assert (found.changed[1].things, found.changed[1].by[0].reason.matter) == (1, proposal)
    before = over_time(restructuring.stage.office, date(2014, 1, 1), by=mission)
    assert before.changed == ()


def test_a_life_has_a_stretch_for_each_change_and_none_while_it_does_not_stand(restructuring: Restructuring):
    ended = (*MOVES, MovePost(post="P1", to="DECO"), EliminateUnit(unit="DIA", reason="over"))
    restructuring.issued(*ended)
    office, mission = restructuring.stage.office, restructuring.by("mission")
    life = life_of(office, DIA, by=mission)
    assert [(one.since, one.until, one.source) for one in life.stretches] == [(BEGAN, EFFECT, "Executive Order 08-01 Rev. 7")]
    assert [(one.function.id, one.since, one.until) for one in life.owned] == [("F1", BEGAN, EFFECT), ("F2", BEGAN, EFFECT)]
    other = life_of(office, Ref(Sort.UNIT, "SPA"), by=mission)
    assert [(one.function.id, one.since, one.until) for one in other.owned] == [("F1", EFFECT, None), ("F2", EFFECT, None)]
    assert [(one.since, one.until) for one in life_of(office, F1, by=mission).stretches] == [(BEGAN, EFFECT), (EFFECT, None)]
    with pytest.raises(NotFound):
        life_of(office, Ref(Sort.UNIT, "NOBODY"), by=mission)


def test_what_is_owed_goes_with_the_function_by_itself(restructuring: Restructuring):
    office, mission = restructuring.stage.office, restructuring.by("mission")
    told = Register(symbol="AG/RES. 1", title="Relations", issued_by="GA", function="F1", source="assumed")
    mandate = open_kind(office, "mandate", told, by=restructuring.by("planner")).id
    restructuring.issued(*MOVES)
    for on, unit in ((BEGAN, "DIA"), (EFFECT, "SPA")):
        (line,) = owed_on(office, on, by=mission)
        assert (line.matter.id, line.functions, line.units) == (mandate, ("F1",), (unit,))
        assert [one.matter.id for one in owed_on(office, on, by=mission, unit=unit)] == [mandate]
        assert owed_on(office, on, by=mission, unit="DECO") == ()
    assert owed_on(office, EFFECT, by=mission, function="F2") == ()


def test_only_other_proposals_under_way_that_change_the_structure_stand_beside_one(restructuring: Restructuring):
    office, mission = restructuring.stage.office, restructuring.by("mission")
    mine, other, same, empty = (restructuring.draft() for _ in range(4))
    assert beside(office, mine, by=mission).others == ()
    restructuring.version(mine, RenameUnit(unit="DIA", name="Foreign Affairs"))
    restructuring.version(other, RenameUnit(unit="DIA", name="Dialogue"))
    restructuring.version(same, RenameUnit(unit="DECO", name="Elections"))
    restructuring.issued(RenameUnit(unit="SPA", name="Politics"))
    found = beside(office, mine, by=mission)
    assert {(one.matter.id, one.conflicts) for one in found.others} == {(other, 1), (same, 0)}
    assert empty not in {one.matter.id for one in found.others}
    assert not found.more
