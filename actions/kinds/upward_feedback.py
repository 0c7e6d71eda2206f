"""What people do to upward feedback: who answers for a case can begin it; only the text that enough people agreed to leaves.

Each is asked in the case that person brought, by the act `ask_consent` of that case, which this drives: the yes is given, refused
or taken back there, and no answer is a no. Which cases those are stands in ties that nobody sees who has no seat in both; history
keeps neither which nor how many said no. Consents are compared by their marks: nothing of a case is opened here.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import SecretStr

from actions.choosing import require_among
from actions.kernel.actor import Actor, NotAllowed
from actions.kernel.callers import Caller
from actions.kernel.driving import DRIVES
from actions.kernel.kind import Act, Driven, Kind, Payload
from actions.kinds.beginning import ASKS
from actions.kinds.consenting import EXPIRED, GIVEN, USED, Question, audiences_of, status_of
from actions.kinds.feedback_shapes import (
    FeedbackBegun,
    FeedbackOnRequest,
    FeedbackRequested,
    FeedbackRevised,
    PersonAsked,
    PersonIncluded,
)
from actions.kinds.grown import open_with_case
from actions.kinds.sealed import Past, Reasoned, addressed, note, words, write
from actions.kinds.serving import Answered, ReplyCame, came, on_file, receiver, serve, take
from actions.sealing import Reader, write_text
from actions.seating import gathered
from policies.said import Fact
from records import comers, matters, people, sealed, seats
from records import upward_feedback as records
from records.books import Books
from records.matters import Matter, NotFound
from records.sealed import ConsentRow
from records.vault import DRAFT, NOTE, Author, Visibility
from states.clocks import OPEN
from states.consents import Purpose
from states.upward_feedback import UNSENT, UPWARD_FEEDBACK, UpwardFeedbackFacts

PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: FeedbackBegun,
    "include": PersonIncluded,
    "revise": FeedbackRevised,
    "ask": PersonAsked,
    "reply_came": ReplyCame,
    "acknowledge": Answered,
    "refuse_request": FeedbackRequested,
    "close": Reasoned,
}


def facts(books: Books, matter: Matter, act: Act) -> UpwardFeedbackFacts:
    """What holds of it if `act` is done. Only who holds a key can be shown that enough people agreed: no clock can say so."""
    payload, joined = act.payload, joined_by(books, matter.id)
    case = payload.case if isinstance(payload, PersonIncluded | PersonAsked) else None
    asked = _question(books, matter.id, act.by) if matter.state in UNSENT else None
    return UpwardFeedbackFacts(
        case_can_join=case is not None and case not in joined and _can_be_asked(books, case, act.by),
        of_this_unit=isinstance(payload, PersonIncluded) and payload.of_unit,
        another_person=isinstance(payload, PersonIncluded) and payload.another_person,
        all_readers_know_the_case=case is not None and seats.persons(books, matter.id) <= seats.persons(books, case),
        unit_large_enough=bool(records.detail(books, matter.id)["unit_fits"]),
        case_joined=case is not None and case in joined and _can_be_asked(books, case, act.by),
        text_not_put_before=case is not None and asked is not None and not _was_asked(books, case, asked, act.by),
        enough_agreed=asked is not None and _is_enough(books, matter, len(agreed(books, matter.id, asked, act.by))),
        reply_on_file=on_file(Past(matters.history(books, matter.id)), payload),
        ground_given=isinstance(payload, Reasoned) and payload.reason is not None,
    )


def joined_by(books: Books, matter_id: UUID) -> list[UUID]:
    """The cases whose people may be asked."""
    return [to for own, to, what in matters.links(books, matter_id) if own == matter_id and what == DRIVES]


def agreed(books: Books, matter_id: UUID, asked: Question, by: Actor) -> list[UUID]:
    """One consent of each case in here whose person agreed to exactly this and can still take it back.

    Only cases that `by` may read: what is hidden from them is not counted. Whoever left or stopped their case is out.
    """
    found = ([row.id for row in _consents(books, case, asked, by) if _stands(books, row)] for case in joined_by(books, matter_id))
    return [consents[0] for consents in found if consents]


def _stands(books: Books, row: ConsentRow) -> bool:
    """Given, not over, and by whoever it is about if somebody came for them."""
    return status_of(row, books.today) == GIVEN and comers.concerned_agrees(books, row.matter_id)


def _was_asked(books: Books, case: UUID, asked: Question, by: Actor) -> bool:
    """Whether this was put to the person of this case, and they did not leave a yes behind that nobody used in its time."""
    return any(status_of(row, books.today) != EXPIRED for row in _consents(books, case, asked, by))


def _consents(books: Books, case: UUID, asked: Question, by: Actor) -> list[ConsentRow]:
    """The consents of a case under way to exactly this. Only marks are compared: nothing of the case is opened."""
    if not _can_be_asked(books, case, by):
        return []
    rows = sealed.consents(books, case)
    reader, epochs = Reader(books, case, by), {text.id: text.epoch for text in sealed.texts(books, case, [DRAFT.name])}
    return [row for row in rows if asked.fits(row, reader, epochs[row.text_id])]


def _can_be_asked(books: Books, case: UUID, by: Actor) -> bool:
    """Whether it is a matter under way with a seat of theirs, in which a person is asked for consent."""
    if by.person is None or not seats.has_seat(books, case, by.person):
        return False
    found = matters.find(books, case)
    return found.rested_on is None and bool(books.edition(found.edition).kinds[found.kind].access.get(ASKS))


def _question(books: Books, matter_id: UUID, by: Actor) -> Question | None:
    """What everybody is asked as the text is now; None for who holds no key to it."""
    if by.pair is None or by.seat_in != matter_id:
        return None
    told = _newest(books, matter_id, by)
    if "audience" not in told:  # written before one was told
        return None
    served = UUID(told["addressee"]) if told.get("addressee") else None
    return Question(Purpose.DELIVER.value, told["audience"], told["to"], told["text"], served)


def _newest(books: Books, matter_id: UUID, by: Actor) -> dict[str, str]:
    """The text as it is now, with what was said of it."""
    newest = sealed.texts(books, matter_id, [DRAFT.name])[-1]
    told: dict[str, str] = json.loads(Reader(books, matter_id, by).open(newest, DRAFT).text)
    return told


def _draft(books: Books, matter: Matter, act: Act, told: FeedbackBegun | FeedbackRevised) -> str:
    """The text with its receiver, who would read it and what it is about, as one. Raises NotInList, and as `receiver`.

    Nobody is served who is locked out of one of the cases that it was begun from or gathers.
    """
    require_among("audience", told.audience, audiences_of(books, matter))
    to = {
        receiver(books, case, act.by, to=told.to, addressee=told.addressee, about=told.about, audience=told.audience)
        for case in gathered(books, matter.id)
    }.pop()
    said = {"to": to, "text": words(told.text), "audience": told.audience}
    if told.addressee is not None:
        said |= {"addressee": str(told.addressee), "about": told.about or ""}
    return json.dumps(said, ensure_ascii=False)


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
        case ReplyCame() as reply:
            return came(reply)
        case Answered() as answered:
            kept, on = take(books, matter, act, answered)
            records.change(books, matter.id, {"reply_on": on})
            return kept
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
    draft = _draft(books, matter, act, begun)
    epoch = open_with_case(books, matter, act, begun.case)
    for slot, text in ((NOTE, _of_unit(begun.unit, begun.people)), (DRAFT, draft)):
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
    draft = _draft(books, matter, act, revised)
    if revised.people is not None:
        records.change(books, matter.id, {"unit_fits": _fits(books, matter, revised.people)})
    if told := _of_unit(revised.unit, revised.people):
        write(books, matter, act, NOTE, told, visibility=Visibility.OFFICE)
    return {"text": str(write(books, matter, act, DRAFT, draft, visibility=Visibility.OFFICE))}


def _deliver(books: Books, matter: Matter, act: Act) -> dict[str, Fact]:
    """The text goes out word for word, once. Of how many stand behind it, the policy's number is all that may be said."""
    asked, least = _question(books, matter.id, act.by), _least(books, matter, "least_people")
    if asked is None or least is None:
        raise ValueError("the claim enough_people_agreed_to_the_exact_text holds of no act without a key")
    for consent in agreed(books, matter.id, asked, act.by):
        sealed.settle_consent(books, consent, USED)
    kept = serve(books, matter, act, asked.addressee, asked.text, cases=gathered(books, matter.id))
    if asked.addressee is None:
        text = addressed(SecretStr(asked.to), SecretStr(asked.text))
        kept = {"text": str(write(books, matter, act, DRAFT, text, visibility=Visibility.SERVED))}
    records.change(books, matter.id, {"at_least": least})
    return kept | {"at_least": least}


def drives(books: Books, matter: Matter, payload: Payload, by: Caller) -> Sequence[Driven]:
    """Asking somebody is the act `ask_consent` of their own case, with the text and the receiver as they are here."""
    if not isinstance(payload, PersonAsked) or payload.case is None:
        return ()
    actor = by.enter(books, matter.id)
    asked = _question(books, matter.id, actor)
    if asked is None:
        return ()
    told = asked.told()
    if asked.addressee is not None:  # then their name is that of their key
        told = {name: said for name, said in told.items() if name != "to"} | {"about": _newest(books, matter.id, actor)["about"]}
    return (Driven(payload.case, ASKS, told),)


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """It brings no dates."""
    del books, matter_id
    return {}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What may be said of it in clear to who has a seat."""
    detail = records.detail(books, matter.id)
    return {"at_least": detail["at_least"], "reply_on": None if detail["reply_on"] is None else str(detail["reply_on"])}


KIND = Kind(
    table=UPWARD_FEEDBACK, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show, drives=drives, formal=False
)
