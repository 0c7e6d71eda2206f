"""What the ombudsperson's office did in a period: cases, visitors and recommendations, each counted by itself.

Which kinds there are, and what is counted of each, is read from their tables (`states/counting.py`): nothing here names one. The
figures are those known when they are taken; an act that was written down late counts on the day it was told of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from policies.categories import categories
from policies.reports import ReportPeriod, ReportRules
from records import contacts
from records.books import Books
from records.counts import asking
from records.counts.asking import Stretch
from records.counts.contacts import CONTACT, contact_tables
from records.counts.duties import duty_tables
from records.counts.piles import UNKNOWN, Sheet, pile
from records.counts.taken import Balance, Counts, Term
from records.counts.visits import visit_tables
from states.counting import Counted, Measure
from states.procedures import PROCEDURES
from states.table import StateTable

NONE, ELSEWHERE = "none", "elsewhere"
"""Values: no ground is told; a station of no region."""
PREFIX: Final[Mapping[Measure, str]] = {
    "cases": "",
    "recommendations": "recommendations_",
    "mediations": "mediations_",
    "protections": "protections_",
    "visitors": "visitors_",
    "own": "own_",
}
STOCKS: Final = ("open_at_start", "open_at_end")
FLOWS: Final = ("received", "reopened")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one counting is about."""

    books: Books
    rules: ReportRules
    stretch: Stretch
    kinds: Mapping[str, Counted]
    """Every kind that is counted, by name."""

    def of(self, measure: Measure) -> dict[str, Counted]:
        """The kinds of one measure."""
        return {kind: counted for kind, counted in self.kinds.items() if counted.measure == measure}

    @property
    def kept(self) -> list[str]:
        """The kinds that can be counted one by one."""
        return [kind for kind, counted in self.kinds.items() if counted.kept]


def ombuds_counts(
    books: Books,
    period: ReportPeriod,
    rules: ReportRules,
    *,
    apart: bool,
    since: date | None = None,
    procedures: Sequence[StateTable] = PROCEDURES,
) -> Counts:
    """Count a period, with the tables of `apart` matters or of all the others.

    `since`: the first day of an earlier period that was too small to be reported alone and is reported with this one.
    Apart are the matters in which nobody who holds the role of the report's holder had a seat while holding it.
    """
    policy = rules.reports.get("ombuds")
    without = asking.without_head(books, policy.holder if policy else None)
    stretch = Stretch(since or period.first, period.last, apart, without)
    kinds = {table.kind: table.counted for table in procedures if table.counted}
    if books.pack.contacts is not None:
        kinds |= {contacts.KIND: CONTACT}
    asked = Asked(books, rules, stretch, kinds)
    rows = asking.spells(books, stretch, asked.kept)
    flows = [sheet for measure in PREFIX if (sheet := _flows(asked, measure, rows))]
    visits = visit_tables(books, stretch, {kind: one for kind, one in asked.kinds.items() if not one.kept})
    duties, durations = duty_tables(books, stretch, asked.kinds)
    closed = _closed(asked, rows)
    sheets = [one for group in flows for one in group.values()] + [*closed, _issues(asked), *_marks(asked)]
    return Counts(
        first=stretch.first,
        last=stretch.last,
        taken_on=books.today,
        apart=apart,
        tables=(*(sheet.table() for sheet in sheets), *visits, *contact_tables(books, stretch, rules), *duties),
        balances=tuple(_balances(asked)),
        durations=durations,
        destroyed={} if apart else _destroyed(asked),
        unclassified=sum(row.number for row in rows if row.kind in asked.of("cases") and row.about in (None, UNKNOWN)),
    )


def _flows(asked: Asked, measure: Measure, rows: Iterable[Any]) -> dict[str, Sheet]:
    """Open at the start, received, reopened, closed by outcome, open at the end: for the kinds of a measure that are kept."""
    kinds = {kind: counted for kind, counted in asked.of(measure).items() if counted.kept}
    if not kinds:
        return {}
    prefix, tracks = PREFIX[measure], {"track": [counted.track for counted in kinds.values()]}
    sheets = {name: Sheet(prefix + name, prefix + name, "stock", tracks) for name in STOCKS}
    sheets |= {name: Sheet(prefix + name, prefix + name, "flow", tracks) for name in FLOWS}
    outcomes = {"outcome": [outcome for counted in kinds.values() for outcome in counted.all_outcomes]}
    sheets["closed"] = Sheet(prefix + "closed", prefix + "closed", "flow", tracks | outcomes)
    for row in rows:
        counted = kinds.get(row.kind)
        if counted is None:
            continue
        about = ((counted.track,), row.about, row.subject, row.number)
        sheets["open_at_start" if row.old else row.began].add(*about)
        if row.open:
            sheets["open_at_end"].add(*about)
        else:
            sheets["closed"].add((counted.track, row.outcome), *about[1:])
    return sheets


def _closed(asked: Asked, rows: Sequence[Any]) -> list[Sheet]:
    """The cases closed, by why, where and who: one measure, so that all these tables agree with each other."""
    cases = asked.of("cases")
    closed = [row for row in rows if not row.open and row.kind in cases]
    regions = {station: code for code, region in asked.rules.regions.items() for station in region.stations}
    stations = [station.code for station in asked.books.pack.calendars.stations if station.staffed]
    dimensions = {
        "ground": {"ground": [*(ground for counted in cases.values() for ground in counted.grounds), NONE]},
        "station": {"station": [*stations, UNKNOWN]},
        "region": {
            "region": [*asked.rules.regions, ELSEWHERE, UNKNOWN],
            "track": [counted.track for counted in cases.values()],
        },
        "personnel": {"personnel": [*asked.rules.personnel, UNKNOWN]},
    }

    def place(row: Any) -> tuple[str, str]:
        return regions.get(row.station, ELSEWHERE) if row.station else UNKNOWN, cases[row.kind].track

    sheets = {name: Sheet(f"closed_by_{name}", "closed", "flow", values) for name, values in dimensions.items()}
    return [
        pile(sheets["ground"], closed, lambda row: (row.ground or NONE,)),
        pile(sheets["station"], closed, lambda row: (row.station or UNKNOWN,)),
        pile(sheets["region"], closed, place),
        pile(sheets["personnel"], closed, lambda row: (row.personnel or UNKNOWN,)),
    ]


def _issues(asked: Asked) -> Sheet:
    """What the cases that were closed are about, several a case: never one number with the cases."""
    sheet = Sheet("issues", "issues", "flow", {"sub_code": categories().codes})
    cases = [kind for kind in asked.of("cases") if kind in asked.kept]
    return pile(sheet, asking.issues(asked.books, asked.stretch, cases), lambda row: (row.code,))


def _marks(asked: Asked) -> list[Sheet]:
    """What happened to the matters of a measure beside beginning and ending. One matter can have several marks."""
    rows = asking.marks(asked.books, asked.stretch, asked.kept)
    sheets = []
    for measure, prefix in PREFIX.items():
        kinds = asked.of(measure)
        names = {"mark": [mark.name for counted in kinds.values() for mark in counted.marks]}
        if names["mark"]:
            sheet = Sheet(f"{prefix}marks", f"{prefix}marks", "flow", names)
            sheets.append(pile(sheet, (row for row in rows if row.kind in kinds), lambda row: (row.mark,)))
    return sheets


def _balances(asked: Asked) -> Iterable[Balance]:
    """For each measure and track, and all tracks together: what was open, came, was opened again, was closed, is open."""
    for measure, prefix in PREFIX.items():
        kinds = asked.of(measure).values()
        for track in (*dict.fromkeys(counted.track for counted in kinds), "total") if kinds else ():
            key = {"track": track}
            names = [name for name in FLOWS if measure != "visitors" or name == "received"]
            plus = [Term(prefix + name, key) for name in ("open_at_start", *names)]
            minus = [Term(prefix + "closed", key | {"outcome": "total"}, -1), Term(prefix + "open_at_end", key, -1)]
            yield Balance(f"{prefix}flow.{track}", (*plus, *minus))


def _destroyed(asked: Asked) -> dict[str, int]:
    """Matters of kinds that are kept, over in these days and destroyed since, by kind."""
    rows = asking.tallies(asked.books, asked.stretch, asked.kept)
    found: dict[str, int] = {}
    for row in rows:
        found[row.kind] = found.get(row.kind, 0) + int(row.within)
    return {kind: number for kind, number in found.items() if number}
