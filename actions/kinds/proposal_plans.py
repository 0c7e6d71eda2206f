"""A version of a proposal as the rules judge it: on the house as it is known today, with what else is already ordered."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from actions.kinds.proposal_shapes import Terms, ToDo, read_operations, read_terms
from actions.structure_record import known, rules_of
from policies.structure import StructureRules
from records import mandate, matters, officers, proposal, versions
from records.books import Books
from records.versions import VersionRow
from states.due import DAY
from structure.checking import check_plan, check_states, sorted_findings
from structure.merging import Merged, merge
from structure.organisation import Organisation
from structure.rule import Authority, Case, Finding
from structure.rules import PLAN_RULES, STATE_RULES
from structure.rules.i11_declared import OperationNotPossible
from structure.timeline import Attempt, Planned, attempt, unfold
from structure.waivers import Standing, standing

ADOPTING: Final = ("adopt", "adopt_in_part", "adopt_ad_referendum")
LATER_THAN_SUBMISSION: Final = frozenset({"I9", "I10", "I11", "I15"})
"""What is asked when it goes to the organ: who may decide, within which mandate, what it declares, and its dates."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of a plan on a day.

    `inherited` are faults of the house as it is that the plan neither made nor mends: they are told, and stop nothing.
    """

    case: Case
    findings: tuple[Finding, ...]
    inherited: tuple[Finding, ...]
    standing: Standing

    @property
    def attempt(self) -> Attempt:
        """What came of the plan's own operations."""
        return self.case.attempt

    def may_go_on(self, but: Collection[str] = ()) -> bool:
        """Nothing blocks and every warning is waived, leaving out the rules `but`."""
        return not any(found.rule not in but for found in (*self.standing.blocking, *self.standing.open))


def planned_of(books: Books, todo: Iterable[ToDo], effective: date | None = None) -> tuple[Planned, ...]:
    """Operations with their dates: their own, else the order's, else what the pack assumes or today, whichever is later."""
    assumed = rules_of(books).assumed
    effect = assumed.effect if assumed is not None else None
    otherwise = max(effect.day, books.today) if effect is not None else books.today
    return tuple(
        Planned(
            one.id,
            one.on or effective or otherwise,
            one.operation,
            one.declared,
            one.assumed or (one.on is None and effective is None),
        )
        for one in todo
    )


def judge(
    books: Books,
    matter_id: UUID,
    version: VersionRow,
    *,
    only: Collection[str] | None = None,
    effective: date | None = None,
) -> Judged:
    """Ask every rule about a version, or about those of its operations that are in `only`. Raises PlanCircle.

    The result that a version shows is that of all its operations: a part of them is not held against it.
    """
    rules = rules_of(books)
    terms = read_terms(version.terms)
    todo = [one for one in read_operations(version.operations) if only is None or one.id in only]
    ours = planned_of(books, todo, effective)
    whole = known(books).whole(books.today)
    first = min((one.on for one in ours), default=books.today)
    before = whole.timeline.at(first - DAY)
    made = attempt(before, ours)
    target = _target(terms, first) if len(todo) == len(version.operations) else None
    case = Case(before, made, target=target, **_circumstances(books, matter_id, terms))
    others = [one for one in whole.plan if one.on >= first]
    findings, inherited = _asked(case, attempt(before, (*others, *ours)) if others else made, rules)
    found = (*findings, *inherited)
    return Judged(
        case=case,
        findings=tuple(sorted_findings(found)),
        inherited=tuple(inherited),
        standing=standing(findings, versions.waivers(books, matter_id), books.today),
    )


def judge_together(books: Books, mine: VersionRow, other: VersionRow) -> Merged:
    """What two versions do to each other on the house as it is known today. Nothing is chosen. Raises PlanCircle."""
    ours, theirs = (planned_of(books, read_operations(row.operations)) for row in (mine, other))
    first = min((one.on for one in (*ours, *theirs)), default=books.today)
    return merge(known(books).at(first - DAY, books.today), ours, theirs, rules_of(books))


def ordered_of(books: Books, matter_id: UUID) -> tuple[VersionRow, frozenset[str]] | None:
    """The version that was adopted and the operations of it that were; None: none is held here, or it changes nothing."""
    adopted = [row for row in proposal.decisions(books, matter_id) if row["trigger"] in ADOPTING and row["version"] is not None]
    if not adopted:
        return None
    version = versions.one(books, matter_id, adopted[-1]["version"])
    ids = frozenset(one["id"] for one in version.operations)
    if not ids:
        return None
    chosen = adopted[-1]["operations"]
    return version, ids if chosen is None else ids & frozenset(chosen)


def _asked(case: Case, together: Attempt, rules: StructureRules) -> tuple[list[Finding], list[Finding]]:
    """What is found, and what stood before and stays as it was."""
    of_states = check_states(together.timeline, STATE_RULES, rules)
    stays = [found for found in of_states if found.since is None and found.until is None]
    made = [found for found in of_states if found.since is not None or found.until is not None]
    of_plan = check_plan(case, PLAN_RULES, rules)
    if together is not case.attempt:
        told = {found.subject for found in of_plan}
        clashing = check_plan(Case(case.before, together), [OperationNotPossible()], rules)
        of_plan += [found for found in clashing if found.subject not in told]
    return [*made, *of_plan], stays


def _circumstances(books: Books, matter_id: UUID, terms: Terms) -> Mapping[str, Any]:
    """Who decided, or is to; when it was owed, handed in and adopted; what is owed by whom."""
    adopted = [row for row in proposal.decisions(books, matter_id) if row["trigger"] in ADOPTING]
    scope = frozenset(terms.scope)
    if adopted:
        last = adopted[-1]
        authority = Authority(last["body"], last["on_day"], last["method"], scope)
    else:
        authority = Authority(terms.decides, books.today, "expected", scope)
    due = proposal.detail(books, matter_id)["due"]
    submitted = [event.effective_on for event in matters.history(books, matter_id) if event.trigger == "submit"]
    return {
        "authority": authority,
        "delegations": (*(given.delegation() for given in terms.delegations), *officers.delegations(books)),
        "decided_ad_referendum": adopted[-1]["trigger"] == "adopt_ad_referendum" if adopted else terms.ad_referendum,
        "due_on": date.fromisoformat(due["on"]) if due is not None and "on" in due else None,
        "submitted_on": submitted[0] if submitted else books.today,
        "adopted_on": adopted[-1]["on_day"] if adopted else None,
        "retroactive": frozenset(terms.retroactive),
        "obligations": dict(_obligations(books, terms)),
    }


def _obligations(books: Books, terms: Terms) -> Iterator[tuple[str, str]]:
    """What is owed -> the function that owes it now, or the part that the version chooses for it."""
    record, heir_of = known(books), terms.heir_of()
    for mandate_id, function in mandate.owed(books).items():
        named = heir_of.get(mandate_id)
        now = record.responsible(function, books.today, books.today, str(mandate_id)).functions
        for owing in (named,) if named is not None else now:
            yield str(mandate_id), owing


def _target(terms: Terms, on: date) -> Organisation | None:
    if terms.target is None:
        return None
    operations: Sequence[Planned] = [Planned(f"target-{place}", on, one) for place, one in enumerate(terms.target)]
    return unfold(Organisation(), operations).end
