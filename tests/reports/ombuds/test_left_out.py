"""What is not said of the flow cannot be computed: not from last year's report, and not because its holder left a table out."""

from collections.abc import Mapping

import pytest

from actions.report_drafting import _chosen
from reports.attack import Bounds, attack
from reports.ombuds.draft import draft_ombuds
from reports.ombuds.reading import Seen
from reports.shape import Report
from tests.reports.ombuds.offices import MOVED, RULES, Year, counts, frame

FIRST = Year(2025, open_at_start=10, received=60, closed=50)


@pytest.fixture(scope="module")
def first() -> Report:
    made = draft_ombuds(counts(FIRST), RULES, frame("2025"), ())
    assert made.findings.clean
    return made.report


def after(first: Report, year: Year, *left_out: str) -> Report:
    """The report of the year after, of which nothing is found."""
    chosen = _chosen(counts(year), RULES, [{"act": "drop", "table": name} for name in left_out])
    made = draft_ombuds(chosen, RULES, frame("2026"), (first,))
    assert made.findings.clean
    assert attack((first, made.report), Bounds.of(RULES.disclosure)).clean
    return made.report


def totals(report: Report) -> Mapping[str, int | None]:
    seen = Seen(report.tables)
    return {name: seen.count(seen.whole(name)) for name in MOVED}


@pytest.mark.parametrize("left_out", [(), ("open_at_start",)], ids=["nothing", "the_start"])
@pytest.mark.parametrize("closed", [50, 75])
def test_two_reopened_cases_are_not_told_by_what_was_open_before(first: Report, closed: int, left_out: tuple[str, ...]) -> None:
    report = after(first, Year(2026, open_at_start=20, received=60, reopened=2, closed=closed), *left_out)
    said = totals(report) | {"open_at_start": 20}  # last year's report says it
    assert said["reopened"] is None
    assert list(said.values()).count(None) >= 2
    assert {"flow.formal", "flow.total"} <= {identity.name for identity in report.identities}


def test_what_is_left_out_is_there_as_too_small_and_no_sum_is_false(first: Report) -> None:
    report = after(first, Year(2026, open_at_start=20, received=60, reopened=7, closed=50), "reopened")
    assert report.table("reopened").state == "too_small"
    assert report.table("reopened").cells == ()
    assert "movements" not in [identity.name for identity in report.identities]
    assert list(totals(report).values()).count(None) >= 2
