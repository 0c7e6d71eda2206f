"""What a report says about earlier ones, and how long things took: never from a hidden number."""

import pytest

from records.counts.taken import Duration
from reports.ombuds.balancing import kept_open
from reports.ombuds.draft import draft_ombuds
from reports.ombuds.durations import duration_figures, duration_sentences
from reports.ombuds.reading import Seen
from reports.shape import TOTAL, Cell, Identity, Place, Report, Table
from tests.reports.ombuds.offices import CLOCKS, RULES, YEARS, counts, frame
from tests.reports.ombuds.said import keys


def test_the_first_report_has_nothing_to_restate(ledger: tuple[Report, ...]) -> None:
    assert keys(ledger[0], "flow")[-1] == "restated_first"
    assert not [figure for figure in ledger[0].figures if figure.name.startswith("restated")]


def test_what_the_last_report_printed_is_set_against_what_is_known(ledger: tuple[Report, ...]) -> None:
    assert "flow.total" in [identity.name for identity in ledger[1].identities]
    assert keys(ledger[1], "flow")[-2:] == ["restated", "restated_why"]
    assert [figure.value for figure in ledger[1].figures if figure.name.startswith("restated")] == [25, 33, 8]


def test_a_difference_of_few_cases_is_not_said(ledger: tuple[Report, ...]) -> None:
    assert ledger[1].cell(Place(table="open_at_end", key={"track": TOTAL})).count == 43
    assert keys(ledger[2], "flow")[-2:] == ["restated_hidden", "restated_why"]
    assert [figure.value for figure in ledger[2].figures if figure.name.startswith("restated")] == [None] * 3


def test_a_number_that_the_last_report_hid_is_not_given_away_by_the_restatement(tiny: Report, after_tiny: Report) -> None:
    report = after_tiny
    assert tiny.table("open_at_end").state == "too_small"
    assert keys(report, "flow")[-2:] == ["restated_hidden", "restated_why"]
    assert all(figure.value is None for figure in report.figures if figure.name.startswith("restated"))


# trends


def test_trends_repeat_what_each_report_printed(ledger: tuple[Report, ...]) -> None:
    assert keys(ledger[0], "trends") == ["trends_none"]
    trends = ledger[2].table("trends")
    assert {cell.key["report_period"] for cell in trends.cells} == {"2024", "2025", "2026"}
    for cell in trends.cells:
        printed = ledger[int(cell.key["report_period"]) - 2024]
        name = cell.key["movement"]
        assert cell.count == Seen(printed.tables).count(Seen(printed.tables).whole(name))


def test_what_an_earlier_report_hid_stays_hidden_in_the_trend(tiny: Report, after_tiny: Report) -> None:
    printed = {cell.key["movement"] for cell in tiny.table("movements").cells}
    assert printed == {"open_at_start", "reopened"}
    assert after_tiny.table("received").state == "published"
    assert not [table for table in after_tiny.tables if table.name == "trends"]
    assert keys(after_tiny, "trends") == ["trends_none"]


def test_a_correction_takes_the_place_of_what_it_corrects(ledger: tuple[Report, ...]) -> None:
    again = draft_ombuds(counts(YEARS[2]), RULES, frame("2026", edition=2, corrects="2026.1"), ledger)
    assert again.findings.clean
    report = again.report
    assert "corrects" in keys(report, "at_a_glance")
    assert report.table("trends").cells == ledger[2].table("trends").cells
    assert [cell.key["movement"] for cell in report.table("trends").cells if cell.key["report_period"] == "2026"]
    assert report.tables == ledger[2].tables


# durations


def line(met: int | None, late: int | None) -> Seen:
    cells = tuple(
        Cell(key={"clock": CLOCKS[0], "result": result}, count=count) for result, count in (("met", met), ("late", late))
    )
    return Seen((Table(name="timeliness", kind="flow", dimensions=("clock", "result"), measure="t", cells=cells),))


@pytest.mark.parametrize(
    ("seen", "observed", "said_days"),
    [
        pytest.param(line(12, 6), 10, [4, 9], id="enough_and_published"),
        pytest.param(line(12, 6), 9, [None, None], id="one_too_few"),
        pytest.param(line(12, None), 18, [None, None], id="a_hidden_neighbour"),
        pytest.param(Seen(()), 18, [], id="no_table"),
    ],
)
def test_days_are_said_of_enough_duties_whose_numbers_are_published(
    seen: Seen, observed: int, said_days: list[int | None]
) -> None:
    figures = duration_figures(seen, (Duration(CLOCKS[0], observed, 4.0, 9.4),), RULES.disclosure.least_for_median)
    assert [figure.value for figure in figures] == said_days
    keys = [sentence.key for sentence in duration_sentences(figures, 10)]
    assert keys == (["report.say.durations" if said_days[0] else "report.say.no_durations"] if said_days else [])


def test_figures_do_not_tell_which_duties_there_were(ledger: tuple[Report, ...]) -> None:
    figures = [figure.name for figure in ledger[0].figures if figure.unit == "days"]
    assert figures == [f"{name}.{clock}" for clock in CLOCKS for name in ("median", "ninetieth")]


# what adds up


def stood(**numbers: int | None) -> tuple[Table, ...]:
    """A table a movement; None: hidden."""
    return tuple(
        Table(name=name, kind="flow", dimensions=(), measure=name, cells=(Cell(key={}, count=number),))
        for name, number in numbers.items()
    )


FLOW = Identity(
    name="flow",
    terms=tuple(
        Place(table=name, key={}, sign=sign) for name, sign in (("open_at_start", 1), ("closed", -1), ("open_at_end", -1))
    ),
)


@pytest.mark.parametrize(
    ("start", "closed", "end", "kept"),
    [
        pytest.param(20, 8, 12, {"open_at_start", "closed", "open_at_end"}, id="nothing_is_hidden"),
        pytest.param(20, None, 12, {"open_at_start", "closed"}, id="one_that_the_others_would_tell"),
        pytest.param(20, 8, None, {"closed", "open_at_end"}, id="a_stock"),
        pytest.param(None, None, 12, {"open_at_start", "closed", "open_at_end"}, id="two_that_nobody_can_tell_apart"),
    ],
)
def test_a_hidden_movement_cannot_be_told_from_the_others(
    start: int | None, closed: int | None, end: int | None, kept: set[str]
) -> None:
    tables = kept_open(stood(open_at_start=start, closed=closed, open_at_end=end), [FLOW])
    assert {table.name for table in tables if table.state == "published"} == kept


def test_no_flow_has_exactly_one_hidden_number(ledger: tuple[Report, ...], tiny: Report, after_tiny: Report) -> None:
    for report in (*ledger, tiny, after_tiny):
        seen = Seen(report.tables)
        for term in counts(YEARS[0]).balances:
            said = [seen.count(Place(table=one.table, key=dict(one.key))) for one in term.terms]
            assert said.count(None) != 1
