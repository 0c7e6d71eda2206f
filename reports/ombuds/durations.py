"""How long duties took: only where enough were met, and where every number that stands behind it is published anyway."""

from collections.abc import Iterator, Sequence
from typing import Final

from records.counts.taken import Duration
from reports.ombuds.contents import TIMELINESS
from reports.ombuds.reading import Seen
from reports.shape import TOTAL, Figure, Sentence

MEDIAN: Final = "median"
NINETIETH: Final = "ninetieth"


def duration_figures(seen: Seen, durations: Sequence[Duration], least: int) -> tuple[Figure, ...]:
    """Two figures a clock of the table, in whole days: within how many half, and nine in ten, were met.

    Said only from `least` observations on, and only if the clock's whole line of the table is published: a figure that is there
    says that at least so many were met, which would tell of a hidden cell. A clock that never ran has its figures too, unsaid:
    otherwise the others would be known to have run.
    """
    known = {each.clock: each for each in durations}
    clocks = seen.values(TIMELINESS, "clock") if TIMELINESS in seen.tables else ()
    return tuple(figure for clock in clocks for figure in _of(seen, clock, known.get(clock), least))


def _of(seen: Seen, clock: str, lasted: Duration | None, least: int) -> Iterator[Figure]:
    said = lasted if lasted and lasted.observed >= least and _line_is_published(seen, clock) else None
    for name, days in ((MEDIAN, said.median if said else None), (NINETIETH, said.p90 if said else None)):
        yield Figure(name=f"{name}.{clock}", unit="days", value=None if days is None else round(days))


def _line_is_published(seen: Seen, clock: str) -> bool:
    return all(cell.count is not None for cell in seen.tables[TIMELINESS].cells if cell.key["clock"] == clock)


def duration_sentences(figures: Sequence[Figure], least: int) -> Iterator[Sentence]:
    """One sentence a clock of which both figures are said; and one that says why not, wherever one is not said."""
    said = {figure.name for figure in figures if figure.value is not None}
    clocks = dict.fromkeys(figure.name.partition(".")[2] for figure in figures)
    for clock in clocks:
        named = {MEDIAN: f"{MEDIAN}.{clock}", NINETIETH: f"{NINETIETH}.{clock}"}
        if said.issuperset(named.values()):
            yield Sentence(key="report.say.durations", facts={"clock": clock}, figures=named)
    if len(said) < len(figures):
        yield Sentence(key="report.say.no_durations", facts={"least": least})


def met_in_time(seen: Seen) -> Figure:
    """What percentage of the duties that had to be met was met in time."""
    return seen.share("met_in_time", seen.whole(TIMELINESS, result="met"), seen.whole(TIMELINESS, result=TOTAL))
