"""Names in what a person wrote about who must not see it. It only ever adds to whom she ticked."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final
from uuid import UUID

_TELLING: Final = 4
"""Letters a single part of a name must have to tell somebody: shorter ones (de, los, Ana) are found with the whole name only."""


def meant(words: str, names: Mapping[UUID, str]) -> set[UUID]:
    """Whom free words about who must not see it can mean: the whole name, or any part of it of four letters or more.

    A part that several people share means all of them, unless one is named in full.

    >>> from uuid import UUID
    >>> ana, eva = UUID(int=1), UUID(int=2)
    >>> meant("not ms. RIVERA please", {ana: "Ana Rivera", eva: "Eva Núñez"}) == {ana}
    True
    >>> meant("eva nunez", {ana: "Ana Rivera", eva: "Eva Núñez"}) == {eva}
    True
    """
    whole = _in_full(words, names)
    named = {part for person in whole for part in _parts(names[person])}
    told = set(_parts(words)) - named
    return whole | {person for person, name in names.items() if any(part in told for part in _telling(_parts(name)))}


def mentioned(words: str, names: Mapping[UUID, str]) -> set[UUID]:
    """Whom an account of who it is about can mean: the whole name, or a surname. A given name alone is too common.

    >>> from uuid import UUID
    >>> mentioned("My boss Rivera shouts", {UUID(int=1): "Maria Rivera"}) == {UUID(int=1)}
    True
    >>> mentioned("My boss Maria shouts", {UUID(int=1): "Maria Rivera"})
    set()
    """
    told = set(_parts(words))
    surnames = {person: _telling(_parts(name)[1:]) for person, name in names.items()}
    return _in_full(words, names) | {person for person, parts in surnames.items() if any(part in told for part in parts)}


def says(words: str, phrase: str) -> bool:
    """Whether a phrase stands in a text, word for word, whatever its case and accents.

    >>> says("Not the Secretario  General, please", "secretario general")
    True
    >>> says("the general secretary", "Secretary General")
    False
    """
    told, wanted = _parts(words), _parts(phrase)
    return any(told[place : place + len(wanted)] == wanted for place in range(len(told) - len(wanted) + 1))


def _in_full(words: str, names: Mapping[UUID, str]) -> set[UUID]:
    told = set(_parts(words))
    return {person for person, name in names.items() if (parts := _parts(name)) and told.issuperset(parts)}


def _telling(parts: list[str]) -> list[str]:
    return [part for part in parts if len(part) >= _TELLING]


def _parts(words: str) -> list[str]:
    """Words without case and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))
    return re.findall(r"[^\W\d_]+", plain)
