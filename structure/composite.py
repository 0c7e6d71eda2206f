"""Operations that are made of others and count as one: a merger, a split, a replacement."""

from abc import abstractmethod
from datetime import date

from structure.operation import Operation
from structure.organisation import Organisation
from structure.things import ChangeEvent


class Composite(Operation):
    """An operation that expands to primitive ones, all done or none, with one event of succession instead of theirs."""

    @abstractmethod
    def parts(self, org: Organisation) -> tuple[Operation, ...]:
        """The primitive operations it is on this organisation, in order. Raises OperationRefused."""

    def event(self, id: str, on: date) -> ChangeEvent | None:
        """What it means for the succession of units; None: nothing."""
        return None

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Do all parts."""
        after = org
        for part in self.parts(org):
            after = part.change(after, id, on)
        event = self.event(id, on)
        after = after.with_changes_of(org)
        return after if event is None else after.with_change(event)

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """The inverses of its parts, the last one first."""
        org = before
        undone: list[tuple[Operation, ...]] = []
        for part in self.parts(before):
            undone.append(part.inverse(org))
            org = part.change(org, "undone", date.min)
        return tuple(operation for operations in reversed(undone) for operation in operations)
