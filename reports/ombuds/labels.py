"""What a value of a report is called in a language: our own words, the reference lists', or the value as it is."""

from functools import cache
from typing import Final

from babel import Locale

from policies.categories import NoSuchIssue
from policies.categories import label as issue_label
from policies.said import Said
from web.messages import Messages

_COUNTRY: Final = 2
"""Letters of the code of a station that is a country's."""

_CALLED: Final = {
    "status": "state.mandate",
    "duty": "clock",
    "channel": "contact.channel",
    "done": "contact.done",
    "language": "contact.language",
}
"""Dimensions whose values have their names under another word in the catalogues."""


@cache
def _messages(language: str) -> Messages:
    return Messages(language)


def label(dimension: str, value: str, language: str) -> str:
    """The name of a value; the value itself where nobody named it. Raises UnknownLanguageError."""
    messages = _messages(language)
    for key in (f"report.value.{dimension}.{value}", f"{_CALLED.get(dimension, dimension)}.{value}"):
        if key in messages:
            return messages.say(Said(key))
    if dimension in ("category", "sub_code"):
        return _issue(value, language)
    if dimension == "station":
        return _station(value, language)
    return value


def _issue(code: str, language: str) -> str:
    try:
        return f"{code} {issue_label(code, language)}"
    except NoSuchIssue:
        return code


def _station(code: str, language: str) -> str:
    """The country's name, and the city's code where there is one: `US-DC` is United States (DC)."""
    country, _, city = code.partition("-")
    name = Locale.parse(language).territories.get(country) if len(country) == _COUNTRY else None
    return code if name is None else f"{name} ({city})" if city else str(name)
