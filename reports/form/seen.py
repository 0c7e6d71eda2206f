"""A report as it is seen in one language, before it is a page or a paper: plain texts in order, so that both say the same.

Every number in it is a cell or a figure of the object; nothing is worked out here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Final
from unicodedata import category

from policies.said import Fact
from reports.form.grids import Grid, grid_of
from reports.form.labels import Labels, labels_in
from reports.form.marks import Draw, Picture
from reports.shape import Place, Report, Sentence, Words
from web.messages import LANGUAGES

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Passage:
    """What a person wrote, as it was written, in which language, under which heading."""

    heading: str
    language: str
    note: str
    """That it was not written in the reader's language; empty if it was."""
    paragraphs: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    grids: tuple[Grid, ...] = ()
    pictures: tuple[Picture, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A whole report in one language."""

    language: str
    title: str
    receiver: str
    house: str
    shelf: str
    symbol: str
    day: str
    original: str
    period: str
    edition: str
    notices: tuple[str, ...]
    """What stands beneath the title: what it corrects, which earlier periods it covers."""
    contents: str
    parts: tuple[Part, ...]
    explained: str
    explanations: tuple[str, ...]
    resting: str
    origin: tuple[str, ...]
    page: str
    """"page" and "of", for the paper's foot."""
    of: str


def see(report: Report, language: str, draw: Draw) -> Seen:
    """Say a report in a language, its charts drawn by `draw`.

    Raises UnknownLanguageError, UnknownMessageError for a sentence without words, KeyError for a sentence, chart or
    chapter that names what the report does not hold.
    """
    labels = labels_in(language)
    return Seen(
        language=language,
        title=labels.label("series", report.series),
        receiver=labels.receiver(report.receiver),
        house=labels.label("house", report.house),
        shelf=report.shelf or "",
        symbol=report.symbol or "",
        day=labels.day(report.origin.taken_on),
        original=labels.form("original", languages=", ".join(labels.form(f"language.{each}") for each in LANGUAGES)),
        period=labels.form("period", first=report.period.from_on, last=report.period.to_on),
        edition=labels.form("edition", edition=report.edition),
        notices=tuple(_notices(report, labels)),
        contents=labels.form("contents"),
        parts=tuple(_parts(report, labels, draw)),
        explained=labels.form("explained"),
        explanations=tuple(labels.form(f"explains.{each}") for each in _explained(report)),
        resting=labels.form("resting"),
        origin=tuple(_origin(report, labels)),
        page=labels.form("page"),
        of=labels.form("of"),
    )


def _notices(report: Report, labels: Labels) -> Iterator[str]:
    if report.corrects:
        yield labels.form("corrects", edition=report.corrects)
    if report.merged:
        yield labels.form("merged", periods=", ".join(report.merged))


def _origin(report: Report, labels: Labels) -> Iterator[str]:
    """What the report rests on, as far as no chapter says it."""
    origin = report.origin
    said = {
        _dated(fact)
        for chapter in report.chapters
        for each in chapter.sentences
        for fact in each.facts.values()
        if isinstance(fact, str | date)
    }
    if origin.taken_on not in said:
        yield labels.form("taken", day=origin.taken_on)
    if origin.policy_edition not in said:
        yield labels.form("rules", edition=origin.policy_edition, count=origin.unverified)
    if origin.ledger_date and origin.ledger_root and origin.ledger_root not in said:
        yield labels.form("ledger", day=origin.ledger_date, root=origin.ledger_root)
    yield labels.form("signed")


def _explained(report: Report) -> Iterator[str]:
    """What has to be explained of this report: never more than is in it."""
    cells = [cell for table in report.tables for cell in table.cells if cell.count is None]
    yield "hidden"
    if any(cell.low is not None or cell.high is not None for cell in cells):
        yield "bands"
    if any(table.state == "too_small" for table in report.tables):
        yield "too_small"
    if any(figure.unit == "percent" for figure in report.figures):
        yield "percent"
    if report.charts:
        yield "charts"


def _parts(report: Report, labels: Labels, draw: Draw) -> Iterator[Part]:
    """The chapters in order, then a last one with whatever no chapter shows: what is published can be read. A chapter says the
    same sentence once."""
    for chapter in report.chapters:
        yield Part(
            name=chapter.name,
            title=labels.label("chapter", chapter.name),
            paragraphs=tuple(dict.fromkeys(_sentence(report, sentence, labels) for sentence in chapter.sentences)),
            grids=tuple(grid_of(report, report.table(name), labels) for name in chapter.tables),
            pictures=tuple(_pictures(report, chapter.charts, labels, draw)),
            passages=tuple(_passage(words, chapter.name, labels) for words in chapter.words),
        )
    told = set(chain.from_iterable(chapter.tables for chapter in report.chapters))
    drawn = set(chain.from_iterable(chapter.charts for chapter in report.chapters))
    rest = Part(
        name="rest",
        title=labels.form("rest"),
        paragraphs=tuple(_figures(report, labels)),
        grids=tuple(grid_of(report, table, labels) for table in report.tables if table.name not in told),
        pictures=tuple(_pictures(report, (chart.name for chart in report.charts if chart.name not in drawn), labels, draw)),
    )
    if rest.paragraphs or rest.grids or rest.pictures:
        yield rest


def _figures(report: Report, labels: Labels) -> Iterator[str]:
    """The figures that no sentence says; those of which there is nothing to say stand in `report.json` alone."""
    said = {name for chapter in report.chapters for sentence in chapter.sentences for name in sentence.figures.values()}
    for figure in report.figures:
        if figure.name not in said and figure.value is not None:
            yield labels.form("figure", name=labels.figure_name(figure.name), value=labels.figure(figure))


def _pictures(report: Report, names: Iterable[str], labels: Labels, draw: Draw) -> Iterator[Picture]:
    charts = {chart.name: chart for chart in report.charts}
    for name in names:
        picture = draw(report, charts[name], labels)
        if picture is not None:
            yield picture


def _sentence(report: Report, sentence: Sentence, labels: Labels) -> str:
    facts: dict[str, Fact] = {}
    for name, fact in sentence.facts.items():
        if isinstance(fact, Place):
            facts[name] = labels.cell(report.cell(fact))
        else:
            facts[name] = labels.form("hidden") if fact is None else _dated(fact)
    facts.update((name, labels.figure(report.figure(figure))) for name, figure in sentence.figures.items())
    return labels.sentence(sentence.key, facts)


def _dated(fact: str | int | date) -> str | int | date:
    """A fact; a day that comes back from `report.json` as a text is a day again, so that it is written as one."""
    try:
        return date.fromisoformat(fact) if isinstance(fact, str) and _DAY.fullmatch(fact) else fact
    except ValueError:
        return fact


def _passage(words: Words, chapter: str, labels: Labels) -> Passage:
    language = labels.language if labels.language in words.text else next(iter(words.text))
    return Passage(
        heading=labels.form("own_words") if words.section == chapter else labels.label("chapter", words.section),
        language=language,
        note="" if language == labels.language else labels.form("written_in", language=labels.form(f"language.{language}")),
        paragraphs=tuple(line for each in words.text[language].splitlines() if (line := _legible(each))),
    )


def _legible(line: str) -> str:
    """A line without signs that nobody can see and no paper may hold: control characters, byte order marks."""
    return "".join(sign for sign in line.replace("\t", " ") if category(sign) != "Cc" and sign != "\N{BYTE ORDER MARK}").strip()
