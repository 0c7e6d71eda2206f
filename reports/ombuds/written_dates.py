"""Dates as people write them in the four languages: `2026-03-15`, `15/03/2026`, `March 2026`, `15 de marzo de 2026`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from re import IGNORECASE, Match, Pattern, escape
from re import compile as pattern
from typing import Final
from unicodedata import combining, normalize

from babel import Locale

from web.messages import LANGUAGES

_ISO: Final = pattern(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_DAY_FIRST: Final = pattern(r"(?<![\d.,/])(?:(\d{1,2})[./])?(\d{1,2})[./](\d{4})(?!\d)")
_BEFORE: Final = r"(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th|º|°)?\s+(?:de\s+)?)?"
_AFTER: Final = r"\.?\s+(?:(?P<later>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?:del?\s+)?(?P<year>\d{4})"
_WIDTHS: Final = ("wide", "abbreviated")


@dataclass(frozen=True, slots=True)
class Written:
    """A date in a text: where it stands, the last day that it may mean, and whether it names a day at all."""

    start: int
    end: int
    last: date
    exact: bool


def dates_in(text: str) -> Iterator[Written]:
    """Every date of a text that names a year and a month at least; the day comes before the month where both are numbers."""
    for found in _ISO.finditer(text):
        yield from _dated(found, found[1], int(found[2]), found[3])
    for found in _DAY_FIRST.finditer(text):
        yield from _dated(found, found[3], int(found[2]), found[1])
    for found in _named_month().finditer(text):
        yield from _dated(found, found["year"], _months()[plain(found["month"])], found["day"] or found["later"])


def months_before(day: date, months: int) -> date:
    """So many months earlier; the month's last day where there is no such day. Negative: later."""
    first, following = (_first_of(day.year * 12 + day.month - 1 - months + more) for more in (0, 1))
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def plain(text: str) -> str:
    """In small letters, without accents."""
    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _dated(found: Match[str], year: str, month: int, day: str | None) -> Iterator[Written]:
    """Nothing where there is no such day."""
    try:
        first = date(int(year), month, 1)
        last = first.replace(day=int(day)) if day else months_before(first, -1) - timedelta(days=1)
    except ValueError:
        return
    yield Written(found.start(), found.end(), last, exact=bool(day))


def _names() -> Iterator[tuple[str, int]]:
    for language in LANGUAGES:
        for forms in Locale.parse(language).months.values():
            for width in _WIDTHS:
                yield from ((name.rstrip("."), number) for number, name in forms[width].items())


@cache
def _months() -> Mapping[str, int]:
    """The names of months in the four languages, long and short, without accents."""
    return {plain(name): number for name, number in _names()}


@cache
def _named_month() -> Pattern[str]:
    spelled = {form for name, _ in _names() for form in (name, plain(name))}
    names = "|".join(escape(name) for name in sorted(spelled, key=lambda name: (-len(name), name)))
    return pattern(rf"(?<!\w){_BEFORE}(?P<month>{names}){_AFTER}(?!\d)", IGNORECASE)
