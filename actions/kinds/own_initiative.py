"""What people do to an inquiry of the office's own. It is sealed to people of the office; nobody else has a seat or words.

Whoever must not see it, because it is about them or they stand too near, is ticked when it is begun: no seat then or later.
What leaves is the newest findings word for word, and only where whoever sends them says that nobody can be recognised in them.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from actions.days import Day
from actions.kernel.actor import NotAllowed
from actions.kernel.kind import Act, Kind, Payload
from actions.kinds.beginning import Beginning
from actions.kinds.sealed import AnyText, Noted, Past, Reasoned, Text, must_not_see, note, words, write
from actions.sealing import Reader, trusted_keys, write_text
from actions.seating import candidates, choose, found_at_desk, recovery_key
from policies.said import Fact
from records import matters, people, sealed
from records import own_initiative as records
from records.books import Books
from records.matters import Matter
from records.vault import ABOUT, DRAFT, FINDINGS, MUST_NOT_SEE, NOTE, Author, Visibility
from states.clocks import OPEN
from states.own_initiative import OWN_INITIATIVE, OwnInitiativeFacts, Source


class InquiryBegun(Beginning):
    """The office noticed something. `about`: whom or what it is about; `must_not_see`: colleagues who get no seat."""

    source: Source
    text: Text
    about: AnyText | None = None
    must_not_see: tuple[UUID, ...] = ()


class TermsProposed(Payload):
    """What is asked, how far, by whom and until when. They bind nobody before somebody else approved them."""

    text: Text


class FindingsWritten(Payload):
    """Findings, which wait for a second pair of eyes."""

    text: Text


class FindingsSent(Payload):
    """The findings go out as they were concluded. Whoever sends them says that nobody can be recognised in them."""

    to: Text
    names_nobody: bool = False


class FindingsAnswered(Payload):
    """What the receiver said, written down by the office, and the day it came."""

    text: Text | None = None
    on: Day | None = None

    def happened_on(self) -> date | None:
        """The told day."""
        return self.on


PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: InquiryBegun,
    "propose_terms": TermsProposed,
    "return_terms": Reasoned,
    "inquire": Noted,
    "note_step": Noted,
    "draft": FindingsWritten,
    "inquire_further": Noted,
    "send_findings": FindingsSent,
    "note_answer": FindingsAnswered,
    "check_follow_up": Noted,
    "not_pursue": Reasoned,
    "close": Reasoned,
}


def facts(books: Books, matter: Matter, act: Act) -> OwnInitiativeFacts:
    """What holds of it if `act` is done."""
    payload, past = act.payload, Past(matters.history(books, matter.id))
    return OwnInitiativeFacts(
        approver_is_another=_is_another(past, "propose_terms", act.by.person),
        concluder_is_another=_is_another(past, "draft", act.by.person),
        findings_name_nobody=isinstance(payload, FindingsSent) and payload.names_nobody,
        reply_on_file=isinstance(payload, FindingsAnswered) and payload.text is not None and payload.on is not None,
        reason_given=isinstance(payload, Reasoned) and payload.reason is not None,
    )


def _is_another(past: Past, wrote: str, person: UUID | None) -> bool:
    """Whether somebody else than `person` did this the last time it was done."""
    authors = [event.by_person for event in past.events if event.trigger == wrote]
    return person is not None and bool(authors) and authors[-1] != person


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    match act.payload:
        case InquiryBegun() as begun:
            return _open(books, matter, act, begun)
        case TermsProposed(text=text):
            return note(books, matter, act, text, DRAFT)
        case FindingsWritten(text=text):
            return note(books, matter, act, text, FINDINGS)
        case FindingsSent(to=to):
            return _send(books, matter, act, words(to))
        case FindingsAnswered() as answered:
            records.change(books, matter.id, {"reply_on": answered.on})
            return note(books, matter, act, answered.text, NOTE, Author.ADDRESSEE)
        case Noted(note=text) | Reasoned(reason=text):
            return note(books, matter, act, text, NOTE)
    return {}


def _open(books: Books, matter: Matter, act: Act, begun: InquiryBegun) -> dict[str, Fact]:
    """Seal it to whoever begins it, one stand-in and the alternates; nobody who is ticked or named in `about`.

    Raises NotAllowed for who is ticked or named themselves, NoReader and NoCeremony; then nothing was written.
    """
    found = {one.person: one.name for one in candidates(books, matter.kind)}
    excluded = must_not_see(begun.must_not_see, None, begun.about, found)
    choice = choose(books, matter.kind, excluded, prefer=act.by.person)
    own = next((one for one in choice.seated if one.person == act.by.person), None)
    if own is None:
        raise NotAllowed(matter.kind, OPEN)
    others = [one for one in choice.seated if one != own]
    epoch = found_at_desk(books, matter.id, own, others, recovery_key(trusted_keys(books)))
    ticked = json.dumps({"ids": [str(one) for one in begun.must_not_see], "words": ""})
    for slot, text in ((ABOUT, words(begun.about)), (MUST_NOT_SEE, ticked), (NOTE, words(begun.text))):
        row = write_text(books, matter.id, epoch, slot, text, author=Author.OFFICE, visibility=Visibility.OFFICE, by=own.person)
    people.make_responsible(books, uuid4(), matter.id, own.person, at=act.at, why="opened")
    records.add(books, matter.id, begun.source.value)
    return {"source": begun.source.value, "text": str(row)}


def _send(books: Books, matter: Matter, act: Act, to: str) -> dict[str, Fact]:
    """What goes out is the findings as they were concluded, never another text."""
    newest = sealed.texts(books, matter.id, [FINDINGS.name])[-1]
    told = Reader(books, matter.id, act.by).open(newest, FINDINGS).text
    text = json.dumps({"to": to, "text": told}, ensure_ascii=False)
    return {"text": str(write(books, matter, act, DRAFT, text, visibility=Visibility.SERVED))}


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """It brings no dates."""
    del books, matter_id
    return {}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What may be said of it in clear to who has a seat."""
    detail = records.detail(books, matter.id)
    return {"source": detail["source"], "reply_on": None if detail["reply_on"] is None else str(detail["reply_on"])}


KIND = Kind(table=OWN_INITIATIVE, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show)
