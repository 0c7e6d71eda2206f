"""What two units share below is counted once for each pair that becomes sure, and says what counting all again would say."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from structure.matching import match
from structure.organisation import Organisation
from structure.shared_below import SharedBelow
from structure.things import Edge, EdgeKind, Function, Ref, Sort, Unit

NUMBERS = range(6)
tree = st.lists(st.lists(st.integers(0, 5), max_size=2, unique=True), min_size=6, max_size=6)
owners = st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=2, unique=True), max_size=8)


def built(prefix: str, heads: list[list[int]], owning: list[list[int]]) -> Organisation:
    edges = [tuple(Edge(EdgeKind.LINE, f"{prefix}{head}") for head in above) for above in heads]
    return Organisation.of(
        [Unit(f"{prefix}{number}", f"{prefix}{number}", "office", edges[number]) for number in NUMBERS],
        [Function(f"{prefix}F{n}", f"f{n}", tuple(f"{prefix}{unit}" for unit in units)) for n, units in enumerate(owning)],
    )


def below(org: Organisation, id: str) -> set[Ref]:
    return {Ref(Sort.UNIT, unit.id) for unit in org.children(id)} | {Ref(Sort.FUNCTION, one.id) for one in org.owned_by(id)}


def counted(known: Organisation, found: Organisation, id: str, sure: dict[Ref, Ref], taken: set[str]):
    """The best of all known units that are not taken, looked at one by one."""
    mine = {sure[ref] for ref in below(found, id) if ref in sure}
    shared = {other: len(mine & below(known, other)) for other in known.units if other not in taken}
    parts = {o: Fraction(n, len(below(found, id)) + len(below(known, o)) - n) for o, n in shared.items() if n}
    best = max(parts.values(), default=None)
    return None if best is None else ({o for o, part in parts.items() if part == best}, best)


@settings(max_examples=60, deadline=None)
@given(tree, tree, owners, owners, st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.integers(0, 5)), max_size=8))
def test_what_is_counted_on_the_way_is_what_counting_at_the_end_says(heads, others, mine, theirs, pairs):
    known, found = built("K", heads, mine), built("X", others, theirs)
    shared = SharedBelow(known, sorted(known.units), found, sorted(found.units))
    sure: dict[Ref, Ref] = {}
    taken: set[str] = set()
    said: dict[str, object] = {id: shared.near(id) for id in found.units}
    for of_units, one, other in pairs:
        sort, mark = (Sort.UNIT, "") if of_units else (Sort.FUNCTION, "F")
        here, there = Ref(sort, f"X{mark}{one}"), Ref(sort, f"K{mark}{other}")
        if here in sure or there in sure.values():
            continue
        sure[here] = there
        shared.are_same(here, there)
        if of_units:
            taken.add(there.id)
            shared.is_taken(there.id)
        changed = shared.changed()
        said.update({id: shared.near(id) for id in changed})
        for id in found.units:
            near, expected = shared.near(id), counted(known, found, id, sure, taken)
            assert said[id] == near, "whatever changes is told as changed"
            assert (None if near is None else (set(near.candidates), near.jaccard)) == expected


def test_a_house_without_one_shared_unit_name_is_matched_from_below_to_the_top():
    levels = 30

    def house(prefix: str) -> Organisation:
        units = [Unit(f"{prefix}0", f"{prefix} 0", "office")]
        units += [
            Unit(f"{prefix}{level}", f"{prefix} {level}", "office", (Edge(EdgeKind.LINE, f"{prefix}{level - 1}"),))
            for level in range(1, levels)
        ]
        of_level = [(level, part) for level in range(levels) for part in "ab"]
        return Organisation.of(
            units, [Function(f"{prefix}{n}{part}", f"work {n} {part}", (f"{prefix}{n}",)) for n, part in of_level]
        )

    matching = match(house("old"), house("new"))
    assert [matching.same[Ref(Sort.UNIT, f"new{level}")] for level in range(levels)] == [f"old{level}" for level in range(levels)]
    assert matching.questions == ()
