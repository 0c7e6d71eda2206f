"""What was adopted against what a later report shows: a standing comparison that explains drift and corrects nothing.

Where a source is cut off, what it does not show is unknown, not missing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from structure.matching import plain
from structure.organisation import Organisation
from structure.things import Ref, Sort

CUT: Final = "(cut)"
"""How a name ends that the source breaks off."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A thing that the plan puts somewhere, and every name by which a report may call it."""

    thing: Ref
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Each expected thing is matched, missing or unknown; each name that a report shows is matched, unplanned or unreadable."""

    matched: tuple[tuple[Ref, str], ...]
    missing: tuple[Ref, ...]
    unplanned: tuple[str, ...]
    unknown: tuple[Ref, ...] = ()
    """Not shown by a source that is cut."""
    unreadable: tuple[str, ...] = ()
    """Names that the source breaks off."""

    @property
    def agrees(self) -> bool:
        """Nothing is known to differ, though something may be unknown."""
        return not (self.missing or self.unplanned)


def expected_under(org: Organisation, unit: str, *, functions: bool = False) -> tuple[Expected, ...]:
    """The units under a unit, by present and earlier names; with `functions`, what it owns too."""
    units = (Expected(Ref(Sort.UNIT, each.id), (each.name, *each.formerly)) for each in org.children(unit))
    owned = (Expected(Ref(Sort.FUNCTION, each.id), (each.name,)) for each in org.owned_by(unit)) if functions else ()
    return (*units, *owned)


def expected_units(org: Organisation, ids: Iterable[str]) -> tuple[Expected, ...]:
    """These units by present and earlier names; one that the organisation does not have by its id alone."""
    found = ((id, org.units.get(id)) for id in ids)
    return tuple(Expected(Ref(Sort.UNIT, id), (unit.name, *unit.formerly) if unit else (id,)) for id, unit in found)


def reconcile(expected: Sequence[Expected], shown: Sequence[str], *, is_cut: bool = False) -> Reconciled:
    """Compare by name, without case and accents; a present name goes before an earlier one, and no name is used twice.

    `is_cut`: the source ends before its end. A name that ends with `(cut)` says so too. Near-linear.
    """
    unreadable = tuple(name for name in shown if name.endswith(CUT))
    readable = [name for name in shown if not name.endswith(CUT)]
    left: dict[str, list[str]] = {}
    for name in readable:
        left.setdefault(plain(name), []).append(name)
    matched: dict[Ref, str] = {}
    for place in range(max((len(one.names) for one in expected), default=0)):
        for one in expected:
            if one.thing not in matched and place < len(one.names) and (there := left.get(plain(one.names[place]))):
                matched[one.thing] = there.pop(0)
    absent = tuple(one.thing for one in expected if one.thing not in matched)
    cut = is_cut or bool(unreadable)
    return Reconciled(
        matched=tuple(sorted(matched.items())),
        missing=() if cut else absent,
        unplanned=tuple(name for names in left.values() for name in names),
        unknown=absent if cut else (),
        unreadable=unreadable,
    )
