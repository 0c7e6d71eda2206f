"""Is anyone in danger? What is written down when the office acts without consent: what was told, to whom, why, and to her first.

She can read all of it afterwards, part by part. Nothing else leaves without her consent (`words.md` 3).
"""

from collections.abc import Sequence
from typing import Final

from actions.kernel.kind import Act
from actions.kinds.sealed import Past, Reasoned, Text, say
from policies.said import Fact
from records import matters
from records.books import Books
from records.matters import EventRow, Matter

RAISE: Final = "raise_alarm"
"""The act by which she says that somebody may be seriously harmed soon; every kind of case that has it calls it so."""
TRIAGE: Final = "triage"
"""The clock that runs from it, and the act by which a person judges it."""
JUDGED: Final = (TRIAGE, "act_on_danger")
"""Acts after which it is judged."""
PARTS: Final = ("reason", "to", "text", "beforehand")
"""The record in the order in which she reads it."""
OF_PART: Final = "text_"
"""Before a part's name in the history: the id of that text. What was told is the act's own `text`."""


class Danger(Reasoned):
    """Somebody may be seriously harmed very soon: why, what was told, to whom; and whether she was told first.

    `beforehand`: when and how she was told first, or why she could not be. What is left out, the claim that needs it says.
    """

    to: Text | None = None
    text: Text | None = None
    told_first: bool = False
    beforehand: Text | None = None


def record(books: Books, matter: Matter, act: Act, danger: Danger) -> dict[str, Fact]:
    """Keep the record where she reads it; history keeps the ids of its parts and whether she was told first."""
    kept: dict[str, Fact] = {"told_first": danger.told_first}
    for part in PARTS:
        for fact in say(books, matter, act, getattr(danger, part)).values():
            kept[part if part == "text" else f"{OF_PART}{part}"] = fact
    return kept


def came_with(event: EventRow) -> dict[str, str]:
    """Of the texts that an act brought: by id, the act, and for a part of a record that part behind a dot."""
    parts = {name.removeprefix(OF_PART): fact for name, fact in event.facts.items() if name.startswith(OF_PART)}
    own = {str(event.facts["text"]): event.trigger} if "text" in event.facts else {}
    return own | {str(fact): f"{event.trigger}.{part}" for part, fact in parts.items()}


def alarm_open(events: Sequence[EventRow]) -> bool:
    """Whether somebody said that a person may be in danger, and nobody judged it since."""
    past = Past(events)
    return past.last(RAISE) > past.last(*JUDGED)


def alarm_open_in(books: Books, matter: Matter) -> bool:
    """The same, of a matter."""
    return alarm_open(matters.history(books, matter.id))
