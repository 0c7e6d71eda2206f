"""May somebody else go on with a talk? Asked by whoever answers for it; her yes seals it to them, and nothing else does.

Her own words open the matter, so it is her session that gives the seat: nothing waits for somebody who is about to leave, and
nobody can be given it without her. Silence is a no (docs/decisions/0071-people.md).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.choosing import require_among
from actions.kernel.actor import Actor
from actions.kernel.kind import Act, Payload
from actions.kinds.sealed import MayTell, Past, say
from actions.sealing import Seated, seat_person, writing_epoch
from actions.seating import ALTERNATE, STAND_IN, Candidate, candidates, locked_out
from policies.refusal import Refusal
from policies.said import Fact
from records import matters, people, seats
from records.books import Books
from records.matters import EventRow, Matter
from states.table import StateTable

ASK: Final = "ask_hand_over"
AGREE: Final = "agree_hand_over"
ENDS: Final = (AGREE, "refuse_hand_over", "leave_unanswered")
"""After each of these nothing is asked any more."""
AGREED: Final = "she_agreed"
"""Why somebody answers for it from then on."""


class SuccessorGone(Refusal):
    """Whoever was to go on holds no office today, or must not see it by now. Nothing was handed over."""

    code: ClassVar[str] = "successor_gone"


class AskHandOver(MayTell):
    """Who may go on, if she says yes; `text` tells her why she is asked."""

    person: UUID


class Announced(Payload):
    """The day from which the announced end is counted: a process of the house alone brings it."""

    on: date

    def happened_on(self) -> date:
        """That day: the clock begins on it."""
        return self.on


def asks_her(table: StateTable) -> bool:
    """Whether nobody gets such a matter later unless she says yes."""
    return AGREE in table.triggers


def asked_about(events: Sequence[EventRow]) -> UUID | None:
    """Whom she is asked about; None: nobody asks."""
    if not Past(events).is_open(ASK, ENDS):
        return None
    return UUID(str(next(event for event in reversed(events) if event.trigger == ASK).facts["person"]))


def who_may_go_on(books: Books, matter: Matter, actor: Actor) -> Mapping[UUID, Candidate]:
    """Everybody in office today who handles such matters and whom she did not lock out, but for whoever answers for it."""
    found = candidates(books, matter.kind)
    out = {*locked_out(books, matter.id, actor, found), people.responsible(books, [matter.id]).get(matter.id)}
    return {one.person: one for one in found if one.person not in out}


def ask(books: Books, matter: Matter, act: Act, told: AskHandOver) -> dict[str, Fact]:
    """Ask her about one person. Raises NotInList for somebody who cannot go on; then nothing was written."""
    require_among("person", str(told.person), [str(one) for one in who_may_go_on(books, matter, act.by)])
    return {"person": str(told.person), **say(books, matter, act, told.text)}


def agree(books: Books, matter: Matter, act: Act) -> dict[str, Fact]:
    """Give the seat with her own key, if there is none yet, and only then make that person responsible. Raises SuccessorGone."""
    asked = asked_about(matters.history(books, matter.id))
    following = who_may_go_on(books, matter, act.by).get(asked) if asked else None
    if following is None:
        raise SuccessorGone()
    if following.person not in seats.persons(books, matter.id):
        rung = ALTERNATE if following.outside else STAND_IN
        epoch = writing_epoch(books, matter.id, act.by)
        seat_person(books, matter.id, epoch, Seated(following.person, rung, following.key))
    people.make_responsible(books, uuid4(), matter.id, following.person, at=act.at, why=AGREED)
    return {"person": str(following.person)}
