"""What people do to a recommendation. It has the seats of its case's office people; what goes out is what she agreed to.

She has no seat in it: her words lead to her own case, and what goes out is the text she agreed to there, word for word.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from actions.days import Day
from actions.kernel.kind import Act, Kind, Payload
from actions.kinds.grown import Issued, issue, may_go_out, open_with_case
from actions.kinds.sealed import Noted, Past, Reasoned, Recommend, Text, addressed, note, write
from actions.kinds.serving import Answered, ReplyCame, came, on_file, take
from actions.sealing import write_text
from policies.said import Fact
from records import matters
from records import recommendation as records
from records.books import Books
from records.matters import Matter
from records.vault import DRAFT, NOTE, Author, Visibility
from states.clocks import OPEN
from states.recommendation import RECOMMENDATION, RecommendationFacts


class Begun(Recommend):
    """A recommendation grows out of a case. Made by the act `recommend` of that case, never by a door."""

    case: UUID


class Promised(Payload):
    """What they promised to do, as the office wrote it down; `by`: the day they said it would be done, if they said one."""

    text: Text | None = None
    by: Day | None = None


class Outcome(Payload):
    """What was done, or was not."""

    text: Text | None = None


PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: Begun,
    "revise": Recommend,
    "issue": Issued,
    "accept": Answered,
    "accept_in_part": Answered,
    "reject": Answered,
    "find_no_answer": Answered,
    "reply_came": ReplyCame,
    "start_follow_up": Promised,
    "check_follow_up": Noted,
    "confirm_implemented": Outcome,
    "note_not_implemented": Outcome,
    "close": Reasoned,
}


def facts(books: Books, matter: Matter, act: Act) -> RecommendationFacts:
    """What holds of this recommendation if `act` is done."""
    payload = act.payload
    agreed = isinstance(payload, Issued) and may_go_out(books, matter.id, payload.consent, act)
    return RecommendationFacts(
        addressee_named=agreed or _draft_names_somebody(books, matter.id),
        consent_to_exact_text=agreed,
        reply_on_file=on_file(Past(matters.history(books, matter.id)), payload),
        promise_on_file=isinstance(payload, Promised) and payload.text is not None,
        outcome_on_file=isinstance(payload, Outcome) and payload.text is not None,
        ground_given=isinstance(payload, Reasoned) and payload.reason is not None,
    )


def _draft_names_somebody(books: Books, matter_id: UUID) -> bool:
    told = [event.facts["addressee"] for event in matters.history(books, matter_id) if "addressee" in event.facts]
    return bool(told) and told[-1] == 1


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    match act.payload:
        case Begun() as begun:
            return _open(books, matter, act, begun)
        case Recommend() as revised:
            text = addressed(revised.to, revised.text)
            return _drafted(write(books, matter, act, DRAFT, text, visibility=Visibility.OFFICE), revised)
        case Issued(consent=UUID() as consent):
            return _issue(books, matter, act, consent)
        case ReplyCame() as reply:
            return came(reply)
        case Answered() as answered:
            kept, on = take(books, matter, act, answered)
            records.change(books, matter.id, {"reply_on": on})
            return kept
        case Promised(text=text, by=by):
            records.change(books, matter.id, {"promised_by": by})
            return note(books, matter, act, text, NOTE)
        case Outcome(text=text) | Noted(note=text) | Reasoned(reason=text):
            return note(books, matter, act, text, NOTE)
    return {}


def _open(books: Books, matter: Matter, act: Act, begun: Begun) -> dict[str, Fact]:
    """Seal it to everybody of the office who has a seat in the case, and to recovery."""
    epoch, person = open_with_case(books, matter, act, begun.case), act.by.person
    text = addressed(begun.to, begun.text)
    row = write_text(books, matter.id, epoch, DRAFT, text, author=Author.OFFICE, visibility=Visibility.OFFICE, by=person)
    records.add(books, matter.id)
    return _drafted(row, begun)


def _drafted(text: UUID, told: Recommend) -> dict[str, Fact]:
    return {"text": str(text), "addressee": int(told.to is not None)}


def _issue(books: Books, matter: Matter, act: Act, consent: UUID) -> dict[str, Fact]:
    """The text she agreed to is what goes out: it is copied from there, never taken from a draft."""
    kept, addressee = issue(books, matter, act, consent)
    records.change(books, matter.id, {"consent_id": consent})
    return kept | {"addressee": int(addressee)}


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
