"""Merkle trees as RFC 9162 (Certificate Transparency 2.0) defines them, section 2.1, with SHA-256.

A tree is a list of leaves (bytes) in order. Its root tells of every leaf and its place. An inclusion proof shows that
one leaf is in it, a consistency proof that a later tree begins with an earlier one; both need about log2(size) hashes.
All functions are pure. Verifying never raises for what a stranger handed in: it answers False.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()  # RFC 9162, 2.1.1: MTH({}) = HASH()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf. The prefix 0x00 keeps a leaf from ever being taken for a node (RFC 9162, 2.1.1)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node above two hashes; prefix 0x01 (RFC 9162, 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash MTH(D_n) of `leaves`; of none: the hash of nothing."""
    return _root_of_hashes([leaf_hash(leaf) for leaf in leaves])


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The hashes one level up. An odd last one rises as it is: the same as splitting at the largest power of two."""
    paired = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*paired, level[-1]] if len(level) % 2 else paired


def _root_of_hashes(level: Sequence[bytes]) -> bytes:
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        level = _above(level)
    return level[0]


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(index, D_n): the hashes that lead from leaf `index` (from 0) to the root, nearest first (RFC 9162, 2.1.3.1).

    Raises IndexError if there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError("no leaf has this index")
    level: Sequence[bytes] = [leaf_hash(leaf) for leaf in leaves]
    path = []
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        level, index = _above(level), index // 2
    return path


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected_root: bytes) -> bool:
    """Is `leaf` at `index` in the tree of `size` leaves with `expected_root`? The steps of RFC 9162, 2.1.3.2.

    `size` has to come with the root from a signed head: a root alone does not tell how many leaves it stands for.
    """
    if not 0 <= index < size:
        return False
    here, last, result = index, size - 1, leaf_hash(leaf)
    for sibling in path:
        if last == 0:
            return False
        if here % 2 or here == last:
            result = node_hash(sibling, result)
            while here % 2 == 0 and here:
                here, last = here >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and compare_digest(result, expected_root)


def consistency_proof(first: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PROOF(first, D_n): the hashes that show that this tree begins with its first `first` leaves (RFC 9162, 2.1.4.1).

    Empty for `first` = 0 and `first` = n, which the RFC leaves out. Raises IndexError if there are fewer leaves.
    """
    if not 0 <= first <= len(leaves):
        raise IndexError("the earlier tree is larger than this one")
    if first == 0:
        return []
    hashes = [leaf_hash(leaf) for leaf in leaves]
    start, end, wanted, known_whole, path = 0, len(hashes), first, True, []
    while wanted != end - start:  # SUBPROOF, unrolled: its appends come out in reverse
        split = 1 << (end - start - 1).bit_length() - 1  # the largest power of two below the number of leaves here
        if wanted <= split:
            path.append(_root_of_hashes(hashes[start + split : end]))
            end = start + split
        else:
            path.append(_root_of_hashes(hashes[start : start + split]))
            start, wanted, known_whole = start + split, wanted - split, False
    if not known_whole:
        path.append(_root_of_hashes(hashes[start:end]))
    return path[::-1]


def verify_consistency(first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes) -> bool:
    """Does the tree of `second` leaves begin with the tree of `first`? The steps of RFC 9162, 2.1.4.2.

    Two cases the RFC leaves out, both with an empty path: equal sizes need equal roots; every tree begins with none.
    """
    if not 0 <= first <= second:
        return False
    if first == second:
        return not path and compare_digest(first_root, second_root)
    if first == 0:
        return not path and compare_digest(first_root, EMPTY_ROOT)
    if not path:
        return False
    steps = [first_root, *path] if first & (first - 1) == 0 else list(path)
    here, last = first - 1, second - 1
    while here % 2:
        here, last = here >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here % 2 or here == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while here % 2 == 0 and here:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, step)
        here, last = here >> 1, last >> 1
    return last == 0 and compare_digest(old, first_root) and compare_digest(new, second_root)


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree's right edge: all that is needed to append and to know the root, without the earlier leaves.

    `nodes` are the roots of the full subtrees, left to right, one for each bit set in `size`: at most log2(size) + 1
    hashes, so it is what is kept between two folds. Raises ValueError if the two do not fit together.
    """

    size: int = 0
    nodes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be one."""
        if self.size < 0 or len(self.nodes) != self.size.bit_count() or any(len(n) != HASH_BYTES for n in self.nodes):
            raise ValueError("these nodes are not the frontier of a tree of this size")

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """The frontier after appending `leaves` in order: about two hashes a leaf."""
        size, nodes = self.size, list(self.nodes)
        for leaf in leaves:
            nodes.append(leaf_hash(leaf))
            full = size
            while full % 2:  # each trailing one bit is a full subtree of the same height: join them
                right = nodes.pop()
                nodes[-1] = node_hash(nodes[-1], right)
                full >>= 1
            size += 1
        return Frontier(size, tuple(nodes))

    def root(self) -> bytes:
        """The root of the whole tree; equal to `root` of all leaves."""
        if not self.nodes:
            return EMPTY_ROOT
        result = self.nodes[-1]
        for left in self.nodes[-2::-1]:
            result = node_hash(left, result)
        return result
