"""When an office of the desk that must be held was held by nobody: read from appointments, never typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from actions.kernel.callers import DeskPerson
from actions.office import Office
from actions.office_record import require_permitted
from records import report_days
from records.books import Books
from records.report_days import Term

DESK = "desk"


@dataclass(frozen=True, slots=True)
class Vacancy:
    """That an office was empty from a day until (not including) another; None: it is empty today."""

    role: str
    since: date
    until: date | None


def vacancies(office: Office, *, by: DeskPerson) -> tuple[Vacancy, ...]:
    """All of them since this house stands, the latest first. Raises NoOfficeRecord, NotAllowed, KeyNotSigned."""
    with office.open() as books:
        require_permitted(books, by)
        return tuple(sorted(_vacancies(books), key=lambda one: (one.since, one.role), reverse=True))


def _vacancies(books: Books) -> Iterator[Vacancy]:
    begun, terms = report_days.begun_at(books), report_days.terms(books)
    start = books.today if begun is None else books.calendar().local_date(begun)
    for role, rules in books.pack.house.roles.items():
        if rules.door == DESK and rules.least:
            for since, until in _gaps([term for term in terms if term.role == role], start, books.today):
                yield Vacancy(role, since, until)


def _gaps(terms: Sequence[Term], start: date, today: date) -> Iterator[tuple[date, date | None]]:
    """The stretches of days between `start` and `today` that no term covers. A term of today covers all days to come."""
    covered: date | None = start
    for term in sorted(terms, key=lambda one: one.from_on):
        if covered is None or term.from_on > today:
            break
        if term.from_on > covered:
            yield covered, term.from_on
        covered = None if term.until_on is None else max(covered, term.until_on)
    if covered is not None and covered <= today:
        yield covered, None
