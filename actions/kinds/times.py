"""She would rather talk: a time of those the office offers, taken in her own case. With whom a time is, stands nowhere in clear.

What she took is one sealed text; the list of offered times only knows that somebody did. The office calls nobody unless she gave
a number and the hours at which that is safe.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ClassVar, Final, Self
from uuid import UUID

from pydantic import model_validator

from actions.kernel.actor import Actor
from actions.kernel.kind import Act, Payload
from actions.kinds.sealed import Past, Text, Told, say, words, write
from actions.sealing import Reader
from policies.offered_times import TELEPHONE, OfferedTimeRules
from policies.refusal import Refusal
from policies.said import Fact
from records import matters, offered_times, people, sealed
from records.books import Books
from records.matters import EventRow, Matter
from records.offered_times import TimeRow
from records.vault import TAKEN_TIME

TAKE: Final = "take_time"
LEAVE: Final = "leave_time"
CANCEL: Final = "cancel_time"
"""The acts of every kind that has them."""
GIVEN_UP: Final = (LEAVE, CANCEL)
GAVE: Final = "time_given_up"
"""In the history of an act by which somebody else's time, or that of who leaves others, went back into the list."""
LETS_GO: Final = frozenset({LEAVE, "make_official", "stop", "withdraw_stop", "withdraw_forget"})
"""Her own acts after which she does not come at that time: somebody else can have it."""


class TimeGone(Refusal):
    """Somebody else took it, or it is too late to take it. Nothing that was written is lost: another can be picked."""

    code: ClassVar[str] = "time_gone"


class NoCallThere(Refusal):
    """A number was given for a time in a room: nobody calls then."""

    code: ClassVar[str] = "no_call_there"
    status: ClassVar[int] = 422


class TimeOfAnother(Refusal):
    """Somebody else who came with the same matter has taken a time. One at a time: they can give it back, or write to us."""

    code: ClassVar[str] = "time_of_another"


class TakeTime(Payload):
    """Which time. `number` and `hours`: where and when the office may call her, both or neither; else she calls, or comes."""

    time: UUID
    number: Text | None = None
    hours: Text | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.number is None) != (self.hours is None):
            raise ValueError("a number to call, and when it is safe, come together")
        return self


class CancelTime(Told):
    """The office cannot keep the time: `text` tells her, and what instead."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The time that stands in a case. `called`: the office may call her at `number` in `hours`; else she comes or calls."""

    time: UUID
    begins_at: datetime
    minutes: int
    way: str
    with_whom: str
    place: str = field(repr=False)
    number: str = field(repr=False)
    hours: str = field(repr=False)

    @property
    def called(self) -> bool:
        """Whether the office calls her."""
        return bool(self.number)


def rules_of(books: Books) -> OfferedTimeRules | None:
    """The rules of the edition in use; None: this house offers no times."""
    return books.pack.offered_times


def first_day(books: Books, rules: OfferedTimeRules) -> date:
    """The first day of which a time can still be taken today."""
    return books.today + timedelta(days=rules.days_before)


def free(books: Books) -> tuple[TimeRow, ...]:
    """The times somebody can take now, the first one first."""
    rules = rules_of(books)
    if rules is None:
        return ()
    since = books.calendar().start_of(first_day(books, rules))
    return tuple(row for row in offered_times.ahead(books, since) if not row.taken)


def take(books: Books, matter: Matter, act: Act, wanted: TakeTime) -> dict[str, Fact]:
    """Take a time in the place of the one that stands, if one does. Raises TimeGone, NoCallThere; then nothing was written."""
    found = next((row for row in free(books) if row.id == wanted.time), None)
    if found is None:
        raise TimeGone()
    if wanted.number is not None and found.way != TELEPHONE:
        raise NoCallThere()
    if is_taken(matters.history(books, matter.id)) and not is_hers(books, matter.id, act.by):
        raise TimeOfAnother()
    if not offered_times.take(books, found.id):
        raise TimeGone()
    give_up(books, matter, act)
    told = {
        "time": str(found.id),
        "begins_at": found.begins_at.astimezone(books.calendar(matter.calendar).zone).isoformat(),
        "minutes": found.minutes,
        "way": found.way,
        "with_whom": people.names(books, [found.offered_by])[found.offered_by],
        "place": found.place,
        "number": words(wanted.number),
        "hours": words(wanted.hours),
    }
    return {"taken": str(write(books, matter, act, TAKEN_TIME, json.dumps(told, ensure_ascii=False)))}


def let_go(books: Books, matter: Matter, act: Act) -> None:
    """Let others have the time that stands, if this is an act of hers after which she does not come."""
    if act.trigger in LETS_GO and is_hers(books, matter.id, act.by):
        give_up(books, matter, act)


def give_up(books: Books, matter: Matter, act: Act) -> bool:
    """Let others have the time that stands, and say whether one did: what she gave up before may be somebody else's by now."""
    if not is_taken(matters.history(books, matter.id)):
        return False
    stands = taken_in(books, matter.id, Reader(books, matter.id, act.by))
    if stands is not None:
        offered_times.give_back(books, stands.time)
    return True


def cancel(books: Books, matter: Matter, act: Act, told: CancelTime) -> dict[str, Fact]:
    """Take the time out of the list and tell her; nobody can take it any more."""
    stands = taken_in(books, matter.id, Reader(books, matter.id, act.by))
    if stands is not None:
        offered_times.remove(books, stands.time)
    return say(books, matter, act, told.text)


def is_taken(events: Sequence[EventRow]) -> bool:
    """Whether a time stands: taken, and given up by nobody since."""
    past = Past(events)
    gave = max((event.seq for event in events if GAVE in event.facts), default=0)
    return past.last(TAKE) > max(past.last(*GIVEN_UP), gave)


def is_hers(books: Books, matter_id: UUID, actor: Actor) -> bool:
    """Whether the newest time that was taken was taken by whoever acts, of several who came. Somebody of the office: yes."""
    rows = sealed.texts(books, matter_id, [TAKEN_TIME.name])
    return actor.comer is None or (bool(rows) and rows[-1].comer_id in (None, actor.comer))


def taken_in(books: Books, matter_id: UUID, reader: Reader) -> Taken | None:
    """The newest time that was taken in a case, opened; the caller asks `is_taken` whether it still stands."""
    rows = sealed.texts(books, matter_id, [TAKEN_TIME.name])
    if not rows:
        return None
    told = json.loads(reader.open(rows[-1], TAKEN_TIME).text)
    return Taken(**told | {"time": UUID(told["time"]), "begins_at": datetime.fromisoformat(told["begins_at"])})
