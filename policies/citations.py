"""How a house writes the symbols of its documents: one template a form, the marks inside it, and what must agree.

A template is written as the symbol is: words and signs as they stand, `{field}` for what changes, `[...]` for what may be
missing. The same template reads dirty text and writes the clean symbol. Fields: `number`, `meeting`, `year`, `until` (the
second of two years), `session`, `part` (a shelf mark such as I.1.2) and `organ` (one word of a list of the file).
"""

import hashlib
import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, model_validator

from policies.periods import Sourced
from policies.reading import read

FIELDS: Final = ("number", "meeting", "year", "until", "session", "part", "organ")
Word = Annotated[str, Field(min_length=1, max_length=60)]
Year = Annotated[int, Field(ge=1000, le=9899)]


class Century(Sourced):
    """Which century two digits mean: the one year among the hundred from `first` that ends with them."""

    first: Year


class SessionMark(Sourced):
    """What a letter after a session's roman number means.

    `year_minus`: a session's number is its year less this; None where the sessions are counted on their own.
    """

    year_minus: int | None = None


class Suffix(Sourced):
    """What turns a work into one of its expressions. `rank` orders them: a correction of a text comes before its revision."""

    words: tuple[Word, ...] = Field(min_length=1, repr=False)
    rank: PositiveInt


class Organ(Sourced):
    """One word of a list: a committee, a series. `also` are other spellings, other languages' among them."""

    name: str
    word: Word
    also: tuple[Word, ...] = ()


class OrganList(BaseModel, frozen=True, extra="forbid"):
    """The words that may stand for `{organ}`. `open`: others are read too, with a warning."""

    open: bool = False
    words: tuple[Organ, ...] = Field(min_length=1)


class Landmark(Sourced):
    """A meeting whose year is known. Meetings are numbered on and on, so it bounds the years of all others."""

    meeting: PositiveInt
    year: Year


class Form(Sourced):
    """One way a symbol is written.

    `template` reads and writes, `also` only read; "No" in it stands for any number sign, or none. `body` and `kind` may hold
    `{organ}`. `digits`: a number is filled up with zeros to this width. `yearly`: numbers begin again each year.
    `years_from` and `years_until`: the form is not read for other years. `long_years_from`: years are written with four
    digits from then on. `shelf`: it stands above other symbols on a cover, as the mark of a series.
    """

    body: Word
    kind: Word
    template: Word
    also: tuple[Word, ...] = ()
    organs: str | None = None
    sessions: str | None = None
    yearly: bool = False
    digits: Annotated[int, Field(ge=1, le=6)] = 1
    years_from: Year | None = None
    years_until: Year | None = None
    long_years_from: Year | None = None
    shelf: bool = False
    landmarks: tuple[Landmark, ...] = ()

    @property
    def templates(self) -> tuple[str, ...]:
        """Every way to write it; the clean one first."""
        return (self.template, *self.also)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        for template in self.templates:
            fields = re.findall(r"\{(\w*)\}", template)
            if unknown := set(fields) - set(FIELDS):
                raise ValueError(f"there is no field {sorted(unknown)[0]!r}; there are: {', '.join(FIELDS)}")
            if len(set(fields)) < len(fields):
                raise ValueError("a template names each field once")
            if not re.fullmatch(r"(\{\w+\}|[\w ./,()\[\]-])+", template) or not _balanced(template):
                raise ValueError("a template is made of letters, digits, fields, spaces, . / , - and brackets that close")
        if ("{organ}" in self.template, "{session}" in self.template) != (self.organs is not None, self.sessions is not None):
            raise ValueError("a template with {organ} or {session} names its list, and no other does")
        if any(extra not in self.template for template in self.also for extra in re.findall(r"\{\w+\}", template)):
            raise ValueError("what `also` reads, `template` can write")
        return self


class CitationForms(BaseModel):
    """All forms of one pack, in the order in which they are tried; of equally long readings the first wins."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    century: Century
    lead_ins: tuple[Word, ...] = ()
    """Words that may stand before a symbol and are no part of it: "resolution"."""
    lost: tuple[Word, ...] = ()
    """Words that stand where a number is not known, besides lines, dots and question marks."""
    suffixes: dict[str, Suffix] = Field(default_factory=dict)
    sessions: dict[str, dict[Annotated[str, Field(pattern=r"^[A-Z]$")], SessionMark]] = Field(default_factory=dict)
    organs: dict[str, OrganList] = Field(default_factory=dict)
    forms: dict[str, Form]

    @model_validator(mode="after")
    def _lists_exist(self) -> Self:
        for name, form in self.forms.items():
            if form.organs is not None and form.organs not in self.organs:
                raise ValueError(f"form {name} names the list of organs {form.organs!r}, which is not there")
            if form.sessions is not None and form.sessions not in self.sessions:
                raise ValueError(f"form {name} names the sessions {form.sessions!r}, which are not there")
        return self

    @cached_property
    def edition(self) -> str:
        """The hash of all that these forms say."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def __hash__(self) -> int:
        """By content, so that what is made of the forms is made once."""
        return hash(self.edition)

    def __eq__(self, other: Any) -> bool:
        """By content."""
        return self is other or (isinstance(other, CitationForms) and self.edition == other.edition)

    def full_year(self, two_digits: int) -> int:
        """The year that ends with these two digits, by the pack's century rule."""
        first = self.century.first
        return first + (two_digits - first) % 100


def load(path: Path) -> CitationForms:
    """Read a pack's `citations.toml`. Raises RulesUnreadable with file, key and reason."""
    return read(path, CitationForms)


def _balanced(template: str) -> bool:
    """Whether every bracket is closed by its own kind, in order."""
    waiting: list[str] = []
    for sign in template:
        if sign in "([{":
            waiting.append(sign)
        elif sign in ")]}" and (not waiting or waiting.pop() + sign not in ("()", "[]", "{}")):
            return False
    return not waiting
