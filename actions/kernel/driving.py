"""Moves of other matters that an act brings with it: by the same person, in the same transaction, or not at all.

Each is judged as if the person had come for it alone: the policy of that matter, its table, its claims. What is refused there
refuses the act that brought it. A kind that drives ties its matters to those they may drive (`DRIVES`), so that all of them,
and whatever these would tell, are locked in one order beforehand.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from actions.kernel import access
from actions.kernel.callers import Caller
from actions.kernel.kind import Payload
from actions.kernel.step import Kinds, step, subject_of
from records import matters
from records.books import Books
from records.matters import Matter

DRIVES: Final = "considers"
"""The tie from a matter to one whose moves its acts may bring with them."""


def drive(kinds: Kinds, books: Books, matter: Matter, payload: Payload, *, by: Caller) -> None:
    """Make the moves that an act of this matter brings with it, told by its payload. Raises as those moves do."""
    for one in kinds[matter.kind].drives(books, matter, payload, by):
        actor = by.enter(books, one.matter)
        other = matters.find(books, one.matter)
        policy = subject_of(kinds, books, other).policy
        access.require(policy, actor, "read", other)
        access.require(policy, actor, one.trigger, other)
        told = kinds[other.kind].payload(one.trigger).model_validate(dict(one.told))
        step(kinds, books, other, one.trigger, told, by=actor)


def reached(books: Books, matter_id: UUID, ties: Iterable[tuple[UUID, UUID, str]]) -> set[UUID]:
    """All that an act of this matter may lock: what it is tied to, and what those are tied to that it may drive."""
    found, driven = {matter_id}, set()
    for from_id, to_id, what in ties:
        found |= {from_id, to_id}
        if from_id == matter_id and what == DRIVES:
            driven.add(to_id)
    return found.union(*matters.tied_to(books, driven).values()) if driven else found
