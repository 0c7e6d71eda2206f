"""What she is told of the end of a time in office: that her talk ends with it, and that she is asked whether somebody goes on."""

from collections.abc import Mapping, Sequence
from datetime import date

from actions.kinds.handing_over import AGREE, asked_about
from policies.said import Said
from records import people
from records.books import Books
from records.matters import EventRow, Matter
from records.terms import CLOCK_NAME

ANSWER = "hand_over_answer"
"""The clock until whose day she can answer."""
ENDED = "end_with_term"


def term_said(books: Books, matter: Matter, due: Mapping[str, date | None], events: Sequence[EventRow]) -> tuple[Said, ...]:
    """That it ends on a day unless it is finished or goes on with somebody else; or that it ended so. `due`: days by clock."""
    if any(event.trigger == ENDED for event in events):
        return (Said("plain.term.ended"),)
    last, handler = due.get(CLOCK_NAME), people.responsible(books, [matter.id]).get(matter.id)
    if last is None or handler is None:
        return ()
    return (Said("plain.term.ends", {"name": people.names(books, [handler])[handler], "day": last}),)


def hand_over_asked(
    books: Books, due: Mapping[str, date | None], events: Sequence[EventRow], moves: Sequence[str]
) -> tuple[Said, ...]:
    """That she is asked about one person, by name, until a day; and that no answer is a no."""
    person, until = asked_about(events), due.get(ANSWER)
    if AGREE not in moves or person is None or until is None:
        return ()
    return (Said("plain.asked.hand_over", {"name": people.names(books, [person])[person], "day": until}),)
