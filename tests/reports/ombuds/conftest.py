"""Reports that several tests look at; each is made once."""

import pytest

from reports.ombuds.draft import draft_ombuds
from reports.shape import Report
from tests.reports.ombuds.offices import RULES, YEARS, Year, counts, frame


@pytest.fixture(scope="session")
def ledger() -> tuple[Report, ...]:
    """Three years, each made knowing those before."""
    released: list[Report] = []
    for year in YEARS:
        made = draft_ombuds(counts(year), RULES, frame(str(year.year)), released)
        assert made.findings.clean
        released.append(made.report)
    return tuple(released)


@pytest.fixture(scope="session")
def tiny() -> Report:
    """A year in which hardly anybody came."""
    year = Year(2026, open_at_start=0, received=2, closed=1, visitors=3, recommendations=1, results={"met": 2})
    made = draft_ombuds(counts(year), RULES, frame("2026"), ())
    assert made.findings.clean
    return made.report


@pytest.fixture(scope="session")
def after_tiny(tiny: Report) -> Report:
    """The year after it, in which more people came."""
    year = Year(2027, open_at_start=1, received=40, closed=30)
    return draft_ombuds(counts(year), RULES, frame("2027"), (tiny,)).report
