"""The order of business: its items, and what becomes of each; a proposal moves with the item that is about it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final
from uuid import UUID

from actions.deciding import Consensus, agree_in, decided
from actions.deciding_waits import require
from actions.kernel.actor import Actor
from actions.kernel.callers import Caller
from actions.kernel.driving import DRIVES
from actions.kernel.kind import Driven, Payload
from actions.kinds.meeting_rules import as_written, instrument_of, pack_of, registered, rules_of
from actions.kinds.meeting_shapes import DECIDED, Dispose, Item, OtherOrder
from policies.refusal import Refusal
from policies.said import Fact
from records import matters
from records import meeting as records
from records.books import Books
from records.matters import Matter
from records.meeting import ItemRow
from records.proposal import decisions
from states.meeting import CALLED, State


class NoSuchItem(Refusal):
    """The order of business has no item of this number, or it was struck out."""

    code: ClassVar[str] = "no_such_item"
    status: ClassVar[int] = 422


class DisposedBefore(Refusal):
    """What became of this item is noted already."""

    code: ClassVar[str] = "item_disposed_before"


class NoSuchProposal(Refusal):
    """The item names a proposal that is none here."""

    code: ClassVar[str] = "no_such_proposal"
    status: ClassVar[int] = 422


class OnOrderAlready(Refusal):
    """The proposal stands under another item."""

    code: ClassVar[str] = "on_order_already"
    status: ClassVar[int] = 422


class NotALaterMeeting(Refusal):
    """What is deferred goes to a later meeting of the same body that is still to be held."""

    code: ClassVar[str] = "not_a_later_meeting"
    status: ClassVar[int] = 422


class NoProposalToDecide(Refusal):
    """A vote, and what delegations state beside a decision, belong to a proposal; the item is about none."""

    code: ClassVar[str] = "no_proposal_to_decide"
    status: ClassVar[int] = 422


class ObjectedTo(Refusal):
    """Somebody objects, so it is not decided by consensus."""

    code: ClassVar[str] = "objected_to"


class DecidedAnotherDay(Refusal):
    """The vote that is named was held on another day than the meeting."""

    code: ClassVar[str] = "decided_another_day"
    status: ClassVar[int] = 422


class DecidedOtherwise(Refusal):
    """The proposal was decided on that day already, with another instrument, resting on something else, or without statements."""

    code: ClassVar[str] = "decided_otherwise"


class NothingChanged(Refusal):
    """Neither an item that comes on nor one that is struck out was told."""

    code: ClassVar[str] = "order_not_changed"
    status: ClassVar[int] = 422


MOVES_PROPOSAL: Final[Mapping[str, str]] = {
    "adopted": "adopt",
    "adopted_in_part": "adopt_in_part",
    "taken_note_of": "take_note",
    "deferred": "defer",
    "returned": "return_with_instructions",
    "rejected": "reject",
}
"""What becomes of an item -> the move of the proposal it is about. Where nothing was decided, nothing moves."""


def set_order(books: Books, matter: Matter, items: tuple[Item, ...]) -> Mapping[str, Fact]:
    """Put a whole order of business in the place of what there was."""
    records.set_items(books, matter.id, _rows(books, matter, items, first=1))
    return {"items": len(items)}


def change_order(books: Books, matter: Matter, told: OtherOrder) -> Mapping[str, Fact]:
    """Add items behind the last one, strike others out. Numbers stay: those that were struck out are not given again.

    Raises NothingChanged, NoSuchItem, DisposedBefore, NoSuchProposal, OnOrderAlready.
    """
    if not told.adds and not told.strikes:
        raise NothingChanged()
    for number in dict.fromkeys(told.strikes):
        open_item(books, matter.id, number)
        records.change_item(books, matter.id, number, {"struck": True})
    last = max(row.number for row in records.items(books, matter.id))
    records.add_items(books, matter.id, _rows(books, matter, told.adds, first=last + 1))
    votes = {} if told.vote is None else {"for": told.vote.in_favour, "against": told.vote.against}
    return {"adds": len(told.adds), "strikes": len(told.strikes), **votes}


def _rows(books: Books, matter: Matter, items: tuple[Item, ...], first: int) -> list[dict[str, Any]]:
    forms = pack_of(books, matter).citations
    standing = {row.proposal for row in records.items(books, matter.id) if not row.struck} if first > 1 else set()
    rows = []
    for number, one in enumerate(items, first):
        if one.proposal is not None:
            if one.proposal in standing:
                raise OnOrderAlready(item=number)
            standing.add(one.proposal)
            _tie(books, matter.id, one.proposal, number)
        documents = registered(books, one.documents, forms)
        rows.append({"number": number, "title": one.title, "documents": documents, "proposal": one.proposal})
    return rows


def _tie(books: Books, matter_id: UUID, proposal: UUID, number: int) -> None:
    """Tie the meeting to the proposal, once. The tie stays when the item goes: it was on the order."""
    if not records.of_kind(books, [proposal], "proposal"):
        raise NoSuchProposal(item=number)
    if (matter_id, proposal, DRIVES) not in matters.links(books, matter_id):
        matters.link(books, matter_id, proposal, DRIVES)


def open_item(books: Books, matter_id: UUID, number: int) -> ItemRow:
    """An item of which nothing became yet. Raises NoSuchItem, DisposedBefore."""
    item = records.item(books, matter_id, number)
    if item is None or item.struck:
        raise NoSuchItem(item=number)
    if item.disposition is not None:
        raise DisposedBefore(item=number)
    return item


def dispose(books: Books, matter: Matter, told: Dispose, by: Actor) -> Mapping[str, Fact]:
    """Note what became of an item; where nobody objects, that is the decision. The proposal's own move follows (`drives`).

    Raises NoSuchItem, DisposedBefore, NotALaterMeeting, NoProposalToDecide, ObjectedTo, DecidedAnotherDay, DecidedOtherwise,
    BodyAdvises, what `instrument_of` refuses and what `agree_in` refuses; then the transaction must not be committed.
    """
    item = open_item(books, matter.id, told.item)
    detail = records.detail(books, matter.id)
    if told.to_meeting is not None:
        _require_later(books, told.to_meeting, detail)
    if item.proposal is not None and _move_of(told) is not None:
        rules_of(pack_of(books, matter)).deciding(detail["body"])
    columns = {
        "disposition": told.disposition,
        "method": told.method,
        "source": told.source,
        "instrument": _instrument(books, matter, detail, told),
        "decision": _decision(books, matter, item, detail, told, by),
        "operations": None if told.operations is None else list(told.operations),
        "to_meeting": told.to_meeting,
        "instructions": told.instructions,
        "disposed_at": books.now,
    }
    records.change_item(books, matter.id, told.item, columns)
    return {"item": told.item, "disposition": told.disposition, **({} if told.method is None else {"method": told.method})}


def _instrument(books: Books, matter: Matter, detail: Mapping[str, Any], told: Dispose) -> str | None:
    if told.instrument is None:
        return None
    pack = pack_of(books, matter)
    return instrument_of(pack, rules_of(pack).body(detail["body"]), detail, told.instrument)


def _decision(books: Books, matter: Matter, item: ItemRow, detail: Mapping[str, Any], told: Dispose, by: Actor) -> UUID | None:
    """What the disposition rests on here: the vote that is named, or the consensus that this act is. None: nothing here."""
    if item.proposal is None:
        if told.decision is not None or told.statements:
            raise NoProposalToDecide(item=item.number)
        return None
    if told.decision is not None:
        _require_that_day(books, item.proposal, told.decision, detail["day"])
    if records.happened_on(books, item.proposal, str(_move_of(told)), detail["day"]):
        return _decided_before(books, matter, item.proposal, detail, told)
    return _agreed(books, matter, item.proposal, detail, told, by) if told.agrees else told.decision


def _decided_before(books: Books, matter: Matter, proposal: UUID, detail: Mapping[str, Any], told: Dispose) -> UUID | None:
    """What the move rests on that the proposal made on that day already. Raises DecidedOtherwise where the item says another."""
    rows = [row for row in decisions(books, proposal) if (row["trigger"], row["on_day"]) == (_move_of(told), detail["day"])]
    made = rows[-1] if rows else None
    rests_on: UUID | None = None if made is None else made["deciding_id"]
    instrument, before = _instrument(books, matter, detail, told), None if made is None else made["instrument"]
    another = None not in (instrument, before) and instrument != as_written(pack_of(books, matter), str(before))
    if another or told.statements or told.decision not in (None, rests_on):
        raise DecidedOtherwise(item=told.item)
    return None if told.source is not None else rests_on


def _agreed(books: Books, matter: Matter, proposal: UUID, detail: Mapping[str, Any], told: Dispose, by: Actor) -> UUID:
    if by.person is None:
        raise ValueError("a person takes down what a body decides")
    require(books, by.person, "decide")
    there = tuple(row.state for row in records.present(books, matter.id))
    consensus = Consensus.model_validate(
        {"body": detail["body"], "method": told.method, "present": there, "statements": told.statements}
    )
    _, came = agree_in(books, matters.find(books, proposal), consensus, by=by)
    if not came.adopted:
        raise ObjectedTo(states=", ".join(came.objecting))
    return came.row.id


def _require_that_day(books: Books, proposal: UUID, deciding_id: UUID, day: date) -> None:
    """Raise DecidedAnotherDay unless the vote was held on the meeting's day; NoSuchDeciding for none about this proposal."""
    held = decided(books, proposal, deciding_id).row.day
    if held != day:
        raise DecidedAnotherDay(day=held, meeting=day)


def _require_later(books: Books, meeting: UUID, detail: Mapping[str, Any]) -> None:
    other = records.called(books, meeting)
    waits = other is not None and other["state"] in {*CALLED, State.POSTPONED}
    if other is None or not waits or other["body"] != detail["body"] or not is_later(other, detail):
        raise NotALaterMeeting()


def is_later(other: Mapping[str, Any], detail: Mapping[str, Any]) -> bool:
    """Whether one meeting of a body comes after another: by day, and on one day by number."""
    return bool((other["day"], other["number"]) > (detail["day"], detail["number"]))


def drives(books: Books, matter: Matter, payload: Payload, by: Caller) -> Sequence[Driven]:
    """The move of the proposal that a disposed item is about.

    Where the proposal made this very move on the meeting's day, as told from another source, it makes it no second time.
    """
    del by  # what is told of an item is the same whoever writes it down
    if not isinstance(payload, Dispose):
        return ()
    item, detail, move = records.item(books, matter.id, payload.item), records.detail(books, matter.id), _move_of(payload)
    if item is None or item.proposal is None or move is None:
        return ()
    if records.happened_on(books, item.proposal, move, detail["day"]):
        return ()
    told: dict[str, Any] = {"body": detail["body"], "on": detail["day"]}
    if payload.disposition in DECIDED:
        told |= {"instrument": item.instrument, "method": payload.method, "decided": item.decision, "source": item.source}
        told |= {"text_sha256": payload.text_sha256} if payload.text_sha256 is not None else {}
        told |= {"operations": payload.operations} if payload.operations is not None else {}
    return (Driven(item.proposal, move, told),)


def _move_of(payload: Dispose) -> str | None:
    return "adopt_ad_referendum" if payload.ad_referendum else MOVES_PROPOSAL.get(payload.disposition)
