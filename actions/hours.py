"""When somebody of the office is there, honestly: its own place's hours, the next day on which it works, and nothing else."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from actions.kinds.danger import TRIAGE
from policies.periods import Period
from records.books import Books
from states.due import due


@dataclass(frozen=True, slots=True)
class Hours:
    """On working days at `place` (a station's code), local time. `next_on`: the day, perhaps today, on which somebody is there.

    `urgent_by`: by when a person looks at what comes now and is urgent; None: this house sets no such day.
    """

    place: str
    opens: time
    closes: time
    next_on: date
    urgent_by: date | None


def hours(books: Books, track: str) -> Hours:
    """The hours of today. An office that closes in a minute is still there today; afterwards it is not."""
    spec, calendar = books.pack.calendars.spec(), books.calendar()
    over = books.now.astimezone(calendar.zone).time() >= spec.closes
    next_on = calendar.next_working(books.today + timedelta(days=1) if over else books.today)
    rule = books.pack.kinds[track].clocks.get(TRIAGE)
    by = due(rule, books.today, calendar).on if isinstance(rule, Period) else None
    return Hours(spec.code, spec.opens, spec.closes, next_on, by)
