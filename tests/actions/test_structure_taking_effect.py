"""What was ordered takes effect on its day: once, in order, and what cannot be done raises the alarm."""

import threading
from datetime import date

from actions.effects import Effects, apply_effects, due_effects
from actions.kinds.proposal_shapes import ToDo
from actions.status import is_well, status_of
from actions.structure import organisation
from actions.structure_mending import Mended, Mending, correct
from structure.operations import (
    MoveFunction,
    RenameUnit,
)
from tests.actions.test_living_structure import RENAMED
from tests.fixtures.restructuring import Restructuring


def test_what_takes_effect_is_written_down_once_and_a_late_run_catches_up_by_date(restructuring: Restructuring):
    restructuring.issued(
        ToDo(id="a", on=date(2015, 9, 1), operation=RENAMED),
        ToDo(id="b", on=date(2015, 10, 1), operation=MoveFunction(function="F2", from_unit="DIA", to_unit="DECO")),
    )
    assert apply_effects(restructuring.stage.flows).dates == 1  # the structure that was there
    restructuring.stage.to_day(date(2015, 11, 1))
    assert due_effects(restructuring.stage.flows)
    assert apply_effects(restructuring.stage.flows) == Effects(dates=2, operations=2)
    assert not due_effects(restructuring.stage.flows)
    assert apply_effects(restructuring.stage.flows) == Effects()
    days = restructuring.stage.rows(
        "SELECT on_day FROM structure_applied WHERE operation LIKE 'Exec%' ORDER BY applied_at, on_day"
    )
    assert days == [(date(2015, 9, 1),), (date(2015, 10, 1),)]
    entries = restructuring.stage.rows("SELECT count(*) FROM ledger_entry WHERE body::json->>'what' = 'structure.applied'")
    assert entries == [(3,)]


def test_two_runs_at_once_apply_each_date_once(restructuring: Restructuring):
    restructuring.issued(ToDo(id="a", on=date(2015, 9, 1), operation=RENAMED))
    restructuring.stage.to_day(date(2015, 11, 1))
    done: list[Effects] = []
    threads = [threading.Thread(target=lambda: done.append(apply_effects(restructuring.stage.flows))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one.dates for one in done) == 2


def test_a_date_that_cannot_be_done_is_left_with_all_later_ones_and_raises_the_alarm(restructuring: Restructuring):
    restructuring.issued(
        ToDo(id="a", on=date(2015, 9, 1), operation=RENAMED),
        ToDo(id="b", on=date(2015, 10, 1), operation=RenameUnit(unit="DECO", name="Elections")),
        ToDo(id="c", on=date(2015, 11, 1), operation=RenameUnit(unit="SER", name="Relations")),
    )
    broken = "UPDATE structure_operation SET body = jsonb_set(body, '{unit}', '\"GONE\"') WHERE origin = 'b' RETURNING 1"
    assert restructuring.stage.rows(broken) == [(1,)]
    flows = restructuring.stage.flows
    restructuring.stage.to_day(date(2015, 12, 1))
    assert due_effects(flows)
    assert apply_effects(flows) == Effects(dates=2, operations=restructuring.loaded + 1, failed=1)
    assert restructuring.stage.rows("SELECT origin FROM structure_applied JOIN structure_operation USING (operation)"
                                    " WHERE origin IS NOT NULL") == [("a",)]  # fmt: skip
    assert status_of(flows)["structure_not_applied_from"] == "2015-10-01"
    assert not is_well(status_of(flows))
    assert restructuring.stage.rows('SELECT "where", what FROM trouble') == [("effects", "unit_is_live")]
    assert not due_effects(flows), "the alarm is raised once"
    seen = organisation(restructuring.reopened(), date(2015, 12, 1), None, by=restructuring.by("mission"))
    assert seen.stops_on == date(2015, 10, 1)
    assert [seen.organisation.units[unit].name for unit in ("DIA", "SER")] == ["Foreign Affairs", "External Relations"]
    right = RenameUnit(unit="DECO", name="Elections")
    mended = Mended(id="Executive-Order-08-01.8/b", on=date(2015, 10, 1), operation=right)
    told = Mending(corrections=(mended,), source="corr. 1")
    correct(restructuring.reopened(), told, by=restructuring.by("planner"))
    assert due_effects(flows)
    assert apply_effects(flows) == Effects(dates=2, operations=2)
    assert status_of(flows)["structure_not_applied_from"] is None
