"""What people do to a recommendation. It has the seats of its case's office people; what goes out is what she agreed to.

She has no seat in it: her words lead to her own case, and what goes out is the text she agreed to there, word for word.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from actions.days import Day
from actions.kernel.kind import Act, Kind, Payload
from actions.kinds.sealed import Noted, Reasoned, Recommend, Text, addressed, note, one_text, write
from actions.sealing import Reader, Seated, trusted_keys, write_text
from actions.seating import found_at_desk, recovery_key
from policies.said import Fact
from records import matters, people, sealed, seats
from records import recommendation as records
from records.books import Books
from records.matters import Matter
from records.vault import DRAFT, NOTE, Author, Visibility, require_signed
from states.clocks import OPEN
from states.recommendation import RECOMMENDATION, RecommendationFacts


class Begun(Recommend):
    """A recommendation grows out of a case. Made by the act `recommend` of that case, never by a door."""

    case: UUID


class Issue(Payload):
    """It goes out: exactly the text of this consent of its case, to the receiver named in it."""

    consent: UUID | None = None


class Answered(Payload):
    """What the addressee said, written down by the office, and the day it came."""

    text: Text | None = None
    on: Day | None = None

    def happened_on(self) -> date | None:
        """The told day."""
        return self.on


class Outcome(Payload):
    """What was done, or was not."""

    text: Text | None = None


PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: Begun,
    "revise": Recommend,
    "issue": Issue,
    "accept": Answered,
    "accept_in_part": Answered,
    "reject": Answered,
    "start_follow_up": Noted,
    "check_follow_up": Noted,
    "confirm_implemented": Outcome,
    "note_not_implemented": Outcome,
    "close": Reasoned,
}


def facts(books: Books, matter: Matter, act: Act) -> RecommendationFacts:
    """What holds of this recommendation if `act` is done."""
    payload = act.payload
    agreed = isinstance(payload, Issue) and _may_go_out(books, matter.id, payload.consent)
    return RecommendationFacts(
        addressee_named=agreed or _draft_names_somebody(books, matter.id),
        consent_to_exact_text=agreed,
        reply_on_file=isinstance(payload, Answered) and payload.text is not None and payload.on is not None,
        outcome_on_file=isinstance(payload, Outcome) and payload.text is not None,
        ground_given=isinstance(payload, Reasoned) and payload.reason is not None,
    )


def _may_go_out(books: Books, matter_id: UUID, consent: UUID | None) -> bool:
    """Her yes to this text stands and nothing was sent under it. A consent names its receiver always."""
    return any(row.id == consent and row.status == "given" for row in sealed.consents(books, case_of(books, matter_id)))


def _draft_names_somebody(books: Books, matter_id: UUID) -> bool:
    told = [event.facts["addressee"] for event in matters.history(books, matter_id) if "addressee" in event.facts]
    return bool(told) and told[-1] == 1


def case_of(books: Books, matter_id: UUID) -> UUID:
    """The case a recommendation grew out of."""
    return next(other for own, other, what in matters.links(books, matter_id) if own == matter_id and what == seats.GROWN_OUT_OF)


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    match act.payload:
        case Begun() as begun:
            return _open(books, matter, act, begun)
        case Recommend() as revised:
            text = addressed(revised.to, revised.text)
            return _drafted(write(books, matter, act, DRAFT, text, visibility=Visibility.OFFICE), revised)
        case Issue(consent=UUID() as consent):
            return _issue(books, matter, act, consent)
        case Answered() as answered:
            records.change(books, matter.id, {"reply_on": answered.on})
            return note(books, matter, act, answered.text, NOTE, Author.ADDRESSEE)
        case Outcome(text=text) | Noted(note=text) | Reasoned(reason=text):
            return note(books, matter, act, text, NOTE)
    return {}


def _open(books: Books, matter: Matter, act: Act, begun: Begun) -> dict[str, Fact]:
    """Seal it to everybody of the office who has a seat in the case, and to recovery."""
    trusted, person = trusted_keys(books), act.by.person
    rungs = {seat.person_id: seat.rung for seat in seats.of_matter(books, begun.case) if seat.person_id in trusted}
    seated = [Seated(one, rung, require_signed(one, trusted)) for one, rung in rungs.items() if one is not None]
    own = next(one for one in seated if one.person == person)
    others = [one for one in seated if one.person != person]
    epoch = found_at_desk(books, matter.id, own, others, recovery_key(trusted))
    text = addressed(begun.to, begun.text)
    row = write_text(books, matter.id, epoch, DRAFT, text, author=Author.OFFICE, visibility=Visibility.OFFICE, by=person)
    people.make_responsible(books, uuid4(), matter.id, own.person, at=act.at, why="opened")
    records.add(books, matter.id)
    return _drafted(row, begun)


def _drafted(text: UUID, told: Recommend) -> dict[str, Fact]:
    return {"text": str(text), "addressee": int(told.to is not None)}


def _issue(books: Books, matter: Matter, act: Act, consent: UUID) -> dict[str, Fact]:
    """The text she agreed to is what goes out: it is copied from there, never taken from a draft."""
    case = case_of(books, matter.id)
    agreed = next(row for row in sealed.consents(books, case) if row.id == consent)
    text = one_text(books, case, Reader(books, case, act.by), agreed.text_id)
    row = write(books, matter, act, DRAFT, text, visibility=Visibility.SERVED)
    sealed.settle_consent(books, consent, "used")
    records.change(books, matter.id, {"consent_id": consent})
    return {"text": str(row), "consent": str(consent), "addressee": int(bool(json.loads(text)["to"]))}


def born_of(books: Books, origin: Matter, act: Act) -> Begun:
    """What a recommendation begins with."""
    del books
    if not isinstance(act.payload, Recommend):
        raise ValueError("only a case's own act `recommend` begins a recommendation")
    return Begun(case=origin.id, text=act.payload.text, to=act.payload.to)


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """A recommendation brings no dates."""
    del books, matter_id
    return {}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What may be said of it in clear to who has a seat."""
    detail = records.detail(books, matter.id)
    return {name: None if value is None else str(value) for name, value in detail.items()}


KIND = Kind(table=RECOMMENDATION, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show, born_of=born_of)
