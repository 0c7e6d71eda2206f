"""The yearly table: who owes what by when, from the paragraphs of several texts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from states.registering.paragraph import Extract, Paragraph


@dataclass(frozen=True, slots=True)
class Owed:
    """One line. `who` empty, `day` None: the text does not say. `within_year`: it falls into the year that was asked for."""

    text: str = field(repr=False)
    paragraph: Paragraph
    who: tuple[str, ...]
    day: date | None
    within_year: bool


@dataclass(frozen=True, slots=True)
class Year:
    """What is owed within a year, by day, those without a day last; and, apart, what no year is said for."""

    year: int
    owed: tuple[Owed, ...]
    undated: tuple[Owed, ...]


def owed_in(texts: Sequence[tuple[str, Extract]], year: int) -> Year:
    """The table of one year. Each text comes with the name it is listed under.

    A duty that comes again and again is owed in every year from its text's adoption until its end; without an adoption it
    is undated. Paragraphs that ask nothing are left out, and so are those whose sub-paragraphs say what is asked.
    """
    lines = [_line(name, text, paragraph, year) for name, text in texts for paragraph in _tasks(text)]
    kept = [line for line in lines if line is not None]
    owed = sorted((line for line in kept if line.within_year), key=_order)
    return Year(year, tuple(owed), tuple(sorted((line for line in kept if not line.within_year), key=_order)))


def _tasks(text: Extract) -> list[Paragraph]:
    parents = {one.number.rpartition(".")[0] for one in text.paragraphs if one.number and "." in one.number and one.inherited}
    return [one for one in text.paragraphs if one.asks and one.number not in parents]


def _line(name: str, text: Extract, paragraph: Paragraph, year: int) -> Owed | None:
    """None: it is owed in another year, or no longer."""
    due, sunset = paragraph.due, paragraph.sunset
    if sunset is not None and sunset.day is not None and sunset.day.year < year:
        return None
    said = due.in_year if due else None
    if said is not None:
        within = said == year
        return (
            Owed(text=name, paragraph=paragraph, who=paragraph.addressees, day=due.day if due else None, within_year=True)
            if within
            else None
        )
    if paragraph.every is not None and text.adopted is not None:
        return Owed(name, paragraph, paragraph.addressees, None, within_year=True) if text.adopted.year <= year else None
    return Owed(name, paragraph, paragraph.addressees, None, within_year=False)


def _order(line: Owed) -> tuple[bool, date, str, int]:
    return (line.day is None, line.day or date.max, line.text, line.paragraph.place.start)
