"""The report on mandates: made of what the house counted, with nothing hidden, and a name for everything in four languages."""

from datetime import date
from re import sub

import pytest

from policies.pack import load_pack, pack_folder
from policies.reports import ReportPeriod, ReportRules
from records.counts.counted import CountedCell, CountedTable
from records.counts.house import AGE_VALUES, COURSES, DONE, FIELDS, FOUND, MOVEMENTS, HouseCounts
from reports.form.page import render_html
from reports.frame import Frame
from reports.mandates import draft_mandates
from reports.shape import Origin, Report
from states.mandate import MANDATE
from web.messages import LANGUAGES

TABLES: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "mandates_by_status": ("stock", {"status": MANDATE.states}),
    "mandates_by_age": ("stock", {"age": AGE_VALUES}),
    "mandate_flow": ("flow", {"mandate_movement": MOVEMENTS}),
    "duties": ("flow", {"duty": ("mandate.due", "proposal.committee"), "duty_course": COURSES}),
    "operations": ("flow", {"operation_course": DONE}),
    "decisions": ("flow", {"body": ("GA",), "method": ("consensus",)}),
    "waivers": ("stock", {"rule": ("duty.due",)}),
    "dates_not_applied": ("flow", {"claim": (), "operation_course": ("not_done", "done_late")}),
    "functions": ("stock", {}),
    "functions_unknown": ("stock", {"field": FIELDS}),
    "plan_against_actual": ("flow", {"found": FOUND}),
}
UNSUMMED = {"mandate_flow": ("mandate_movement",), "functions_unknown": ("field",)}


def rules() -> ReportRules:
    found = load_pack(pack_folder("oas")).reports
    assert found is not None
    return found


def made(counts: dict[str, tuple[CountedCell, ...]]) -> Report:
    tables = tuple(
        CountedTable(name, name, kind, tuple(values), values, counts.get(name, ()), UNSUMMED.get(name, ()), False, False)  # type: ignore[arg-type]  # two literals
        for name, (kind, values) in TABLES.items()
    )
    origin = Origin(taken_on=date(2026, 7, 30), policy_edition="e", unverified=2, ledger_date=date(2026, 7, 29), ledger_root="ab")
    period, policy = ReportPeriod.named("2026-H1"), rules().reports["mandates"]
    frame = Frame("mandates", period, "2026-H1.1", "oas", policy, "tables", origin)
    drafted = draft_mandates(HouseCounts(tables, date(2026, 7, 30)), rules(), frame, ())
    assert drafted.findings.clean
    return drafted.report


def full() -> Report:
    flow = (("open_start", 3), ("received", 2), ("ended", 1), ("open_end", 4))
    duties = (("mandate.due", "met", 1), ("mandate.due", "late", 1), ("proposal.committee", "open_late", 1))
    return made({
        "mandate_flow": tuple(CountedCell({"mandate_movement": name}, count) for name, count in flow),
        "mandates_by_status": (CountedCell({"status": "in_force"}, 4), CountedCell({"status": "expired"}, 1)),
        "duties": tuple(CountedCell({"duty": duty, "duty_course": course}, count) for duty, course, count in duties),
        "functions": (CountedCell({}, 3),),
    })  # fmt: skip


def test_small_numbers_are_said_as_they_are():
    report = full()
    assert all(cell.count is not None for table in report.tables for cell in table.cells)
    assert report.figure("duties_met").value == pytest.approx(33.3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_in_four_languages_without_a_code_name(language: str):
    page = sub(r"<[^>]*>|<style>.*?</style>", " ", render_html(full(), language))
    for code in ("in_force", "open_start", "mandate.due", "duty_course", "open_late", "mandates_by_status"):
        assert code not in page, code


def test_a_period_in_which_nothing_was_says_so():
    report = made({})
    assert report.figure("duties_met").value is None
    silent = [chapter for chapter in report.chapters if any(each.key.endswith("nothing") for each in chapter.sentences)]
    assert len(silent) == 8
