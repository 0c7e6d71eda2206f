"""What a complaint and the mediations that grow out of it share: what is proposed to her, and what she answers.

Her answer is a text of her own case in a slot of its own, always of the same length; it is gone as soon as both agreed, or the
round is over (`docs/decisions/0058-mediation.md`).
"""

from typing import Final
from uuid import UUID

from actions.kernel.actor import Actor
from actions.kernel.kind import Act, Payload
from actions.kinds.sealed import Text, write
from actions.sealing import Reader
from records import matters, sealed, seats
from records.books import Books
from records.matters import Matter
from records.vault import CHOICE

PROPOSE: Final = "propose_mediation"
YES, NO = "yes", "no "
"""Of one length, so that nothing outside the seal tells them apart."""


class ProposeMediation(Payload):
    """A mediation is proposed to her: to whom exactly which text would go, if she agrees."""

    to: Text
    text: Text


class AnswerMediation(Payload):
    """Her yes or no. Whichever it is, the same is written down."""

    agrees: bool


def keep_answer(books: Books, matter: Matter, act: Act, answer: AnswerMediation) -> None:
    """Seal her answer into her case. The newest counts."""
    write(books, matter, act, CHOICE, YES if answer.agrees else NO)


def her_answer(books: Books, case: UUID, reader: Reader) -> bool | None:
    """Her newest answer as whoever has a seat in her case can open it; None: there is none, or not any more."""
    rows = sealed.texts(books, case, [CHOICE.name])
    return None if not rows else reader.open(rows[-1], CHOICE).text == YES


def answer_for(books: Books, case: UUID, actor: Actor) -> bool | None:
    """The same for whoever acts; None also for who has no seat in her case, or no keys."""
    if actor.pair is None or seats.own(books, case, actor.person, actor.comer) is None:
        return None
    return her_answer(books, case, Reader(books, case, actor))


def proposal(books: Books, case: UUID) -> UUID | None:
    """The text that was proposed to her last: what goes out if she agrees, and to whom. None: nothing ever was."""
    told = [event.facts["text"] for event in matters.history(books, case) if event.trigger == PROPOSE]
    return UUID(str(told[-1])) if told else None
