"""What a ledger keeps of an act, and the leaf that stands for it.

**Canonical form.** JSON in UTF-8: keys sorted, no spaces, whole numbers within 2^53, strings, null, lists and objects;
no fractions, no true or false. It is a subset of RFC 8785, so any such library gives the same bytes.

**Leaves** are 32 bytes in both logs. `house`: SHA-256 of a fixed name and the canonical entry. `ombuds`: SHA-256 of
another name, 32 random bytes (the salt) and the canonical entry. Once salt and body are erased, what is left cannot be
told from 32 random bytes, and so not from a filler; the leaf stays and the tree holds.
"""

import json
import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

LEAF_BYTES = 32
SALT_BYTES = 32
_MOST_CHARACTERS = 80  # an id, a rule's name, an instrument's number; a sentence seldom fits, and none may be put here
_LARGEST = 2**53 - 1  # beyond it, readers in other languages round

# Each kind of bytes that is hashed or signed begins with its own name, so that none can pass for another.
_CLEAR = b"amparo/ledger/entry/1\n"
_SALTED = b"amparo/ledger/salted/1\n"

_WHAT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Log(StrEnum):
    """The two ledgers, one a database."""

    HOUSE = "house"
    OMBUDS = "ombuds"


def canonical(value: object) -> bytes:
    """The one way to write a plain value as bytes. Raises ValueError for anything that has no canonical form."""
    _require_plain(value)
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


def read_canonical(text: str) -> object:
    """The value whose canonical form is `text`. Raises ValueError if it is not exactly that: spaces, a key twice."""
    try:
        value: object = json.loads(text)
        if canonical(value) == text.encode():
            return value
    except RecursionError:
        pass
    raise ValueError("not in canonical form")


def _require_plain(value: object) -> None:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("a key is not a string")
        for inner in value.values():
            _require_plain(inner)
    elif isinstance(value, list):
        for inner in value:
            _require_plain(inner)
    elif isinstance(value, bool) or not isinstance(value, str | int | None):
        raise ValueError("only strings, whole numbers, null, lists and objects have a canonical form")
    elif isinstance(value, int) and abs(value) > _LARGEST:
        raise ValueError("a number is too large to be read alike everywhere")


@dataclass(frozen=True, slots=True)
class Entry:
    """That something was done: on which office day, what (past tense, "mandate.registered"), to which matter, by whom.

    `matter` and `by` are references; None where there is none, as for what a flow did. `facts` are ids, dates and
    counts, never words that people wrote and never an hour; a date is kept as its ISO form. Raises ValueError for
    anything else, without repeating it, because it might be such words.
    """

    at_day: date
    what: str
    matter: str | None = None
    by: str | None = None
    facts: Mapping[str, str | int | date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be one."""
        _require_day(self.at_day)
        if not _WHAT.fullmatch(self.what) or len(self.what) > _MOST_CHARACTERS:
            raise ValueError("`what` is a name such as mandate.registered")
        for reference in (self.matter, self.by):
            if reference is not None:
                _require_id(reference)
        if not all(_NAME.fullmatch(name) for name in self.facts):
            raise ValueError("a fact's name is in snake_case")
        object.__setattr__(self, "facts", {name: _kept(fact) for name, fact in self.facts.items()})

    def as_plain(self) -> dict[str, object]:
        """The entry as the plain object that is exported and, in canonical form, hashed."""
        return {
            "at_day": self.at_day.isoformat(),
            "by": self.by,
            "facts": dict(self.facts),
            "matter": self.matter,
            "what": self.what,
        }


def _require_day(day: date) -> None:
    if isinstance(day, datetime) or not isinstance(day, date):
        raise ValueError("an entry has a day, never an hour")


def _require_id(text: str) -> None:
    fine = isinstance(text, str) and 0 < len(text) <= _MOST_CHARACTERS and text.isprintable()
    if not fine or unicodedata.normalize("NFC", text) != text:
        raise ValueError("an id is a short printable text in normal form C")


def _kept(fact: str | int | date) -> str | int:
    if isinstance(fact, str):
        _require_id(fact)
        return fact
    if isinstance(fact, int):
        _require_plain(fact)
        return fact
    _require_day(fact)
    return fact.isoformat()


def entry_bytes(entry: Entry) -> bytes:
    """The entry's canonical form: what a database keeps as its body."""
    return canonical(entry.as_plain())


def read_entry(plain: object) -> Entry:
    """The entry from its plain object. Raises ValueError if it is not one, with exactly its five names."""
    if not isinstance(plain, dict) or plain.keys() != {"at_day", "by", "facts", "matter", "what"}:
        raise ValueError("not an entry")
    if not isinstance(plain["what"], str) or not isinstance(plain["facts"], dict):
        raise ValueError("not an entry")
    entry = Entry(day_from(plain["at_day"]), plain["what"], plain["matter"], plain["by"], plain["facts"])
    if entry.as_plain() != plain:
        raise ValueError("not an entry")
    return entry


def day_from(text: object) -> date:
    """A day from its one ISO form, YYYY-MM-DD. Raises ValueError for any other, which Python alone would accept."""
    if not isinstance(text, str) or date.fromisoformat(text).isoformat() != text:
        raise ValueError("not a day")
    return date.fromisoformat(text)


@dataclass(frozen=True, slots=True)
class SaltedEntry:
    """An entry of the ombuds log with the 32 random bytes that hide it: who keeps both can prove it.

    Raises ValueError for a salt of another length.
    """

    entry: Entry
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be one."""
        if len(self.salt) != SALT_BYTES:
            raise ValueError(f"a salt is {SALT_BYTES} bytes")


def salted(entry: Entry) -> SaltedEntry:
    """`entry` with a fresh salt."""
    return SaltedEntry(entry, secrets.token_bytes(SALT_BYTES))


def leaf_bytes(recorded: Entry | SaltedEntry) -> bytes:
    """The 32 bytes that stand in the tree: for the house log of the entry, for the ombuds log of salt and entry."""
    if isinstance(recorded, SaltedEntry):
        return sha256(_SALTED + recorded.salt + entry_bytes(recorded.entry)).digest()
    return sha256(_CLEAR + entry_bytes(recorded)).digest()


def filler() -> bytes:
    """A leaf that stands for nothing."""
    return secrets.token_bytes(LEAF_BYTES)


class Batch(NamedTuple):
    """One day's leaves of the ombuds log, and what did not fit."""

    leaves: tuple[bytes, ...]
    carried: tuple[bytes, ...]


def daily_batch(commitments: Sequence[bytes], constant: int) -> Batch:
    """Exactly `constant` leaves for one day: the oldest commitments, filled up with random leaves, in random order.

    What is over is carried to the next day, in order: a day never grows, so the size of the log tells only the date.
    One call a day, also for days on which nobody folded. Raises ValueError for a leaf that is not 32 bytes.
    """
    if constant < 1:
        raise ValueError("a day has at least one leaf")
    if any(len(commitment) != LEAF_BYTES for commitment in commitments):
        raise ValueError(f"a leaf is {LEAF_BYTES} bytes")
    leaves = list(commitments[:constant])
    leaves += [filler() for _ in range(constant - len(leaves))]
    secrets.SystemRandom().shuffle(leaves)
    return Batch(tuple(leaves), tuple(commitments[constant:]))
