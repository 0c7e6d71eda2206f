"""Two small ledgers of three office days, as the fold would leave them."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from nacl.signing import SigningKey

from records.ledger import (
    Entry,
    Frontier,
    Head,
    Log,
    Row,
    SaltedEntry,
    SignedHead,
    daily_batch,
    entry_bytes,
    export_lines,
    leaf_bytes,
    salted,
    sign_head,
)
from records.ledger.entries import canonical

FIRST_DAY = date(2015, 6, 15)
LEAVES_A_DAY = 4


@dataclass
class Kept:
    """What a database holds of one ledger, and its key."""

    log: Log
    key: SigningKey
    recorded: list[Entry | SaltedEntry]
    rows: list[Row]
    heads: list[SignedHead]

    @property
    def public_key(self):
        return self.key.verify_key

    @property
    def leaves(self):
        return [row.leaf for row in self.rows]

    def export(self):
        return list(export_lines(self.log, self.public_key, self.rows, self.heads))

    def sign_again(self, key=None, sizes=None):
        """What a thief of the signing key can do: heads over whatever rows there are now."""
        sizes = sizes or [signed.head.size for signed in self.heads]
        self.heads = signed_heads(self.log, key or self.key, self.leaves, sizes)
        return self

    @staticmethod
    def edited(line, **change):
        """The line with some fields changed, as a careful forger writes it: in canonical form."""
        return canonical({**json.loads(line), **change}).decode() + "\n"

    @staticmethod
    def renumbered(lines):
        """The lines with their leaves numbered anew and the header's counts put right."""
        out, index = [], 0
        for line in lines[1:]:
            is_leaf = '"leaf"' in line
            out.append(Kept.edited(line, index=index) if is_leaf else line)
            index += is_leaf
        return [Kept.edited(lines[0], leaves=index, heads=sum('"head"' in line for line in out)), *out]


def signed_heads(log, key, leaves, sizes):
    heads, before = [], None
    for number, size in enumerate(sizes):
        root = Frontier().extend(leaves[:size]).root()
        head = Head(log, size, root, FIRST_DAY + timedelta(days=number), before and before.digest())
        heads.append(sign_head(head, key))
        before = head
    return heads


def house(key):
    entries = [
        Entry(FIRST_DAY + timedelta(days=n // LEAVES_A_DAY), "mandate.registered", f"m-{n}", "p-1", {"number": n})
        for n in range(3 * LEAVES_A_DAY)
    ]
    rows = [Row(leaf_bytes(entry), entry_bytes(entry)) for entry in entries]
    return Kept(Log.HOUSE, key, list(entries), rows, signed_heads(Log.HOUSE, key, [r.leaf for r in rows], (4, 8, 12)))


def ombuds(key):
    entries = [salted(Entry(FIRST_DAY, "complaint.received", f"c-{n}")) for n in range(5)]
    leaves, waiting = [], [leaf_bytes(entry) for entry in entries]
    for _ in range(3):
        batch = daily_batch(waiting, LEAVES_A_DAY)
        leaves += batch.leaves
        waiting = list(batch.carried)
    rows = [Row(leaf) for leaf in leaves]
    return Kept(Log.OMBUDS, key, list(entries), rows, signed_heads(Log.OMBUDS, key, leaves, (4, 8, 12)))


@pytest.fixture(params=[house, ombuds], ids=["house", "ombuds"])
def kept(request):
    """Each kind of ledger in turn."""
    return request.param(SigningKey.generate())


@pytest.fixture
def kept_house():
    return house(SigningKey.generate())


@pytest.fixture
def kept_ombuds():
    return ombuds(SigningKey.generate())
