"""Pages: a template and plain data in, HTML out, in one language. No page holds a script or a style of its own.

Templates get `t(key, **facts)` for a sentence, `label(key, name)` for what people call a name of ours, `day`, `instant` and
`number` for facts as the language writes them, and `colon` between a name and what it is. What people wrote is escaped by
default; a fact that is missing is an error.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from policies.said import Fact, Said
from web.messages import LANGUAGES, LOCALES, Messages
from web.places import place

FOLDER: Final = Path(__file__).parent
TEMPLATES: Final = FOLDER / "templates"
ACCOUNTS: Final = ("style.css", "drawing.css", "case.css", "council.css", "structure.css", "reports.css", "phoned.css")
SHEETS: Final = {"intake": ("style.css", "intake.css", "back.css"), "desk": ACCOUNTS, "council": ACCOUNTS, "demo": ("style.css",)}
"""The parts of each door's one stylesheet, in order. The intake's is short: it comes through Tor."""

_KEPT_TOGETHER: Final = re.compile(r" (?=[:;?!»])|(?<=«) ")
"""Blanks that French has beside its marks: a line never ends there."""


class Tongue:
    """How a page speaks one language, and by which clocks: those of the place `at`, a station's code; without one, UTC."""

    def __init__(self, messages: Messages, zone: ZoneInfo | None = None, at: str = "") -> None:
        self.messages = messages
        self._zone = zone or ZoneInfo("UTC")
        self._place = place(at, messages) if at else "UTC"
        self.language = messages.language
        self._locale = Locale.parse(LOCALES[messages.language])

    def t(self, key: str, /, **facts: Fact) -> str:
        """The sentence. Raises UnknownMessageError."""
        return self.say(Said(key, facts))

    def say(self, said: Said) -> str:
        """The sentence of something said below."""
        told = self.messages.say(said)
        return _KEPT_TOGETHER.sub("\N{NO-BREAK SPACE}", told) if self.language == "fr" else told

    def label(self, key: str, name: object) -> str:
        """What people call `name`; the name itself, with blanks, where nobody wrote a word for it."""
        return self.say(Said(key)) if key in self.messages else str(name).replace("_", " ")

    def known(self, key: str) -> bool:
        """Whether there is a sentence for this key."""
        return key in self.messages

    def day(self, value: date | None, style: str = "long") -> str:
        """A date as the language writes it: `long`, `medium`, or `full` with the weekday. None: a dash."""
        if value is None:
            return "–"
        if style == "full":
            return self.messages.say(Said("page.day_full", {"day": value}))
        if style == "long":
            return self.messages.say(Said("page.day", {"day": value}))
        return format_date(value, style, locale=self._locale)

    def instant(self, value: datetime | None) -> str:
        """A day with its hour and minute by the clocks of the page's place, which is named. None: a dash.

        Raises ValueError for an instant without a zone: it could be any hour.
        """
        if value is None:
            return "–"
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        local = value.astimezone(self._zone)
        day = format_date(local.date(), "medium", locale=self._locale)
        return f"{day}, {local:%H:%M} ({self._place})"

    def number(self, value: float | None) -> str:
        """A number as the language writes it. None: a dash."""
        return "–" if value is None else format_decimal(value, locale=self._locale)

    def both(self, several: Iterable[str]) -> str:
        """Several names in one line, with commas."""
        return ", ".join(several)


@cache
def environment() -> Environment:
    """The templates of all doors, read once a process."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=False,
    )
    made.filters["paragraphs"] = paragraphs
    return made


def render(template: str, messages: Messages, data: dict[str, Any], zone: ZoneInfo | None = None, at: str = "") -> str:
    """A page; its hours are by the clocks of `at`. Raises what the template raises: a page with a hole in it is not shown."""
    tongue = Tongue(messages, zone, at)
    told = {name: getattr(tongue, name) for name in ("t", "say", "label", "known", "day", "instant", "number", "both")}
    return (
        environment()
        .get_template(template)
        .render(
            told | {"lang": messages.language, "languages": LANGUAGES, "colon": tongue.t("page.colon")} | data,
        )
    )


def paragraphs(text: str) -> Markup:
    """What a person wrote, in the paragraphs and lines they wrote it in."""
    parts = [part for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    lines = (Markup("<br>").join(escape(line) for line in part.strip("\n").split("\n")) for part in parts)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


@cache
def stylesheet(door: str) -> str:
    """The one stylesheet of a door."""
    parts = (FOLDER / "static" / name for name in SHEETS[door])
    return "\n".join(part.read_text(encoding="utf-8") for part in parts if part.is_file())
