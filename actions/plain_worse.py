"""What she is told of being treated worse because she came: until when she can say so here, and when she is asked again."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from actions.front import at_least_until, protected_until
from actions.kernel.watching import Subject
from policies.said import Said
from records.books import Books
from records.matters import EventRow
from states.complaint_time import CHECK_INS

TELL: Final = "it_happened"
"""The act by which she says that it happened."""
LEFT: Final = "withdraw_leave"
ANSWERS: Final = (TELL, "nothing_happened", "stop_asking")


def retaliation(
    books: Books, subject: Subject, until: date | None, again: Sequence[date | None], moves: Sequence[str]
) -> tuple[Said, ...]:
    """Until which day she can tell us here, and when we ask her again. `again`: the days of questions to come.

    When that day is over she can go on as long as somebody watches over her; else she is told what she can do instead.
    """
    if until is not None:
        days = sorted(day for day in again if day is not None and day >= books.today)
        next_time = tuple(Said("plain.retaliation.again", {"day": day}) for day in days[:1])
        return (Said("plain.retaliation.until", {"day": until}), *next_time)
    if subject.matter.rested_on is None:
        return (at_least_until(protected_until(books, subject.policy)),)
    return (Said("plain.retaliation.now" if TELL in moves else "plain.retaliation.over"),)


def is_asked(events: Sequence[EventRow]) -> bool:
    """Whether days of asking are hers: not once she let us go on without her, because then nothing more is asked of her."""
    return not any(event.trigger == LEFT for event in events)


def worse_asked(events: Sequence[EventRow], moves: Sequence[str], *, several: bool = False) -> tuple[Said, ...]:
    """The question, if a day of asking came since she last answered; that she need not answer is said with it.

    Of `several` who came nobody answers for the others: it stays asked until the next such day.
    """
    asked = max((event.seq for event in events if event.trigger in CHECK_INS), default=0)
    answered = 0 if several else max((event.seq for event in events if event.trigger in ANSWERS), default=0)
    return (Said("plain.asked.worse"),) if asked > answered and TELL in moves and is_asked(events) else ()
