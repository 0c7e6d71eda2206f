"""Conflicts that show only when both plans are done: what then cannot be done, what is overwritten, what is wrong together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from policies.structure import StructureRules
from structure.checking import check_each, check_plan, sorted_findings
from structure.merging.accounts import ENDED, Account, History, Key, histories_of, mentioned
from structure.merging.conflicts import Conflict, ConflictKind, Side
from structure.organisation import Organisation
from structure.rule import Case, Finding, PlanRule, Severity
from structure.rules import PLAN_RULES, STATE_RULES
from structure.rules.i04_acyclic import UnitsInACircle
from structure.things import Ref, Sort
from structure.timeline import Attempt, Planned

APART: Final = "I11"
"""Declared against computed is asked of one proposal and its own declarations, so never of two together."""
What = tuple[str, Ref, str]
Plan = tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Refusals:
    """Why operations that each side can do alone cannot be done together."""

    conflicts: tuple[Conflict, ...]
    waiting: frozenset[str]
    """Ids of those that need what is left out."""
    idle: frozenset[str]
    """Ids of those whose whole effect the other side brings about too, from the same dates on."""


def refusals(made: Attempt, first: Account, second: Account, unaided: frozenset[str], alone: frozenset[str]) -> Refusals:
    """Sort what was refused. `unaided`: ids refused where their side is done alone without what is left out; `alone`: with it."""
    conflicts: list[Conflict] = []
    waiting: set[str] = set()
    idle: set[str] = set()
    for planned in sorted({one.planned for one in made.refused if one.planned.id not in alone}, key=lambda one: one.id):
        mine, other = (first, second) if planned.id in first.own else (second, first)
        named = mentioned(planned.operation)
        rivals = other.about(named) or other.naming(named)
        if _is_idle(planned, mine, other):
            idle.add(planned.id)
        elif planned.id in unaided or not rivals or planned.id in mine.refused:
            waiting.add(planned.id)
        else:
            shared = min(ref for ref in named if other.naming((ref,)))
            conflict = Conflict(ConflictKind.NOT_BOTH, shared, planned.id, Side((planned,)), Side(rivals))
            conflicts.append(conflict if mine is first else conflict.mirrored())
    return Refusals(tuple(conflicts), frozenset(waiting), frozenset(idle))


def _is_idle(planned: Planned, mine: Account, other: Account) -> bool:
    """What it changes and the end of its day does not show, such as a unit that begins and ends on it, the other side lacks.

    A unit that is merged and one that is abolished both end, and only one of them has a successor; so do a function that is
    divided and one that is discontinued. So how a thing ends counts too.
    """
    keys = mine.changed_by(planned.id)
    same = all(key in mine.histories and other.histories.get(key) == mine.histories[key] for key in keys)
    return bool(keys) and same and mine.succession_by(planned.id) <= other.succession and _ends_alike(planned, keys, other)


def _ends_alike(planned: Planned, keys: Iterable[Key], other: Account) -> bool:
    enders = (other.writers(key.thing, ENDED) for key in keys if key.field == ENDED)
    return all(any(isinstance(one.operation, type(planned.operation)) for one in ender) for ender in enders)


def overwritten(made: Attempt, first: Account, second: Account, spared: frozenset[Ref]) -> Iterator[Conflict]:
    """Fields that do not end up as the one side that changed them did. `spared`: things in conflict or left out."""
    together = histories_of(made)
    for key in sorted(first.histories.keys() | second.histories.keys()):
        expected = _expected(key, first, second)
        if key.thing in spared or expected is None or together.get(key, ()) == expected:
            continue
        ours, theirs = (each.writers(key.thing, key.field) or each.naming((key.thing,)) for each in (first, second))
        if ours and theirs:
            values = [side.histories[key][-1][1] if key in side.histories else () for side in (first, second)]
            yield Conflict(ConflictKind.OVERWRITTEN, key.thing, key.field, Side(ours, values[0]), Side(theirs, values[1]))


def _expected(key: Key, first: Account, second: Account) -> History | None:
    """How a field must go when both plans are done; None: both changed it, and one goes on from where the other is."""
    here, there = first.histories.get(key), second.histories.get(key)
    if here is not None and there is not None and here != there:
        return None
    return here if here is not None else there


def found_together(made: Attempt, alone: Sequence[Attempt], rules: StructureRules) -> list[Finding]:
    """What the invariants find about both plans done, and about neither alone. A passing fault is not a lasting one.

    Each plan alone is asked only about the rules that both together break.
    """
    together: list[Finding] = []
    apart: list[Finding] = []
    attempts = (made, *alone)
    for rule in STATE_RULES:
        of_each = check_each([one.timeline for one in attempts], rule, rules)
        if found := next(of_each):
            together += found
            apart += chain.from_iterable(of_each)
    asked = [rule for rule in PLAN_RULES if rule.id != APART]
    of_plan = _of_plan(made, asked, rules)
    broken = {finding.message.key for finding in of_plan}
    for one in alone:
        apart += _of_plan(one, [rule for rule in asked if rule.key() in broken], rules)
    ever = {_what(finding) for finding in apart}
    lasting = {_what(finding) for finding in apart if finding.until is None}
    both = sorted_findings((*together, *of_plan))
    return [finding for finding in both if _what(finding) not in (lasting if finding.until is None else ever)]


def _of_plan(made: Attempt, asked: Iterable[PlanRule], rules: StructureRules) -> list[Finding]:
    """What these rules find about a plan that nobody has decided on yet."""
    return check_plan(Case(made.timeline.start, made), asked, rules)


def semantic(
    findings: Iterable[Finding], end: Organisation, first: Account, second: Account, out: frozenset[Ref]
) -> Iterator[Conflict]:
    """A conflict for each finding that stops a plan and that both sides have a part in.

    What is about things that operations left out speak of is no conflict: it may only be unfinished.
    """
    for finding in findings:
        near = _near(finding, end)
        if finding.severity is Severity.INFORMS or near & out:
            continue
        ours, theirs = _parts(finding, near, first, second, guess=not out)
        if ours and theirs:
            circle = finding.message.key == UnitsInACircle.key()
            kind = ConflictKind.CIRCLE if circle else ConflictKind.TOGETHER
            both = finding.severity is Severity.WARNS
            detail = "" if circle else f"{finding.rule}.{finding.message.key.removeprefix('finding.')}"
            yield Conflict(kind, finding.subject, detail, Side(ours), Side(theirs), both)


def _near(finding: Finding, end: Organisation) -> frozenset[Ref]:
    """What a finding is about and every thing that its facts name."""
    words = {word for fact in finding.message.params.values() for word in str(fact).replace(" > ", ", ").split(", ")}
    named = (
        Ref(sort, word)
        for word in words
        for sort, things in ((Sort.UNIT, end.units), (Sort.FUNCTION, end.functions), (Sort.POST, end.posts))
        if word in things
    )
    return frozenset((finding.subject, *named))


def _parts(finding: Finding, near: frozenset[Ref], first: Account, second: Account, guess: bool) -> tuple[Plan, Plan]:
    """The operations of each side that have a part in a finding: those it names, else those that change what it is about.

    A side that has none, though the finding needs both, has all of the day on which it begins, or all there is. That is said
    (`guess`) only where nothing is left out, because else the finding may come of that.
    """
    named = {word for fact in finding.message.params.values() for word in str(fact).split(", ")}
    if finding.subject.sort in {Sort.FUND, Sort.PLAN, Sort.OPERATION}:
        parts = [tuple(one for one in side.plan if one.id in side.own and one.id in named) for side in (first, second)]
        if any(parts):
            return parts[0], parts[1]
    ours, theirs = (side.about(near) or (_of_the_day(side, finding) if guess else ()) for side in (first, second))
    return ours, theirs


def _of_the_day(side: Account, finding: Finding) -> Plan:
    own = tuple(one for one in side.plan if one.id in side.own)
    return tuple(one for one in own if one.on == finding.since) or own


def _what(finding: Finding) -> What:
    return finding.rule, finding.subject, finding.message.key
