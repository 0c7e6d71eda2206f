"""A paragraph of the register becomes a mandate: one act that opens the matter, starts its clocks and ties it to its words."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from actions.kernel.callers import HousePerson
from actions.kernel.kind import Payload
from actions.kernel.move import open_in
from actions.kinds.house import Citation, Given, GivenDay, GivenPeriod, Words
from actions.kinds.mandate import Register
from actions.looking import require_opener
from actions.office import Office
from actions.paragraphs import Done, held, note, require, rules_of
from actions.paragraphs_deciding import facts_of, require_paragraph
from actions.paragraphs_looking import mandate_of, of_paragraph, stands
from actions.replays import Repeatable, once
from policies.mandates import FirstDays
from policies.periods import FirstDay
from policies.refusal import Refusal
from policies.said import Said
from records import paragraphs as records
from records.books import Books
from records.paragraphs import StepRow, TextRow
from states.calendars import FIRST_YEAR, LAST_YEAR
from states.registering.paragraph import Paragraph
from states.registering.terms import Term
from structure.operation import Id

KIND = "mandate"
_MOST_WORDS = 500
_MOST_NAME = 80


class ParagraphIsMandate(Refusal):
    """This paragraph became a mandate before."""

    code: ClassVar[str] = "paragraph_is_mandate"


class ParagraphSetAside(Refusal):
    """Somebody decided that this paragraph asks for nothing any more."""

    code: ClassVar[str] = "paragraph_set_aside"


class TaskTooLong(Refusal):
    """The paragraph is too long to be a task as it stands: somebody must say it in fewer words."""

    code: ClassVar[str] = "task_too_long"
    status: ClassVar[int] = 422


class DayBeyondCalendars(Refusal):
    """No calendar of ours has the day that the text gives: somebody must give the day that counts."""

    code: ClassVar[str] = "day_beyond_calendars"
    status: ClassVar[int] = 422


class NewMandate(Payload):
    """What the text does not say, or says otherwise. What is left out is taken from the paragraph; unknown stays unknown."""

    title: Words
    task: Words | None = None
    addressee: Citation | None = None
    function: Id | None = None
    recipient: Citation | None = None
    due: Given | None = None
    sunset: Given | None = None
    review_by: Given | None = None


def may_make(office: Office, text_id: UUID, *, by: UUID) -> None:
    """Raise NotAllowed unless this person may open mandates; NoSuchText for a text that is not there."""
    require_opener(office, KIND, by=by)
    with office.open() as books:
        require(books, by, "read")
        records.one(books, text_id)


def make_mandate(
    office: Office,
    text_id: UUID,
    place: int,
    told: NewMandate,
    *,
    by: UUID,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Done:
    """Open the mandate that a paragraph gives, tied to it; its due day, its end and its review start their clocks.

    A told function must stand today: the duty belongs to it and follows it. Raises NotAllowed, NoSuchText, NoSuchParagraph,
    TextWithdrawn, StaleVersion, ParagraphIsMandate, ParagraphSetAside, TaskTooLong, DayBeyondCalendars, FunctionNotThere,
    AlreadyRegistered, KeyReused; then nothing is written, neither step nor matter.
    """
    with office.open() as books:
        require(books, by, "read")
        records.one(books, text_id)

        def first() -> dict[str, Any]:
            row = held(books, text_id, version)
            payload = _payload(books, row, place, told)
            matter = open_in(office, books, KIND, payload, by=HousePerson(by))
            step = StepRow(text_id, place, records.MADE_MANDATE, by, books.today, mandate_id=matter.id)
            after = records.step(books, step)
            note(books, by, step.what, row, facts_of(step, after))
            warnings = tuple(_not_carried(row.extract.paragraphs[place - 1], payload))
            return Done(row.id, after, row.symbol, len(row.extract.paragraphs), matter.id, warnings).kept()

        return Done.read(once(books, request, first, by=by))


def _payload(books: Books, row: TextRow, place: int, told: NewMandate) -> Register:
    require_paragraph(row, place)
    steps = of_paragraph(records.steps(books, [row.id])[row.id], place)
    if (there := mandate_of(steps)) is not None:
        raise ParagraphIsMandate(mandate=str(there))
    if not (now := stands(steps)).is_owed:
        raise ParagraphSetAside(status=str(now.status))
    one, first = row.extract.paragraphs[place - 1], rules_of(books.pack).first_days
    return Register(
        on=row.adopted_on,
        symbol=row.symbol,
        title=told.title,
        task=told.task or _task(row, one),
        issued_by=row.body,
        addressee=told.addressee or _names(one.addressees),
        function=told.function,
        recipient=told.recipient or _names(one.reports_to),
        source=row.source,
        **_dates(one, told, first),
    )


def _dates(one: Paragraph, told: NewMandate, first: FirstDays) -> dict[str, Given | None]:
    return {
        "due": told.due or given(one.due, first.duty),
        "sunset": told.sunset or given(one.sunset, first.force),
        "review_by": told.review_by or given(one.review, first.duty),
    }


def _not_carried(one: Paragraph, payload: Register) -> Iterator[Said]:
    """What the text says of a time and no clock came of, because no day is known."""
    for name, term, carried in (
        ("due", one.due, payload.due),
        ("sunset", one.sunset, payload.sunset),
        ("review", one.review, payload.review_by),
    ):
        if term is not None and carried is None:
            yield Said(f"registering.{name}_not_carried")


def given(term: Term | None, first_day: FirstDay) -> Given | None:
    """A time of a text as a mandate brings it to its clock; None where the text gives no day and no first day of a period.

    A period stays a period, so that its date explains itself. "Before" a day is the day before. Working days stay unknown: a text
    names no calendar. Raises DayBeyondCalendars.
    """
    if term is None:
        return None
    if (period := _period(term, first_day)) is not None:
        return period
    if term.day is None:
        return None
    return GivenDay(on=_in_calendars(term.day - timedelta(days=1) if term.excluded else term.day))


def _period(term: Term, first_day: FirstDay) -> GivenPeriod | None:
    if term.since is None or term.count is None or term.unit is None or term.excluded:
        return None
    start = _in_calendars(term.since)
    match term.unit:
        case "calendar_days":
            return GivenPeriod(start=start, count=term.count, first_day=first_day)
        case "weeks":
            return GivenPeriod(start=start, count=7 * term.count, first_day=first_day)
        case "months" | "years" if first_day == "excluded":
            return GivenPeriod(start=start, count=term.count * (12 if term.unit == "years" else 1), unit="months")
        case _:
            return None  # months with their first day counted: the day was worked out by the reader


def _in_calendars(day: date) -> date:
    if not date(FIRST_YEAR, 1, 2) <= day <= date(LAST_YEAR, 12, 31):
        raise DayBeyondCalendars(day=day)
    return day


def _task(row: TextRow, one: Paragraph) -> str:
    place = one.task or one.place
    words = " ".join(row.text[place.start : place.end].split())
    if len(words) > _MOST_WORDS:
        raise TaskTooLong(signs=len(words), most=_MOST_WORDS)
    return words


def _names(names: tuple[str, ...]) -> str | None:
    """Everyone named, if they are one name's length; else it is for a person to say."""
    told = ", ".join(names)
    return told if told and len(told) <= _MOST_NAME else None
