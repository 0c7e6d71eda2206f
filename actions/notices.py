"""The two mails of the ombudsperson's office. They go out by the calendar, never because something happened.

Every working day the desk gets the same few words, whether or not anything waits. Once a week the chair gets a note that says
in bands how many duties of the office are late beyond the rung that tells the chair, also when none is.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

from actions.desk_sessions import DESK
from actions.keys import enter
from actions.office import Office
from actions.people import UnknownRole
from actions.report_week import keep_week
from policies.pack import Pack
from policies.rules import Act
from records import mailing, people, rosters
from records.books import Books
from records.mailing import LateRung, Standing
from records.people import PersonRow
from states.calendars import Calendar
from states.ladders import Roster

DESK_MAIL: Final = "notice.desk_day"
CHAIR_NOTE: Final = "notice.chair_week"
REPORT_HELD: Final = "notice.report_held"
REPORT_OUT: Final = "notice.report_out"
STANDING: Final = frozenset({DESK_MAIL, CHAIR_NOTE, REPORT_HELD})
"""All that ever leaves the ombudsperson's database as a mail. The last is about a report, never about a case: see 0048."""
_WEEK: Final = timedelta(days=7)


class Band(StrEnum):
    """How many, as far as the chair learns it."""

    NONE = "none"
    SOME = "some"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Moment:
    """When a mail of the calendar belongs: the local day, and the instant its hour strikes."""

    day: date
    at: datetime


def due_notices(office: Office) -> int:
    """Put the mails of the calendar whose hour has come into the outbox; return how many are new. For every tick: safe to call
    often, late, or beside another. After an outage only the newest is made, never several. In the house there are none.
    """
    if office.database != "ombuds":
        return 0
    with office.open() as books:
        return _put(books, [*_desk_mails(books), *_chair_notes(books)])


def desk_mail(office: Office, day: date) -> int:
    """Put the desk's mail of one day into the outbox, unless it is there or its hour has not come; return how many are new."""
    with office.open() as books:
        moment = _desk_moment(books)
        return _put(books, _desk_mails(books)) if moment.day == day else 0


def chair_note(office: Office, week: str) -> int:
    """Put the chair's note of an ISO week (`2016-W36`) into the outbox, as `desk_mail` does."""
    with office.open() as books:
        moment = _chair_moment(books)
        return _put(books, _chair_notes(books)) if iso_week(moment.day) == week else 0


def chair_role(pack: Pack) -> str | None:
    """The role above everybody at the desk; None for a pack whose desk answers to nobody."""
    chain = Roster((), pack.house.roles)
    tops = [above[-1] for name, role in pack.house.roles.items() if role.door == DESK and (above := chain.overseers(name))]
    return next(iter(tops), None)


def name_chair(office: Office, name: str, *, mail: str, language: str = "en", from_on: date | None = None) -> UUID:
    """Write down who gets the weekly note from a day on (default: today), in place of whoever did. They get no key.

    Raises UnknownRole for a pack whose desk answers to nobody.
    """
    with office.open() as books:
        role, first = chair_role(books.pack), from_on or books.today
        if role is None:
            raise UnknownRole(known="")
        for each in people.serving(books, first):
            if each.role == role:
                rosters.end_appointment(books, each.person_id, role, first)
        person = uuid4()
        people.add_person(books, PersonRow(person, name, mail, language))
        people.appoint(books, uuid4(), person, role, first, None)
        enter(books, "person.appointed", {"person": str(person), "role": role, "since": first})
        return person


def iso_week(day: date) -> str:
    """The week of a day as ISO 8601 writes it."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def band(books: Books) -> Band:
    """How many duties of the office are late beyond the chair's rung, at this moment.

    Counted is a duty (one clock of one matter, in one epoch) that is open, not paused, whose day is before today, and of which
    a rung has fired that tells the chair: one whose act in the ladder of the matter's own edition is `tell_chair`, or one that
    reached the chair because nobody stands between.
    """
    chairs: set[UUID | None] = {
        each.person_id for each in people.serving(books, books.today) if each.role == chair_role(books.pack)
    }
    late = len({rung.clock for rung in mailing.late_rungs(books, books.today) if _tells_chair(books, rung, chairs)})
    if not late:
        return Band.NONE
    return Band.MANY if late >= books.pack.house.notices.band_from else Band.SOME


def _tells_chair(books: Books, fired: LateRung, chairs: Container[UUID | None]) -> bool:
    if fired.person in chairs:
        return True
    edition = books.edition(fired.edition)
    ladder = edition.ladders[edition.kinds[fired.kind].clocks[fired.name].ladder]
    return any(rung.name == fired.rung and rung.act is Act.TELL_CHAIR for rung in ladder.rungs)


def _put(books: Books, mails: list[Standing]) -> int:
    """The mails that are not there yet."""
    there = mailing.known(books, [mail.dedup for mail in mails]) if mails else set()
    fresh = [mail for mail in mails if mail.dedup not in there]
    for mail in fresh:
        mailing.put_standing(books, mail)
    return len(fresh)


def _desk_mails(books: Books) -> list[Standing]:
    moment = _desk_moment(books)
    roles = {name for name, role in books.pack.house.roles.items() if role.door == DESK}
    serving = {each.person_id for each in people.serving(books, moment.day) if each.role in roles}
    return [
        Standing(person, f"desk:{moment.day.isoformat()}:{person}", DESK_MAIL, {"at": moment.at.isoformat()})
        for person in sorted(mailing.added_before(books, serving, moment.at))
    ]


def _chair_notes(books: Books) -> list[Standing]:
    """One note, made of what is true when it is made; what is true later is for the next. It is kept as a release too."""
    moment, week = _chair_moment(books), iso_week(_chair_moment(books).day)
    if mailing.known(books, [f"chair:{week}"]):
        return []
    holders = [each.person_id for each in people.serving(books, moment.day) if each.role == chair_role(books.pack)]
    params = {"at": moment.at.isoformat(), "band": band(books).value}
    here = mailing.added_before(books, holders, moment.at)
    notes = [Standing(person, f"chair:{week}", CHAIR_NOTE, params) for person in holders if person in here][:1]
    if notes:
        keep_week(books, params["band"], moment.day)  # what was said once is known to whoever reads the reports
    return notes


def _desk_moment(books: Books) -> Moment:
    """The newest working day whose hour has come."""
    calendar, hour = books.calendar(), books.pack.house.notices.desk_hour
    day = calendar.previous_working(books.today)
    if _strikes(calendar, day, hour) > books.now:
        day = calendar.previous_working(day - timedelta(days=1))
    return Moment(day, _strikes(calendar, day, hour))


def _chair_moment(books: Books) -> Moment:
    """The newest day of the policy's weekday whose hour has come, working day or not."""
    calendar, notices = books.calendar(), books.pack.house.notices
    day = books.today - timedelta(days=(books.today.weekday() - notices.chair_weekday) % 7)
    if _strikes(calendar, day, notices.chair_hour) > books.now:
        day -= _WEEK
    return Moment(day, _strikes(calendar, day, notices.chair_hour))


def moment_at(books: Books, day: date, hour: int) -> Moment:
    """A day of the office and the instant at which an hour of it strikes."""
    return Moment(day, _strikes(books.calendar(), day, hour))


def _strikes(calendar: Calendar, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), calendar.zone)
