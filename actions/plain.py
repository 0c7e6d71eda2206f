"""The four answers to somebody who comes back, always in this order, and everything they rest on. Reading changes nothing.

Has anybody read it? What happens next, and by when? Is anything asked of me? What can I still stop?
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from actions.certificates import number_of
from actions.custody import guardians
from actions.front import WATCH, answers_in, limits
from actions.identity_looking import Told, hers, told_to_her
from actions.intake import own_matter, readers_of
from actions.kernel import access
from actions.kernel.actor import Actor
from actions.kernel.callers import Visitor
from actions.kernel.kind import Act, Nothing
from actions.kernel.step import subject_of
from actions.kernel.watching import Subject, derive
from actions.kinds.sealed import AGREED_ON
from actions.kinds.times import Taken, is_hers, is_taken, taken_in
from actions.mediations import Mediating, asked_of_her, mediations_in
from actions.office import Office
from actions.plain_group import Together, group_asked, group_said, is_mine, together
from actions.plain_term import ANSWER as HAND_OVER_ANSWER
from actions.plain_term import hand_over_asked, term_said
from actions.plain_texts import Agreeing, File, Message, consents_in, files_in, messages_in
from actions.plain_worse import is_asked, retaliation, worse_asked
from actions.retention import FORGET, destroyed_on
from actions.sealing import Reader
from actions.waivers import Waived, standing, waivers_of
from policies.said import Fact, Said
from records import clocks, matters, people, sealed, seats
from records.books import Books
from records.clocks import ClockRow
from records.matters import EventRow, Matter
from records.terms import CLOCK_NAME as TERM
from records.vault import ANSWERS
from states.complaint_time import CHECK_INS

QUESTIONS: Final[tuple[Literal["read", "next", "asked", "stop"], ...]] = ("read", "next", "asked", "stop")
STOPS: Final = (
    "take_back_consent",
    "refuse_consent",
    "answer_mediation",
    "stop_mediation",
    "request_review",
    "withdraw_leave",
    "withdraw_stop",
    "withdraw_forget",
    "leave_group",
    "take_over",
    "stop",
)
"""What she may still stop or turn, as far as it is possible now."""
HERS: Final = ("consent_answer", "second_look", "quiet", "note_life", HAND_OVER_ANSWER, TERM, WATCH, *CHECK_INS)
"""Clocks that ask nothing of us."""
AT_THE_BEGINNING: Final = ("acknowledgement", "first_answer")


@dataclass(frozen=True, slots=True)
class Dated:
    """A duty under way. `on` None: it waits, and the lines say for what. `late`: compared with today, stored nowhere.

    `waived_until`: somebody excused our lateness through that day; the lines say who, and why is among the messages.
    """

    clock: str
    on: date | None
    late: bool
    ours: bool
    lines: tuple[Said, ...]
    waived_until: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that her words open. `answers` are in the order of QUESTIONS."""

    matter: Matter
    language: str
    opened_on: date
    answers: tuple[tuple[Said, ...], ...]
    dates: tuple[Dated, ...]
    messages: tuple[Message, ...]
    consents: tuple[Agreeing, ...]
    files: tuple[File, ...]
    opened_by: tuple[tuple[str, date], ...]
    readers: tuple[str, ...]
    moves: tuple[str, ...]
    taken: Taken | None
    mediations: tuple[Mediating, ...]
    together: Together
    identity: tuple[Told, ...] = ()
    """Whenever her office asked a custodian who she is, and what came of it."""
    guards: tuple[str, ...] | None = None
    """Who lets her office see who she is; None: no custodian, or she did not say."""


def look(office: Office, visitor: Visitor) -> Standing:
    """Everything she may see of her own matter, opened with her words. Raises NotFound."""
    with office.open() as books:
        own, actor = own_matter(books, visitor)
        matter = matters.find(books, own)
        subject = subject_of(office.kinds, books, matter)
        events = matters.history(books, own)
        dates = tuple(one for one in _dates(books, subject) if is_asked(events) or one.clock not in CHECK_INS)
        names = people.names(books, [person for person, _ in seats.readers(books, own)])
        opened = tuple((names[person], day) for person, day in seats.readers(books, own))
        reader, moves = Reader(books, own, actor), _moves(books, subject, actor)
        due = {one.clock: one.on for one in dates}
        group = together(books, own, actor)
        consents = consents_in(books, matter, reader, group)
        mediations = mediations_in(office.kinds, books, matter, reader)
        return Standing(
            matter=matter,
            language=str(subject.kind.show(books, matter)["language"]),
            opened_on=books.calendar(matter.calendar).local_date(matter.opened_at),
            answers=(
                (_typed(books, events) if group.number == 1 else ()) + _read(opened, dates),
                _next(books, subject, dates, events, moves)
                + term_said(books, matter, due, events)
                + group_said(group, moves)
                + _other_ways(books, matter, reader, dates, actor),
                _asked(
                    subject,
                    consents,
                    moves,
                    dates,
                    hand_over_asked(books, due, events, moves)
                    + group_asked(group, due.get("consent_answer"))
                    + asked_of_her(mediations)
                    + worse_asked(events, moves, several=group.several),
                ),
                _stop(moves),
            ),
            dates=dates,
            messages=messages_in(books, matter, reader, events, actor, group),
            consents=consents,
            files=files_in(books, matter, reader, actor, group),
            opened_by=opened,
            readers=readers_of(books, own),
            identity=told_to_her(books, own, reader, mine := hers(books, own, actor.comer)),
            guards=guardians(books, own, mine) if mine else None,
            moves=moves,
            taken=_taken(books, matter, reader, events) if is_hers(books, own, actor) else None,
            mediations=mediations,
            together=group,
        )


def _taken(books: Books, matter: Matter, reader: Reader, events: list[EventRow]) -> Taken | None:
    """The time to talk that stands, told by the clocks of her case's office."""
    stands = taken_in(books, matter.id, reader) if is_taken(events) else None
    zone = books.calendar(matter.calendar).zone
    return None if stands is None else replace(stands, begins_at=stands.begins_at.astimezone(zone))


def _typed(books: Books, events: list[EventRow]) -> tuple[Said, ...]:
    """Who typed it for her, if somebody did, and on which day she agreed to it."""
    first = events[0]
    if first.by_person is None or AGREED_ON not in first.facts:
        return ()
    name = people.names(books, [first.by_person])[first.by_person]
    return (Said("plain.read.typed", {"name": name, "day": date.fromisoformat(str(first.facts[AGREED_ON]))}),)


def _read(opened: tuple[tuple[str, date], ...], dates: tuple[Dated, ...]) -> tuple[Said, ...]:
    if opened:
        return tuple(Said("plain.read.by", {"name": name, "day": day}) for name, day in dict(reversed(opened)).items())
    first = next((one for one in dates if one.clock in AT_THE_BEGINNING), None)
    if first is None or first.on is None:
        return (Said("plain.read.nobody"),)
    return (Said("plain.read.late" if first.late else "plain.read.by_day", {"day": first.on}),)


def _next(
    books: Books, subject: Subject, dates: tuple[Dated, ...], events: list[EventRow], moves: tuple[str, ...]
) -> tuple[Said, ...]:
    matter = subject.matter
    said = [Said(f"plain.{matter.kind}.{matter.state}")]
    ground = next((event.facts["ground"] for event in reversed(events) if "ground" in event.facts), None)
    second_look = next((one.on for one in dates if one.clock == "second_look"), None)
    if ground is not None and second_look is not None:
        said.append(Said("plain.next.reason", {"reason": f"ground.{ground}"}))
    if second_look is not None:
        said.append(Said("plain.next.second_look", {"day": second_look}))
    until = next((one.on for one in dates if one.clock == WATCH), None)
    said += retaliation(books, subject, until, [one.on for one in dates if one.clock in CHECK_INS], moves)
    said += [Said(f"pause.{matter.kind}.{name}") for name, _, until in clocks.pauses(books, matter.id) if until is None]
    ours = [one for one in dates if one.ours and one.on is not None]
    for one in ours:
        facts: dict[str, Fact] = {"what": f"clock.{matter.kind}.{one.clock}", "day": one.on or books.today}
        if one.waived_until is not None:
            said.append(Said("plain.next.waived", facts | {"until": one.waived_until}))
        else:
            said.append(Said("plain.next.late" if one.late else "plain.next.by", facts))
    if any(event.trigger == FORGET for event in events):
        said.append(Said("plain.next.forgotten"))
    gone = destroyed_on(books, matter)
    if gone is not None:
        number = number_of(books, matter)
        said.append(Said("plain.next.destroyed", {"day": gone}))
        said.append(Said("plain.next.no_number") if number is None else Said("plain.next.number", {"number": number}))
    return tuple(said)


def _other_ways(books: Books, matter: Matter, reader: Reader, dates: tuple[Dated, ...], actor: Actor) -> tuple[Said, ...]:
    """Where she can still go when we are done, by what she told of herself; with the last day, as far as we know one."""
    if not any(one.clock == "second_look" for one in dates):
        return ()
    ways = []
    for row in (one for one in sealed.texts(books, matter.id, [ANSWERS.name]) if is_mine(one, actor)):
        for way in limits(books, answers_in(reader.open(row, ANSWERS).text)):
            known: dict[str, Fact] = {"route": f"route.{way.route}"}
            ways.append(Said("plain.next.way", known) if way.on is None else Said("plain.next.way_by", known | {"day": way.on}))
    return tuple(ways)


def _asked(
    subject: Subject,
    consents: tuple[Agreeing, ...],
    moves: tuple[str, ...],
    dates: tuple[Dated, ...],
    further: tuple[Said, ...],
) -> tuple[Said, ...]:
    said = [Said("plain.asked.question")] if "answer" in moves else []
    said += further
    until = next((one.on for one in dates if one.clock == "consent_answer"), None)
    if until is not None and any(one.status == "asked" for one in consents):
        said.append(Said("plain.asked.consent", {"day": until}))
    if "understand" in moves and not subject.matter.rested_on:
        said.append(Said("plain.asked.understand"))
    return tuple(said) or (Said("plain.asked.nothing"),)


def _stop(moves: tuple[str, ...]) -> tuple[Said, ...]:
    return tuple(Said(f"plain.stop.{name}") for name in STOPS if name in moves) or (Said("plain.stop.nothing"),)


def _moves(books: Books, subject: Subject, actor: Actor) -> tuple[str, ...]:
    """What she can do now, whatever claims still need something that only comes with the act left out."""
    facts = subject.kind.facts(books, subject.matter, Act("", Nothing(), actor, books.today, books.now))
    possible = subject.kind.machine.permitted(subject.matter.state, facts)
    hers = {name for name, unmet in possible.items() if not unmet and access.may(subject.policy, actor, name, subject.matter)}
    if getattr(facts, "not_official_understood", False):
        hers.discard("understand")
    return tuple(name for name in subject.kind.table.triggers if name in hers)


def _dates(books: Books, subject: Subject) -> tuple[Dated, ...]:
    running = clocks.running(books, [subject.matter.id])
    fired, waived = clocks.fired(books, [row.id for row in running]), waivers_of(books, subject)
    return tuple(_dated(books, subject, row, fired[row.id], standing(waived.get(row.id, ()))) for row in running)


def _dated(books: Books, subject: Subject, row: ClockRow, fired: set[tuple[str, int]], waived: Waived | None) -> Dated:
    due, _ = derive(books, subject, row, fired)
    late = due.on is not None and due.on < books.today
    if waived is None:
        return Dated(row.name, due.on, late, row.name not in HERS, due.lines)
    who: dict[str, Fact] = {"until": waived.until, "name": waived.by.name, "role": f"role.{next(iter(waived.roles), '')}"}
    return Dated(row.name, due.on, late, row.name not in HERS, (*due.lines, Said("plain.waived", who)), waived.until)
