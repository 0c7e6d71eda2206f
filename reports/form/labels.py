"""What things of a report are called, and how its numbers and days are written, in one language.

Labels are messages `report.<kind>.<name>`, such as `report.value.<dimension>.<value>`; what has none is shown as it is.
"""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from policies.said import Fact, Said
from reports.ombuds.labels import label
from reports.shape import TOTAL, Cell, Figure
from web.messages import Messages

_REGIONS: Final = {"en": "en_GB", "es": "es", "pt": "pt_BR", "fr": "fr"}
_BLANKS: Final = str.maketrans({"\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}"})
"""The narrow blank between thousands is in few fonts; the wide one is in all."""


class Labels:
    """The words of one language. Make it by `labels_in`, which keeps it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._messages = Messages(language)
        self._locale = Locale.parse(_REGIONS[language])

    def label(self, kind: str, name: str) -> str:
        """What something is called: `label("chapter", "flow")`. Without a message: its name, as it is."""
        key = f"report.{kind}.{name}"
        return self._messages.say(Said(key)) if key in self._messages else name

    def value(self, dimension: str, value: str) -> str:
        """What a dimension's value is called, where it is anything: by a message, by a reference list, as a country. `total` is
        called the same everywhere, unless the dimension has its own word."""
        if value == TOTAL and f"report.value.{dimension}.{TOTAL}" not in self._messages:
            return self.form("total")
        return label(dimension, value, self.language)

    def figure_name(self, name: str) -> str:
        """What a figure is called; one of a duty (`median.complaint.screening`) by both."""
        key = f"report.figure.{name}"
        if key in self._messages:
            return self._messages.say(Said(key))
        what, _, duty = name.partition(".")
        if duty and f"report.figure_of.{what}" in self._messages:
            return self._messages.say(Said(f"report.figure_of.{what}", {"duty": self.value("clock", duty)}))
        return name

    def receiver(self, receiver: str) -> str:
        """What the body or role is called to which a report goes."""
        for key in (f"report.receiver.{receiver}", f"addressee.{receiver}", f"role.{receiver}"):
            if key in self._messages:
                return self._messages.say(Said(key))
        return receiver

    def form(self, name: str, /, **facts: Fact) -> str:
        """A word of the form itself: `report.form.<name>`. Raises UnknownMessageError."""
        return self._messages.say(Said(f"report.form.{name}", facts))

    def sentence(self, key: str, facts: dict[str, Fact]) -> str:
        """A sentence of the report, by its whole key or by `report.say.<key>`. Raises UnknownMessageError."""
        return self._messages.say(Said(key if key in self._messages else f"report.say.{key}", facts)).translate(_BLANKS)

    def cell(self, cell: Cell) -> str:
        """A cell as people read it: a number, a band in words, or that there is too little to say."""
        if cell.count is not None:
            return self.number(cell.count)
        if cell.low is None and cell.high is None:
            return self.form("hidden")
        if cell.high is None:
            return self.form("band.from", low=cell.low or 0)
        if not cell.low:
            return self.form("band.none") if cell.high == 0 else self.form("band.up_to", high=cell.high)
        return self.form("band.between", low=cell.low, high=cell.high)

    def figure(self, figure: Figure) -> str:
        """A figure with its unit, rounded as the object says."""
        if figure.value is None:
            return self.form("hidden")
        value = round(Decimal(str(figure.value)), figure.decimals)
        pattern = "#,##0" + ("." + "0" * figure.decimals if figure.decimals else "")
        if figure.unit == "percent":
            own = self._locale.percent_formats[None].pattern
            written = format_percent(value / 100, format=own.replace("#,##0", pattern), locale=self._locale)
        elif figure.unit == "days":
            # Our own words: the "day" of the Portuguese data that Babel brings is empty.
            plural = "one" if self._locale.plural_form(value) == "one" else "other"
            written = self.form(f"days.{plural}", days=format_decimal(value, format=pattern, locale=self._locale))
        else:
            written = format_decimal(value, format=pattern, locale=self._locale)
        return str(written).translate(_BLANKS)

    def number(self, number: int) -> str:
        """A whole number with the language's own separators."""
        return format_decimal(number, locale=self._locale).translate(_BLANKS)

    def day(self, day: date) -> str:
        """A day, written long. French says the first of a month as an ordinal."""
        written = format_date(day, "long", locale=self._locale)
        return re.sub(r"^1 (?=\D)", "1er ", written) if self.language == "fr" else written


@cache
def labels_in(language: str) -> Labels:
    """The words of a language. Raises UnknownLanguageError."""
    return Labels(language)
