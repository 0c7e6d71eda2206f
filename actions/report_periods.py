"""Which reports a house owes on a day. Follows from the policy and from the day on which there was anything to report of."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from policies.reports import Cadence, ReportKind, ReportPeriod, ReportRules

OF_DATABASE: dict[str, tuple[ReportKind, ...]] = {"ombuds": ("ombuds", "annex"), "house": ("mandates",)}
"""Where each report is made: what is confidential is counted and protected where it lies."""


class Owed(NamedTuple):
    """A report whose cut-off date has come."""

    kind: ReportKind
    period: ReportPeriod


def cut_off(period: ReportPeriod, cadence: Cadence) -> date:
    """The day on which the figures of a period are taken."""
    return period.last + timedelta(days=cadence.cut_off_days)


def owed(rules: ReportRules, database: str, begun: date, today: date) -> Iterator[Owed]:
    """Every report of this database whose cut-off date has come, the earliest date first.

    `begun` is the first day of the house: the first period is the one it lies in. Earlier ones are not made up.
    """
    due = [
        (cut_off(period, cadence), place, Owed(kind, period))
        for place, kind in enumerate(OF_DATABASE[database])
        if kind in rules.reports
        for cadence in rules.reports[kind].cadences
        for period in _ended(cadence, begun, today)
    ]
    for _, _, one in sorted(due, key=lambda each: (each[0], each[1], each[2].period.code)):
        yield one


def _ended(cadence: Cadence, begun: date, today: date) -> Iterator[ReportPeriod]:
    period = ReportPeriod.containing(cadence.span, begun)
    while cut_off(period, cadence) <= today:
        yield period
        period = period.next
