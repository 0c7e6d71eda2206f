"""RFC 9162 trees: reference vectors, an independent recursive definition, and what must be refused.

The vectors are those of the Certificate Transparency reference implementation (transparency-dev/merkle, `testonly`).
"""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.ledger import tree

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
SECOND = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
THIRD_AND_FOURTH = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
LAST_FOUR = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
FIFTH = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
FIFTH_AND_SIXTH = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
SIXTH_PAIR = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
SEVENTH = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
INCLUSION = {  # (index from 0, size): path
    (0, 1): [],
    (0, 8): [SECOND, THIRD_AND_FOURTH, LAST_FOUR],
    (5, 8): [FIFTH, FIFTH_AND_SIXTH, ROOTS[4]],
    (2, 3): [ROOTS[2]],
    (1, 5): [ROOTS[1], THIRD_AND_FOURTH, FIFTH],
}
CONSISTENCY = {  # (first, second): path
    (1, 1): [],
    (1, 8): [SECOND, THIRD_AND_FOURTH, LAST_FOUR],
    (6, 8): [SIXTH_PAIR, FIFTH_AND_SIXTH, ROOTS[4]],
    (2, 5): [THIRD_AND_FOURTH, FIFTH],
    (6, 7): [SIXTH_PAIR, SEVENTH, ROOTS[4]],
}
MANY = [number.to_bytes(4, "big") for number in range(130)]


def naive_root(leaves):
    """MTH as the RFC writes it, typed a second time on purpose."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = largest_power_below(len(leaves))
    return sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def naive_path(index, leaves):
    if len(leaves) == 1:
        return []
    split = largest_power_below(len(leaves))
    if index < split:
        return [*naive_path(index, leaves[:split]), naive_root(leaves[split:])]
    return [*naive_path(index - split, leaves[split:]), naive_root(leaves[:split])]


def naive_subproof(first, leaves, whole):
    if first == len(leaves):
        return [] if whole else [naive_root(leaves)]
    split = largest_power_below(len(leaves))
    if first <= split:
        return [*naive_subproof(first, leaves[:split], whole), naive_root(leaves[split:])]
    return [*naive_subproof(first - split, leaves[split:], False), naive_root(leaves[:split])]


def largest_power_below(size):
    split = 1
    while split * 2 < size:
        split *= 2
    return split


def flipped(value: bytes, at: int) -> bytes:
    return bytes([*value[:at], value[at] ^ 1, *value[at + 1 :]])


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_reference_roots(size):
    assert tree.root(LEAVES[:size]).hex() == ROOTS[size]
    assert tree.Frontier().extend(LEAVES[:size]).root().hex() == ROOTS[size]
    assert naive_root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("place", "path"), INCLUSION.items())
def test_inclusion_proofs_are_the_reference_proofs(place, path):
    index, size = place
    assert [step.hex() for step in tree.inclusion_proof(index, LEAVES[:size])] == path
    steps = [bytes.fromhex(step) for step in path]
    assert tree.verify_inclusion(LEAVES[index], index, size, steps, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("sizes", "path"), CONSISTENCY.items())
def test_consistency_proofs_are_the_reference_proofs(sizes, path):
    first, second = sizes
    assert [step.hex() for step in tree.consistency_proof(first, LEAVES[:second])] == path
    steps, roots = [bytes.fromhex(step) for step in path], [bytes.fromhex(root) for root in ROOTS]
    assert tree.verify_consistency(first, second, steps, roots[first], roots[second])


def test_every_leaf_of_every_tree_up_to_130_is_proved_and_no_other_index_is():
    for size in range(1, 131):
        leaves = MANY[:size]
        root = tree.root(leaves)
        for index, leaf in enumerate(leaves):
            path = tree.inclusion_proof(index, leaves)
            assert tree.verify_inclusion(leaf, index, size, path, root)
            assert not tree.verify_inclusion(leaf, (index + 1) % size, size, path, root) or size == 1


def test_every_pair_of_trees_up_to_130_is_proved_consistent():
    roots = [naive_root(MANY[:size]) for size in range(131)]
    for second in range(131):
        for first in range(second + 1):
            path = tree.consistency_proof(first, MANY[:second])
            assert tree.verify_consistency(first, second, path, roots[first], roots[second])


@pytest.mark.parametrize("size", [*range(40), 63, 64, 65, 127, 128, 129, 130])
def test_roots_and_proofs_equal_the_recursive_definition(size):
    leaves = MANY[:size]
    assert tree.root(leaves) == naive_root(leaves)
    for index in range(size):
        assert tree.inclusion_proof(index, leaves) == naive_path(index, leaves)
        assert tree.consistency_proof(index + 1, leaves) == naive_subproof(index + 1, leaves, True)


@given(sizes=st.lists(st.integers(0, 40), max_size=6))
def test_a_frontier_grown_in_any_steps_has_the_root_of_all_leaves(sizes):
    frontier, leaves = tree.Frontier(), []
    for size in sizes:
        new = MANY[:size]
        leaves += new
        frontier = frontier.extend(new)
        kept = tree.Frontier(frontier.size, frontier.nodes)  # as it comes back from where it was stored
        assert kept.root() == tree.root(leaves)
        assert len(kept.nodes) <= len(leaves).bit_length()


def test_a_frontier_that_does_not_fit_its_size_is_refused():
    for size, nodes in ((1, ()), (3, (bytes(32),)), (0, (bytes(32),)), (1, (b"short",)), (-1, (bytes(32),))):
        with pytest.raises(ValueError, match="frontier"):
            tree.Frontier(size, nodes)


@settings(max_examples=200)
@given(data=st.data(), size=st.integers(2, 130))
def test_an_inclusion_proof_with_anything_changed_is_refused(data, size):
    leaves = MANY[:size]
    index = data.draw(st.integers(0, size - 1))
    path, root = tree.inclusion_proof(index, leaves), tree.root(leaves)
    at, byte = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 31))
    other = data.draw(st.integers(-2, size + 2).filter(lambda i: i != index))
    assert not tree.verify_inclusion(leaves[index] + b"x", index, size, path, root)
    assert not tree.verify_inclusion(leaves[index], other, size, path, root)
    assert not tree.verify_inclusion(leaves[index], index, size, path, flipped(root, byte))
    for wrong in broken(path, at, byte, root):
        assert not tree.verify_inclusion(leaves[index], index, size, wrong, root)


@settings(max_examples=200)
@given(data=st.data(), second=st.integers(2, 130))
def test_a_consistency_proof_with_anything_changed_is_refused(data, second):
    first = data.draw(st.integers(1, second - 1))
    path = tree.consistency_proof(first, MANY[:second])
    old, new = tree.root(MANY[:first]), tree.root(MANY[:second])
    at, byte = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 31))
    assert not tree.verify_consistency(first, second, path, flipped(old, byte), new)
    assert not tree.verify_consistency(first, second, path, old, flipped(new, byte))
    assert not tree.verify_consistency(first, second, path, new, old)
    assert not tree.verify_consistency(second, first, path, new, old)
    assert not tree.verify_consistency(first, second, [], old, new)
    for wrong in broken(path, at, byte, old):
        assert not tree.verify_consistency(first, second, wrong, old, new)


def broken(path, at, byte, root):
    yield [*path[:at], flipped(path[at], byte), *path[at + 1 :]]
    yield [*path[:at], path[at] + b"x", *path[at + 1 :]]
    yield path[:-1]
    yield path[1:]
    yield [*path, bytes(32)]
    yield [*path, root]
    yield [root, *path]
    if len(path) > 1:
        yield path[::-1]


@given(data=st.data(), size=st.integers(2, 60))
def test_a_tree_with_leaves_changed_moved_or_cut_has_another_root(data, size):
    leaves = MANY[:size]
    at, other = data.draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True))
    swapped = list(leaves)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    assert tree.root(swapped) != tree.root(leaves)
    assert tree.root(leaves[:at] + leaves[at + 1 :]) != tree.root(leaves)
    assert tree.root([*leaves[:at], b"x", *leaves[at + 1 :]]) != tree.root(leaves)


def naive_sides(index, size):
    """On which side of each step of its path a leaf stands, nearest first: all that index and size mean to a path."""
    if size == 1:
        return []
    split = largest_power_below(size)
    return (
        [*naive_sides(index, split), "left"] if index < split else [*naive_sides(index - split, size - split), "right"]
    )


def test_a_path_is_accepted_for_exactly_those_places_that_it_fits():
    """The sharpest case: leaf 3 of 4 would pass for leaf 1 of 2, if one step too many were let through."""
    for size in range(1, 13):
        root = tree.root(MANY[:size])
        for index in range(size):
            path = tree.inclusion_proof(index, MANY[:size])
            for claimed_size in range(20):
                for claimed in range(-1, claimed_size + 1):
                    fits = 0 <= claimed < claimed_size and naive_sides(claimed, claimed_size) == naive_sides(
                        index, size
                    )
                    assert tree.verify_inclusion(MANY[index], claimed, claimed_size, path, root) is fits


def test_no_sizes_whose_proof_has_another_length_are_proved_by_the_same_path():
    for second in range(2, 12):
        for first in range(1, second):
            path = tree.consistency_proof(first, MANY[:second])
            old, new = tree.root(MANY[:first]), tree.root(MANY[:second])
            for claimed_second in range(1, 20):
                for claimed in range(claimed_second + 1):
                    if tree.verify_consistency(claimed, claimed_second, path, old, new):
                        assert len(naive_subproof(claimed, MANY[:claimed_second], True)) == len(path)


def test_a_node_never_passes_for_a_leaf():
    """Two leaves whose hashes, glued, are handed in as one leaf: without prefixes both trees had one root."""
    glued = tree.leaf_hash(b"a") + tree.leaf_hash(b"b")
    assert tree.root([glued]) != tree.root([b"a", b"b"])


def test_every_tree_begins_with_the_empty_one_and_only_with_it():
    new = tree.root(MANY[:5])
    assert tree.verify_consistency(0, 5, [], tree.EMPTY_ROOT, new)
    assert not tree.verify_consistency(0, 5, [], new, new)
    assert not tree.verify_consistency(0, 5, [bytes(32)], tree.EMPTY_ROOT, new)
    assert not tree.verify_consistency(5, 5, [bytes(32)], new, new)


def test_no_proof_is_made_for_leaves_that_are_not_there():
    for index in (-1, 3):
        with pytest.raises(IndexError):
            tree.inclusion_proof(index, MANY[:3])
    for first in (-1, 4):
        with pytest.raises(IndexError):
            tree.consistency_proof(first, MANY[:3])
