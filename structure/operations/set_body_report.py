"""To which political organs a unit reports, past the secretariat."""

from dataclasses import replace
from datetime import date
from typing import Literal

from structure.operation import Id, Operation, Reference, live_unit, units
from structure.organisation import Organisation, bodies_of
from structure.things import Edge, EdgeKind, Ref, in_one_order


class SetBodyReport(Operation):
    """Let a unit report to exactly these organs, `unknown` where no source names the organ; none ends it."""

    kind: Literal["set_body_report"] = "set_body_report"
    unit: Id
    bodies: tuple[Reference, ...]

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the unit is live."""
        unit = live_unit(org, self.unit)
        kept = tuple(edge for edge in unit.edges if edge.kind is not EdgeKind.BODY)
        reports = (Edge(EdgeKind.BODY, body) for body in set(self.bodies))
        return org.with_unit(replace(unit, edges=in_one_order((*kept, *reports))))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """The organs it reported to."""
        return (SetBodyReport(unit=self.unit, bodies=bodies_of(live_unit(before, self.unit))),)

    def authority_class(self, org: Organisation) -> str:
        """`report_` and the unit's type."""
        return f"report_{live_unit(org, self.unit).type}"

    def uses(self) -> frozenset[Ref]:
        """The unit."""
        return units(self.unit)
