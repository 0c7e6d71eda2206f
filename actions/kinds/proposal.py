"""What people do to a proposal: what each act brings and what it writes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from actions.kernel.kind import Act, Kind, Payload
from actions.kinds import proposal_decisions as rests
from actions.kinds import proposal_orders as orders
from actions.kinds.house import Citation, Day, Decision, Given, HousePayload, Words, kept
from actions.kinds.proposal_decisions import AdoptionInPart, Chosen, OrganDecision
from actions.kinds.proposal_plans import ADOPTING, LATER_THAN_SUBMISSION
from policies.decisions import Name
from policies.refusal import Refusal
from policies.said import Fact
from records import matters
from records import proposal as records
from records.books import Books
from records.matters import Matter
from states.clocks import OPEN
from states.proposal import PROPOSAL, ProposalFacts


class OrderIssuedBefore(Refusal):
    """This revision of this order is on record."""

    code: ClassVar[str] = "order_issued_before"


class Draft(HousePayload):
    """A proposal is begun. `mandate` is the mandate it answers; `due` the day it is owed.

    `text_kind`: what the text is, as the pack's waits call it, such as treaty; left out: a resolution.
    """

    title: Words
    proposer: Citation
    mandate: UUID | None = None
    due: Given | None = None
    source: Words
    text_kind: Name | None = None

    def ties(self) -> Mapping[UUID, str]:
        """The mandate it implements."""
        return {} if self.mandate is None else {self.mandate: "implements"}


class Order(HousePayload):
    """An executive order, or a revision of one. `on` is the day it was issued; what no source gives is left out.

    `carries_adopted_text` is the officer's word, which counts only while the adopted text is not held here; where it is,
    `text_sha256` must be the same. `operations`: those of the adopted version that it carries out; left out: all adopted.
    """

    symbol: Citation
    revision: Annotated[int, Field(ge=0, le=9999)] = 0
    effective_on: Day | None = None
    signed_by: Citation | None = None
    carries_adopted_text: bool = False
    text_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    operations: Chosen | None = None

    def row(self) -> dict[str, Any]:
        """As it is written down."""
        digest = bytes.fromhex(self.text_sha256) if self.text_sha256 else None
        told = {"symbol": self.symbol, "revision": self.revision, "issued_on": self.on, "text_hash": digest}
        return told | {"effective_on": self.effective_on, "signed_by": self.signed_by}


class Referral(HousePayload):
    """It goes to a body, or comes back from one, or a note of a member state is tied to it."""

    body: Citation | None = None
    document: Citation | None = None


class Tabling(Referral):
    """It goes before the organ. `session`: the first day of the session, from which some waits are counted back."""

    session: Day | None = None


class Successor(HousePayload):
    """Another proposal takes its place."""

    successor: UUID


DECISIONS = ("adopt", "adopt_in_part", "adopt_ad_referendum", "confirm", "reject", "take_note")
REFERRALS = (
    "submit",
    "refer_to_committee",
    "refer_to_drafting_group",
    "return_to_committee",
    "table",
    "defer",
    "take_up",
    "return_with_instructions",
    "register_note",
    "enter_into_force",
    "note_in_force",
    "report_implementation",
)
PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: Draft,
    **dict.fromkeys(DECISIONS, OrganDecision),
    "adopt_in_part": AdoptionInPart,
    **dict.fromkeys(REFERRALS, Referral),
    "table": Tabling,
    **dict.fromkeys(("withdraw", "draft_order", "complete"), HousePayload),
    "issue_order": Order,
    "reissue": Order,
    "supersede": Successor,
}


def facts(books: Books, matter: Matter, act: Act) -> ProposalFacts:
    """What holds of this proposal if `act` is done."""
    payload = act.payload
    decided = [row["trigger"] for row in records.decisions(books, matter.id)]
    return ProposalFacts(
        decision_recorded=isinstance(payload, Decision) and payload.is_complete,
        awaits_confirmation="adopt_ad_referendum" in decided and "confirm" not in decided,
        order_signed=isinstance(payload, Order) and payload.signed_by is not None,
        order_carries_adopted_text=isinstance(payload, Order) and _carries(books, matter.id, payload),
        successor_registered=isinstance(payload, Successor)
        and payload.successor != matter.id
        and records.is_proposal(books, payload.successor),
        **rests.facts_of(books, matter, act.trigger, payload),
        **_of_structure(books, matter, act),
    )


def _of_structure(books: Books, matter: Matter, act: Act) -> dict[str, bool]:
    """What holds of the operations it brings; only what the moves from here ask is worked out."""
    order = act.payload if isinstance(act.payload, Order) else None
    chosen, effective = (order.operations, order.effective_on) if order is not None else (None, None)
    issues = any(orders.is_asked(act.trigger, matter.state, move) for move in ("issue_order", "reissue"))
    return {
        "structure_sound": orders.is_asked(act.trigger, matter.state, "submit")
        and orders.sound(books, matter.id, LATER_THAN_SUBMISSION),
        "plan_may_be_decided": orders.is_asked(act.trigger, matter.state, "table") and orders.sound(books, matter.id),
        "may_be_admitted": orders.is_asked(act.trigger, matter.state, "table")
        and rests.may_be_admitted(books, matter, act.payload.session if isinstance(act.payload, Tabling) else None),
        "operations_adopted": issues and orders.carries_only_adopted(books, matter.id, chosen),
        "order_sound": issues and orders.holds_still(books, matter.id, chosen, effective),
    }


def _carries(books: Books, matter_id: UUID, order: Order) -> bool:
    held = [row["text_hash"] for row in records.decisions(books, matter_id) if row["text_hash"] is not None]
    if held:
        return order.text_sha256 is not None and held[-1] == bytes.fromhex(order.text_sha256)
    return order.carries_adopted_text


def apply(books: Books, matter: Matter, act: Act) -> Mapping[str, Fact]:
    """Write what an act changes beside state and clocks; return what history keeps of it."""
    payload = act.payload
    match payload:
        case Draft():
            told = payload.model_dump(include={"title", "proposer", "source", "text_kind"})
            records.add(books, matter.id, told | {"due": kept(payload.due)})
            return {}
        case Decision():
            row = _decided(books, matter, act.trigger, payload)
            records.decide(books, matter.id, act.trigger, row)
            return rests.history_of(row)
        case Order():
            return _issue(books, matter, act, payload)
        case Successor():
            matters.link(books, payload.successor, matter.id, "supersedes")
            return {"successor": str(payload.successor)}
        case Referral():
            return {name: value for name, value in (("body", payload.body), ("document", payload.document)) if value is not None}
    return {}


def _decided(books: Books, matter: Matter, trigger: str, decision: Decision) -> Mapping[str, Any]:
    """An adoption pins the newest version: its hash is what the order must carry."""
    row = rests.row_of(books, matter, decision)
    if trigger not in ADOPTING:
        return row
    chosen = decision.operations if isinstance(decision, AdoptionInPart) else None
    return orders.pinned(books, matter.id, row, chosen)


def _issue(books: Books, matter: Matter, act: Act, order: Order) -> Mapping[str, Fact]:
    """Each revision is a row of its own. The clock waits for the last day before it takes effect."""
    before = {(row["symbol"], row["revision"]) for row in records.orders(books, matter.id)}
    if (order.symbol, order.revision) in before:
        raise OrderIssuedBefore(symbol=order.symbol, revision=order.revision)
    records.issue(books, matter.id, order.row())
    if act.by.person is None:
        raise ValueError("an order is issued by a person")
    adds = orders.put_in_order(books, matter.id, order, act.by.person)
    effect = order.effective_on or min((one.on for one in adds if not one.assumed), default=None)
    last = None if effect is None else {"on": (effect - timedelta(days=1)).isoformat()}
    records.takes_effect(books, matter.id, last)
    return {"symbol": order.symbol, "revision": order.revision, **({"operations": len(adds)} if adds else {})}


def given(books: Books, matter_id: UUID) -> Mapping[str, Mapping[str, Any] | None]:
    """The dates the proposal itself brings: when the draft is owed, and until when its order has no effect yet."""
    detail = records.detail(books, matter_id)
    return {"drafting": detail["due"], "effective": detail["effective"]}


def show(books: Books, matter: Matter) -> Mapping[str, Any]:
    """What the council door says of a proposal."""
    return {
        **records.detail(books, matter.id),
        "decisions": [rests.public(books, row) for row in records.decisions(books, matter.id)],
        "orders": [_public(row) for row in records.orders(books, matter.id)],
    }


def _public(row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name not in {"id", "matter_id", "recorded_at"}}
    digest = shown.pop("text_hash")
    return shown | {"text_sha256": digest.hex() if digest else None}


KIND = Kind(table=PROPOSAL, payloads=PAYLOADS, facts=facts, apply=apply, given=given, show=show)
