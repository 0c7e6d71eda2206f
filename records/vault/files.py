"""Files, sealed while they arrive: constant memory, nothing on disk in clear, no size told but a rounded one.

Layout 3, file:  03 | tag 16 | secretstream header 24 | frame | frame | ...

Each frame holds up to 65,535 bytes, padded to 64 KiB and sealed (XChaCha20-Poly1305 secretstream, associated data =
context); the number of frames is rounded up with empty ones (padding.py); the last bears the final tag. Where the
sealed bytes are cut into rows does not matter; their order does.
"""

from collections.abc import Iterable, Iterator

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
    sodium_pad,
    sodium_unpad,
)
from nacl.bindings.utils import sodium_memcmp
from nacl.exceptions import CryptoError

from records.vault.boxes import TAG_BYTES, context_tag
from records.vault.context import Context, Layout
from records.vault.errors import CannotSeal, NotThisRow, Unreadable
from records.vault.padding import padded_count
from records.vault.secret import Secret

FRAME = 64 * 1024
CONTENT = FRAME - 1  # one byte at least is the end mark of the padding
_LAST = crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MORE = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
SEALED_FRAME = FRAME + crypto_secretstream_xchacha20poly1305_ABYTES
_HEAD = 1 + TAG_BYTES + crypto_secretstream_xchacha20poly1305_HEADERBYTES


def new_file_key() -> Secret:
    """The key of one file; kept sealed under the case's content key in the slot FILE_KEY."""
    return Secret.random()


def sealed_size(size: int) -> int:
    """How many bytes a file of `size` bytes takes when sealed."""
    return _HEAD + SEALED_FRAME * padded_count(-(-size // CONTENT))


class FileSealer:
    """Seals one file: `push` what arrives, keep what comes back, and at last keep what `finish` returns.

    A file without what `finish` returns does not open as a whole: an upload that broke off cannot pass for a short
    file.
    """

    def __init__(self, key: Secret, context: Context) -> None:
        self._bound = context.encoded(Layout.FILE)
        self._state = crypto_secretstream_xchacha20poly1305_state()
        header = crypto_secretstream_xchacha20poly1305_init_push(self._state, key.reveal())
        self._head = bytes([Layout.FILE]) + context_tag(key, self._bound) + header
        self._waiting = bytearray()
        self._frames = 0
        self._finished = False

    def push(self, chunk: bytes) -> bytes:
        """Take some bytes of the file, of any length; return sealed bytes to keep, often none.

        ValueError after `finish`.
        """
        if self._finished:
            raise ValueError("this file is finished")
        self._waiting += chunk
        sealed = bytearray(self._take_head())
        start = 0
        while len(self._waiting) - start > CONTENT:  # one frame waits always: it may be the last
            sealed += self._seal(bytes(self._waiting[start : start + CONTENT]))
            start += CONTENT
        del self._waiting[:start]
        return bytes(sealed)

    def finish(self) -> bytes:
        """Return the rest: the last bytes, the padding, and the mark that this is all.

        At most 12 % of the file and 64 KiB.
        """
        if self._finished:
            raise ValueError("this file is finished")
        self._finished = True
        sealed = bytearray(self._take_head())
        content = bytes(self._waiting)
        self._waiting.clear()
        for left in range(padded_count(self._frames + 1) - self._frames - 1, -1, -1):
            sealed += self._seal(content, last=left == 0)
            content = b""
        return bytes(sealed)

    def _take_head(self) -> bytes:
        head, self._head = self._head, b""
        return head

    def _seal(self, content: bytes, last: bool = False) -> bytes:
        self._frames += 1
        tag = _LAST if last else _MORE
        try:
            padded = sodium_pad(content, FRAME)
            return crypto_secretstream_xchacha20poly1305_push(self._state, padded, self._bound, tag)
        except CryptoError:
            raise CannotSeal from None


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The head, then frame after frame, however the bytes were cut. What is left over at the end comes last."""
    waiting = bytearray()
    wanted = _HEAD
    for chunk in chunks:
        waiting += chunk
        start = 0
        while len(waiting) - start >= wanted:
            yield bytes(waiting[start : start + wanted])
            start += wanted
            wanted = SEALED_FRAME
        del waiting[:start]
    if waiting:
        yield bytes(waiting)


def open_file(key: Secret, context: Context, sealed: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the file's bytes.

    Raises NotThisRow for another context or key, Unreadable for damage, a cut, another order, or more.

    A cut is known only at the end: whoever passes the bytes on must break off, and not end, when this raises.
    """
    pieces = _pieces(sealed)
    head = next(pieces, b"")
    if len(head) != _HEAD or head[0] != Layout.FILE:
        raise Unreadable
    bound = context.encoded(Layout.FILE)
    for_here = sodium_memcmp(head[1 : 1 + TAG_BYTES], context_tag(key, bound))
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_pull(state, head[1 + TAG_BYTES :], key.reveal())
    ended = False
    for frame in pieces:
        if ended or len(frame) != SEALED_FRAME:
            raise Unreadable
        try:
            padded, tag = crypto_secretstream_xchacha20poly1305_pull(state, frame, bound)
            content = sodium_unpad(padded, FRAME)
        except CryptoError:
            raise (Unreadable if for_here else NotThisRow) from None
        if not for_here:
            raise Unreadable
        ended = tag == _LAST
        if content:
            yield content
    if not ended:
        raise Unreadable
