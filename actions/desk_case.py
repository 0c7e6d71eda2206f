"""All that the page of one matter shows, read at once: one look, one reading, one state of everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from actions.addressing import offered, subjects_of
from actions.desk import enter
from actions.desk_drafts import Draft, drafts_in
from actions.desk_facts import Classified, classified_in, is_classified
from actions.desk_files import Filed, files_in
from actions.desk_history import Line, Times, Watched, lines_in, times_in
from actions.desk_linking import Linked, links_in
from actions.desk_office import names_in
from actions.desk_own import Handled, handled_in, names_a_case
from actions.desk_reading import Opened, opened_in
from actions.kernel import access
from actions.kernel.actor import VISITORS_OWN, Actor
from actions.kernel.callers import DeskPerson
from actions.kernel.kind import Kind
from actions.kinds.consenting import GIVEN, audiences_of, opened_by, question_of, status_of
from actions.letters import Addressee
from actions.office import Office
from actions.seating import gathered
from records import sealed
from records.books import Books
from states.acts import AT_THE_DESK
from states.calendars import Calendar
from states.clocks import Status
from states.due import business_offset

CONSENT: Final = "consent"
RECEIVER: Final = "addressee"
"""Fields of moves: a consent that is used, somebody on whom a letter is served."""


@dataclass(frozen=True, slots=True)
class Yes:
    """A consent that stands and of which no use was made, in a matter tied to this one, for an act that is possible here.

    Its exact text and receiver are shown where it is picked: that is a reading of the other matter, and is logged there.
    `by_letter`: it is served as one.
    """

    id: UUID
    matter: UUID
    kind: str
    on: date | None
    act: str
    to: str = field(repr=False)
    body: str = field(repr=False)
    by_letter: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One matter, opened, as of `today` at the office. `hers`: the person who came reads it too, and who opened it.

    `ahead`: the day of each step of a running clock's ladder that is still to come, by clock (name and epoch) and step. `drafts`:
    one's own, by form. `facts` None: nothing is said of such matters in codes. `yeses`: consents of tied matters to be used here.
    `handled`: the cases that whoever looks answers for, where a move of this kind names one. `links`: matters about the
    same. `acts`: what the policy gives besides moves to whoever looks. `audiences`: codes of who may be named as reader.
    `receivers`: who can be served a letter out of this, where a move of it asks; `subjects`: what one can be about, and the roles
    of those it may go to.
    """

    kind: Kind
    today: date
    hers: bool
    opened: Opened
    times: Times
    lines: Sequence[Line]
    ahead: Mapping[tuple[str, int], Mapping[str, date]]
    files: Sequence[Filed]
    drafts: Mapping[str, Draft] = field(repr=False)
    facts: Classified | None
    colleagues: Mapping[UUID, str]
    yeses: Sequence[Yes]
    handled: Sequence[Handled]
    links: Sequence[Linked]
    acts: frozenset[str]
    audiences: tuple[str, ...]
    receivers: tuple[Addressee, ...]
    subjects: Mapping[str, tuple[str, ...]]


def case_of(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson) -> Case:
    """Open a matter, with everything about time and its history. Raises NotFound."""
    with office.open() as opening:
        books = opening.looking()
        actor, subject = enter(office, books, kind, matter_id, by)
        colleagues = names_in(books)  # first: nearly everybody whom the page names works here
        opened = opened_in(books, actor, subject, by=by)
        times = times_in(books, subject)
        calendar = books.calendar(subject.matter.calendar)
        ahead = {(one.row.name, one.row.epoch): _ahead(one, calendar) for one in times.clocks}
        return Case(
            kind=subject.kind,
            today=books.today,
            hers=VISITORS_OWN in subject.policy.access.get("read", ()),
            opened=opened,
            times=times,
            lines=lines_in(books, subject),
            ahead=ahead,
            files=files_in(books, actor, matter_id, by=by),
            drafts={draft.form: draft for draft in drafts_in(books, matter_id, by=by)},
            facts=classified_in(books, subject) if is_classified(subject.kind) else None,
            colleagues=colleagues,
            yeses=_yeses(books, actor, opened, subject.kind),
            handled=handled_in(books, by) if names_a_case(subject.kind) else (),
            links=links_in(books, matter_id),
            acts=frozenset(one for one in AT_THE_DESK if access.may(subject.policy, actor, one, subject.matter)),
            audiences=audiences_of(books, subject.matter),
            receivers=_receivers(books, actor, opened, subject.kind),
            subjects=subjects_of(books),
        )


def _ahead(clock: Watched, calendar: Calendar) -> dict[str, date]:
    """The days of the steps to come: none before the clock began, none while a waiver excuses that it is late."""
    due_on, times = clock.row.due_on, [fired.what for fired in clock.fired]
    if clock.row.status != Status.RUNNING or due_on is None:
        return {}
    days = {
        rung.name: business_offset(due_on, rung.working_days + times.count(rung.name) * (rung.repeat_every or 0), calendar)
        for rung in clock.ladder
        if rung.name not in times or rung.repeat_every
    }
    after = business_offset(clock.waivers[-1].until, 1, calendar) if clock.waivers else date.min
    return {name: max(day, after) for name, day in days.items() if day >= clock.row.started_on}


def _yeses(books: Books, actor: Actor, opened: Opened, kind: Kind) -> list[Yes]:
    """Of matters in which the person has a seat too, for what is possible here. Only those are opened, and it is logged there."""
    acts = {move.trigger for move in opened.moves if CONSENT in kind.payload(move.trigger).model_fields}
    found = []
    for tie in opened.ties if acts else ():
        for row in sealed.consents(books, tie.matter.id):
            question = question_of(books, row, actor) if status_of(row, books.today) == GIVEN else None
            if question is not None and question.purpose in acts:
                opened_by(books, tie.matter.id, actor)
                told = (question.purpose, question.to, question.text, question.addressee is not None)
                found.append(Yes(row.id, tie.matter.id, tie.matter.kind, row.answered_on, *told))
    return found


def _receivers(books: Books, actor: Actor, opened: Opened, kind: Kind) -> tuple[Addressee, ...]:
    """Who can be served what comes of this: nobody who is locked out of it, or of a case that it was begun from or gathers."""
    matter = opened.matter.id
    if not any(RECEIVER in kind.payload(move.trigger).model_fields for move in opened.moves):
        return ()
    first, *others = gathered(books, matter) or [matter]
    found = offered(books, first, actor)
    for case in others if found else ():
        free = offered(books, case, actor)
        found = tuple(one for one in found if one in free)
    return found
