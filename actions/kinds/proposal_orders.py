"""What an adoption pins, and how an order's operations enter the record of the structure."""

import re
from collections.abc import Collection, Mapping
from typing import Any, ClassVar
from uuid import UUID

from actions.kinds.proposal_plans import judge, ordered_of, planned_of
from actions.kinds.proposal_shapes import read_operations, read_terms
from actions.signatures import require_signature
from actions.structure_record import known, register
from policies.refusal import Refusal
from records import versions
from records.books import Books
from records.ledger import Entry, store
from records.structure import Reason
from records.versions import VersionRow
from states.proposal import State
from structure.history import Registration, planned
from structure.ordering import PlanCircle
from structure.timeline import Planned


class AdoptsAnotherText(Refusal):
    """The decision names the hash of a text that is not the newest version's."""

    code: ClassVar[str] = "adopts_another_text"
    status: ClassVar[int] = 422


class NotInVersion(Refusal):
    """An operation that the version does not have."""

    code: ClassVar[str] = "not_in_version"
    status: ClassVar[int] = 422


JUDGED_BEFORE: Mapping[str, Collection[str]] = {
    "submit": (State.DRAFT, State.RETURNED_WITH_INSTRUCTIONS),
    "table": (State.SUBMITTED, State.IN_COMMITTEE, State.IN_DRAFTING_GROUP),
    "issue_order": (State.ORDER_DRAFTED,),
    "reissue": (State.ORDER_ISSUED, State.IN_FORCE),
}
"""Move -> the stages in which it can come next, so that only there the rules are asked."""


def is_asked(trigger: str, state: str, asked: str) -> bool:
    """Whether the claims of the move `asked` matter now: it is done, or somebody looks at what could be done."""
    return trigger in {"", asked} and state in JUDGED_BEFORE[asked]


def sound(books: Books, matter_id: UUID, but: Collection[str] = ()) -> bool:
    """Whether nothing stops the newest version, leaving out the rules `but`. A proposal without operations changes nothing."""
    version = versions.newest(books, matter_id)
    if version is None or not version.operations:
        return True
    try:
        return judge(books, matter_id, version).may_go_on(but)
    except PlanCircle:
        return False


def pinned(books: Books, matter_id: UUID, told: Mapping[str, Any], chosen: tuple[str, ...] | None) -> dict[str, Any]:
    """What is kept of an adoption: its row with the newest version, that version's hash, and what of it was adopted.

    Raises AdoptsAnotherText, NotInVersion.
    """
    version = versions.newest(books, matter_id)
    if version is None:
        if chosen:
            raise NotInVersion(operation=chosen[0])
        return dict(told)
    if told["text_hash"] not in {None, version.digest}:
        raise AdoptsAnotherText(version=version.number)
    unknown = sorted(set(chosen or ()) - {one["id"] for one in version.operations})
    if unknown:
        raise NotInVersion(operation=unknown[0])
    operations = None if chosen is None else list(chosen)
    return {**told, "text_hash": version.digest, "version": version.number, "operations": operations}


def carries_only_adopted(books: Books, matter_id: UUID, chosen: tuple[str, ...] | None) -> bool:
    """Whether every operation that an order names was adopted; it names none: all that were adopted."""
    ordered = ordered_of(books, matter_id)
    return not chosen if ordered is None else set(chosen or ()) <= ordered[1]


def holds_still(books: Books, matter_id: UUID, chosen: tuple[str, ...] | None, effective: Any) -> bool:
    """Whether nothing blocks what is ordered, on the house as it is known today."""
    ordered = ordered_of(books, matter_id)
    if ordered is None:
        return True
    version, adopted = ordered
    todo, _ = _to_register(books, matter_id, version, adopted if chosen is None else adopted & set(chosen))
    if not todo:  # all of it took effect: a revision that changes nothing harms nothing
        return True
    try:
        return not judge(books, matter_id, version, only=todo, effective=effective).standing.blocking
    except PlanCircle:
        return False


def put_in_order(books: Books, matter_id: UUID, order: Any, by: UUID) -> tuple[Planned, ...]:
    """Register what an order brings, and withdraw what an earlier revision brought and has no effect yet. Return what it adds.

    What took effect stays: it is undone only by an operation that says so. A revision that brings nothing new registers
    nothing. Raises SignerNotEntitled, and as `register`; then nothing is written.
    """
    require_signature(books, matter_id, order.signed_by, order.revision, order.on or books.today, by)
    ordered = ordered_of(books, matter_id)
    if ordered is None:
        return ()
    version, adopted = ordered
    chosen = adopted if order.operations is None else adopted & set(order.operations)
    todo, withdrawn = _to_register(books, matter_id, version, chosen)
    if not todo and not withdrawn:
        return ()
    read = [one for one in read_operations(version.operations) if one.id in todo]
    made = planned_of(books, read, order.effective_on)
    prefix = f"{re.sub(r'[^A-Za-z0-9.-]+', '-', order.symbol)}.{order.revision}"
    adds = tuple(Planned(f"{prefix}/{one.id}", one.on, one.operation, one.declared, one.assumed) for one in made)
    reason = Reason(
        why="order" if not order.revision or not withdrawn else "reissue",
        source=f"{order.symbol} Rev. {order.revision}",
        matter=matter_id,
        order=(order.symbol, order.revision),
        heirs={str(mandate): part for mandate, part in read_terms(version.terms).heir_of().items()},
    )
    origins = {f"{prefix}/{one.id}": one.id for one in made}
    seq = register(books, Registration(books.today, adds, withdrawn), reason, by=by, origins=origins)
    facts = {"registration": seq, "adds": len(adds), "withdraws": len(withdrawn), "revision": order.revision}
    store.append(books, Entry(books.today, "structure.registered", str(matter_id), str(by), facts), matter_id)
    return adds


def _to_register(
    books: Books, matter_id: UUID, version: VersionRow, chosen: Collection[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Ids, in the version, of what is still to be registered; ids in the record of what this proposal's order withdraws."""
    record = known(books)
    own = {id: origin for id, (one, origin) in record.origins.items() if one.reason.matter == matter_id}
    standing = [one for one in planned(record.history.registrations) if one.id in own]
    in_effect = {own[one.id] for one in standing if one.on <= books.today}
    waiting = frozenset(one.id for one in standing if one.on > books.today)
    there = {one["id"] for one in version.operations}
    return frozenset(id for id in chosen if id in there and id not in in_effect), waiting
