"""What a report says that nobody counted: which report, of when, by which rules, who was there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from policies.reports import ReportKind, ReportPeriod, ReportPolicy
from records.office_record import Noted
from reports.shape import Chapter, Chart, Figure, Grouping, Identity, Origin, Period, Report, Table


@dataclass(frozen=True, slots=True)
class Vacancy:
    """An office that nobody held for so many days of the period."""

    role: str
    days: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One edition of one report, before anything is in it. `staffing`: how many serve by role on the period's last day."""

    kind: ReportKind
    period: ReportPeriod
    edition: str
    house: str
    policy: ReportPolicy
    contents: Literal["tables", "words"]
    origin: Origin
    corrects: str | None = None
    merged: tuple[ReportPeriod, ...] = ()
    """Earlier periods, too small to be reported alone, that it covers too; next to each other, the oldest first."""
    staffing: Mapping[str, int] = field(default_factory=dict)
    vacancies: tuple[Vacancy, ...] = ()
    noted: Noted | None = None
    """What the office wrote down of itself; None: nothing is said of it."""

    def report(
        self,
        *,
        tables: tuple[Table, ...] = (),
        groupings: tuple[Grouping, ...] = (),
        identities: tuple[Identity, ...] = (),
        figures: tuple[Figure, ...] = (),
        charts: tuple[Chart, ...] = (),
        chapters: tuple[Chapter, ...] = (),
    ) -> Report:
        """The report object of this frame with what is put into it."""
        first = (*self.merged, self.period)[0].first
        return Report(
            series=self.policy.series,
            kind=self.kind,
            edition=self.edition,
            period=Period(from_on=first, to_on=self.period.last),
            house=self.house,
            shelf=self.policy.shelf,
            receiver=self.policy.receiver,
            corrects=self.corrects,
            merged=tuple(period.code for period in self.merged),
            tables=tables,
            groupings=groupings,
            identities=identities,
            figures=figures,
            charts=charts,
            chapters=chapters,
            origin=self.origin,
        )
