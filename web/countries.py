"""Countries by the two letters of ISO 3166-1, as a language calls them, and the order in which people look for names."""

import unicodedata
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


def looked_for(name: str) -> str:
    """What names are sorted by: accents and capitals do not count.

    >>> sorted(["Uruguay", "Équateur", "Brésil", "États-Unis"], key=looked_for)
    ['Brésil', 'Équateur', 'États-Unis', 'Uruguay']
    """
    parts = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()
