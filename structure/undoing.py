"""How a decision is taken back: before effect it is withdrawn, after effect its inverse is appended; nothing is erased.

An order's later revision supersedes the one before: Rev. 7, 8, 9 are one chain.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.refusal import Refusal
from structure.history import Registration
from structure.organisation import Organisation
from structure.steps import Step, steps_of
from structure.things import Ref
from structure.timeline import Planned, attempt


class UndoRefused(Refusal):
    """Something cannot be taken back so. Names the operation or order, and the claim that does not hold."""

    code: ClassVar[str] = "undo_refused"
    status: ClassVar[int] = 422

    def __init__(self, claim: str, subject: str) -> None:
        super().__init__(claim=claim, subject=subject)
        self.unmet = (claim,)


def withdraw(planned: Iterable[Planned], before: date) -> Registration:
    """The registration, known on `before`, that withdraws every operation which has not taken effect by then.

    Raises UndoRefused: `something_is_not_yet_in_effect`.
    """
    ids = frozenset(one.id for one in planned if one.on > before)
    if not ids:
        raise UndoRefused("something_is_not_yet_in_effect", before.isoformat())
    return Registration(before, withdraws=ids)


def inverse_plan(start: Organisation, plan: Sequence[Planned], ids: Collection[str], on: date) -> tuple[Planned, ...]:
    """Operations to append, all from `on`, that undo these operations of a plan and nothing else; the last one first.

    Their ids are `undo:`, the operation's id, and a number where there are several. Raises PlanCircle, and UndoRefused:
    `operation_was_done`, `operation_is_in_effect` (before effect it is withdrawn), `nothing_else_changed_it_since`,
    `inverse_can_be_done`.
    """
    made = attempt(start, plan)
    steps = steps_of(made)
    undone = [step for step in steps if step.id in ids]
    done = {step.id: step for step in undone}
    for id in sorted(ids):
        if id not in done:
            raise UndoRefused("operation_was_done", id)
        if done[id].on > on:
            raise UndoRefused("operation_is_in_effect", id)
    _refuse_changed_since(steps, ids)
    appended: list[Planned] = []
    for step in reversed(undone):
        inverses = step.planned.operation.inverse(step.before)
        many = len(inverses) > 1 or sum(other.id == step.id for other in undone) > 1
        for operation in inverses:
            number = f":{len(appended) + 1}" if many else ""
            appended.append(Planned(f"undo:{step.id}{number}", on, operation))
    refused = attempt(start, (*plan, *appended)).refused
    for refusal in refused:
        if refusal.planned in appended:
            raise UndoRefused("inverse_can_be_done", refusal.planned.id)
    return tuple(appended)


def _refuse_changed_since(steps: Sequence[Step], ids: Collection[str]) -> None:
    """Raise UndoRefused if another operation went on from what these did: a person must say what becomes of that."""
    fields: set[tuple[Ref, str]] = set()
    begun: set[Ref] = set()
    for step in steps:
        changed = {(found.subject, found.field) for found in step.changes()}
        if step.id in ids:
            fields |= changed
            begun |= {thing for thing, field in changed if field == "began"}
        elif fields & changed or any(thing in begun for thing, _ in changed):
            raise UndoRefused("nothing_else_changed_it_since", step.id)


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of an order, the revision it supersedes (None: none), and from when it holds."""

    id: str
    supersedes: str | None
    on: date


def chain(revisions: Iterable[Revision]) -> tuple[Revision, ...]:
    """The revisions of one order, first to last.

    Raises UndoRefused: `revision_supersedes_one_that_is_there`, `revision_is_superseded_once`, `revision_is_later`,
    `order_has_one_first_revision`.
    """
    known = {revision.id: revision for revision in revisions}
    after: dict[str | None, Revision] = {}
    for revision in sorted(known.values(), key=lambda one: (one.on, one.id)):
        if revision.supersedes is not None and revision.supersedes not in known:
            raise UndoRefused("revision_supersedes_one_that_is_there", revision.id)
        if revision.supersedes in after:
            claim = "order_has_one_first_revision" if revision.supersedes is None else "revision_is_superseded_once"
            raise UndoRefused(claim, revision.id)
        if revision.supersedes is not None and known[revision.supersedes].on >= revision.on:
            raise UndoRefused("revision_is_later", revision.id)
        after[revision.supersedes] = revision
    return tuple(_follow(after))


def in_force(revisions: Iterable[Revision], on: date) -> Revision | None:
    """The revision that holds on a date; None: none does yet. Raises what `chain` raises."""
    holding = [revision for revision in chain(revisions) if revision.on <= on]
    return holding[-1] if holding else None


def _follow(after: Mapping[str | None, Revision]) -> Iterable[Revision]:
    at: str | None = None
    while at in after:
        yield after[at]
        at = after[at].id
