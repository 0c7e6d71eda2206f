"""A proof that one entry stands in a ledger, for a third party who has the public key and nothing else.

For the ombuds log it needs the entry's salt, so it can be made only while the salt is not erased. It shows the entry,
so holding it can be dangerous: it is made when the person asks for it and never otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from nacl.signing import VerifyKey

from policies.refusal import Refusal
from policies.said import Said
from records.ledger.entries import (
    SALT_BYTES,
    Entry,
    Log,
    SaltedEntry,
    canonical,
    leaf_bytes,
    read_canonical,
    read_entry,
)
from records.ledger.heads import PublicHead, SignedHead, hex_bytes, read_signed_head, verify_head
from records.ledger.tree import HASH_BYTES, inclusion_proof, verify_inclusion

FORMAT = "amparo-ledger-proof/1"


class NotInLedger(Refusal):
    """This entry, with this salt, is not the leaf at this place, or no signed head covers the place yet."""

    code: ClassVar[str] = "not_in_ledger"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry, its place (from 0), the path from it to the root, and the signed head with that root.

    Raises ValueError for a salt in the house log or none in the ombuds log.
    """

    recorded: Entry | SaltedEntry
    index: int
    path: tuple[bytes, ...]
    signed: SignedHead

    def __post_init__(self) -> None:
        """Refuse what cannot be one."""
        if isinstance(self.recorded, SaltedEntry) is not (self.signed.head.log is Log.OMBUDS):
            raise ValueError("the ombuds log has salts, the house log has none")

    @property
    def entry(self) -> Entry:
        """What is proved."""
        return self.recorded.entry if isinstance(self.recorded, SaltedEntry) else self.recorded

    def as_text(self) -> str:
        """The proof as it is handed over: one line of canonical JSON."""
        plain = {
            "entry": self.entry.as_plain(),
            "format": FORMAT,
            "head": self.signed.as_plain(),
            "index": self.index,
            "path": [step.hex() for step in self.path],
            "salt": self.recorded.salt.hex() if isinstance(self.recorded, SaltedEntry) else None,
        }
        return canonical(plain).decode() + "\n"


def prove(leaves: Sequence[bytes], index: int, recorded: Entry | SaltedEntry, signed: SignedHead) -> Proof:
    """Prove that `recorded` is leaf `index` of the tree of `signed`; `leaves` are at least those that it covers.

    Reads all of them: seconds for a million. Raises NotInLedger.
    """
    covered = leaves[: signed.head.size]
    if not 0 <= index < len(covered):
        raise NotInLedger
    proof = Proof(recorded, index, tuple(inclusion_proof(index, covered)), signed)
    if not _included(proof):
        raise NotInLedger
    return proof


def read_proof(text: str) -> Proof:
    """The proof that `text` is. Raises ValueError if it is none; says nothing yet about whether it holds."""
    match read_canonical(text.strip()):
        case {"entry": entry, "format": str(name), "head": head, "index": int(index), "path": list(path), "salt": salt}:
            recorded = read_entry(entry)
            steps = tuple(hex_bytes(step, HASH_BYTES) for step in path)
            told = recorded if salt is None else SaltedEntry(recorded, hex_bytes(salt, SALT_BYTES))
            proof = Proof(told, index, steps, read_signed_head(head))
        case _:
            raise ValueError("not a proof")
    if name != FORMAT or proof.as_text().strip() != text.strip():
        raise ValueError("not a proof")
    return proof


def verify_proof(
    proof: Proof,
    public_key: VerifyKey,
    known_head: SignedHead | PublicHead | None = None,
    *,
    earlier_keys: Sequence[VerifyKey] = (),
) -> tuple[Said, ...]:
    """What is wrong with `proof`: nothing, if the key signed its head and the entry stands under it.

    With `known_head`, the proof must be made for exactly that head: a signature alone does not show that the house told
    everyone the same history; a printed head does.
    """
    wrong = []
    if not any(verify_head(proof.signed, key) for key in (public_key, *earlier_keys)):
        wrong.append(Said("ledger.proof.bad_signature"))
    if not _included(proof):
        wrong.append(Said("ledger.proof.not_included"))
    known = PublicHead.of(known_head.head) if isinstance(known_head, SignedHead) else known_head
    if known is not None and known != PublicHead.of(proof.signed.head):
        wrong.append(Said("ledger.proof.other_head", {"date": known.office_date}))
    return tuple(wrong)


def _included(proof: Proof) -> bool:
    head = proof.signed.head
    return verify_inclusion(leaf_bytes(proof.recorded), proof.index, head.size, proof.path, head.root)
