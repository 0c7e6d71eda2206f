"""I13: a plan leaves as many posts in each fund as there were, unless an authority lets it."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from policies.structure import StructureRules
from structure.organisation import Organisation
from structure.rule import Case, Found, PlanRule, Severity
from structure.steps import Step
from structure.things import UNKNOWN, Ref, Sort


class PostsOfFundChange(PlanRule):
    """Posts of the fund {fund}: {before} before, {after} after. No authority is named for {net} ({operations}). Name it."""

    id: ClassVar[str] = "I13"
    severity: ClassVar[Severity] = Severity.WARNS

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """A post that ends and one that begins in the same fund make up for each other. An unknown fund is one fund."""
        net: Counter[str] = Counter()
        operations: dict[str, list[str]] = {}
        for step in case.steps:
            for fund, count in _unauthorised(step):
                net[fund] += count
                operations.setdefault(fund, []).append(step.id)
        before, after = _by_fund(case.before), _by_fund(case.attempt.timeline.end)
        for fund in sorted(fund for fund, count in net.items() if count):
            named = {"fund": fund, "net": f"{net[fund]:+d}", "operations": ", ".join(dict.fromkeys(operations[fund]))}
            counts = {"before": before[fund], "after": after[fund]}
            yield Found(Ref(Sort.FUND, fund), case.ends_on, None, {**named, **counts})


def _unauthorised(step: Step) -> Iterator[tuple[str, int]]:
    if getattr(step.planned.operation, "authority", None) not in {None, UNKNOWN}:
        return
    for ref in sorted(step.after.touched):
        if ref.sort is Sort.POST:
            yield from ((fund, -1) for fund in _fund(step.before, ref.id))
            yield from ((fund, 1) for fund in _fund(step.after, ref.id))


def _fund(org: Organisation, id: str) -> Iterator[str]:
    post = org.posts.get(id)
    if post is not None and post.live:
        yield post.fund


def _by_fund(org: Organisation) -> Counter[str]:
    return Counter(post.fund for post in org.posts.values() if post.live)
