"""I6: units of an equal-rank type have one rank, and none stands below another."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.organisation import NONE, Organisation
from structure.rule import Severity, StateRule
from structure.things import UNKNOWN, Ref, Sort


class EqualsOfUnequalRank(StateRule):
    """The unit {unit} has the rank {rank}, and others of its type have another: {others}. Give them all one rank."""

    id: ClassVar[str] = "I6"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Every unit of a type that has several ranks. An unknown rank is I16."""
        unit = org.live_unit(id)
        if unit is None or unit.type not in rules.equal_rank.names or unit.rank == UNKNOWN:
            return
        others = sorted(rank for rank in org.ranked[unit.type] if rank != unit.rank)
        if others:
            yield {"unit": id, "rank": unit.rank, "others": ", ".join(others)}

    def reach(self, before: Organisation, after: Organisation, touched: Collection[Ref], rules: StructureRules) -> Iterable[str]:
        """Every equal, if a rank is new among them or gone."""
        if all(ref.sort is not Sort.UNIT for ref in touched):
            return ()
        types = (type for type in rules.equal_rank.names if _ranks(before, type) != _ranks(after, type))
        return (id for type in types for id in after.typed.get(type, NONE))


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
        for above in sorted(org.above(id) - {id}):
            if org.units[above].type == unit.type:
                yield {"unit": id, "other": above}

    def reach(self, before: Organisation, after: Organisation, touched: Collection[Ref], rules: StructureRules) -> Iterable[str]:
        """Equals below a unit that has now, with itself, other equals above: below any other unit nothing can differ.

        Who stands above a unit is who stands above the first changed unit on each way up from it.
        """
        changed = [ref.id for ref in touched if ref.sort is Sort.UNIT]
        return _below(after, [id for id in changed if _equals_from(before, id, rules) != _equals_from(after, id, rules)], rules)


def _ranks(org: Organisation, type: str) -> frozenset[str]:
    return frozenset(org.ranked.get(type, ()))


def _equals_from(org: Organisation, id: str, rules: StructureRules) -> set[tuple[str, str]]:
    """Units of an equal-rank type on the ways up from a live unit, itself among them, with their types."""
    if org.live_unit(id) is None:
        return set()
    up = ((each, org.units[each].type) for each in (org.above(id) | {id}))
    return {(each, type) for each, type in up if type in rules.equal_rank.names}


def _below(org: Organisation, tops: list[str], rules: StructureRules) -> Iterable[str]:
    """Units of an equal-rank type below these, or all of them, whichever is found sooner: they are few among many."""
    equals = {id for type in rules.equal_rank.names for id in org.typed.get(type, NONE)} if tops else set()
    seen: set[str] = set()
    waiting = list(tops)
    while waiting:
        for child in org.below.get(waiting.pop(), NONE):
            if child not in seen:
                seen.add(child)
                waiting.append(child)
        if len(seen) > len(equals):
            return equals
    return seen & equals
