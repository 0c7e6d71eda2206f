"""Which unit of before is which unit of after: the same under another id, or another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from structure.reading.faults import Fault
from structure.reading.shape import Content
from structure.reading.shape_structure import Act
from structure.things import UNKNOWN

SAME: Final = frozenset({"renamed", "rename_and_expand", "rename_or_replace", "moves_with_parent", "moved"})
"""Kinds of the identity map that keep a unit what it is."""
RENAMES: Final = frozenset({"rename", "rename_and_expand"})


@dataclass(frozen=True, slots=True)
class Identity:
    """A unit has one id throughout: that of the structure after, where it is there. So a difference says moved or renamed."""

    same: Mapping[str, str]
    """Id before -> id after, only for units that are the same under another id."""
    before: frozenset[str]
    after: frozenset[str]

    @classmethod
    def of(cls, content: Content) -> "Identity":
        """From the identity map, and from operations that rename."""
        same = {entry.before: entry.after for entry in content.identity_map if entry.kind in SAME}
        renames = (act for act in content.operations if isinstance(act, Act) and act.kind in RENAMES)
        same |= {act.source: act.target for act in renames}
        after = content.structure_after.units if content.structure_after else ()
        return cls(
            {old: new for old, new in same.items() if old and new and old != new},
            frozenset(unit.id for unit in content.structure_before.units),
            frozenset(unit.id for unit in after),
        )

    def was(self, id: str) -> str:
        """The id of a unit that is named as one of before."""
        return self.same.get(id, id) if id in self.before else id

    def now(self, id: str) -> str:
        """The id of a unit that is named as one of after, or else of before."""
        return id if id in self.after else self.was(id)

    def is_known(self, id: str) -> bool:
        """Whether such a unit is in the file, on either side."""
        return id == UNKNOWN or id in self.before or id in self.after


def faults_of_identity(content: Content) -> Iterator[Fault]:
    """One unit of after that is said to be two of before, which would make two units one without saying so."""
    identity = Identity.of(content)
    taken: dict[str, str] = {}
    for place, unit in enumerate(content.structure_before.units):
        id = identity.was(unit.id)
        if taken.get(id, unit.id) != unit.id:
            yield Fault("identity_twice", ("structure_before", "units", place, "id"), unit.id)
        taken[id] = unit.id
