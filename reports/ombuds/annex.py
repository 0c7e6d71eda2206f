"""The alternate's annex: matters in which the head of the office never had a seat, said as none, some, or so many and more."""

from collections.abc import Iterator, Sequence
from typing import Final

from policies.reports import ReportRules
from records.counts.counted import CountedTable
from records.counts.taken import Counts
from reports.frame import Frame
from reports.ombuds.bands import band_of, banded
from reports.ombuds.basis import basis, opening
from reports.protection import Protected, protect
from reports.shape import Chapter, Grouping, Report, Sentence, Table

ANNEX: Final = "annex"
_SAID: Final = ("received", "closed", "open_at_end", "visitors_received", "recommendations_received", "timeliness")
"""The counted tables of which the annex tells a band; of timeliness only what was late. Always all of them."""
_LATE: Final = "late"


def draft_annex(counts: Counts, rules: ReportRules, frame: Frame, earlier: Sequence[Report]) -> Protected:
    """The annex of a period, also when it is nil. It has always the same tables, each with one band.

    `counts` are those taken `apart`. A band is no hidden number: whoever may read it knows what it means. Raises ValueError for
    counts of the others, and KeyError where a table that the annex tells of was not counted: that is not the same as none.
    """
    if not counts.apart:
        raise ValueError("these are the counts of the ombudsperson's own report")
    least = rules.disclosure.threshold
    tables = tuple(_banded(counts, least))

    def assemble(_tables: tuple[Table, ...], _groupings: tuple[Grouping, ...]) -> Report:
        said = (
            *opening(frame),
            Sentence(key="report.say.annex"),
            Sentence(key="report.say.annex_always"),
            Sentence(key="report.say.annex_bands", facts={"least": least}),
        )
        first = (
            Chapter(name="introduction"),
            Chapter(name=ANNEX, sentences=said, tables=tuple(table.name for table in tables)),
        )
        return frame.report(tables=tables, chapters=(*first, *basis(frame)))

    return protect((), rules, assemble=assemble, earlier=earlier)


def _banded(counts: Counts, least: int) -> Iterator[Table]:
    for name in _SAID:
        table = counts.table(name)
        cell = banded(band_of(_how_many(table), least), least, {})
        yield Table(name=f"{ANNEX}_{name}", kind=table.kind, dimensions=(), measure=f"{ANNEX}_{name}", cells=(cell,))


def _how_many(table: CountedTable) -> int:
    return sum(cell.count for cell in table.cells if cell.key.get("result", _LATE) == _LATE)
