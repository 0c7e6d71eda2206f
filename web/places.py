"""What people call a place of the house: its own word where the catalogue has one, else the country's name."""

import unicodedata
from collections.abc import Iterable

from babel import Locale

from policies.said import Said
from web.messages import LOCALES, Messages


def place(code: str, messages: Messages) -> str:
    """The place of a station, `BO` or `US-DC`, as this language names it."""
    key = f"place.{code}"
    if key in messages:
        return messages.say(Said(key))
    territories = Locale.parse(LOCALES[messages.language]).territories
    return str(territories.get(code.partition("-")[0], code))


def places(codes: Iterable[str], messages: Messages) -> list[tuple[str, str]]:
    """Codes with the names of their places, in the order in which people look for them; accents do not count."""
    named = [(code, place(code, messages)) for code in codes]
    return sorted(named, key=lambda one: unicodedata.normalize("NFKD", one[1]).casefold())
