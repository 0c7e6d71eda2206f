"""What people do to upward feedback: who answers for a case can begin it; only the text that enough people agreed to leaves.

Each is asked in the case that person brought, by the act `ask_consent` of that case, which this drives: the yes is given, refused
or taken back there, and no answer is a no. Which cases those are stands in ties that nobody sees who has no seat in both; history
keeps neither which nor how many said no. To compare a text with that of a consent is no reading of a case.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field, SecretStr

from actions.days import Day
from actions.kernel.actor import Actor, NotAllowed
from actions.kernel.callers import Caller
from actions.kernel.driving import DRIVES
from actions.kernel.kind import Act, Driven, Kind, Payload
from actions.kinds.beginning import ASKS, Beginning
from actions.kinds.grown import GIVEN, open_with_case
from actions.kinds.sealed import Reasoned, Text, addressed, note, one_text, words, write
from actions.sealing import Reader, write_text
from actions.seating import BEGUN_FROM
from policies.refusal import Refusal
from policies.said import Fact
from records import matters, people, sealed, seats
from records import upward_feedback as records
from records.books import Books
from records.matters import Matter, NotFound
from records.vault import DRAFT, NOTE, Author, NotThisRow, Unreadable, Visibility
from states.clocks import OPEN
from states.upward_feedback import UNSENT, UPWARD_FEEDBACK, Asker, UpwardFeedbackFacts

People = Annotated[int, Field(ge=1, le=100_000)]


class FeedbackOnRequest(Refusal):
    """Nobody outside the office can have this begun; whoever begins it says that nobody asked for it."""

    code: ClassVar[str] = "feedback_on_request"
    status: ClassVar[int] = 422


class FeedbackBegun(Beginning):
    """It is begun from a case that whoever begins it answers for. `people`: how many work in the unit."""

    case: UUID
    to: Text
    text: Text
    unit: Text
    people: People
    nobody_asked: bool = False

    def ties(self) -> Mapping[UUID, str]:
        """The case, which is locked while this begins."""
        return {self.case: BEGUN_FROM}


class FeedbackRevised(Payload):
    """Another text, or another receiver. `unit` and `people` where they were wrong."""

    to: Text
    text: Text
    unit: Text | None = None
    people: People | None = None


class PersonIncluded(Payload):
    """The person of this case may be asked. Whoever acts says that she is of the unit, and is not in here with another case."""

    case: UUID | None = None
    of_unit: bool = False
    another_person: bool = False


class PersonAsked(Payload):
    """The person of this case is asked for a yes to the text as it is now."""

    case: UUID | None = None


class FeedbackAnswered(Payload):
    """What the receiver said, written down by the office, and the day it came."""

    text: Text | None = None
    on: Day | None = None

    def happened_on(self) -> date | None:
        """The told day."""
        return self.on


class FeedbackRequested(Payload):
    """Somebody outside the office asked for it: for the feedback, the cases behind it, or names. They get nothing."""

    asked_by: Asker
    on: Day
    note: Text | None = None

    def happened_on(self) -> date | None:
        """The day they asked."""
        return self.on


PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: FeedbackBegun,
    "include": PersonIncluded,
    "revise": FeedbackRevised,
    "ask": PersonAsked,
    "acknowledge": FeedbackAnswered,
    "refuse_request": FeedbackRequested,
    "close": Reasoned,
}


def facts(books: Books, matter: Matter, act: Act) -> UpwardFeedbackFacts:
    """What holds of it if `act` is done. Only who holds a key can be shown that enough people agreed: no clock can say so."""
    payload, joined = act.payload, joined_by(books, matter.id)
    case = payload.case if isinstance(payload, PersonIncluded | PersonAsked) else None
    text = _text(books, matter.id, act.by) if matter.state in UNSENT else None
    return UpwardFeedbackFacts(
        case_can_join=case is not None and case not in joined and _can_be_asked(books, case, act.by),
        of_this_unit=isinstance(payload, PersonIncluded) and payload.of_unit,
        another_person=isinstance(payload, PersonIncluded) and payload.another_person,
        all_readers_know_the_case=case is not None and seats.persons(books, matter.id) <= seats.persons(books, case),
        unit_large_enough=bool(records.detail(books, matter.id)["unit_fits"]),
        case_joined=case is not None and case in joined and _can_be_asked(books, case, act.by),
        text_not_put_before=case is not None and text is not None and not list(_consents(books, case, text, act.by)),
        enough_agreed=text is not None and _is_enough(books, matter, len(agreed(books, matter.id, text, act.by))),
        reply_on_file=isinstance(payload, FeedbackAnswered) and payload.text is not None and payload.on is not None,
        ground_given=isinstance(payload, Reasoned) and payload.reason is not None,
    )


def joined_by(books: Books, matter_id: UUID) -> list[UUID]:
    """The cases whose people may be asked."""
    return [to for own, to, what in matters.links(books, matter_id) if own == matter_id and what == DRIVES]


def agreed(books: Books, matter_id: UUID, text: str, by: Actor) -> list[UUID]:
    """One consent of each case in here whose person agreed to exactly this text and can still take it back.

    Only cases that `by` may read: what is hidden from them is not counted. Whoever left or stopped their case is out.
    """
    found = ([id for id, status in _consents(books, case, text, by) if status == GIVEN] for case in joined_by(books, matter_id))
    return [consents[0] for consents in found if consents]


def _consents(books: Books, case: UUID, text: str, by: Actor) -> Iterator[tuple[UUID, str]]:
    """The consents of a case under way that are to this very text and receiver, with what became of them."""
    if not _can_be_asked(books, case, by):
        return
    reader = Reader(books, case, by)
    for row in sealed.consents(books, case):
        try:
            same = one_text(books, case, reader, row.text_id) == text
        except (NotThisRow, Unreadable):
            continue  # whoever cannot show what was agreed to has agreed to nothing
        if same:
            yield row.id, row.status


def _can_be_asked(books: Books, case: UUID, by: Actor) -> bool:
    """Whether it is a matter under way with a seat of theirs, in which a person is asked for consent."""
    if by.person is None or not seats.has_seat(books, case, by.person):
        return False
    found = matters.find(books, case)
    return found.rested_on is None and bool(books.edition(found.edition).kinds[found.kind].access.get(ASKS))


def _text(books: Books, matter_id: UUID, by: Actor) -> str | None:
    """The text as it is now, with its receiver; None for who holds no key to it."""
    if by.pair is None or by.seat_in != matter_id:
        return None
    newest = sealed.texts(books, matter_id, [DRAFT.name])[-1]
    return Reader(books, matter_id, by).open(newest, DRAFT).text


def _least(books: Books, matter: Matter, name: str) -> int | None:
    """A number of the policy; None where it is unknown: then no number is enough."""
    value = books.edition(matter.edition).kinds[matter.kind].numbers[name].value
    return value if isinstance(value, int) else None


def _is_enough(books: Books, matter: Matter, number: int) -> bool:
    least = _least(books, matter, "least_people")
    return least is not None and number >= max(least, 2)


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    match act.payload:
        case FeedbackBegun() as begun:
            return _open(books, matter, act, begun)
        case FeedbackRevised() as revised:
            return _revise(books, matter, act, revised)
        case PersonIncluded(case=UUID() as case):
            matters.link(books, matter.id, case, DRIVES)
            return {}
        case FeedbackAnswered() as answered:
            records.change(books, matter.id, {"reply_on": answered.on})
            return note(books, matter, act, answered.text, NOTE, Author.ADDRESSEE)
        case FeedbackRequested() as asked:
            return {"asked_by": asked.asked_by.value, **note(books, matter, act, asked.note, NOTE)}
        case Reasoned(reason=text):
            return note(books, matter, act, text, NOTE)
    return _deliver(books, matter, act) if act.trigger == "deliver" else {}


def _open(books: Books, matter: Matter, act: Act, begun: FeedbackBegun) -> dict[str, Fact]:
    """Seal it to who can read the case. Raises NotFound for who has no seat there, NotAllowed for who does not answer for it."""
    if act.by.person is None or not seats.has_seat(books, begun.case, act.by.person):
        raise NotFound()
    if people.responsible(books, [begun.case]).get(begun.case) != act.by.person or not _can_be_asked(books, begun.case, act.by):
        raise NotAllowed(matter.kind, OPEN)
    if not begun.nobody_asked:
        raise FeedbackOnRequest()
    epoch = open_with_case(books, matter, act, begun.case)
    for slot, text in ((NOTE, _of_unit(begun.unit, begun.people)), (DRAFT, addressed(begun.to, begun.text))):
        row = write_text(
            books, matter.id, epoch, slot, text, author=Author.OFFICE, visibility=Visibility.OFFICE, by=act.by.person
        )
    records.add(books, matter.id, unit_fits=_fits(books, matter, begun.people))
    return {"text": str(row)}


def _of_unit(unit: SecretStr | None, number: int | None) -> str:
    return f"{words(unit)} ({number})" if number is not None else words(unit)


def _fits(books: Books, matter: Matter, number: int) -> bool:
    """Whether a unit is large enough: never one in which a yes of as many as must agree is a yes of all."""
    unit, agreeing = _least(books, matter, "least_unit"), _least(books, matter, "least_people")
    return unit is not None and agreeing is not None and number >= max(unit, agreeing + 1)


def _revise(books: Books, matter: Matter, act: Act, revised: FeedbackRevised) -> dict[str, Fact]:
    if revised.people is not None:
        records.change(books, matter.id, {"unit_fits": _fits(books, matter, revised.people)})
    if told := _of_unit(revised.unit, revised.people):
        write(books, matter, act, NOTE, told, visibility=Visibility.OFFICE)
    text = addressed(revised.to, revised.text)
    return {"text": str(write(books, matter, act, DRAFT, text, visibility=Visibility.OFFICE))}


def _deliver(books: Books, matter: Matter, act: Act) -> dict[str, Fact]:
    """The text goes out word for word, once. Of how many stand behind it, the policy's number is all that may be said."""
    text, least = _text(books, matter.id, act.by), _least(books, matter, "least_people")
    if text is None or least is None:
        raise ValueError("the claim enough_people_agreed_to_the_exact_text holds of no act without a key")
    for consent in agreed(books, matter.id, text, act.by):
        sealed.settle_consent(books, consent, "used")
    row = write(books, matter, act, DRAFT, text, visibility=Visibility.SERVED)
    records.change(books, matter.id, {"at_least": least})
    return {"text": str(row), "at_least": least}


def drives(books: Books, matter: Matter, payload: Payload, by: Caller) -> Sequence[Driven]:
    """Asking somebody is the act `ask_consent` of their own case, with the text and the receiver as they are here."""
    if not isinstance(payload, PersonAsked) or payload.case is None:
        return ()
    text = _text(books, matter.id, by.enter(books, matter.id))
    if text is None:
        return ()
    return (Driven(payload.case, ASKS, json.loads(text)),)


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """It brings no dates."""
    del books, matter_id
    return {}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What may be said of it in clear to who has a seat."""
    detail = records.detail(books, matter.id)
    return {"at_least": detail["at_least"], "reply_on": None if detail["reply_on"] is None else str(detail["reply_on"])}


KIND = Kind(table=UPWARD_FEEDBACK, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show, drives=drives)
