"""A report is about a fixed stretch of days, written in one way, and made only where the pack says so."""

from datetime import date, timedelta

import pytest

from policies.pack import load_pack, pack_folder
from policies.reports import NoSuchReport, PeriodUnreadable, ReportPeriod, ReportRules


@pytest.fixture(scope="module")
def rules() -> ReportRules:
    found = load_pack(pack_folder("oas")).reports
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_a_period_is_read_as_it_is_written(code: str, first: date, last: date):
    period = ReportPeriod.named(code)
    assert (period.code, period.first, period.last) == (code, first, last)
    assert period.next.first == last + timedelta(days=1)
    assert ReportPeriod.containing(period.span, last) == ReportPeriod.containing(period.span, first) == period


@pytest.mark.parametrize("code", ["", "2026-", "2026-H", "2026-H3", "2026-Q5", "26", "2026-01", "２０２６", "0000", "2026-H1 OR"])
def test_what_is_no_period_is_refused_and_not_repeated(code: str):
    with pytest.raises(PeriodUnreadable) as refused:
        ReportPeriod.named(code)
    assert refused.value.params == {}


def test_a_report_is_made_only_for_the_periods_the_pack_names(rules: ReportRules):
    assert rules.cadence("ombuds", ReportPeriod.named("2026")).contents == "tables"
    assert rules.cadence("ombuds", ReportPeriod.named("2026-H1")).contents == "words"
    for kind, code in (("ombuds", "2026-Q3"), ("mandates", "2026"), ("annex", "2026-Q1")):
        with pytest.raises(NoSuchReport):
            rules.cadence(kind, ReportPeriod.named(code))  # type: ignore[arg-type]  # literals in a tuple


def test_every_station_that_works_is_published_under_one_region(rules: ReportRules):
    stations = [each.code for each in load_pack(pack_folder("oas")).calendars.stations]
    assert all(rules.region_of(code) for code in stations)
    listed = [code for region in rules.regions.values() for code in region.stations]
    assert len(listed) == len(set(listed))
