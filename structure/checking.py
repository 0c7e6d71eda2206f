"""Ask every invariant, at every date on which its answer can change, and say from when to when it does not hold.

The first state is asked whole, every later one only about what its date touched and what that reaches: a timeline of B dates
costs what changes, not B times what there is. `tests/structure/test_checking.py` compares with asking everything every time.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from policies.said import Fact, Said
from policies.structure import StructureRules
from structure.organisation import Organisation
from structure.rule import Case, Finding, PlanRule, StateRule, TimelineRule, Told, Watch
from structure.things import ReadingOrder, Ref, Sort, reading_order
from structure.timeline import Timeline
from structure.uncollected import uncollected

Facts = tuple[tuple[str, Fact], ...]
Open = dict[str, dict[Facts, date | None]]
"""Of one rule: thing -> the facts of each finding about it -> since when."""


def check_states(timeline: Timeline, asked: Iterable[StateRule | TimelineRule], rules: StructureRules) -> list[Finding]:
    """Every finding of the state rules over the whole timeline, sorted."""
    with uncollected():
        return sorted_findings(found for rule in asked for findings in check_each([timeline], rule, rules) for found in findings)


def check_each(timelines: Sequence[Timeline], rule: StateRule | TimelineRule, rules: StructureRules) -> Iterator[list[Finding]]:
    """The findings of one rule over each of some timelines that begin with one organisation, which is asked only once.

    A timeline that nobody goes on to is not looked at.
    """
    watch = rule.watch(timelines[0].start, rules) if isinstance(rule, TimelineRule) else _Asking(timelines[0].start, rule, rules)
    begun: Open = {id: now for id, facts in watch.begin() if (now := dict.fromkeys(map(_in_order, facts)))}
    for place, timeline in enumerate(timelines):
        if place:
            watch.go_back(timelines[place - 1])
        yield list(_over(timeline, rule, watch, dict(begun)))


def check_plan(case: Case, asked: Iterable[PlanRule], rules: StructureRules) -> list[Finding]:
    """Every finding of the plan rules about a plan."""
    with uncollected():
        return sorted_findings(
            Finding(rule.id, rule.severity, found.subject, found.since, found.until, Said(rule.key(), found.facts))
            for rule in asked
            for found in rule.find(case, rules)
        )


def sorted_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by rule number, thing and date: the same input gives the same list."""
    return sorted(findings, key=_order)


def _order(found: Finding) -> tuple[int, ReadingOrder, Ref, date, str, list[str]]:
    facts = sorted(map(str, found.message.params.items()))
    return int(found.rule[1:]), reading_order(found.subject), found.subject, found.since or date.min, found.message.key, facts


def _over(timeline: Timeline, rule: StateRule | TimelineRule, watch: Watch, standing: Open) -> Iterator[Finding]:
    key = rule.key()
    for on, after in zip(timeline.dates, timeline.states, strict=True):
        for id, facts in watch.go_on(after, after.touched.keys()):
            before = standing.pop(id, {})
            now = {each: before.get(each, on) for each in map(_in_order, facts)}
            if now:
                standing[id] = now
            yield from (_finding(rule, key, id, since, on, each) for each, since in before.items() if each not in now)
    for id, open_since in standing.items():
        yield from (_finding(rule, key, id, since, None, each) for each, since in open_since.items())


class _Asking(Watch):
    """A rule of a state: asked about everything first, then about what was touched and what that reaches."""

    def __init__(self, start: Organisation, rule: StateRule, rules: StructureRules) -> None:
        self._at = start
        self._rule = rule
        self._rules = rules

    def begin(self) -> Iterator[Told]:
        find, at, rules = self._rule.find, self._at, self._rules
        things = {Sort.UNIT: at.units, Sort.FUNCTION: at.functions, Sort.POST: at.posts}[self._rule.about]
        return (Told(id, find(at, id, rules)) for id in sorted(things))

    def go_on(self, after: Organisation, touched: Collection[Ref]) -> Iterator[Told]:
        before, self._at = self._at, after
        near = {ref.id for ref in touched if ref.sort is self._rule.about}
        near.update(self._rule.reach(before, after, touched, self._rules))
        return (Told(id, self._rule.find(after, id, self._rules)) for id in sorted(near))

    def go_back(self, timeline: Timeline) -> None:
        """It carries nothing but where it is."""
        self._at = timeline.start


def _in_order(found: Mapping[str, Fact]) -> Facts:
    return tuple(sorted(found.items()))


def _finding(rule: StateRule | TimelineRule, key: str, id: str, since: date | None, until: date | None, facts: Facts) -> Finding:
    return Finding(rule.id, rule.severity, Ref(rule.about, id), since, until, Said(key, dict(facts)))
