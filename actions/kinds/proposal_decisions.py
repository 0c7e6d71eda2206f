"""What a decision on a proposal rests on: a vote, consensus or silence that was held here, or a source that tells of it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Final
from uuid import UUID

from pydantic import Field

from actions.deciding import Decided, came_out, decided, nothing_is_open, refuse_unrecorded, was_put_to_the_vote
from actions.deciding_waits import permission
from actions.kernel.kind import Payload
from actions.kinds.house import Citation, Decision
from actions.kinds.proposal_shapes import MOST_OPERATIONS, OperationId
from policies.decisions import Step
from policies.refusal import Refusal
from policies.said import Fact
from records import versions
from records.books import Books
from records.matters import Matter
from states.proposal import PROPOSAL, nothing_is_under_way

COUNTED: Final = frozenset({"roll_call", "vote", "secret_ballot"})
"""Methods by which votes are counted."""
ASKING: Final = frozenset({"", *(str(move.trigger) for move in PROPOSAL.moves if nothing_is_under_way in move.only_if)})
"""Moves that ask about votes; with no name: somebody looks at what could be done."""
LEAVES_UNDECIDED: Final = frozenset({"defer", "return_to_committee", "return_with_instructions", "take_note", "withdraw"})
"""Moves by which a proposal leaves the body as if that had decided nothing."""
Chosen = Annotated[tuple[OperationId, ...], Field(max_length=MOST_OPERATIONS)]
"""Operations of a version, by id."""


class DecidedByAnotherBody(Refusal):
    """The decision names a body, and another was asked."""

    code: ClassVar[str] = "decided_by_another_body"
    status: ClassVar[int] = 422


class DecidedAnotherWay(Refusal):
    """The decision names a method, and it was taken by another."""

    code: ClassVar[str] = "decided_another_way"
    status: ClassVar[int] = 422


class DecidedLater(Refusal):
    """The decision is dated before the day on which it was taken here."""

    code: ClassVar[str] = "decided_later"
    status: ClassVar[int] = 422


class DecidedAnotherVersion(Refusal):
    """It was decided on a version that is not the newest."""

    code: ClassVar[str] = "decided_another_version"
    status: ClassVar[int] = 422


class OrganDecision(Decision):
    """What an organ decided on a proposal. `decided`: the vote, consensus or silence here that it rests on.

    Left out: it was not taken here, and is shown as told; a vote then needs `source`, where it is written how it came out.
    """

    decided: UUID | None = None
    source: Citation | None = None


class AdoptionInPart(OrganDecision):
    """An organ adopts some operations of the newest version; left out: which ones is not held here, and all count."""

    operations: Chosen | None = None


def facts_of(books: Books, matter: Matter, trigger: str, payload: Payload) -> Mapping[str, bool]:
    """What holds of the votes about a proposal, and of what the decision says of them; worked out only where a move asks it.

    Time moves proposals too, and the flows that let it read no votes. Raises ResultNotRecorded.
    """
    if trigger not in ASKING:
        return {}
    if trigger in LEAVES_UNDECIDED:
        refuse_unrecorded(books, matter, payload.decided if isinstance(payload, OrganDecision) else None)
    return {
        "came_out_so": isinstance(payload, Decision) and _came_out_so(books, matter, trigger, payload),
        "nothing_open": nothing_is_open(books, matter.id),
        "not_voted_on": not was_put_to_the_vote(books, matter.id),
    }


def may_be_admitted(books: Books, matter: Matter, session: date | None) -> bool:
    """Whether the newest version may go before the organ, in a session that begins on this day; None: not told."""
    return books.pack.decisions is None or permission(books, matter.id, Step.ADMIT, session=session).allowed


def row_of(books: Books, matter: Matter, decision: Decision) -> dict[str, Any]:
    """A decision as it is written down; how it was taken is read from what it rests on.

    Raises NoSuchDeciding, and a refusal of this file where the two say different things.
    """
    if not isinstance(decision, OrganDecision) or decision.decided is None:
        source = decision.source if isinstance(decision, OrganDecision) else None
        return decision.row() | {"deciding_id": None, "source": source}
    taken = decided(books, matter.id, decision.decided)
    _require_same(books, decision, taken)
    return decision.row() | {"method": taken.row.method, "deciding_id": taken.row.id, "source": decision.source}


def history_of(row: Mapping[str, Any]) -> Mapping[str, Fact]:
    """What a proposal's history keeps of a decision."""
    told: dict[str, Fact] = {"body": row["body"] or "", "instrument": row["instrument"] or "", "method": row["method"]}
    return told if row["deciding_id"] is None else told | {"decided": str(row["deciding_id"])}


def public(books: Books, row: Mapping[str, Any]) -> dict[str, Any]:
    """A decision as the door shows it: `counted` tells one that was taken here from one that is told by a source."""
    hidden = {"id", "matter_id", "recorded_at", "text_hash", "deciding_id"}
    shown = {name: value for name, value in row.items() if name not in hidden}
    digest, version = row["text_hash"], row["version"]
    texts = {} if version is None else versions.one(books, row["matter_id"], version).hashes
    rests_on = row["deciding_id"]
    shown |= {"decided": None if rests_on is None else str(rests_on), "counted": rests_on is not None}
    return shown | {"text_sha256": digest.hex() if digest else None, "texts_sha256": texts}


def _came_out_so(books: Books, matter: Matter, trigger: str, payload: Decision) -> bool:
    told = payload if isinstance(payload, OrganDecision) else None
    rests_on = None if told is None else told.decided
    has_source = told is not None and told.source is not None
    if rests_on is None and not has_source and payload.method in COUNTED:
        return False
    return came_out(books, matter, rests_on, adopts=trigger != "reject")


def _require_same(books: Books, decision: OrganDecision, taken: Decided) -> None:
    row = taken.row
    if decision.body != row.body:
        raise DecidedByAnotherBody(number=row.number)
    same = {"unknown", row.method} | ({"vote"} if row.method in COUNTED else set())
    if decision.method not in same:
        raise DecidedAnotherWay(number=row.number)
    over = taken.over_at
    day = None if over is None else books.calendar().local_date(over)
    if day is not None and decision.on is not None and decision.on < day:
        raise DecidedLater(day=day)
    newest = versions.newest(books, row.matter_id)
    if newest is not None and row.version != newest.number:
        raise DecidedAnotherVersion(version=newest.number)
