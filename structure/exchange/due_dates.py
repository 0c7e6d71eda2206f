"""Due dates as an iCalendar file (RFC 5545): whole-day events with stable names, and nothing that people wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class DueDate:
    """A day on which something is owed. `summary` is a sentence of the catalogues, already in the reader's language."""

    id: str
    on: date
    summary: str


def write_calendar(due: Iterable[DueDate], *, made_at: datetime, name: str) -> str:
    """An iCalendar text: the same dates give the same events under the same names, so that a reader's calendar updates them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Amparo//due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in sorted(due, key=lambda one: (one.on, one.id)):
        event = Event()
        event.add("uid", f"{one.id}@amparo")
        event.add("dtstamp", made_at)
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("summary", one.summary)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return str(calendar.to_ical().decode())
