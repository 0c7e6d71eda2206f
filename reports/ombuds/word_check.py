"""What a program can see of her words before the second reader does. Nothing it finds is written out: keys and places only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import Pattern, escape
from re import compile as pattern
from typing import Final, Literal

from babel import Locale

from policies.reports import ReportRules
from reports.ombuds.written_dates import Written, dates_in, months_before, plain
from reports.shape import Report, Words
from web.messages import LANGUAGES

_NUMBER: Final = pattern(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_GROUPED: Final = pattern(r"\d{1,3}(?:([.,\u00a0\u202f])\d{3})(?:\1\d{3})*")
_QUOTATION: Final = pattern('["“„«]')
_COUNTRY: Final = 2
"""Letters of a country's code. Alone it is too often a word: its name is looked for."""


@dataclass(frozen=True, slots=True)
class WordFinding:
    """Something in her words to look at. `position`: of the character, from one, in the text of that language.

    `weight` "warning": it breaks a line of the checklist unless somebody says why not; "question": only people can know.
    """

    key: str
    section: str
    language: str
    position: int
    weight: Literal["warning", "question"] = "warning"


def check_words(report: Report, words: Sequence[Words], rules: ReportRules, names: Sequence[str] = ()) -> tuple[WordFinding, ...]:
    """What stands out in her words, in the order of the text.

    Found are: numbers that the report publishes nowhere, dates newer than `newest_example_months` before the period's end,
    quotation marks, and field places of `rules.regions` and units of `names`: no program knows how many people work there.
    """
    published, cut = _published(report), months_before(report.period.to_on, rules.disclosure.newest_example_months)
    own = {report.period.from_on, report.period.to_on, report.origin.taken_on, report.origin.ledger_date}
    places = _pattern((*names, *_places(rules)))
    found: list[WordFinding] = []
    for each in words:
        for language, text in each.text.items():
            dated = [*dates_in(text)]
            marks = [
                *_numbers(text, published, dated),
                *(("recent_date", one.start) for one in dated if one.last > cut and not (one.exact and one.last in own)),
                *(("quotation", one.start()) for one in _QUOTATION.finditer(text)),
                *(("place", start) for start in _named(text, places)),
            ]
            found += (_finding(key, each.section, language, at + 1) for key, at in sorted(marks, key=lambda mark: mark[1]))
    return tuple(found)


def _finding(key: str, section: str, language: str, position: int) -> WordFinding:
    return WordFinding(f"report.check.{key}", section, language, position, "question" if key == "place" else "warning")


def _published(report: Report) -> set[float]:
    """Every number that the report says, and the days and years of its own dates."""
    numbers = {float(cell.count) for table in report.tables for cell in table.cells if cell.count is not None}
    numbers |= {round(figure.value, figure.decimals) for figure in report.figures if figure.value is not None}
    days = (report.period.from_on, report.period.to_on, report.origin.taken_on)
    return numbers | {float(part) for day in days for part in (day.day, day.year)}


def _numbers(text: str, published: set[float], dates: Sequence[Written]) -> Iterator[tuple[str, int]]:
    for found in _NUMBER.finditer(text):
        within = any(one.start <= found.start() < one.end for one in dates)
        if not within and not _values(found[0]) & published:
            yield "unpublished_number", found.start()


def _values(written: str) -> set[float]:
    """What a number may mean: `1.234` is a thousand in one language, little more than one in another."""
    solid = written.replace("\u00a0", "").replace("\u202f", "").replace(",", ".")
    grouped = {float(solid.replace(".", ""))} if _GROUPED.fullmatch(written) else set[float]()
    return grouped | ({float(solid)} if solid.count(".") <= 1 else set[float]())


def _places(rules: ReportRules) -> Iterator[str]:
    """The field stations of the pack: by code, and a country's by its name in the four languages."""
    for region in rules.regions.values():
        for station in region.stations if region.field else ():
            if len(station) == _COUNTRY:
                yield from (str(Locale.parse(language).territories.get(station, station)) for language in LANGUAGES)
            else:
                yield station


def _pattern(names: Sequence[str]) -> Pattern[str] | None:
    folded = {plain(name) for name in names if name.strip()}
    written = "|".join(escape(name) for name in sorted(folded, key=lambda name: (-len(name), name)))
    return pattern(rf"(?<!\w)(?:{written})(?!\w)") if written else None


def _named(text: str, places: Pattern[str] | None) -> Iterator[int]:
    folded = "".join(plain(letter)[:1] or " " for letter in text)  # as long as the text, so that positions hold
    return (found.start() for found in places.finditer(folded)) if places else iter(())
