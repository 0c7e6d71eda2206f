"""Signed heads: the one line by which a whole ledger is known on a date.

A head names its log, how many leaves it has, their root, the office date, and the head before it. It is signed with
Ed25519 over a fixed name and its canonical form. People outside are given date and root only (`public_line`): in an
export they find the same head again.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Self

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from records.ledger.entries import Log, canonical, day_from, read_canonical
from records.ledger.tree import HASH_BYTES

_SIGNED = b"amparo/ledger/head/1\n"
_SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Head:
    """The state of one log on an office date. `prev` is the digest of the head before it, None for the first.

    Raises ValueError if a field cannot be one.
    """

    log: Log
    size: int
    root: bytes
    office_date: date
    prev: bytes | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be one."""
        if self.size < 0 or len(self.root) != HASH_BYTES or (self.prev is not None and len(self.prev) != HASH_BYTES):
            raise ValueError("not a head")
        if isinstance(self.office_date, datetime):
            raise ValueError("a head has a day, never an hour")

    def as_plain(self) -> dict[str, object]:
        """The head as the plain object that is exported and, in canonical form, signed."""
        return {
            "date": self.office_date.isoformat(),
            "log": self.log.value,
            "prev": None if self.prev is None else self.prev.hex(),
            "root": self.root.hex(),
            "size": self.size,
        }

    def signed_bytes(self) -> bytes:
        """What the signature is over."""
        return _SIGNED + canonical(self.as_plain())

    def digest(self) -> bytes:
        """What the next head carries as `prev`."""
        return sha256(self.signed_bytes()).digest()


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head, the id of the key that signed it, and the signature, which nobody may have checked yet."""

    head: Head
    key: str
    signature: bytes

    def as_plain(self) -> dict[str, object]:
        """The signed head as the plain object that is exported."""
        return {"head": self.head.as_plain(), "key": self.key, "signature": self.signature.hex()}


@dataclass(frozen=True, slots=True)
class PublicHead:
    """What a report prints of a head: log, date and root. Never the size, which would tell how much there is."""

    log: Log
    office_date: date
    root: bytes

    @classmethod
    def of(cls, head: Head) -> Self:
        """The part of `head` that is printed."""
        return cls(head.log, head.office_date, head.root)


def key_id(key: VerifyKey) -> str:
    """A short name of a public key: 32 hex digits of its SHA-256. It says which key to try, not that it is trusted."""
    return sha256(bytes(key)).hexdigest()[:32]


def read_verify_key(text: str) -> VerifyKey:
    """A public key from its 64 lower-case hex digits. Raises ValueError for anything else."""
    return VerifyKey(hex_bytes(text, HASH_BYTES))


def sign_head(head: Head, key: SigningKey) -> SignedHead:
    """Sign `head`."""
    return SignedHead(head, key_id(key.verify_key), key.sign(head.signed_bytes()).signature)


def verify_head(signed: SignedHead, key: VerifyKey) -> bool:
    """Did `key` sign this head?"""
    if signed.key != key_id(key) or len(signed.signature) != _SIGNATURE_BYTES:
        return False
    try:
        key.verify(signed.head.signed_bytes(), signed.signature)
    except BadSignatureError:
        return False
    return True


def public_line(head: Head | PublicHead) -> str:
    """What a report prints, as one line: `house 2026-11-21 <root in hex>`."""
    return f"{head.log.value} {head.office_date.isoformat()} {head.root.hex()}"


def read_public_line(line: str) -> PublicHead:
    """The head that a report printed. Raises ValueError if `line` is not such a line."""
    match line.split():
        case [log, day, root]:
            return PublicHead(Log(log), day_from(day), hex_bytes(root, HASH_BYTES))
        case _:
            raise ValueError("not the line of a head")


def read_signed_head(plain: object) -> SignedHead:
    """The signed head from its plain object. Raises ValueError if it is not one."""
    match plain:
        case {
            "head": {"date": day, "log": str(log), "prev": prev, "root": root, "size": int(size)},
            "key": str(key),
            "signature": signature,
        }:
            before = None if prev is None else hex_bytes(prev, HASH_BYTES)
            head = Head(Log(log), size, hex_bytes(root, HASH_BYTES), day_from(day), before)
            signed = SignedHead(head, key, hex_bytes(signature, _SIGNATURE_BYTES))
        case _:
            raise ValueError("not a signed head")
    if signed.as_plain() != plain:
        raise ValueError("not a signed head")
    return signed


def read_known_head(text: str) -> SignedHead | PublicHead:
    """A head that someone kept: a signed head as JSON, or the line of a report. Raises ValueError otherwise."""
    text = text.strip()
    return read_signed_head(read_canonical(text)) if text.startswith("{") else read_public_line(text)


def hex_bytes(text: object, length: int) -> bytes:
    """Bytes from lower-case hex of exactly this length. Raises ValueError otherwise."""
    if not isinstance(text, str) or len(text) != 2 * length or bytes.fromhex(text).hex() != text:
        raise ValueError("not hex of the right length")
    return bytes.fromhex(text)
