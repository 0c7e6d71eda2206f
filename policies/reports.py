"""What a house reports, when, in which form, and how nobody can be found in it: the shapes of `reports.toml`."""

from datetime import date, timedelta
from re import compile as pattern
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from policies.periods import Sourced
from policies.refusal import Refusal
from policies.rules import NonNegativeInt, PositiveInt, Rule

Span = Literal["year", "half", "quarter"]
"""The only lengths of time a report can be about. Fixed ones: two ranges chosen freely differ by one case (peers: GlobaLeaks)."""
ReportKind = Literal["ombuds", "annex", "mandates"]
_MONTHS: dict[Span, int] = {"year": 12, "half": 6, "quarter": 3}
_CODE = pattern(r"([0-9]{4})(?:-([HQ])([1-4]))?")
_LETTER: dict[Span, str] = {"year": "", "half": "-H", "quarter": "-Q"}


class NoSuchReport(Refusal):
    """The pack has no report of this kind for this period."""

    code: ClassVar[str] = "report_not_made"
    status: ClassVar[int] = 422


class PeriodUnreadable(Refusal):
    """What should be a period is written in no way we know. It is not repeated: it may be anything."""

    code: ClassVar[str] = "report_period_unreadable"
    status: ClassVar[int] = 422


class ReportPeriod(Rule):
    """A fixed stretch of days, both ends counted, with the code people use: `2026`, `2026-H1`, `2026-Q3`."""

    span: Span
    year: Annotated[int, Field(ge=1990, le=9999)]
    number: Annotated[int, Field(ge=1, le=4)] = 1
    """Which half or quarter of the year; 1 for a year."""

    @model_validator(mode="after")
    def _is_in_a_year(self) -> Self:
        if self.number > 12 // _MONTHS[self.span]:
            raise ValueError("a year has no such part")
        return self

    @property
    def code(self) -> str:
        """As it is written: `2026`, `2026-H1`, `2026-Q3`."""
        return f"{self.year}{_LETTER[self.span]}{self.number if self.span != 'year' else ''}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, (self.number - 1) * _MONTHS[self.span] + 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "ReportPeriod":
        """The period after it, of the same length."""
        whole = self.number == 12 // _MONTHS[self.span]
        return ReportPeriod(span=self.span, year=self.year + whole, number=1 if whole else self.number + 1)

    @classmethod
    def containing(cls, span: Span, day: date) -> "ReportPeriod":
        """The period of this length in which a day lies."""
        return cls(span=span, year=day.year, number=(day.month - 1) // _MONTHS[span] + 1)

    @classmethod
    def named(cls, code: str) -> "ReportPeriod":
        """Read `2026`, `2026-H1` or `2026-Q3`. Raises PeriodUnreadable for anything else."""
        read = _CODE.fullmatch(code.strip().upper())
        if read is None:
            raise PeriodUnreadable()
        year, letter, number = read.groups()
        span: Span = "year" if letter is None else "half" if letter == "H" else "quarter"
        try:
            return cls(span=span, year=int(year), number=int(number or 1))
        except ValueError:
            raise PeriodUnreadable() from None


class Cadence(Sourced):
    """That a report is made for every period of one length, when, and whether it brings tables or words alone."""

    span: Span
    contents: Literal["tables", "words"]
    cut_off_days: PositiveInt
    """Calendar days after the period's last day on which the figures are taken: what was written down late is still in."""


class ReviewRule(Sourced):
    """For how long a draft lies before the one who may hold it. Afterwards it is released by itself."""

    working_days: PositiveInt


class ReportPolicy(Sourced):
    """One report: its series, who may hold it, how it is cited."""

    series: str
    """Folder and ledger name, such as `ombuds`."""
    cadences: tuple[Cadence, ...] = Field(min_length=1)
    review: ReviewRule | None = None
    """None: it goes out by itself."""
    holder: str | None = None
    """The role that alone may hold it and add words; None: nobody."""
    second_reader: tuple[str, ...] = ()
    """The roles one of whom, another person, reads her words before they go out."""
    receiver: str
    """Role or body it goes to."""
    document_series: str | None = None
    """Series of `documents.toml` in which it gets its symbol; None: it gets none."""
    shelf: str | None = None
    """The Council's own series, such as `OEA/Ser.G`."""


class Region(Sourced):
    """Stations that are published together, because alone each would be too few."""

    stations: tuple[str, ...] = Field(min_length=1)
    field: bool = True
    """False: headquarters."""


class Personnel(Sourced):
    """A class of people who may come, as the house's rules name it; `wider` is the class it is merged into first."""

    wider: str


class Disclosure(Sourced):
    """How nobody can be found in what is published. Each number with what it means.

    `threshold`: the least number of cases a published cell stands for. `width`: how far apart the bounds of a hidden cell must
    stay for whoever knows everything ever published. `least_subjects`: a published cell is about at least so many different
    heads. `largest_share`: no single head stands for more than this percentage of a published cell. `protect_zeros`: in tables
    by these dimensions a zero is as telling as a one (handbook on statistical disclosure control, chapter 5: group disclosure).
    `coarsen`: the steps of the generalisation hierarchy, finest first, a dimension each. `newest_example_months`: her text
    holds no example newer than this. `least_people`: her text names no unit with fewer people.
    """

    threshold: PositiveInt
    width: PositiveInt
    least_subjects: PositiveInt
    largest_share: Annotated[int, Field(gt=0, le=100, strict=True)]
    protect_zeros: tuple[str, ...]
    coarsen: dict[str, tuple[str, ...]]
    newest_example_months: NonNegativeInt
    least_people: PositiveInt
    least_for_median: PositiveInt
    """The least number of observations of which a median or p90 is said."""


class ReportRules(Rule):
    """What a house reports."""

    disclosure: Disclosure
    regions: dict[str, Region]
    personnel: dict[str, Personnel]
    reports: dict[ReportKind, ReportPolicy]
    checklist: tuple[str, ...]
    """What the second reader says yes to, one by one, before her words go out: keys of sentences."""

    def cadence(self, kind: ReportKind, period: ReportPeriod) -> Cadence:
        """How the report of a period is made. Raises NoSuchReport where the pack makes none."""
        policy = self.reports.get(kind)
        for each in policy.cadences if policy else ():
            if each.span == period.span:
                return each
        raise NoSuchReport(kind=kind, period=period.code)

    def region_of(self, station: str) -> str | None:
        """The region a station is published under; None: of none."""
        return next((code for code, region in self.regions.items() if station in region.stations), None)
