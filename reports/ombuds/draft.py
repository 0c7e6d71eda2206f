"""The ombudsperson's report: chapters, sentences, figures and pictures over tables that are protected already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from policies.reports import Disclosure, ReportRules
from records.counts.counted import CountedTable
from records.counts.taken import TOTAL, Counts, Duration, Term
from reports.frame import Frame
from reports.ombuds import contents
from reports.ombuds.balancing import kept_open
from reports.ombuds.basis import basis, elsewhere, entries, opening, outreach, protection, staffing, vacancies
from reports.ombuds.contents import ANSWERS, CATEGORIES, COUNTED_AS, EXCUSED, ISSUES, MARKS, PREFIXES, TRENDS, chapter
from reports.ombuds.durations import duration_figures, duration_sentences, met_in_time
from reports.ombuds.reading import Seen, too_few
from reports.ombuds.restating import restatement
from reports.ombuds.trends import balance, editions, holed, movements, trend
from reports.protection import Protected, protect
from reports.protection.steps import coarsened
from reports.shape import Chapter, Grouping, Identity, Place, Report, Sentence, Table

HER_WORDS = Sentence(key="report.say.her_words")
_GLANCE = (
    ("received", "received"),
    ("closed", "closed"),
    ("open_end", "open_at_end"),
    ("visitors", "visitors_received"),
    ("recommended", "recommendations_received"),
)
"""Sentence, whose fact is called as it is, and the table whose total it says."""
_ANSWERS = ("issued", "accepted", "accepted_in_part", "rejected", "no_reply", "implemented")
_WATCHED = ("wrote_after_the_end", "watch_ended")
_HARM = ("named_fear", "told_of_harm", "said_unharmed")


class NothingCounted(ValueError):
    """A report with tables was asked for, and nothing was counted for it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a report with tables says besides its tables."""

    frame: Frame
    rules: Disclosure
    identities: tuple[Identity, ...]
    durations: tuple[Duration, ...]
    before: Mapping[str, Report]
    """The newest edition of each earlier period."""


def draft_ombuds(counts: Counts | None, rules: ReportRules, frame: Frame, earlier: Sequence[Report]) -> Protected:
    """Make the report of a period. `earlier`: everything ever released, of every series.

    Where the pack wants words alone nothing of `counts` is used and no number of cases is in the report; they may be None then.
    Raises NothingCounted where tables are wanted and there are no counts.
    """
    if frame.contents == "words":
        return protect((), rules, assemble=lambda _tables, _groupings: _in_words(frame), earlier=earlier)
    if counts is None:
        raise NothingCounted
    tables = _counted(counts, rules)
    identities = tuple(
        Identity(name=each.name, terms=tuple(Place(table=one.table, key=dict(one.key), sign=one.sign) for one in each.terms))
        for each in counts.balances
        if all(_is_counted(one, tables) for one in each.terms)
    )
    told = Told(frame, rules.disclosure, identities, counts.durations, editions(earlier, frame.policy.series))

    def assemble(tables: tuple[Table, ...], groupings: tuple[Grouping, ...]) -> Report:
        return _with_tables(tables, groupings, told)

    left_out = {table.name for table in tables if COUNTED_AS.get(table.name, table.name) in counts.left_out}
    return protect(tables, rules, assemble=assemble, earlier=earlier, left_out=left_out)


def _is_counted(term: Term, tables: Sequence[CountedTable]) -> bool:
    """Whether a term of a sum is of what was counted: then the reader knows the sum, also where the term is not said."""
    return any(
        table.name == term.table
        and term.key.keys() == set(table.dimensions)
        and all(value in (TOTAL, *table.values[name]) for name, value in term.key.items())
        for table in tables
    )


def _counted(counts: Counts, rules: ReportRules) -> tuple[CountedTable, ...]:
    """The tables as they go to the protection: issues by category too, excused delays by a name that the house's own have not.

    Cases by station stay here: a single office is never published, and by region they are counted anyway.
    """
    tied = {term.table for balance in counts.balances for term in balance.terms}
    tables = {
        table.name: table if table.name in tied else _plainly(table)
        for table in counts.tables
        if "station" not in table.dimensions
    }
    issues, waived = tables.get(ISSUES), tables.pop("waivers", None)
    if issues is not None and "sub_code" in issues.dimensions:
        tables[CATEGORIES] = replace(coarsened(rules, issues, "sub_code", "category"), name=CATEGORIES)
    if waived is not None:
        tables[EXCUSED] = replace(waived, name=EXCUSED, measure=EXCUSED)
    return tuple(tables.values())


def _plainly(table: CountedTable) -> CountedTable:
    """Without the track where there is but one; marks without a total, because one matter can have several of them."""
    if "mark" in table.dimensions:
        return replace(table, unsummed=("mark",))
    if "track" not in table.dimensions or len(table.values["track"]) > 1 or table.dimensions == ("track",):
        return table
    cells = tuple(replace(cell, key={name: value for name, value in cell.key.items() if name != "track"}) for cell in table.cells)
    values = {name: each for name, each in table.values.items() if name != "track"}
    return replace(table, dimensions=tuple(values), values=values, cells=cells)


def _once(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """Without the issues by sub-code where they had to be said by category: that table is there already."""
    there = {table.name for table in tables}
    return tuple(table for table in tables if table.name != ISSUES or CATEGORIES not in there or "sub_code" in table.dimensions)


def _with_tables(tables: tuple[Table, ...], groupings: tuple[Grouping, ...], told: Told) -> Report:
    seen, code, least = Seen(kept_open(_once(tables), told.identities)), told.frame.period.code, told.rules.least_for_median
    moving = tuple(table for prefix in PREFIXES for table in movements(seen, prefix, code))
    holes = [table.name for table in moving if holed(seen, table)]
    seen = Seen((*moving, *seen.tables.values(), *trend(seen, code, told.before)), holes)
    restated, said = restatement(seen, told.frame.report().period.from_on, told.before, told.rules.threshold)
    lasted = duration_figures(seen, told.durations, least)
    drawn = contents.charts(seen)
    of = {
        contents.FLOW: said,
        contents.IN_TIME: tuple(duration_sentences(lasted, least)),
        contents.RECOMMENDED: (*_marked(seen, "answers", ANSWERS, _ANSWERS), HER_WORDS),
        contents.OVER_YEARS: _over_years(seen),
    }
    counted = [chapter(seen, drawn, shown, of.get(shown, ())) for shown in contents.ALL]
    told_of_harm = (*_marked(seen, "watched", MARKS, _WATCHED), *_marked(seen, "harm", MARKS, _HARM))
    return told.frame.report(
        tables=tuple(seen.tables.values()),
        groupings=groupings,
        identities=(*told.identities, *(balance(table) for table in moving if table.name not in holes)),
        figures=(met_in_time(seen), *lasted, *restated),
        charts=drawn,
        chapters=(
            Chapter(name="introduction", sentences=(HER_WORDS,)),
            Chapter(name="at_a_glance", sentences=(*opening(told.frame), *_glance(seen))),
            *counted,
            chapter(seen, drawn, contents.PROTECTED, told_of_harm),
            *contents.rest(seen, drawn),
            *_hers(told.frame),
            *basis(told.frame),
            protection(),
            elsewhere(told.frame),
        ),
    )


def _in_words(frame: Frame) -> Report:
    """No table, no figure, no number of cases."""
    recommended = (Sentence(key="report.say.recommendations"), HER_WORDS)
    first = (
        Chapter(name="introduction", sentences=(HER_WORDS,)),
        Chapter(name="at_a_glance", sentences=opening(frame)),
        Chapter(name="recommendations", sentences=recommended),
    )
    return frame.report(chapters=(*first, *_hers(frame), *basis(frame), elsewhere(frame)))


def _glance(seen: Seen) -> tuple[Sentence, ...]:
    said = [each for key, table in _GLANCE for each in seen.says(f"report.say.{key}", {key: seen.whole(table)})]
    share = met_in_time(seen)
    if share.value is not None:
        said.append(Sentence(key="report.say.met_in_time", figures={"share": share.name}))
    elif contents.TIMELINESS in seen.tables:
        said.append(too_few(contents.TIMELINESS))
    return tuple(said)


def _marked(seen: Seen, key: str, table: str, marks: Sequence[str]) -> tuple[Sentence, ...]:
    """A sentence with several lines of a table of marks."""
    return seen.says(f"report.say.{key}", {mark: Place(table=table, key={"mark": mark}) for mark in marks})


def _over_years(seen: Seen) -> tuple[Sentence, ...]:
    return (Sentence(key=f"report.say.{'trends' if TRENDS in seen.tables else 'trends_none'}"),)


def _hers(frame: Frame) -> tuple[Chapter, ...]:
    """The chapters that are hers to write, with what the office noted of itself, and who was there."""
    met = (Sentence(key="report.say.independence"), *entries(frame), *vacancies(frame), HER_WORDS)
    return (
        Chapter(name="systemic_issues", sentences=(Sentence(key="report.say.systemic_issues"), HER_WORDS)),
        Chapter(name="outreach", sentences=(Sentence(key="report.say.outreach"), *outreach(frame), HER_WORDS)),
        Chapter(name="independence", sentences=met),
        staffing(frame),
    )
