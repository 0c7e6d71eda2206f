"""Padding: the size of what is kept says only which bucket it fell into (peers.md S02)."""

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError

from records.vault.errors import Unreadable
from records.vault.slots import NO_BLOCK


def bucket(size: int, block: int) -> int:
    """The padded length of `size` bytes: block, 2 blocks, 4 blocks, 8 blocks and so on, and always more than `size`.

    >>> [bucket(size, 1024) for size in (0, 1023, 1024, 5000)]
    [1024, 1024, 2048, 8192]
    """
    padded = block
    while padded <= size:
        padded *= 2
    return padded


def pad(content: bytes, block: int) -> bytes:
    """Fill up to the bucket by ISO/IEC 7816-4 (libsodium's sodium_pad); NO_BLOCK leaves the bytes as they are."""
    return content if block == NO_BLOCK else sodium_pad(content, bucket(len(content), block))


def unpad(padded: bytes, block: int) -> bytes:
    """Take the filling off again. Depends on the length alone, so a slot's block may change between rows."""
    if block == NO_BLOCK:
        return padded
    if not padded:
        raise Unreadable
    try:
        return sodium_unpad(padded, len(padded))
    except CryptoError:
        raise Unreadable from None


def padded_count(count: int) -> int:
    """Round a number of pieces up so that at most 12 % is added and few numbers remain possible; at least 1.

    Padmé: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PETS 2019,
    algorithm 1.

    >>> [padded_count(count) for count in (0, 1, 9, 17, 1601)]
    [1, 1, 10, 18, 1664]
    """
    if count < 2:
        return 1
    exponent = count.bit_length() - 1
    kept = exponent.bit_length()
    step = 1 << max(exponent - kept, 0)
    return -(-count // step) * step
