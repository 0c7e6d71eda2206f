"""Ask every invariant, at every date on which its answer can change, and say from when to when it does not hold.

The first state is asked whole, every later one only about what its date touched and what that reaches: a timeline of B dates
costs what changes, not B times what there is. `tests/structure/test_checking.py` compares with asking everything every time.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from policies.said import Fact, Said
from policies.structure import StructureRules
from structure.organisation import Organisation
from structure.rule import Answer, Case, Finding, PlanRule, StateRule, TimelineRule
from structure.things import Ref, Sort
from structure.timeline import Timeline

Facts = tuple[tuple[str, Fact], ...]
Open = dict[str, dict[Facts, date | None]]
"""Of one rule: thing -> the facts of each finding about it -> since when."""


def check_states(timeline: Timeline, asked: Iterable[StateRule | TimelineRule], rules: StructureRules) -> list[Finding]:
    """Every finding of the state rules over the whole timeline, sorted."""
    return sorted_findings(finding for rule in asked for finding in _over(timeline, rule, rules))


def check_plan(case: Case, asked: Iterable[PlanRule], rules: StructureRules) -> list[Finding]:
    """Every finding of the plan rules about a plan."""
    return sorted_findings(
        Finding(rule.id, rule.severity, found.subject, found.since, found.until, Said(rule.key(), found.facts))
        for rule in asked
        for found in rule.find(case, rules)
    )


def sorted_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by rule number, thing and date: the same input gives the same list."""
    return sorted(findings, key=_order)


def _order(found: Finding) -> tuple[int, Ref, date, str, list[str]]:
    facts = sorted(map(str, found.message.params.items()))
    return int(found.rule[1:]), found.subject, found.since or date.min, found.message.key, facts


def _over(timeline: Timeline, rule: StateRule | TimelineRule, rules: StructureRules) -> Iterator[Finding]:
    standing: Open = {}
    answers = rule.answers(timeline, rules) if isinstance(rule, TimelineRule) else _answers(timeline, rule, rules)
    for answer in answers:
        yield from _take(standing, rule, answer)
    for id, open_since in standing.items():
        for facts, since in open_since.items():
            yield _finding(rule, id, since, None, facts)


def _answers(timeline: Timeline, rule: StateRule, rules: StructureRules) -> Iterator[Answer]:
    for id in _all(timeline.start, rule.about):
        yield Answer(None, id, rule.find(timeline.start, id, rules))
    for on, (before, after) in zip(timeline.dates, pairwise((timeline.start, *timeline.states)), strict=True):
        near = {ref.id for ref in after.touched if ref.sort is rule.about}
        near.update(rule.reach(before, after, after.touched.keys(), rules))
        for id in sorted(near):
            yield Answer(on, id, rule.find(after, id, rules))


def _take(standing: Open, rule: StateRule | TimelineRule, answer: Answer) -> list[Finding]:
    """Put an answer in the place of the last one about its thing; return the findings that end with it."""
    before = standing.pop(answer.id, {})
    now = {(facts := tuple(sorted(found.items()))): before.get(facts, answer.on) for found in answer.facts}
    if now:
        standing[answer.id] = now
    return [_finding(rule, answer.id, since, answer.on, facts) for facts, since in before.items() if facts not in now]


def _finding(rule: StateRule | TimelineRule, id: str, since: date | None, until: date | None, facts: Facts) -> Finding:
    return Finding(rule.id, rule.severity, Ref(rule.about, id), since, until, Said(rule.key(), dict(facts)))


def _all(org: Organisation, about: Sort) -> list[str]:
    things = {Sort.UNIT: org.units, Sort.FUNCTION: org.functions, Sort.POST: org.posts}[about]
    return sorted(things)
