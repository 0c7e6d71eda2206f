"""Offices that never were: counts as the database would give them, made of cases by a fixed seed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from pathlib import Path
from tomllib import loads
from typing import Literal

from policies.categories import categories
from policies.reports import ReportPeriod, ReportRules
from records.counts.counted import CountedCell, CountedTable
from records.counts.taken import Balance, Counts, Duration, Term
from reports.frame import Frame, Vacancy
from reports.shape import Origin

RULES = ReportRules.model_validate(loads(Path("policies/oas/reports.toml").read_text(encoding="utf-8")))
OUTCOMES = ("declined", "referred", "closed", "withdrawn")
GROUNDS = ("out_of_remit", "settled", "nothing_found", "none")
STATIONS = ("US-DC", "BZ", "HN", "JM", "AR", "CO", "CA", "unknown")
PERSONNEL = (*RULES.personnel, "unknown")
CLOCKS = ("complaint.acknowledgement", "complaint.feedback", "consultation.first_answer")
MARKS = ("second_look_asked", "wrote_after_the_end", "watch_ended")
ANSWERS = ("issued", "accepted", "accepted_in_part", "rejected", "no_reply", "implemented", "not_implemented")
MOVED = ("open_at_start", "received", "reopened", "closed", "open_at_end")


@dataclass(frozen=True)
class Year:
    """What happened in one year. `closed`: one entry a case."""

    year: int
    open_at_start: int
    received: int
    reopened: int = 0
    closed: int = 0
    visitors: int = 40
    recommendations: int = 12
    observed: int = 30
    results: Mapping[str, int] = field(default_factory=lambda: {"met": 30, "late": 8})

    @property
    def open_at_end(self) -> int:
        return self.open_at_start + self.received + self.reopened - self.closed


YEARS = (
    Year(2024, open_at_start=20, received=60, closed=55),
    Year(2025, open_at_start=33, received=70, closed=60),  # eight more than were printed
    Year(2026, open_at_start=45, received=22, reopened=6, closed=45),  # two more
)


def pick(values: Sequence[str], *seed: object) -> str:
    """The same value for the same seed, more often an early one than a late one."""
    number = int.from_bytes(blake2b(repr(seed).encode(), digest_size=8).digest())
    return values[min(number % len(values), (number >> 20) % len(values))]


def counted(
    name: str,
    measure: str,
    kind: Literal["flow", "stock"],
    values: Mapping[str, Iterable[str]],
    rows: Iterable[tuple[str, ...]],
    *,
    about_heads: bool = True,
) -> CountedTable:
    """A table of rows, each about a head of its own."""
    listed = {dimension: tuple(each) for dimension, each in values.items()}
    piles = Counter(rows)
    cells = tuple(
        CountedCell(dict(zip(listed, key, strict=True)), number, {f"{key}{head}": 1 for head in range(min(number, 10))})
        for key, number in sorted(piles.items())
    )
    if not about_heads:
        cells = tuple(CountedCell(cell.key, cell.count) for cell in cells)
    return CountedTable(name, measure, kind, tuple(listed), listed, cells, about_heads=about_heads)


def counts(happened: Year, *, apart: bool = False) -> Counts:
    """The counts of a year, with every table that the database gives."""
    closed = [
        tuple(pick(values, happened.year, case, place) for place, values in enumerate((OUTCOMES, GROUNDS, STATIONS, PERSONNEL)))
        for case in range(happened.closed)
    ]
    regions = [*RULES.regions, "elsewhere", "unknown"]
    tables = [
        *_moved("", "formal", happened, [(("formal", outcome)) for outcome, *_ in closed], OUTCOMES),
        counted("closed_by_ground", "closed", "flow", {"ground": GROUNDS}, [(one[1],) for one in closed]),
        counted("closed_by_station", "closed", "flow", {"station": STATIONS}, [(one[2],) for one in closed]),
        counted(
            "closed_by_region",
            "closed",
            "flow",
            {"region": regions, "track": ("formal",)},
            [(RULES.region_of(one[2]) or "unknown", "formal") for one in closed],
        ),
        counted("closed_by_personnel", "closed", "flow", {"personnel": PERSONNEL}, [(one[3],) for one in closed]),
        counted(
            "issues",
            "issues",
            "flow",
            {"sub_code": categories().codes},
            [(pick(categories().codes, happened.year, case, more),) for case in range(happened.closed) for more in range(2)],
        ),
        counted("marks", "marks", "flow", {"mark": MARKS}, [(pick(MARKS, case),) for case in range(happened.closed // 2)]),
        counted(
            "recommendations_marks",
            "recommendations_marks",
            "flow",
            {"mark": ANSWERS},
            [(pick(ANSWERS, case),) for case in range(happened.recommendations)],
        ),
        *_duties(happened),
        *_visits(happened),
    ]
    if apart:
        tables.append(counted("recommendations_received", "recommendations_received", "flow", {"track": ("formal",)}, []))
    first, last = date(happened.year, 1, 1), date(happened.year, 12, 31)
    taken = date(happened.year + 1, 1, 31)
    durations = (Duration(CLOCKS[0], happened.observed, 4.0, 9.4), Duration(CLOCKS[1], 3, 40.0, 80.0))
    balances = tuple(_balance(track) for track in ("formal", "total"))
    return Counts(first, last, taken, apart, tuple(tables), balances, durations, destroyed={"complaint": 3}, unclassified=7)


def frame(code: str, kind: Literal["ombuds", "annex"] = "ombuds", edition: int = 1, **more: object) -> Frame:
    """The frame of a period's report."""
    period = ReportPeriod.named(code)
    origin = Origin(
        taken_on=date(period.year + 1, 1, 31),
        policy_edition="oas-7",
        unverified=31,
        ledger_date=date(period.year + 1, 1, 30),
        ledger_root="ab" * 32,
    )
    facts = {"staffing": {"ombudsperson": 1, "case_officer": 2}, "vacancies": (Vacancy("alternate", 12),), **more}
    policy = RULES.reports[kind]
    contents = RULES.cadence(kind, period).contents
    return Frame(kind, period, f"{code}.{edition}", "oas", policy, contents, origin, **facts)  # type: ignore[arg-type]  # the test's own


def _balance(track: str) -> Balance:
    plus = [Term(name, {"track": track}) for name in MOVED[:3]]
    minus = [Term("closed", {"track": track, "outcome": "total"}, -1), Term("open_at_end", {"track": track}, -1)]
    return Balance(f"flow.{track}", (*plus, *minus))


def _moved(
    prefix: str, track: str, happened: Year, closed: Sequence[tuple[str, ...]], outcomes: Sequence[str]
) -> Iterable[CountedTable]:
    for name in MOVED:
        kind: Literal["flow", "stock"] = "stock" if name.startswith("open") else "flow"
        if name == "closed":
            yield counted("closed", "closed", kind, {"track": (track,), "outcome": outcomes}, closed)
        else:
            yield counted(prefix + name, prefix + name, kind, {"track": (track,)}, [(track,)] * getattr(happened, name))


def _duties(happened: Year) -> Iterable[CountedTable]:
    rows = [(CLOCKS[0], result) for result, number in happened.results.items() for _ in range(number)]
    few = [(CLOCKS[1], "met")] * 3 + [(CLOCKS[2], "met")] * 25 + [(CLOCKS[2], "late")] * 9
    values = {"clock": CLOCKS, "result": ("met", "late")}
    yield counted("timeliness", "timeliness", "flow", values, [*rows, *few], about_heads=False)
    yield counted(
        "escalations", "escalations", "flow", {"rung": ("reminder", "late", "chair")}, [("late",)] * 8, about_heads=False
    )
    yield counted("waivers", "waivers", "flow", {"clock": CLOCKS}, [], about_heads=False)


def _visits(happened: Year) -> Iterable[CountedTable]:
    tracks = {"track": ("informal",)}
    rows = [("informal",)] * happened.visitors
    ended = {**tracks, "outcome": ("became_formal", "ended")}
    yield counted("visitors_open_at_start", "visitors_open_at_start", "stock", tracks, [], about_heads=False)
    yield counted("visitors_received", "visitors_received", "flow", tracks, rows, about_heads=False)
    yield counted("visitors_closed", "visitors_closed", "flow", ended, [("informal", "ended")] * len(rows), about_heads=False)
    yield counted("visitors_open_at_end", "visitors_open_at_end", "stock", tracks, [], about_heads=False)
