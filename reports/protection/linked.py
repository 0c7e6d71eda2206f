"""All tables of a release as one system: every number once, and every sum that ties the numbers together.

Tables of one measure agree wherever they overlap, so a number is a measure, a kind and the values that it is about; what is
added up is left out of its name.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from records.counts.counted import CountedTable
from reports.protection.guards import Guards, sensitive
from reports.protection.wholes import Values, Whole
from reports.shape import TOTAL, Grouping, Identity


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """One number, in whichever tables it stands: the values it is about, in the order of their dimensions' names."""

    measure: str
    kind: str
    at: tuple[tuple[str, str], ...] = ()


Sign = int
Equation = tuple[tuple[Spot, Sign], ...]
"""Numbers that add up to nothing, each plus or minus once."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What is known to us before anything is hidden.

    `sensitive`: hidden for their own sake. `fixed`: cannot be hidden, because a table that is published as it is shows them, or
    because a zero in them opens the zeros below. `zeros_tell`: stand in a table in which a zero is as telling as a one. `absent`:
    stand only in tables that are not said at all; they tie the others as before, and nobody asks about them, unless the report
    says what they add up to (`sensitive` then). `printed`: what an earlier release says they are.
    """

    counts: Mapping[Spot, int] = field(repr=False)
    equations: tuple[Equation, ...] = field(repr=False)
    sensitive: frozenset[Spot] = field(repr=False)
    fixed: frozenset[Spot]
    zeros_tell: frozenset[Spot]
    absent: frozenset[Spot]
    printed: Mapping[Spot, int] = field(default_factory=dict, repr=False)


def spot(table: CountedTable, values: Values) -> Spot:
    """The number that a cell of a table shows."""
    about = sorted((dimension, value) for dimension, value in zip(table.dimensions, values, strict=True) if value != TOTAL)
    return Spot(table.measure, table.kind, tuple(about))


def link(
    wholes: Sequence[Whole],
    groupings: Iterable[Grouping],
    identities: Iterable[Identity],
    guards: Guards,
    unsaid: Container[str] = (),
) -> Linked:
    """Put the tables of a release together; `unsaid`: names of those of which nothing is said."""
    counts: dict[Spot, int] = {}
    hidden: set[Spot] = set()
    fixed: set[Spot] = set()
    zeros_tell: set[Spot] = set()
    shown: set[Spot] = set()
    equations: dict[Equation, None] = {}
    for each in wholes:
        named = {values: spot(each.table, values) for values in each.sums}
        counts.update((named[values], cell.count) for values, cell in each.sums.items())
        equations.update(dict.fromkeys(_totals(each, named)))
        if each.table.name in unsaid:
            continue
        shown.update(named.values())
        hidden.update(named[values] for values in sensitive(each, guards))
        if each.table.protected and guards.protect_zeros & set(each.table.dimensions):
            zeros_tell.update(named.values())
            fixed.update(_open_zeros(each, named))
        elif not each.table.protected:
            fixed.update(named.values())
    for grouping in groupings:
        equations.update(dict.fromkeys(_grouped(counts, grouping)))
    stated = tuple(_stated(wholes, identities))
    equations.update(dict.fromkeys(stated))
    absent = counts.keys() - shown
    hidden.update({each for terms in stated for each, _ in terms} & absent - _by_another_name(equations, shown))
    return Linked(
        counts=counts,
        equations=tuple(equations),
        sensitive=frozenset(hidden),
        fixed=frozenset(fixed - hidden),
        zeros_tell=frozenset(zeros_tell),
        absent=frozenset(absent),
    )


def knowing(linked: Linked, printed: Mapping[Spot, int]) -> Linked:
    """The same, for a reader to whom earlier releases say some of the numbers. To hide those keeps nothing else open."""
    return replace(linked, fixed=linked.fixed | printed.keys(), printed=printed)


def _by_another_name(equations: Iterable[Equation], shown: Container[Spot]) -> set[Spot]:
    """The numbers that are the same as one in a table that is said: a sum of one part alone."""
    pairs = [(one[0], other[0]) for one, other in (each for each in equations if len(each) == 2)]
    return {one for pair in pairs for one, other in (pair, pair[::-1]) if other in shown}


def _open_zeros(each: Whole, named: Mapping[Values, Spot]) -> Iterator[Spot]:
    """Totals of zero in a table where a zero is telling: hidden, they would make the zeros below them telling again."""
    return (named[values] for values, cell in each.sums.items() if not cell.count and TOTAL in values)


def _totals(each: Whole, named: Mapping[Values, Spot]) -> Iterator[Equation]:
    """Of every dimension the values listed make up its total."""
    for values in each.sums:
        for place, dimension in enumerate(each.table.dimensions):
            if values[place] == TOTAL:
                parts = ((*values[:place], value, *values[place + 1 :]) for value in each.table.values[dimension])
                yield ((named[values], -1), *((named[part], 1) for part in parts))


def _grouped(counts: Mapping[Spot, int], grouping: Grouping) -> Iterator[Equation]:
    """A value of the coarse dimension is the sum of its fine ones, wherever both stand."""
    members: dict[Spot, list[Spot]] = {}
    for each in counts:
        values = dict(each.at)
        if grouping.fine in values and grouping.coarse not in values:
            values[grouping.coarse] = grouping.members[values.pop(grouping.fine)]
            members.setdefault(Spot(each.measure, each.kind, tuple(sorted(values.items()))), []).append(each)
    for coarse, fine in members.items():
        if coarse in counts:
            yield ((coarse, -1), *((each, 1) for each in fine))


def _stated(wholes: Sequence[Whole], identities: Iterable[Identity]) -> Iterator[Equation]:
    """What the report says of its cells. A sum of which a part is not published ties nothing."""
    by_name = {each.table.name: each for each in wholes}
    for identity in identities:
        terms = []
        for term in identity.terms:
            each = by_name.get(term.table)
            if each is None or set(term.key) != set(each.table.dimensions):
                break
            values = tuple(term.key[dimension] for dimension in each.table.dimensions)
            if values not in each.sums:
                break
            terms.append((spot(each.table, values), int(term.sign)))
        else:
            yield tuple(terms)
