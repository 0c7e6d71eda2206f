"""I6: units of an equal-rank type have one rank, and none stands below another."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.organisation import NONE, Organisation
from structure.rule import Severity, StateRule
from structure.things import UNKNOWN, Ref, Sort


class EqualsOfUnequalRank(StateRule):
    """The unit {unit} has the rank {rank}, but {other} of the same type has the rank {other_rank}. Give both one rank."""

    id: ClassVar[str] = "I6"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Compared with the equal of least id whose rank is known. An unknown rank is I16."""
        unit = org.live_unit(id)
        if unit is None or unit.type not in rules.equal_rank.names or unit.rank == UNKNOWN:
            return
        for other in _equals(org, unit.type):
            if org.units[other].rank not in {UNKNOWN, unit.rank}:
                yield {"unit": id, "rank": unit.rank, "other": other, "other_rank": org.units[other].rank}
                return

    def reach(
        self, org: Organisation, touched: Collection[Ref], open_for: Collection[str], rules: StructureRules
    ) -> Iterable[str]:
        """Every equal, if one of them changed."""
        types = {org.units[ref.id].type for ref in touched if ref.sort is Sort.UNIT} & set(rules.equal_rank.names)
        return {*open_for, *(id for type in types for id in org.typed.get(type, NONE))}


class EqualBelowEqual(StateRule):
    """The unit {unit} stands below {other}, which is of the same type and must be its equal. Put it beside it."""

    id: ClassVar[str] = "I6"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Through any number of heads; each equal above is named."""
        unit = org.live_unit(id)
        if unit is None or unit.type not in rules.equal_rank.names:
            return
        for above in sorted(_above(org, id)):
            if above != id and org.units[above].type == unit.type:
                yield {"unit": id, "other": above}

    def reach(
        self, org: Organisation, touched: Collection[Ref], open_for: Collection[str], rules: StructureRules
    ) -> Iterable[str]:
        """Every equal, if a unit changed: equals are few, and what stands below a unit may be all there is."""
        if all(ref.sort is not Sort.UNIT for ref in touched):
            return ()
        return (id for type in rules.equal_rank.names for id in org.typed.get(type, NONE))


def _equals(org: Organisation, type: str) -> Iterator[str]:
    return (id for id in sorted(org.typed.get(type, NONE)) if org.live_unit(id) is not None)


def _above(org: Organisation, id: str) -> set[str]:
    seen: set[str] = set()
    waiting = [id]
    while waiting:
        unit = org.live_unit(waiting.pop())
        for head in unit.heads if unit else ():
            if head not in seen and org.live_unit(head) is not None:
                seen.add(head)
                waiting.append(head)
    return seen
