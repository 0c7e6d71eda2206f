"""Whether a body may begin, and whether a resolution is of the meeting it is said to be of. Pure; who is there is told."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import ClassVar

from policies.citations import CitationForms
from policies.decisions import Base, Presence, Quorum
from policies.meetings import Body
from policies.refusal import Refusal
from policies.said import Said
from states.citing.citation import Citation
from states.deciding.voters import Voters


class TooFewToOpen(Refusal):
    """Fewer members are there than the body needs to begin."""

    code: ClassVar[str] = "too_few_to_open"


class InstrumentOfAnotherBody(Refusal):
    """The instrument bears the symbol of another body than the one that meets."""

    code: ClassVar[str] = "instrument_of_another_body"
    status: ClassVar[int] = 422


class InstrumentOfAnotherMeeting(Refusal):
    """The instrument names another meeting, or another year, than this meeting's."""

    code: ClassVar[str] = "instrument_of_another_meeting"
    status: ClassVar[int] = 422


class InstrumentWithoutMeeting(Refusal):
    """What this body adopts names its meeting in brackets, and this instrument names none."""

    code: ClassVar[str] = "instrument_without_meeting"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Opening:
    """How many are there of how many. `needed` None: nobody has established how many it takes; `why` says what it rests on."""

    present: int
    members: int
    needed: int | None
    why: tuple[Said, ...]


def opened_with(present: Collection[str], voters: Voters, quorum: Quorum | None) -> Opening:
    """What a body begins with. A quorum that nobody has established is not checked, and `why` says so.

    Raises NotAMember for a state that is none that day, NotAVoter for one that is suspended, TooFewToOpen.
    """
    for state in sorted(frozenset(present) - voters.attending):
        voters.refuse_who_may_not_vote(state)
    opening = opening_of(len(frozenset(present)), voters, quorum)
    if opening.needed is not None and opening.present < opening.needed:
        raise TooFewToOpen(present=opening.present, needed=opening.needed, members=opening.members)
    return opening


def opening_of(present: int, voters: Voters, quorum: Quorum | None) -> Opening:
    """The same of so many, as it is told afterwards: who knows more of the members by then refuses nothing."""
    asked = quorum.to_open if quorum is not None else None
    needed = None if asked is None else asked.of(_of_whom(asked, voters))
    return Opening(present, len(voters.members), needed, tuple(_why(present, len(voters.members), needed, asked)))


def _of_whom(asked: Presence, voters: Voters) -> int:
    return len(voters.members if asked.base == Base.MEMBERS else voters.attending)


def _why(present: int, members: int, needed: int | None, asked: Presence | None) -> Iterator[Said]:
    yield Said("convening.there", {"present": present, "members": members})
    if needed is None:
        yield Said("deciding.quorum_unknown")
        return
    enough = present >= needed
    yield Said("convening.enough", {"needed": needed}) if enough else Said("convening.too_few", {"needed": needed})
    if asked is not None and not asked.verified:
        yield Said("deciding.not_read")


def refuse_another_meetings(cited: Citation, forms: CitationForms, body: Body, *, number: int, year: int) -> None:
    """Refuse an instrument that cannot be of this meeting of `body`. One whose symbols nobody reads is not checked.

    CP/RES. 1051 (2017/15) is of meeting 2017 and no other; minutes bear the meeting's number as their own. Raises
    InstrumentOfAnotherBody, InstrumentOfAnotherMeeting, InstrumentWithoutMeeting.
    """
    if body.symbols is None:
        return
    if cited.body != body.symbols:
        raise InstrumentOfAnotherBody(body=body.symbols)
    names_meeting = any(
        form.body == cited.body and form.kind == cited.kind and "{meeting}" in form.template for form in forms.forms.values()
    )
    if names_meeting and cited.meeting is None:
        raise InstrumentWithoutMeeting(meeting=str(number), year=str(year))
    minutes = body.minutes is not None and cited.kind == forms.forms[body.minutes].kind
    told = cited.meeting if names_meeting else cited.number if minutes else None
    if (told is not None and told != number) or (cited.year is not None and cited.year != year):
        raise InstrumentOfAnotherMeeting(meeting=str(number), year=str(year))
