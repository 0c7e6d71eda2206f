"""When: a day, a period, a session or a year, exactly as a text says it.

What is not said stays None. "By 31 July" has no year; "03/04/2016" is two days and is therefore none; "within 60 days" has
no day until it is known from when it runs.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from policies.said import Said
from policies.wording import Unit, Wording
from states.citing.roman import to_number
from states.due import add_months
from states.registering.phrases import compiled, keyed, plain, word

_GAP: Final = "[ ,]{1,40}"
_PLACE: Final = "[.]?(?:st|nd|rd|th|er|o|a)?(?![A-Za-z0-9])[.]?"
_MOST: Final = 9_999
"""Periods are at most so many units: a larger one is a slip."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session of an assembly. `number` None: the coming one, whichever that is. `year`: where its number gives it."""

    regular: bool
    number: int | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A time in a text: `[start:end]` of the paragraph.

    `day` is the last day said, or worked out from what is said; `excluded`: the text says before it. `count` and `unit` are a
    period, `since` the day it runs from, `since_adoption` that it runs from the text's own adoption. `year` alone: no day in
    it is said. Everything that is not said is None.
    """

    start: int
    end: int
    day: date | None = None
    excluded: bool = False
    count: int | None = None
    unit: Unit | None = None
    since: date | None = None
    since_adoption: bool = False
    session: Session | None = None
    year: int | None = None
    warnings: tuple[Said, ...] = ()

    @property
    def in_year(self) -> int | None:
        """The year it falls into, where that is known."""
        if self.day is not None:
            return self.day.year
        return self.session.year if self.session and self.session.year else self.year

    def worked_out(self, adopted: date | None, *, counted: bool) -> "Term":
        """With its day, if it is a period whose first day is known. Working days stay uncounted: no calendar is said."""
        since = self.since or (adopted if self.since_adoption else None)
        if self.day is not None or since is None or self.count is None or self.unit in (None, "working_days"):
            return self
        try:
            return replace(self, since=since, day=_end(since, self.count, self.unit, counted=counted))
        except (OverflowError, ValueError):
            return self


def _end(since: date, count: int, unit: Unit, *, counted: bool) -> date:
    before = since - timedelta(days=1) if counted else since
    match unit:
        case "months":
            return add_months(before, count)
        case "years":
            return add_months(before, 12 * count)
        case "weeks":
            return before + timedelta(weeks=count)
        case _:
            return before + timedelta(days=count)


class TermReader:
    """Reads terms in one language. `session_years`: a regular session's year is its number plus this; None: not known."""

    def __init__(self, wording: Wording, session_years: int | None = None) -> None:
        self._words = wording
        self._session_years = session_years
        numbers = {**wording.numbers, **wording.ordinals}
        self._numbers = {plain(name): value for name, value in numbers.items()}
        self._months = {name: int(at) for name, at in keyed({str(at): m for at, m in enumerate(wording.months, 1)}).items()}
        self._units = keyed(wording.units)

    def at(self, text: str, place: int) -> Term | None:
        """The term that begins exactly here, after articles; None where there is none."""
        passed = self._articles.match(text, place)
        begin = passed.end() if passed else place
        for read in (
            self._day,
            self._numeric_day,
            self._period,
            self._session,
            self._part_of_year,
            self._end_of_year,
            self._year,
        ):
            if term := read(text, begin):
                return term
        return None

    @cached_property
    def _articles(self) -> re.Pattern[str]:
        words = self._words
        return re.compile(rf"[ ,]{{0,40}}(?:{word(words.articles)}[ ]{{0,40}}){{0,3}}", re.IGNORECASE | re.ASCII)

    @cached_property
    def _of(self) -> str:
        return rf"(?:{_GAP}{word(self._words.of)})?{_GAP}"

    @cached_property
    def _day_pattern(self) -> re.Pattern[str]:
        month = word(self._months)
        behind = rf"(?P<d1>[0-9]{{1,2}}){_PLACE}(?:{_GAP}{word(self._words.of)})?[ ]{{0,40}}(?P<m1>{month})[.]?"
        before = rf"(?P<m2>{month})[.]?[ ]{{1,40}}(?P<d2>[0-9]{{1,2}}){_PLACE}"
        return compiled(rf"(?:{behind}|{before})(?:{self._of}(?P<year>[0-9]{{4}})(?![0-9]))?")

    def _day(self, text: str, at: int) -> Term | None:
        found = self._day_pattern.match(text, at)
        if found is None:
            return None
        month = self._months[plain(found["m1"] or found["m2"])]
        if found["year"] is None:
            return Term(at, found.end(), warnings=(Said("registering.day_without_year"),))
        day = _date(int(found["year"]), month, int(found["d1"] or found["d2"]))
        return Term(at, found.end(), day=day, warnings=() if day else (Said("registering.no_such_day"),))

    def _numeric_day(self, text: str, at: int) -> Term | None:
        if found := _ISO.match(text, at):
            day = _date(*map(int, found.groups()))
            return Term(at, found.end(), day=day, warnings=() if day else (Said("registering.no_such_day"),))
        found = _STROKES.match(text, at)
        if found is None:
            return None
        one, two, year = map(int, found.groups())
        days = {day for day in (_date(year, two, one), _date(year, one, two)) if day}
        if len(days) == 1:
            return Term(at, found.end(), day=days.pop())
        return Term(at, found.end(), warnings=(Said("registering.day_in_two_ways" if days else "registering.no_such_day"),))

    @cached_property
    def _spelled(self) -> str:
        one = word(self._numbers)
        return rf"{one}(?:[ -]{{1,4}}(?:{word(self._words.joins)}[ ])?{one}){{0,4}}"

    @cached_property
    def _period_pattern(self) -> re.Pattern[str]:
        spelled = rf"(?P<spelled>{self._spelled})(?:[ ]?\((?P<in>[0-9]{{1,4}})\))?"
        count = rf"(?:{spelled}|\(?(?P<digits>[0-9]{{1,4}})\)?(?:[ ]\({self._spelled}\))?)"
        since = rf"(?:{_GAP}{word(self._words.cues.since)})?[ ]{{0,40}}(?:{word(self._words.articles)}[ ]{{0,40}}){{0,2}}"
        adopted = rf"(?P<adoption>{since}{word(self._words.cues.adoption)})"
        return compiled(
            rf"{count}[ ]{{1,40}}(?P<unit>{word(self._units)})(?:{adopted}|(?P<since>{_GAP}{word(self._words.cues.since)}))?"
        )

    def _period(self, text: str, at: int) -> Term | None:
        found = self._period_pattern.match(text, at)
        if found is None:
            return None
        spelled = self._count(found["spelled"]) if found["spelled"] else None
        count = int(found["digits"] or found["in"] or spelled or 0)
        told = (Said("registering.two_counts"),) if found["in"] and spelled != count else ()
        unit = self._units[plain(found["unit"])]
        since = self._since(text, found.end("since")) if found["since"] else None
        return Term(
            at,
            since.end if since else (found.end("unit") if found["since"] else found.end()),
            count=count if 0 < count <= _MOST else None,
            unit=unit,
            since=since.day if since else None,
            since_adoption=found["adoption"] is not None,
            warnings=told,
        )

    def _since(self, text: str, at: int) -> Term | None:
        passed = self._articles.match(text, at)
        begin = passed.end() if passed else at
        return self._day(text, begin) or self._numeric_day(text, begin)

    @cached_property
    def _session_pattern(self) -> re.Pattern[str]:
        words = self._words.sessions
        said = rf"(?P<digits>[0-9]{{1,3}}){_PLACE}|(?P<spelled>{self._spelled})"
        number = rf"(?:(?P<coming>{word(words.coming)})|(?P<roman>[IVXLC]{{1,9}})(?:-[A-Z])?|{said})"
        kinds = rf"(?:(?P<regular>{word(words.regular)})|(?P<special>{word(words.special)}))"
        return compiled(
            rf"(?:{number}[ ]{{1,40}}{kinds}|{kinds.replace('P<', 'P<after_')}[ ]{{1,40}}(?P<behind>{word(words.coming)}))"
        )

    def _session(self, text: str, at: int) -> Term | None:
        found = self._session_pattern.match(text, at)
        if found is None:
            return None
        regular = found["regular"] is not None or found["after_regular"] is not None
        number = self._session_number(found)
        year = number + self._session_years if regular and number and self._session_years is not None else None
        return Term(at, found.end(), session=Session(regular, number, year))

    def _session_number(self, found: re.Match[str]) -> int | None:
        if found["roman"]:
            return to_number(found["roman"].upper())
        if found["digits"]:
            return int(found["digits"])
        return self._count(found["spelled"]) if found["spelled"] else None

    @cached_property
    def _part_pattern(self) -> re.Pattern[str]:
        words = self._words
        parts = rf"(?:(?P<quarter>{word(words.quarters)})|(?P<half>{word(words.halves)}))"
        return compiled(
            rf"(?P<spelled>{word(map(str, words.ordinals))})[ ]{{1,40}}{parts}{self._of}(?P<year>[0-9]{{4}})(?![0-9])"
        )

    def _part_of_year(self, text: str, at: int) -> Term | None:
        found = self._part_pattern.match(text, at)
        if found is None:
            return None
        length, parts = (3, 4) if found["quarter"] else (6, 2)
        place = self._numbers[plain(found["spelled"])]
        year = int(found["year"])
        if not 1 <= place <= parts or year < 1:
            return Term(at, found.end(), warnings=(Said("registering.no_such_day"),))
        return Term(at, found.end(), day=date(year, place * length, monthrange(year, place * length)[1]))

    @cached_property
    def _end_pattern(self) -> re.Pattern[str]:
        return compiled(
            rf"{word(self._words.cues.year_end)}(?:{_GAP}{word(self._words.of)})?[ ]{{0,40}}(?P<year>[12][0-9]{{3}})(?![0-9])"
        )

    def _end_of_year(self, text: str, at: int) -> Term | None:
        found = self._end_pattern.match(text, at)
        return Term(at, found.end(), day=date(int(found["year"]), 12, 31)) if found else None

    def _year(self, text: str, at: int) -> Term | None:
        found = _YEAR.match(text, at)
        return Term(at, found.end(), year=int(found[0])) if found else None

    def _count(self, spelled: str) -> int | None:
        """A number in words: "one hundred eighty", "ciento ochenta", "quatre-vingt-dix", "forty-sixth"."""
        total = 0
        for name in _LETTERS.findall(plain(spelled)):
            value = self._numbers.get(name, 0)
            total = total * value if total and value > total else total + value
        return total if 0 < total <= _MOST else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_STROKES: Final = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})(?![0-9])")
_YEAR: Final = re.compile(r"(?:19|20|21)[0-9]{2}(?![0-9/.-])(?=[^A-Za-z0-9]|\Z)")
_LETTERS: Final = re.compile(r"[a-z]+")
