"""The key that signs a ledger's heads: a file that only the worker reads, and its public half beside it for auditors."""

import os
import stat
from pathlib import Path
from typing import ClassVar, Final

from nacl.signing import SigningKey, VerifyKey

from policies.refusal import Refusal
from records.ledger import read_verify_key

SEED_BYTES: Final = 32


class LedgerKeyUnusable(Refusal):
    """The signing key's file is missing, is not 32 bytes, or others can read it."""

    code: ClassVar[str] = "ledger_key_unusable"
    status: ClassVar[int] = 503


def signing_key(file: Path) -> SigningKey:
    """The key in `file`: 32 bytes that only their owner can read. Its public half is written beside it, if it is not there.

    Raises LedgerKeyUnusable.
    """
    try:
        mode, seed = stat.S_IMODE(file.stat().st_mode), file.read_bytes()
        if len(seed) != SEED_BYTES or mode & 0o077:
            raise LedgerKeyUnusable(file=str(file))
        key = SigningKey(seed)
        _publish(public_file(file), key.verify_key)
    except (OSError, ValueError):
        raise LedgerKeyUnusable(file=str(file)) from None
    return key


def public_file(file: Path) -> Path:
    """Where the public keys of the key in `file` stand, a line each in hex, the one in use first: what auditors are given."""
    return file.with_suffix(".pub")


def public_keys(file: Path) -> list[VerifyKey]:
    """The public keys beside the key in `file`, the one in use first. Raises LedgerKeyUnusable where there is none."""
    try:
        keys = _read(public_file(file))
    except (OSError, ValueError):
        keys = []
    if not keys:
        raise LedgerKeyUnusable(file=str(file))
    return keys


def _read(file: Path) -> list[VerifyKey]:
    return [read_verify_key(line) for line in file.read_text(encoding="ascii").split()]


def _publish(file: Path, key: VerifyKey) -> None:
    """Put the key first. Those it replaced stay below, because what they signed is still to be checked."""
    known = _read(file) if file.exists() else []
    if known and known[0] == key:
        return
    lines = [bytes(each).hex() for each in (key, *(one for one in known if one != key))]
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    fresh.write_text("\n".join(lines) + "\n", encoding="ascii")
    fresh.replace(file)
