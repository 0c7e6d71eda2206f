"""What leaves a matter as a letter, and the answer that comes back by one.

A consent that names somebody with a letter key is served on exactly them, in the transaction of the act that uses it; one that
names nobody is handed over by the office on paper. An answer is opened in place, as often as anybody with a seat looks; the act
that says what it was copies it into the matter, so that history has a text of it as of one that came on paper
(`docs/decisions/0067-served-letters.md`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from pydantic import SecretStr

from actions import letters
from actions.addressing import require_free, require_receiver
from actions.days import Day
from actions.kernel.actor import Actor
from actions.kernel.kind import Act, Payload
from actions.kinds.sealed import Past, Text, note, words, write
from actions.sealing import Reader
from policies.periods import Period
from policies.refusal import Refusal
from policies.said import Fact
from records import matters
from records.books import Books
from records.matters import EventRow, Matter
from records.vault import NOTE, Author, Visibility
from states.due import due

CAME: Final = letters.REPLY_CAME
LETTER: Final = "letter"
"""The fact of history that names a letter: of the act that served it, of its answer's coming, of the act that took the answer."""
ANSWERED_BY: Final[Mapping[str, str]] = {
    "issue": "reply",
    "ask_measures": "reply",
    "deliver": "reply",
    "serve_draft": "draft_reply",
    "ask_third_party": "no_third_party_answer_decision",
}
"""The clocks that wait for the answer, by the act that serves. Of any other act no answer is asked for, and one may come."""


class ReplyCame(Payload):
    """The post brought the answer to a letter. Made by the flow that carries it. `on`: the day it was written."""

    letter: UUID | None = None
    on: date | None = None

    def happened_on(self) -> date | None:
        """The day it was written at the other door."""
        return self.on


class Answered(Payload):
    """What somebody outside said: written down by the office with the day it came, or the letter that it came in."""

    text: Text | None = None
    on: Day | None = None
    letter: UUID | None = None

    def happened_on(self) -> date | None:
        """The told day."""
        return self.on


class LetterTaken(Payload):
    """An answer that nothing was waited for with: it is read, and kept."""

    letter: UUID | None = None


class ReceiverUnclear(Refusal):
    """It goes to somebody with a letter key, or to somebody who is named; not to both, and not to nobody."""

    code: ClassVar[str] = "receiver_unclear"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Post:
    """What a matter's history tells of its letters: by which act each went out, whose answer came when, and who was read."""

    served_by: Mapping[UUID, str]
    came: Mapping[UUID, date]
    taken: frozenset[UUID]

    @property
    def unread(self) -> tuple[UUID, ...]:
        """Letters whose answer came and was not taken yet, the first to come first."""
        return tuple(one for one in self.came if one not in self.taken)

    def waiting(self, *acts: str) -> tuple[UUID, ...]:
        """Those of `unread` that went out by one of these acts; by any, if none is named."""
        return tuple(one for one in self.unread if not acts or self.served_by.get(one) in acts)


def post_of(events: Sequence[EventRow]) -> Post:
    """What history tells of letters. The first act that names one served it; whatever names one later took its answer."""
    served: dict[UUID, str] = {}
    came: dict[UUID, date] = {}
    taken: set[UUID] = set()
    for event in events:
        if (told := event.facts.get(LETTER)) is None:
            continue
        letter = UUID(str(told))
        if event.trigger == CAME:
            came[letter] = event.effective_on
        elif letter in served:
            taken.add(letter)
        else:
            served[letter] = event.trigger
    return Post(served, came, frozenset(taken))


def in_a_letter(past: Past, payload: Payload, *acts: str) -> bool:
    """Whether the answer is in the letter that is named: it waits to be read, and went out by one of `acts` (none: by any)."""
    if not isinstance(payload, Answered | LetterTaken) or payload.letter is None:
        return False
    return payload.letter in post_of(past.events).waiting(*acts)


def on_file(past: Past, payload: Payload, *acts: str, day_told: bool = True) -> bool:
    """Whether an answer is on file: in a letter, or written down, with its day if that must be told. Never both at once."""
    if not isinstance(payload, Answered):
        return False
    if payload.letter is not None:
        return payload.text is None and payload.on is None and in_a_letter(past, payload, *acts)
    return payload.text is not None and (payload.on is not None or not day_told)


def receiver(
    books: Books, case: UUID, by: Actor, *, to: SecretStr | None, addressee: UUID | None, about: str | None, audience: str
) -> str:
    """The name of whoever is to get it, as she reads it. Raises ReceiverUnclear; of an addressee as `require_receiver`."""
    if (to is None) == (addressee is None):
        raise ReceiverUnclear()
    if addressee is None:
        return words(to)
    return require_receiver(books, case, by, addressee, about=about, audience=audience).name


def serve(books: Books, matter: Matter, act: Act, to: UUID | None, text: str, *, cases: Sequence[UUID]) -> dict[str, Fact]:
    """Serve what was agreed to in `cases` on whom it was agreed to. `to` None: nobody with a key; the office hands it over.

    Raises as `addressing.require_free` and `letters.serve`; then nothing is written.
    """
    if to is None:
        return {}
    for case in cases:
        require_free(books, case, act.by, to)
    return {LETTER: str(letters.serve(books, matter, act, text, to, answer_by=_answer_by(books, matter, act.trigger)))}


def _answer_by(books: Books, matter: Matter, trigger: str) -> date | None:
    """The last day on which an answer is sure to be here before the clock says that none came. None: no answer is asked for."""
    clock = ANSWERED_BY.get(trigger)
    rule = None if clock is None else books.edition(matter.edition).kinds[matter.kind].clocks.get(clock)
    if not isinstance(rule, Period):
        return None
    last = due(rule, books.today, books.calendar(matter.calendar)).on
    return None if last is None else letters.last_day_to_answer(books, last)


def came(payload: ReplyCame) -> dict[str, Fact]:
    """What history keeps of an answer's coming."""
    return {} if payload.letter is None else {LETTER: str(payload.letter)}


def take(books: Books, matter: Matter, act: Act, payload: Answered | LetterTaken) -> tuple[dict[str, Fact], date | None]:
    """Keep an answer as a text by whoever gave it; return what history keeps of it, and the day it is of."""
    if isinstance(payload, Answered) and payload.letter is None:
        return note(books, matter, act, payload.text, NOTE, Author.ADDRESSEE), payload.on
    if payload.letter is None:
        raise ValueError("the claim an_answer_waits_to_be_read holds of no act without a letter")
    text = letters.read_answer(books, matter.id, Reader(books, matter.id, act.by), payload.letter)
    row = write(books, matter, act, NOTE, text, visibility=Visibility.OFFICE, author=Author.ADDRESSEE)
    on = post_of(matters.history(books, matter.id)).came.get(payload.letter)
    return {LETTER: str(payload.letter), "text": str(row)}, on
