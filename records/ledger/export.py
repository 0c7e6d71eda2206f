"""A ledger as a file that anyone can check, and the check.

**The file** is JSON Lines; each line is in canonical form (`entries.py`):

    {"format":"amparo-ledger-export/1","heads":2,"key":"<id of the key in use>","leaves":5,"log":"house"}
    {"entry":{...},"index":0,"leaf":"<64 hex digits>"}         house: the entry in clear
    {"index":0,"leaf":"<64 hex digits>"}                       ombuds: never more than the commitment
    {"head":{...},"key":"<id>","signature":"<128 hex digits>"} right after the last leaf it speaks for

The check reads it once, line by line, and keeps the tree's right edge only, so a long file needs little memory. What
cannot be seen from one file alone is an end cut off together with its heads; a head known from before shows it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nacl.signing import VerifyKey

from policies.said import Fact, Said
from records.ledger.entries import LEAF_BYTES, Log, canonical, leaf_bytes, read_canonical, read_entry
from records.ledger.heads import Head, PublicHead, SignedHead, hex_bytes, key_id, read_signed_head, verify_head
from records.ledger.tree import Frontier

FORMAT = "amparo-ledger-export/1"
MOST_FINDINGS = 100


class Row(NamedTuple):
    """One leaf as it is stored; in the house log with the canonical body of its entry, in the ombuds log without."""

    leaf: bytes
    body: bytes | None = None


def export_lines(log: Log, key: VerifyKey, rows: Iterable[Row], heads: Sequence[SignedHead]) -> Iterator[str]:
    """The lines of an export, each with its newline: what the heads speak for, and nothing that no head covers yet.

    What is stored is written as it stands, also if it is wrong: finding that is the reader's part. Raises ValueError
    for a body of the ombuds log.
    """
    count = heads[-1].head.size if heads else 0
    header = {"format": FORMAT, "heads": len(heads), "key": key_id(key), "leaves": count, "log": log.value}
    yield _line(header)
    waiting = iter(rows)
    written = 0
    for signed in heads:
        while written < signed.head.size and (row := next(waiting, None)) is not None:
            yield _line(_shown(log, written, row))
            written += 1
        yield _line(signed.as_plain())


def _line(plain: object) -> str:
    return canonical(plain).decode() + "\n"


def _shown(log: Log, index: int, row: Row) -> dict[str, object]:
    shown: dict[str, object] = {"index": index, "leaf": row.leaf.hex()}
    if row.body is None:
        return shown
    if log is not Log.HOUSE:
        raise ValueError("an entry of the ombuds log is never exported")
    text = row.body.decode(errors="replace")
    try:
        return {"entry": read_canonical(text), **shown}
    except ValueError:  # somebody changed the stored body: shown as it is, for the check to find
        return {"entry": text, **shown}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of an export found. `findings` are sentences to show, in the order of the file; none means sound.

    `leaves` and `heads` count what the file holds. `last` is its last head as a report prints it, or None.
    """

    findings: tuple[Said, ...]
    log: Log | None
    leaves: int
    heads: int
    last: PublicHead | None

    @property
    def sound(self) -> bool:
        """Nothing was found."""
        return not self.findings


def verify(
    lines: Iterable[str],
    public_key: VerifyKey,
    known_head: SignedHead | PublicHead | None = None,
    *,
    earlier_keys: Sequence[VerifyKey] = (),
) -> Verdict:
    """Check an export against the public key, and against a head known from before: a kept one, or one from a report.

    Finds a leaf or entry that was changed, removed, added or moved, leaves missing since a head, a signature that does
    not hold, and a head that does not continue the one before it. `earlier_keys`, newest first, are those that
    `public_key` replaced: once a head is signed by a newer key, no later one may be signed by an older. Never raises
    for what a file holds; stops after a hundred findings.
    """
    check = _Check((public_key, *earlier_keys), known_head)
    for number, line in enumerate(lines, start=1):
        check.line(number, line.removesuffix("\n"))
        if check.stopped:
            break
    else:
        check.end()
    return check.verdict()


class _Check:
    """The check under way: the tree so far, the last head that held, and what was found."""

    def __init__(self, keys: Sequence[VerifyKey], known: SignedHead | PublicHead | None) -> None:
        self.keys = {key_id(key): (age, key) for age, key in enumerate(keys)}
        self.youngest = len(keys)
        self.known = known
        self.known_seen = False  # it stands in the file itself
        self.known_reached = False  # its size was reached, so its root was compared
        self.log: Log | None = None
        self.promised = {"leaves": 0, "heads": 0}
        self.frontier = Frontier()
        self.next_index = 0
        self.heads = 0
        self.before: Head | None = None  # the head before, also one that nobody signed: the next one vouches for it
        self.last: Head | None = None  # the last one that is signed
        self.last_sound_line = 1
        self.tree_holds = True
        self.findings: list[Said] = []
        self.stopped = False

    def find(self, key: str, **params: Fact) -> None:
        self.findings.append(Said(f"ledger.finding.{key}", params))
        if len(self.findings) == MOST_FINDINGS:
            self.findings.append(Said("ledger.finding.more", {"count": MOST_FINDINGS}))
            self.stopped = True

    def line(self, number: int, text: str) -> None:
        try:
            match read_canonical(text):
                case {"format": _} as header if number == 1:
                    self.header(header)
                case {"leaf": leaf, "index": int(index), **rest} if number > 1 and rest.keys() <= {"entry"}:
                    self.leaf(number, index, hex_bytes(leaf, LEAF_BYTES), rest)
                case {"head": _} as head if number > 1:
                    self.head(number, read_signed_head(head))
                case _:
                    raise ValueError("not a line of an export")
        except ValueError:
            self.find("header_unreadable" if number == 1 else "unreadable", line=number)
            self.stopped = self.stopped or number == 1

    def header(self, header: object) -> None:
        match header:
            case {"format": name, "heads": int(heads), "key": str(key), "leaves": int(leaves), "log": str(log), **rest}:
                self.log, self.promised = Log(log), {"leaves": leaves, "heads": heads}
            case _:
                raise ValueError("not a header")
        if name != FORMAT or rest:
            raise ValueError("another format")
        if key not in self.keys:
            self.find("other_key", line=1)
            self.stopped = True
        self.known_head_before()

    def known_head_before(self) -> None:
        match self.known:
            case SignedHead(head=head) as signed:
                key = self.keys.get(signed.key)
                if key is None or not verify_head(signed, key[1]):
                    self.find("known_bad_signature")
                log = head.log
            case PublicHead(log=log):
                pass
            case None:
                return
        if log is not self.log:
            self.find("known_other_log", log=log.value)
            self.known = None
        self.compare_known()

    def compare_known(self) -> None:
        if isinstance(self.known, SignedHead) and self.frontier.size == self.known.head.size:
            self.known_reached = True
            if self.frontier.root() != self.known.head.root:
                self.find("known_not_continued", date=self.known.head.office_date)
                self.known_seen = True  # told once; that it is not in the file either follows from it

    def leaf(self, number: int, index: int, leaf: bytes, rest: Mapping[object, object]) -> None:
        if index != self.next_index:
            self.find("out_of_order", line=number, index=index, expected=self.next_index)
        self.next_index = index + 1
        self.frontier = self.frontier.extend([leaf])
        self.entry(number, index, leaf, rest)
        self.compare_known()

    def entry(self, number: int, index: int, leaf: bytes, rest: Mapping[object, object]) -> None:
        if self.log is Log.OMBUDS:
            if rest:
                self.find("entry_shown", line=number, index=index)
        elif not rest:
            self.find("entry_missing", line=number, index=index)
        else:
            try:
                fits = leaf_bytes(read_entry(rest["entry"])) == leaf
            except ValueError:
                fits = False
            if not fits:
                self.find("entry_changed", line=number, index=index)

    def head(self, number: int, signed: SignedHead) -> None:
        self.heads += 1
        age, key = self.keys.get(signed.key, (self.youngest + 1, None))
        if key is None or age > self.youngest:
            self.find("other_key", line=number)
        elif not verify_head(signed, key):
            self.find("bad_signature", line=number)
        else:
            self.youngest = age
            self.signed_head(number, signed.head, self.before)
        self.before = signed.head

    def signed_head(self, number: int, head: Head, before: Head | None) -> None:
        if head.log is not self.log:
            self.find("other_log", line=number, log=head.log.value)
        if head.prev != (before.digest() if before else None):
            self.find("head_missing", line=number)
        if before and (head.size < before.size or head.office_date < before.office_date):
            self.find("head_goes_back", line=number)
        if self.tree_holds:
            self.tree_holds = self.tree_fits(number, head)
        self.last = head
        self.known_seen = self.known_seen or self.is_known(head)

    def is_known(self, head: Head) -> bool:
        """Is this the very head known from before? The same leaves under another day are not: entries could be dated back."""
        match self.known:
            case SignedHead(head=known):
                return head == known
            case _:
                return PublicHead.of(head) == self.known

    def tree_fits(self, number: int, head: Head) -> bool:
        """Do the leaves so far give this head? Only the first that fails is told: every later one fails with it."""
        seen, size = self.frontier.size, head.size
        if seen != size:
            self.find("leaves_missing" if seen < size else "leaves_added", line=number, seen=seen, expected=size)
        elif self.frontier.root() != head.root:
            self.find("leaves_changed", line=number, first=self.last_sound_line + 1, last=number - 1)
        else:
            self.last_sound_line = number
            return True
        return False

    def end(self) -> None:
        if self.log is None:
            self.find("empty")
            return
        seen = {"leaves": self.frontier.size, "heads": self.heads}
        if seen != self.promised:
            self.find("cut", **seen, promised_leaves=self.promised["leaves"], promised_heads=self.promised["heads"])
        if self.last is None:
            self.find("no_head")
        elif self.tree_holds and self.frontier.size > self.last.size:
            self.find("leaves_unsigned", count=self.frontier.size - self.last.size)
        self.known_head_after()

    def known_head_after(self) -> None:
        if self.known_seen:
            return
        match self.known:
            case SignedHead(head=head) if not self.known_reached:
                self.find("known_truncated", date=head.office_date, seen=self.frontier.size, expected=head.size)
            case SignedHead(head=Head(office_date=day)) | PublicHead(office_date=day):
                self.find("known_missing", date=day)

    def verdict(self) -> Verdict:
        last = PublicHead.of(self.last) if self.last else None
        return Verdict(tuple(self.findings), self.log, self.frontier.size, self.heads, last)
