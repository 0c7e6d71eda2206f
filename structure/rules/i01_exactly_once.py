"""I1: each live function has exactly one owner on each date."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.organisation import NONE, Organisation, began_or_ended
from structure.rule import Severity, StateRule
from structure.things import UNKNOWN, Ref, Sort


class _Ownership(StateRule):
    id: ClassVar[str] = "I1"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.FUNCTION

    def reach(self, before: Organisation, after: Organisation, touched: Collection[Ref], rules: StructureRules) -> Iterable[str]:
        """Functions held by a unit that began or ended."""
        return (function for unit in began_or_ended(before, after, touched) for function in after.holding.get(unit, NONE))


class FunctionWithoutOwner(_Ownership):
    """No live unit owns the function {function}. Give it to a unit, or discontinue it with the authority for that."""

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """An unknown owner counts as one: it is reported by I16."""
        function = org.live_function(id)
        if function is not None and not _owners(org, function.owners):
            yield {"function": id}


class FunctionWithTwoOwners(_Ownership):
    """The function {function} has {count} owners: {owners}. Keep one as its owner; the others can contribute."""

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Counts live owners only."""
        function = org.live_function(id)
        if function is None or len(function.owners) < 2:
            return
        owners = _owners(org, function.owners)
        if len(owners) > 1:
            yield {"function": id, "count": len(owners), "owners": ", ".join(owners)}


def _owners(org: Organisation, owners: tuple[str, ...]) -> list[str]:
    return sorted({owner for owner in owners if owner == UNKNOWN or org.live_unit(owner) is not None})
