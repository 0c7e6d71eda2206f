"""The house's figures of a period: what each table counts, read from a life that is known by hand."""

from datetime import date
from uuid import UUID

from actions.effects import apply_effects
from actions.kernel.move import move, open_kind
from actions.kernel.sweep import sweep
from actions.kinds.house import GivenDay, GivenPeriod
from actions.kinds.mandate import Assign, Register
from policies.reports import ReportPeriod
from records import structure_reports
from records.counts.counted import CountedTable
from records.counts.house import house_counts
from records.structure_reports import ReportRow
from tests.fixtures.offices import Stage
from tests.fixtures.restructuring import Restructuring

FIRST, SECOND = ReportPeriod.named("2015-H1"), ReportPeriod.named("2015-H2")


def cells(table: CountedTable) -> dict[tuple[str, ...], int]:
    return {tuple(cell.key[dimension] for dimension in table.dimensions): cell.count for cell in table.cells}


def counted(stage: Stage, period: ReportPeriod) -> dict[str, dict[tuple[str, ...], int]]:
    with stage.flows.open() as books:
        return {table.name: cells(table) for table in house_counts(books, period).tables}


def registered(stage: Stage, symbol: str, on: date, **more: object) -> UUID:
    told = {"symbol": symbol, "title": "t", "issued_by": "GA", "source": "s", "on": on} | more
    return open_kind(stage.office, "mandate", Register.model_validate(told), by=stage.people["planner"]).id


def test_mandates_come_end_and_age(house_office: Stage):
    stage = house_office
    registered(stage, "AG/RES. 2876 (XLV-O/15)", date(2015, 6, 15), due=GivenDay(on=date(2015, 7, 31)))
    ending = GivenPeriod(start=date(2015, 5, 26), count=180, first_day="counted")
    registered(stage, "CP/RES. 1051 (2017/15)", date(2015, 5, 20), sunset=ending)
    stage.to_day(date(2016, 1, 20))
    sweep(stage.flows)
    first, second = counted(stage, FIRST), counted(stage, SECOND)
    assert first["mandate_flow"] == {("received",): 2, ("open_end",): 2}
    assert second["mandate_flow"] == {("open_start",): 2, ("ended",): 1, ("open_end",): 1}
    assert first["mandates_by_status"] == {("in_force",): 2}
    assert second["mandates_by_status"] == {("in_force",): 1, ("expired",): 1}
    assert second["mandates_by_age"] == {("0-1",): 1}


def test_a_duty_is_counted_where_its_day_lay_and_by_what_became_of_it(house_office: Stage):
    stage = house_office
    task = registered(stage, "AG/RES. 2876 (XLV-O/15)", date(2015, 6, 15), due=GivenDay(on=date(2015, 7, 31)))
    stage.to_day(date(2015, 6, 29))
    assign = Assign(unit="OASG", on=date(2015, 6, 29))
    move(stage.office, task, "assign", assign, by=stage.people["staff_chief"])
    stage.to_day(date(2016, 1, 20))
    assert counted(stage, FIRST)["duties"] == {("mandate.assignment", "met"): 1}
    assert counted(stage, SECOND)["duties"] == {("mandate.due", "open_late"): 1, ("mandate.start_of_work", "open_late"): 1}


def test_what_is_unknown_of_functions_and_what_reports_show(restructuring: Restructuring):
    stage = restructuring.stage
    shown = ReportRow(
        id=UUID(int=7), unit="SER", on_day=date(2015, 3, 1), shown=["International Affairs", "Protocol"], is_cut=False,
        with_functions=False, source="annual report", replaces=None,
    )  # fmt: skip
    with stage.office.open() as books:
        structure_reports.add(books, shown, stage.people["planner"])
    apply_effects(stage.flows)
    found = counted(stage, FIRST)
    assert found["functions"] == {(): 3}
    assert found["functions_unknown"] == {("legal_basis",): 3}
    assert found["plan_against_actual"] == {("matched",): 1, ("unplanned",): 1}
    registered = len(stage.rows("SELECT 1 FROM structure_operation"))
    assert sum(found["operations"].values()) == registered > 0


def test_a_period_in_which_nothing_was_is_counted_as_nothing(house_office: Stage):
    assert all(not found for found in counted(house_office, FIRST).values())
