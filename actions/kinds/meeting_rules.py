"""What the pack says of a meeting: its body, its members on its day, its quorum; and what is refused because of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from actions.kinds.meeting_shapes import Numbers, Present
from policies.citations import CitationForms
from policies.decisions import DecisionRules, Quorum
from policies.meetings import Body, MeetingRules, MeetingsNotOffered
from policies.pack import Pack
from policies.refusal import Refusal
from records import documents, officers
from records import meeting as records
from records.books import Books
from records.matters import Matter
from states.citing.parsing import NotACitation, parse
from states.convening import Opening, opened_with, opening_of, refuse_another_meetings
from states.deciding.counting import decide
from states.deciding.tally import Tally
from states.deciding.voters import Voters, voters_on
from states.officers.accrediting import Accreditation


class NumberTaken(Refusal):
    """A meeting of this body has this number already."""

    code: ClassVar[str] = "meeting_number_taken"


class DocumentNotRegistered(Refusal):
    """A document is named by a symbol under which none is registered, or one that is void. `place`: which of those named."""

    code: ClassVar[str] = "document_not_registered"
    status: ClassVar[int] = 422


class NamedTwice(Refusal):
    """A state is told twice, or is noted as present already."""

    code: ClassVar[str] = "state_named_twice"
    status: ClassVar[int] = 422


class NotAccredited(Refusal):
    """Who is told to represent a state is not accredited by it on the day of the meeting."""

    code: ClassVar[str] = "not_accredited"
    status: ClassVar[int] = 422


def pack_of(books: Books, matter: Matter) -> Pack:
    """The edition a meeting was called under."""
    return books.edition(matter.edition)


def rules_of(pack: Pack) -> MeetingRules:
    """What this house says of meetings. Raises MeetingsNotOffered."""
    if pack.meetings is None:
        raise MeetingsNotOffered()
    return pack.meetings


def deciding_of(pack: Pack) -> DecisionRules:
    """By which rules its bodies decide. Raises MeetingsNotOffered."""
    if pack.decisions is None:
        raise MeetingsNotOffered()
    return pack.decisions


def voters_of(books: Books, day: date) -> Voters:
    """The members of a day, as they are known today. Raises MembershipUnknown, MeetingsNotOffered."""
    if books.pack.members is None:
        raise MeetingsNotOffered()
    return voters_on(day, books.pack.members)


def opening(books: Books, matter: Matter, detail: Mapping[str, Any], states: frozenset[str]) -> Opening:
    """What the body begins with on its day. Raises TooFewToOpen, NotAMember, NotAVoter, MembershipUnknown."""
    return opened_with(states, voters_of(books, detail["day"]), _quorum(books, matter, detail))


def opening_told(books: Books, matter: Matter, detail: Mapping[str, Any], present: int) -> Opening:
    """What it began with, as it is told afterwards. Raises MembershipUnknown."""
    return opening_of(present, voters_of(books, detail["day"]), _quorum(books, matter, detail))


def _quorum(books: Books, matter: Matter, detail: Mapping[str, Any]) -> Quorum | None:
    pack = pack_of(books, matter)
    return deciding_of(pack).quorums.get(rules_of(pack).body(detail["body"]).quorum or "")


def carries(books: Books, matter: Matter, detail: Mapping[str, Any], vote: Numbers) -> bool:
    """Whether these numbers change an order of business that has gone round, by the pack's rule. Raises as `decide` does."""
    pack = pack_of(books, matter)
    voters = voters_of(books, min(detail["day"], books.today))
    tally = Tally(
        members=len(voters.members),
        entitled=len(voters.entitled),
        present=vote.present,
        for_=vote.in_favour,
        against=vote.against,
        abstain=vote.abstaining,
    )
    return decide(rules_of(pack).another_order.rule, deciding_of(pack), tally).adopted


def require_free_number(books: Books, matter_id: UUID, body: str, number: int, period: int) -> None:
    """Raise NumberTaken unless no other meeting of the body has this number."""
    if records.same(books, body, number, period) not in {None, matter_id}:
        raise NumberTaken(number=str(number))


def registered(books: Books, symbols: tuple[str, ...], forms: CitationForms | None) -> list[str]:
    """These symbols as they are written clean. Raises NotACitation, DocumentNotRegistered with its place among those named."""
    clean = [symbol if forms is None else parse(symbol, forms).canonical for symbol in symbols]
    there = documents.known(books, clean)
    for place, symbol in enumerate(clean, 1):
        if symbol not in there:
            raise DocumentNotRegistered(place=place)
    return clean


def instrument_of(pack: Pack, body: Body, detail: Mapping[str, Any], told: str) -> str:
    """An instrument as it is written clean. Raises NotACitation and what `refuse_another_meetings` refuses."""
    if pack.citations is None:
        return told
    cited = parse(told, pack.citations)
    refuse_another_meetings(cited, pack.citations, body, number=detail["number"], year=detail["day"].year)
    return cited.canonical


def as_written(pack: Pack, told: str) -> str:
    """An instrument as it is written clean; what is no citation stays as it was told."""
    try:
        return told if pack.citations is None else parse(told, pack.citations).canonical
    except NotACitation:
        return told


def newly_present(
    books: Books, matter: Matter, detail: Mapping[str, Any], told: tuple[Present, ...]
) -> Mapping[str, UUID | None]:
    """State -> who represents it, of those that are not noted yet. Raises NamedTwice, NotAMember, NotAVoter, NotAccredited."""
    seen = {row.state for row in records.present(books, matter.id)}
    voters = voters_of(books, detail["day"])
    sent = delegates(books, detail["day"]) if any(one.accreditation for one in told) else {}
    for one in told:
        if one.state in seen:
            raise NamedTwice(state=one.state)
        seen.add(one.state)
        if one.state not in voters.attending:
            voters.refuse_who_may_not_vote(one.state)
        delegate = None if one.accreditation is None else sent.get(one.accreditation)
        if one.accreditation is not None and (delegate is None or delegate.state != one.state):
            raise NotAccredited(state=one.state, day=detail["day"])
    return {one.state: one.accreditation for one in told}


def delegates(books: Books, day: date) -> Mapping[UUID, Accreditation]:
    """Who is accredited on a day, by the id of the accreditation."""
    return {one.id: one for one in officers.accreditations(books) if one.holds(day)}
