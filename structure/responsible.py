"""Who answers for what is owed: an obligation points to a function, and follows it through mergers, splits and renamings."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from structure.operations import MergeFunctions, SplitFunction
from structure.organisation import Organisation
from structure.timeline import Planned

Heirs = Mapping[str, tuple[tuple[date, tuple[str, ...]], ...]]
"""Function -> from which dates on which others do what it did, in the order of the dates."""


@dataclass(frozen=True, slots=True)
class Responsible:
    """Functions that answer for an obligation on a date, and the units that own them; UNKNOWN where no source says who does.

    Both are empty once the function was discontinued by the authority its ending names: then nothing is owed any more.
    """

    functions: tuple[str, ...]
    units: tuple[str, ...]


def heirs_in(plan: Iterable[Planned]) -> Heirs:
    """What became of functions that ended by going into others. Linear in the plan, but for its order."""
    found: dict[str, list[tuple[date, tuple[str, ...]]]] = {}
    for planned in sorted(plan, key=lambda one: one.on):
        match planned.operation:
            case MergeFunctions(functions=ended, into=into):
                for function in ended:
                    found.setdefault(function, []).append((planned.on, (into,)))
            case SplitFunction(function=function, into=parts):
                found.setdefault(function, []).append((planned.on, tuple(part.function for part in parts)))
    return {function: tuple(passed) for function, passed in found.items()}


def responsible(org: Organisation, heirs: Heirs, function: str, on: date, named: Collection[str] = ()) -> Responsible:
    """Who answers on a date for what `function` owes; `org` is the organisation of that date.

    After a split it is the part among `named`, which whoever split it chose for this obligation; if none was chosen, all parts
    answer together, so that no day is without an owner. A function that was restored answers for itself again.
    """
    waiting, seen = [function], {function}
    standing: list[str] = []
    while waiting:
        here = waiting.pop(0)
        if org.live_function(here) is not None:
            standing.append(here)
            continue
        passed = [after for since, after in heirs.get(here, ()) if since <= on]
        after = passed[-1] if passed else ()
        chosen = tuple(part for part in after if part in named) or after
        waiting += [part for part in chosen if part not in seen]
        seen.update(chosen)
    owners = dict.fromkeys(owner for each in standing for owner in org.functions[each].owners)
    return Responsible(tuple(standing), tuple(owners))
