"""Passphrases: only their Argon2id hash is kept, and a flood of sign-ins can take only so much of the machine."""

import base64
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, Final

from nacl.exceptions import InvalidkeyError
from nacl.pwhash import argon2id

from policies.refusal import Refusal
from records.vault.errors import PassphraseTooLong

PASSES: Final = 3
MEMORY: Final = 64 * 2**20
"""Bytes. With PASSES the second choice of RFC 9106, section 4. The hash names its parameters, so old ones stay good."""

LONGEST: Final = 256
"""Characters; a longer one is refused before any work is done on it (S24)."""
AT_ONCE: Final = 2
"""Hashes computed at once: what a flood of sign-ins can take is AT_ONCE times MEMORY."""
IN_LINE: Final = 8
"""Who computes or waits to. More are turned away at once, so that people who are signed in still find a free thread."""

_LINE = threading.BoundedSemaphore(IN_LINE)
_WORK = threading.BoundedSemaphore(AT_ONCE)


class TooManySignIns(Refusal):
    """More people are signing in than can be served at once. Nothing is wrong with what was typed."""

    code: ClassVar[str] = "too_many_sign_ins"
    status: ClassVar[int] = 503


def keep(passphrase: str) -> str:
    """The hash to keep, with its salt and parameters. Raises PassphraseTooLong, TooManySignIns."""
    typed = _typed(passphrase)
    with _turn():
        return argon2id.str(typed, opslimit=PASSES, memlimit=MEMORY).decode("ascii")


def fits(kept: str, passphrase: str) -> bool:
    """Whether `kept` was made of this passphrase. A tenth of a second of work, whatever the answer.

    Raises PassphraseTooLong and TooManySignIns before any work.
    """
    typed = _typed(passphrase)
    with _turn():
        try:
            return argon2id.verify(kept.encode("ascii"), typed)
        except InvalidkeyError:
            return False


def fits_nothing() -> str:
    """A hash that no passphrase fits and that costs as much to try as a kept one: for names that do not exist (S07)."""
    salt, tag = (base64.b64encode(secrets.token_bytes(size)).rstrip(b"=").decode("ascii") for size in (16, 32))
    return f"$argon2id$v=19$m={MEMORY // 1024},t={PASSES},p=1${salt}${tag}"


@contextmanager
def _turn() -> Iterator[None]:
    if not _LINE.acquire(blocking=False):
        raise TooManySignIns()
    try:
        with _WORK:
            yield
    finally:
        _LINE.release()


def _typed(passphrase: str) -> bytes:
    if len(passphrase) > LONGEST:
        raise PassphraseTooLong(limit=LONGEST)
    # NFKC: the same passphrase from another keyboard. surrogatepass: an encoding error would carry the passphrase.
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
