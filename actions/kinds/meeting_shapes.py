"""What the acts on a meeting bring: its call, its order of business, who is there, what became of an item, its record."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from actions.deciding import Stated
from actions.kernel.kind import Payload
from actions.kinds.house import Citation, Day, HousePayload, Words
from policies.members import State
from states.clocks import OPEN

Number = Annotated[int, Field(ge=1, le=99_999)]
ItemNumber = Annotated[int, Field(ge=1, le=9_999)]
Votes = Annotated[int, Field(ge=0, le=1_000)]
Hour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""At the seat: 10:30."""
Code = Annotated[str, Field(pattern=r"^[A-Z]{2,10}$")]
"""A body of the pack."""
Sort = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]
"""A sort of meetings of the pack."""
Told = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000, pattern=r"[^\s\x1c-\x1f\x85]")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
OperationId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,39}$")]
"""As proposals name their operations; said here because no kind uses another."""
Chosen = Annotated[tuple[OperationId, ...], Field(max_length=5_000)]
MOST_ITEMS: Final = 500
MOST_STATES: Final = 250

Disposition = Literal["adopted", "adopted_in_part", "taken_note_of", "deferred", "returned", "rejected", "no_decision"]
Method = Literal["consensus", "acclamation", "vote", "unknown"]
AGREED: Final = frozenset({"consensus", "acclamation"})
DECIDED: Final = frozenset({"adopted", "adopted_in_part", "taken_note_of", "rejected"})
"""Dispositions that are decisions, so that somebody decided them some way."""


class Plan(HousePayload):
    """A meeting is called. `day` is the day it is called for, at the seat; `sort`: regular, special, ... as the pack has them."""

    body: Code
    number: Number
    day: Day
    hour: Hour | None = None
    place: Citation | None = None
    sort: Sort
    source: Words


class Item(Payload):
    """One item. `documents`: symbols of documents that are registered; `proposal`: what the item is about, if it is one."""

    title: Words
    documents: Annotated[tuple[Citation, ...], Field(max_length=50)] = ()
    proposal: UUID | None = None


Items = Annotated[tuple[Item, ...], Field(max_length=MOST_ITEMS)]


class OrderOfBusiness(HousePayload):
    """The whole order of business, from item 1."""

    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=MOST_ITEMS)]


class Circulate(HousePayload):
    """The order of business, or the summary record, goes round as this document."""

    document: Citation | None = None


class Numbers(Payload):
    """A vote in numbers. `present` left out: nobody counted who was there."""

    in_favour: Votes
    against: Votes = 0
    abstaining: Votes = 0
    present: Votes | None = None


class OtherOrder(HousePayload):
    """Items come onto an order that has gone round, or are struck out of it, by the vote that the pack's rule asks for."""

    adds: Items = ()
    strikes: Annotated[tuple[ItemNumber, ...], Field(max_length=MOST_ITEMS)] = ()
    vote: Numbers | None = None


class Present(Payload):
    """A member state is there. `accreditation`: who represents it; left out: not told."""

    state: State
    accreditation: UUID | None = None


class Attendance(HousePayload):
    """Member states that are there, or that came later."""

    present: Annotated[tuple[Present, ...], Field(max_length=MOST_STATES)] = ()


class Dispose(HousePayload):
    """What became of an item. A proposal that the item is about moves with it, in the same act.

    `method`: consensus and acclamation are decided by this very act, with what delegations state beside it. A vote was held
    on the proposal and is named by its id, `decision`, as a consensus may be that was taken down before. With `source` it was
    not decided here and is shown as told.
    `ad_referendum`: adopted until a higher organ confirms it.
    """

    item: ItemNumber
    disposition: Disposition
    method: Method | None = None
    decision: UUID | None = None
    source: Citation | None = None
    ad_referendum: bool = False
    instrument: Citation | None = None
    text_sha256: Digest | None = None
    operations: Chosen | None = None
    to_meeting: UUID | None = None
    instructions: Told | None = Field(default=None, repr=False)
    statements: Annotated[tuple[Stated, ...], Field(max_length=250)] = ()

    @property
    def agrees(self) -> bool:
        """Whether this act itself is the decision: nobody objects, so it is decided."""
        return self.method in AGREED and self.source is None and self.decision is None

    @model_validator(mode="after")
    def _says_how(self) -> Self:
        if self.method is None and self.disposition in DECIDED:
            raise ValueError("say by which method it was decided, or that it is unknown")
        if self.method is not None and self.disposition not in DECIDED:
            raise ValueError("a method is named of what was decided")
        if self.method == "vote" and (self.decision is None) == (self.source is None):
            raise ValueError("a vote is named by its id, or by the source that tells of it")
        if self.decision is not None and (self.method in {None, "unknown"} or self.source is not None):
            raise ValueError("what was decided here is named by its id, and nothing else")
        if self.disposition == "rejected" and self.agrees:
            raise ValueError("what nobody objects to is not rejected")
        if self.statements and not self.agrees:
            raise ValueError("statements beside a vote are made with the vote")
        return self

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.to_meeting is not None and self.disposition != "deferred":
            raise ValueError("only what is deferred goes to another meeting")
        if self.instructions is not None and self.disposition != "returned":
            raise ValueError("only what is returned has instructions")
        if self.operations is not None and self.disposition != "adopted_in_part":
            raise ValueError("operations are named of what is adopted in part")
        if self.ad_referendum and self.disposition != "adopted":
            raise ValueError("only what is adopted can wait for confirmation")
        return self


class Correction(HousePayload):
    """A member state asks to have the record corrected; `item` left out: the whole record."""

    state: State
    item: ItemNumber | None = None
    text: Told = Field(repr=False)


class Approval(HousePayload):
    """A later meeting approves the record."""

    meeting: UUID


class Reason(HousePayload):
    """It is put off, or called off, and why."""

    reason: Words = Field(repr=False)


class NewDate(HousePayload):
    """It is called anew."""

    day: Day
    hour: Hour | None = None
    place: Citation | None = None


PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: Plan,
    "set_order": OrderOfBusiness,
    "circulate_order": Circulate,
    "change_order": OtherOrder,
    "hold": Attendance,
    "attend": Attendance,
    "dispose": Dispose,
    "circulate_record": Circulate,
    "correct_record": Correction,
    "approve_record": Approval,
    "postpone": Reason,
    "set_date": NewDate,
    "cancel": Reason,
}
