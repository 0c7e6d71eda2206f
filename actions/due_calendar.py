"""What is due in the house, as a calendar: the house's matters only, for the office's have no due dates outside their seats."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Final
from uuid import UUID

from actions.due_list import Owed, due_list
from actions.office import Office

MOST: Final = 5000
"""Days in each list. A calendar that stops early would say that nothing is due."""


def due_calendar(office: Office, say: Callable[[Owed], str], name: str, *, by: UUID) -> str:
    """All that is due or late and that the person may know of, as iCalendar; `say` makes a duty's sentence.

    The same duties give the same text all day: it is stamped with the office's day, not with the moment.
    """
    # here, not above: icalendar takes a tenth of a second to load, which every start of the door would pay
    from structure.exchange.due_dates import DueDate, write_calendar  # noqa: PLC0415  # as said above

    found = due_list(office, by=by, most=MOST)
    days = [DueDate(f"{one.matter.id}/{one.clock}", one.due_on, say(one)) for one in (*found.due, *found.late)]
    return write_calendar(days, made_at=datetime.combine(found.today, time(), UTC), name=name)
