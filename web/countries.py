"""Countries by the two letters of ISO 3166-1, as a language calls them."""

from functools import cache

from babel import Locale

from web.messages import LOCALES


@cache
def country(language: str, code: str) -> str:
    """The country's name; the letters themselves where nobody knows it.

    >>> country("es", "BR"), country("fr", "??")
    ('Brasil', '??')
    """
    return str(Locale.parse(LOCALES[language]).territories.get(code, code))
