"""A unit is deactivated until the organ that may abolish it has decided, or taken back into service."""

from dataclasses import replace
from datetime import date
from typing import Literal

from structure.operation import Id, Operation, OperationRefused, live_unit, units
from structure.organisation import Organisation
from structure.things import Ref, UnitState


class SuspendUnit(Operation):
    """Deactivate a unit pending approval (Executive Order 05-13 Rev. 3). It still stands: its functions keep their owner."""

    kind: Literal["suspend_unit"] = "suspend_unit"
    unit: Id

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the unit is active."""
        return _turned(org, self.unit, UnitState.ACTIVE, UnitState.SUSPENDED)

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Take it back into service."""
        return (ResumeUnit(unit=self.unit),)

    def authority_class(self, org: Organisation) -> str:
        """`suspend_` and the unit's type."""
        return f"suspend_{live_unit(org, self.unit).type}"

    def uses(self) -> frozenset[Ref]:
        """The unit."""
        return units(self.unit)


class ResumeUnit(Operation):
    """Take a suspended unit back into service."""

    kind: Literal["resume_unit"] = "resume_unit"
    unit: Id

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the unit is suspended."""
        return _turned(org, self.unit, UnitState.SUSPENDED, UnitState.ACTIVE)

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Suspend it again."""
        return (SuspendUnit(unit=self.unit),)

    def authority_class(self, org: Organisation) -> str:
        """`suspend_` and the unit's type: who may suspend may resume."""
        return f"suspend_{live_unit(org, self.unit).type}"

    def uses(self) -> frozenset[Ref]:
        """The unit."""
        return units(self.unit)


def _turned(org: Organisation, id: str, now: UnitState, then: UnitState) -> Organisation:
    unit = live_unit(org, id)
    if unit.state is not now:
        raise OperationRefused(f"unit_is_{now.value}", id)
    return org.with_unit(replace(unit, state=then))
