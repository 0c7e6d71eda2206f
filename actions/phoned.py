"""Somebody is on the phone or wrote a letter: at the desk it is typed for her, read back, agreed to, and filed as if she came.

Nothing is kept before she agrees. Seats, exclusions, words and clocks are the intake's own (`actions/coming.py::file`). Whoever
types knows the words that are dictated: so they lead to new words and to nothing else (`WordsMustChange`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from actions.coming import Coming, Received, Typed, file, require_fileable
from actions.front import Running, limits, protected_until, read_by_day
from actions.hours import hours
from actions.kernel import access
from actions.kernel.callers import DeskPerson
from actions.kernel.step import BeforeHistory, NotYet
from actions.kinds.sealed import must_not_see
from actions.office import Office
from actions.replays import Answer, Repeatable, once
from actions.seating import candidates, choose, under
from policies.refusal import Refusal
from records import people
from records.books import Books
from states.calendars import FIRST_YEAR
from states.clocks import OPEN


class TypistMustNotSee(Refusal):
    """Who types is, or works under, somebody who must not see it: somebody else has to take it. Nothing was kept."""

    code: ClassVar[str] = "typist_must_not_see"
    status: ClassVar[int] = 403


class NotAgreed(Refusal):
    """It was not said that she agreed to what was read to her. Nothing was kept."""

    code: ClassVar[str] = "not_agreed"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What is said to her before she agrees. `typist` knows what she said, whether or not they get a seat.

    `readers` are those who will be able to open it; the rest is as of `Received`.
    """

    today: date
    typist: str
    readers: tuple[str, ...]
    read_by: date | None
    urgent_by: date | None
    limits: tuple[Running, ...]
    protected_until: date | None


def require_typist(office: Office, track: str, *, by: DeskPerson) -> None:
    """Let pass whom the policy lets open such matters for somebody else. Raises NotOffered, NotAllowed."""
    with office.open() as books:
        by_role = by.enter(books, None)
        access.require(books.pack.kinds[track], by_role, OPEN, None, kind=track)


def read_back(office: Office, coming: Coming, *, by: DeskPerson) -> ReadBack:
    """Judge all of it and keep nothing. Raises as `file_for`, but for NotAgreed."""
    with office.open() as books:
        _require(books, coming, by)
        chosen = choose(books, coming.track, _locked_out(books, coming))
        names = people.names(books, [by.person, *chosen.persons])
        return ReadBack(
            books.today,
            names[by.person],
            tuple(names[person] for person in chosen.persons),
            read_by_day(books, coming.track).on,
            hours(books, coming.track).urgent_by if coming.urgent else None,
            limits(books, coming.answers),
            protected_until(books, books.pack.kinds[coming.track]),
        )


def file_for(
    office: Office,
    coming: Coming,
    agreed_on: date | None,
    *,
    by: DeskPerson,
    request: Repeatable | None,
    answer: Callable[[Received], Answer],
) -> Answer:
    """File what was read back to her, and answer with the words to dictate. `agreed_on` None: she has not agreed.

    Raises NotAllowed, NotAgreed, TypistMustNotSee, UnknownLanguage, UnknownChoice, NotOffered, NotYet, BeforeHistory, NoReader,
    NoCeremony, KeyReused; then nothing was written.
    """
    with office.open() as books:
        _require(books, coming, by)  # also who asks again must still be one who may
        if agreed_on is None:
            raise NotAgreed()
        if agreed_on > books.today:
            raise NotYet(day=agreed_on, today=books.today)
        if agreed_on.year < FIRST_YEAR:
            raise BeforeHistory(day=agreed_on, first=str(FIRST_YEAR))
        typed = Typed(by.person, agreed_on)
        return once(books, request, lambda: answer(file(office, books, coming, typed=typed)), by=by.person)


def _require(books: Books, coming: Coming, by: DeskPerson) -> None:
    require_fileable(books, coming)
    access.require(books.pack.kinds[coming.track], by.enter(books, None), OPEN, None, kind=coming.track)
    out = _locked_out(books, coming)
    found = candidates(books)
    if by.person in out | under(found, out, books.pack.house.roles):
        raise TypistMustNotSee()


def _locked_out(books: Books, coming: Coming) -> set[UUID]:
    """Whom she locks out, among everybody at the desk: also who has no part in such matters may be at the typewriter."""
    names = people.names(books, [one.person for one in candidates(books)])
    return must_not_see(coming.excluded, coming.must_not_see, coming.about, names)
