"""What people do to a protection. It has the seats of its case's office people; what goes out is what she agreed to.

She has no seat in it: her words lead to her own case, and what she tells us there is heard here. Measures are asked for, and
harm is passed on, only with the text she agreed to there, word for word.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from actions.kernel.kind import Act, Kind, Payload
from actions.kinds.grown import Issued, case_of, issue, may_go_out, open_with_case
from actions.kinds.sealed import Noted, Past, Reasoned, Text, Told, WatchOver, addressed, note, words, write
from actions.kinds.serving import Answered, ReplyCame, came, on_file, take
from actions.sealing import write_text
from policies.said import Fact
from records import matters, seats
from records import protection as records
from records.books import Books
from records.matters import Matter, NotFound
from records.vault import DRAFT, NOTE, Author, Visibility
from states.clocks import OPEN
from states.protection import PROTECTION, ProtectionFacts


class Begun(WatchOver):
    """A protection grows out of a case. Made by the act `watch_over` of that case, never by a door."""

    case: UUID


class Proposed(Payload):
    """What shall be asked of whom, in draft. What goes out in the end is the text she agrees to."""

    text: Text
    to: Text | None = None


class Referred(Issued):
    """The harm is passed on: exactly the text of this consent of its case, to the receiver named in it."""


class NewMatter(Payload):
    """The harm is a matter of its own now: the complaint that she opened herself."""

    case: UUID | None = None


PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: Begun,
    "propose": Proposed,
    "ask_measures": Issued,
    "reply_came": ReplyCame,
    "note_granted": Answered,
    "note_refused": Answered,
    "look_again": Noted,
    "watch_on": Reasoned,
    "note_harm": Told,
    "refer_harm": Referred,
    "note_new_matter": NewMatter,
    "find_unneeded": Reasoned,
}


def facts(books: Books, matter: Matter, act: Act) -> ProtectionFacts:
    """What holds of this protection if `act` is done."""
    payload = act.payload
    return ProtectionFacts(
        consent_to_exact_text=isinstance(payload, Issued) and may_go_out(books, matter.id, payload.consent, act),
        reply_on_file=on_file(Past(matters.history(books, matter.id)), payload, "ask_measures"),
        reply_awaited=_awaits_reply(books, matter.id),
        reason_given=isinstance(payload, Reasoned) and payload.reason is not None,
        new_matter_named=isinstance(payload, NewMatter) and _knows_of(books, matter, payload.case, act.by.person),
        readers_may_know=isinstance(payload, NewMatter) and _all_know_of(books, matter.id, payload.case),
    )


def _awaits_reply(books: Books, matter_id: UUID) -> bool:
    """Whether the newest thing that was asked of somebody has no answer yet."""
    told = [event.trigger for event in matters.history(books, matter_id)]
    asked = max((place for place, one in enumerate(told) if one == "ask_measures"), default=-1)
    return asked >= 0 and not {"note_granted", "note_refused"} & set(told[asked:])


def _knows_of(books: Books, matter: Matter, other: UUID | None, person: UUID | None) -> bool:
    """Whether whoever acts has a seat in another complaint than the one this grew out of; else it is as if there were none."""
    if other is None or person is None or not seats.has_seat(books, other, person):
        return False
    try:
        found = matters.find(books, other)
    except NotFound:
        return False
    case = case_of(books, matter.id)
    return found.id != case and found.kind == matters.find(books, case).kind


def _all_know_of(books: Books, matter_id: UUID, other: UUID | None) -> bool:
    """Whether everybody who can read this can read that, too."""
    return other is not None and seats.persons(books, matter_id) <= seats.persons(books, other)


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    match act.payload:
        case Begun() as begun:
            return _open(books, matter, act, begun)
        case Proposed() as proposed:
            text = addressed(proposed.to, proposed.text)
            return {"text": str(write(books, matter, act, DRAFT, text, visibility=Visibility.OFFICE))}
        case Issued(consent=UUID() as consent):
            return _issue(books, matter, act, consent)
        case ReplyCame() as reply:
            return came(reply)
        case Answered() as answered:
            kept, on = take(books, matter, act, answered)
            records.change(books, matter.id, {"reply_on": on})
            return kept
        case NewMatter(case=UUID() as other):
            records.change(books, matter.id, {"became": other})  # not in history: it goes when that matter goes
        case Told(text=text) | Noted(note=text) | Reasoned(reason=text):
            return note(books, matter, act, text, NOTE)
    return {}


def _open(books: Books, matter: Matter, act: Act, begun: Begun) -> dict[str, Fact]:
    """Seal it to who can read the case. A text of the risk is kept each time, empty or not: all look alike."""
    epoch = open_with_case(books, matter, act, begun.case)
    risk, person = words(begun.risk), act.by.person
    row = write_text(books, matter.id, epoch, NOTE, risk, author=Author.OFFICE, visibility=Visibility.OFFICE, by=person)
    records.add(books, matter.id)
    return {"text": str(row)}


def _issue(books: Books, matter: Matter, act: Act, consent: UUID) -> dict[str, Fact]:
    kept, _ = issue(books, matter, act, consent)
    if not isinstance(act.payload, Referred):
        records.change(books, matter.id, {"consent_id": consent, "reply_on": None})
    return kept


def born_of(books: Books, origin: Matter, act: Act) -> Begun:
    """What a protection begins with."""
    del books
    if not isinstance(act.payload, WatchOver):
        raise ValueError("only a case's own act `watch_over` begins a protection")
    return Begun(case=origin.id, risk=act.payload.risk)


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """A protection brings no dates."""
    del books, matter_id
    return {}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What may be said of it in clear to who has a seat."""
    detail = records.detail(books, matter.id)
    return {name: None if value is None else str(value) for name, value in detail.items()}


KIND = Kind(table=PROTECTION, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show, born_of=born_of)
