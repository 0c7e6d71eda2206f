"""Somebody who came back looks around for a while: a cookie that opens nothing but in this process, for half an hour.

The cookie holds her words, sealed under a key that is made when the process starts and is kept nowhere. So the server keeps
nothing of a visit; a cookie found on a disk opens nothing once the process has ended; and after a restart the words are asked
for again.
"""

import base64
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final

from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random

from actions.office import wall_now

IDLE: Final = timedelta(minutes=30)
"""A visit left alone this long is over, as a session at the desk is (OWASP ASVS 3.3.2)."""
_CONTEXT: Final = b"amparo visit 1"
_UNTIL: Final = struct.Struct(">q")


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit under way: her words, and what a page sends with each change."""

    words: str = field(repr=False)
    csrf: str = field(repr=False)


class Visits:
    """The visits of one process. It keeps no list of them: only the key they are sealed under."""

    def __init__(self) -> None:
        self._box = Aead(random(Aead.KEY_SIZE))
        self._csrf = random(32)

    def begin(self, words: str) -> str:
        """The cookie of a visit, good for half an hour from now; each page renews it."""
        until = _UNTIL.pack(int((wall_now() + IDLE).timestamp()))
        return base64.urlsafe_b64encode(self._box.encrypt(until + words.encode(), _CONTEXT)).decode("ascii")

    def look(self, cookie: str) -> Visit | None:
        """The visit that a cookie is of. None: it is over, of another process, or no cookie of ours."""
        try:
            plain = self._box.decrypt(base64.urlsafe_b64decode(cookie.encode("ascii")), _CONTEXT)
        except (CryptoError, ValueError, UnicodeError):
            return None
        (until,) = _UNTIL.unpack_from(plain)
        if wall_now() >= datetime.fromtimestamp(until, UTC):
            return None
        words = plain[_UNTIL.size :].decode()
        return Visit(words, self._token(words))

    def _token(self, words: str) -> str:
        """The same for a visit however often its cookie is renewed, so that a form on an older page still goes through."""
        return blake2b(words.encode(), key=self._csrf, digest_size=16, person=b"amparo csrf").hexdigest()
