"""Which rank a unit has."""

from dataclasses import replace
from datetime import date
from typing import Literal

from structure.operation import Id, Operation, Reference, live_unit, units
from structure.organisation import Organisation
from structure.things import Ref


class SetRank(Operation):
    """Give a unit a rank; `unknown` when no source says."""

    kind: Literal["set_rank"] = "set_rank"
    unit: Id
    rank: Reference

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the unit is live."""
        return org.with_unit(replace(live_unit(org, self.unit), rank=self.rank))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """The rank it had."""
        return (SetRank(unit=self.unit, rank=live_unit(before, self.unit).rank),)

    def authority_class(self, org: Organisation) -> str:
        """`rank_` and the unit's type."""
        return f"rank_{live_unit(org, self.unit).type}"

    def uses(self) -> frozenset[Ref]:
        """The unit."""
        return units(self.unit)
