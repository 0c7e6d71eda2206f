"""Keys in memory: they hide themselves in logs, tracebacks and debuggers' first glance, and are never pickled.

Python cannot wipe memory; a live door must be assumed to hold what passes through it (docs/threat-model.md).
"""

import secrets
from dataclasses import dataclass
from typing import NoReturn, Self

from nacl.bindings import crypto_box_seed_keypair
from nacl.bindings.utils import sodium_memcmp

KEY_BYTES = 32


class Secret:
    """Bytes that nobody should see by accident. `reveal()` is the one way to them, and easy to search for."""

    __slots__ = ("_raw",)

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    @classmethod
    def random(cls, size: int = KEY_BYTES) -> Self:
        """A new one of `size` bytes from the operating system."""
        return cls(secrets.token_bytes(size))

    def reveal(self) -> bytes:
        """The bytes themselves."""
        return self._raw

    def __repr__(self) -> str:
        """Not the bytes."""
        return "Secret(hidden)"

    def __eq__(self, other: object) -> bool:
        """Compare in a time that does not depend on the bytes."""
        return isinstance(other, Secret) and sodium_memcmp(self._raw, other._raw)

    def __hash__(self) -> int:
        """Refuse: a hash would tell about the bytes. Raises TypeError."""
        raise TypeError("a secret is not hashed")

    def __reduce__(self) -> NoReturn:
        """Refuse: nothing secret goes to another process or to disk this way. Raises TypeError."""
        raise TypeError("a secret is not pickled or copied")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An X25519 public key to seal to. Those of staff come only from `require_signed`."""

    raw: bytes

    def __post_init__(self) -> None:
        """Raise ValueError unless it has 32 bytes."""
        if len(self.raw) != KEY_BYTES:
            raise ValueError("a public key has 32 bytes")


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An X25519 key pair: what is sealed to `public` opens with `private`."""

    public: PublicKey
    private: Secret

    @classmethod
    def from_seed(cls, seed: Secret) -> Self:
        """The pair that belongs to a seed of 32 bytes; the same each time."""
        public, private = crypto_box_seed_keypair(seed.reveal())
        return cls(PublicKey(public), Secret(private))
