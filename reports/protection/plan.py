"""How a release is made safe, as far as it is decided: how coarse each table is, which is not said, what is hidden besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from policies.reports import ReportRules
from records.counts.counted import CountedTable
from reports.protection.drawing import hidden_share
from reports.protection.guards import Guards, sensitive
from reports.protection.linked import Spot, spot
from reports.protection.steps import coarsened, coarser
from reports.protection.wholes import Whole, whole

MOST_HIDDEN = 0.5
"""A table of which more than this part is hidden, of its finest cells or of what they count, is said more coarsely."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Decisions about one release; each change makes a new plan.

    `asked`: numbers hidden because the attacker found something, and how often it did. `unsaid`: tables too small to be said.
    """

    tables: Mapping[str, Whole] = field(repr=False)
    asked: Mapping[Spot, int] = field(default_factory=dict, repr=False)
    unsaid: frozenset[str] = frozenset()
    coarser: frozenset[str] = frozenset()
    """Names of tables that were made coarser than they were counted."""

    def hiding(self, spots: Sequence[Spot]) -> "Plan":
        """Hide these, and keep them more open than before."""
        return replace(self, asked={**self.asked, **{each: self.asked.get(each, 0) + 1 for each in spots}})

    def without(self, name: str) -> "Plan":
        """Say nothing of a table."""
        return replace(self, unsaid=self.unsaid | {name})

    def with_table(self, made: Whole) -> "Plan":
        """Say a table more coarsely."""
        name = made.table.name
        return replace(self, tables={**self.tables, name: made}, coarser=self.coarser | {name})

    def afresh(self) -> "Plan":
        """Keep hidden what is hidden, but begin to count anew how often it was tried: the tables are others now."""
        return replace(self, asked=dict.fromkeys(self.asked, 1))

    @property
    def said(self) -> tuple[Whole, ...]:
        """The tables of which something may be published."""
        return tuple(each for name, each in self.tables.items() if name not in self.unsaid)


def first_plan(tables: Sequence[CountedTable], rules: ReportRules, guards: Guards, unsaid: frozenset[str] = frozenset()) -> Plan:
    """Every table as finely as it can be said without hiding too much of it, but for those of which nothing shall be said."""
    plan = Plan({table.name: whole(table) for table in tables}, unsaid=unsaid)
    for counted in plan.said:
        made = _fine_enough(counted, rules, guards)
        plan = plan if made is counted else plan.with_table(made)
    return plan


def step_up(made: Whole, rules: ReportRules, guards: Guards) -> Whole | None:
    """The table one step coarser: the step after which least is hidden. None where it cannot be coarser."""
    steps = [whole(coarsened(rules, made.table, fine, coarse)) for fine, coarse in coarser(rules, made.table.dimensions)]
    return min(steps, key=lambda each: sum(hidden_share(each, _sensitive(each, guards))), default=None)


def _fine_enough(made: Whole, rules: ReportRules, guards: Guards) -> Whole:
    while max(hidden_share(made, _sensitive(made, guards))) > MOST_HIDDEN:
        above = step_up(made, rules, guards)
        if above is None:
            break
        made = above
    return made


def _sensitive(made: Whole, guards: Guards) -> frozenset[Spot]:
    return frozenset(spot(made.table, values) for values in sensitive(made, guards))
