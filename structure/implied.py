"""What a target shows without saying who does it, because another thing it says implies it.

Who creates a unit creates what the target shows below it and the functions that begin there; what the creation leaves open, the
target fills in. Everything else that changes needs an operation (I3, I11).
"""

from dataclasses import dataclass

from structure.organisation import Organisation
from structure.things import UNKNOWN, Function


@dataclass(frozen=True, slots=True)
class Implied:
    """Units and functions of the target that come with units which the plan creates."""

    units: frozenset[str]
    """Not those that the plan itself creates."""
    functions: frozenset[str]


def implied(before: Organisation, end: Organisation, target: Organisation) -> Implied:
    """What the beginnings of units between `before` and `end` imply of `target`. Linear in what is new."""
    created = {id for id in end.units if end.live_unit(id) is not None and before.live_unit(id) is None}
    seen = set(created)
    waiting = list(created)
    while waiting:
        for child in target.children(waiting.pop()):
            if child.id not in seen and before.live_unit(child.id) is None and end.live_unit(child.id) is None:
                seen.add(child.id)
                waiting.append(child.id)
    functions = {function.id for unit in seen for function in target.owned_by(unit) if _begins_here(before, end, function, seen)}
    return Implied(frozenset(seen - created), frozenset(functions))


def nobody_knows_whence(function: Function | None) -> bool:
    """Whether no source says where a function was before: I16 counts it, and no rule calls it lost or found."""
    return function is not None and function.origin == UNKNOWN


def _begins_here(before: Organisation, end: Organisation, function: Function, new: set[str]) -> bool:
    known_before = before.live_function(function.id) is not None or end.live_function(function.id) is not None
    return not known_before and function.origin is None and new.issuperset(function.owners)
