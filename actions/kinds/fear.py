"""Is she afraid that somebody treats her worse because she came? She is asked when she comes; nobody has to answer.

What she answers is sealed with the rest she told about herself. A yes is said as an act of its own, too: from it a clock runs
until somebody watches over her, or answers her.
"""

import json
from typing import Final

from actions.kernel.actor import Actor
from actions.sealing import Reader
from records import sealed
from records.books import Books
from records.matters import Matter
from records.vault import ANSWERS

FEAR: Final = "name_fear"
"""The act by which she says so; every kind of case that watches over people calls it so."""
YES: Final = "yes"


def said_so(books: Books, matter: Matter, actor: Actor) -> bool:
    """Whether she said yes when she came; opened with her own words. False where nothing of it is kept."""
    reader = Reader(books, matter.id, actor)
    kept = [json.loads(reader.open(row, ANSWERS).text) for row in sealed.texts(books, matter.id, [ANSWERS.name])]
    return any(told.get("afraid") == YES for told in kept)
