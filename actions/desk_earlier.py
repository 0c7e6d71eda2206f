"""Earlier matters about the same person or unit, as far as one may see.

Opens the sealed slot `about` of one's own seats and nothing else. It is no reading: what it finds are ids. That somebody
searched is counted a person and day.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from actions.kernel.callers import DeskPerson
from actions.office import Office
from actions.sealing import Reader
from policies.refusal import Refusal
from records import desk, seats
from records.matters import Matter
from records.sealed import TextRow
from records.vault import ABOUT, NotThisRow, Unreadable

SHORTEST: Final = 3
"""Letters and digits a search needs at least: fewer would list everything instead of finding something."""
_WORD: Final = re.compile(r"\w+")


class SearchTooShort(Refusal):
    """Too few letters to look for."""

    code: ClassVar[str] = "search_too_short"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Earlier:
    """A matter about whom was asked for."""

    matter: Matter
    opened_on: date


def earlier(office: Office, about: str, *, by: DeskPerson) -> list[Earlier]:
    """The matters with an own seat that are about somebody or something of this name, oldest first.

    Every word asked for must stand in it; case and accents do not matter. Raises SearchTooShort; then nothing was opened.
    """
    wanted = words_of(about)
    if sum(map(len, wanted)) < SHORTEST:
        raise SearchTooShort(least=SHORTEST)
    with office.open() as books:
        actor = by.enter(books, None)
        seats.log_search(books, by.person)
        texts = desk.own_texts(books, by.person, ABOUT.name)
        found = []
        for matter in desk.own_matters(books, by.person):
            if matter.id not in texts:
                continue
            reader = Reader(books, matter.id, actor)
            if any(wanted <= _words_in(reader, row) for row in texts[matter.id]):
                found.append(Earlier(matter, books.calendar(matter.calendar).local_date(matter.opened_at)))
        return found


def words_of(text: str) -> frozenset[str]:
    """The words of a text without case and accents, so that GARCIA finds García.

    >>> sorted(words_of("María GARCÍA-Luna"))
    ['garcia', 'luna', 'maria']
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return frozenset(_WORD.findall(plain.casefold()))


def _words_in(reader: Reader, row: TextRow) -> frozenset[str]:
    """The words of one sealed `about`; none of one that cannot be opened."""
    try:
        return words_of(reader.open(row, ABOUT).text)
    except (NotThisRow, Unreadable):
        return frozenset()
