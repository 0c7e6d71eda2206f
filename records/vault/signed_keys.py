"""Whose public key is whose: signed by somebody who may enrol, up to the key made at the ceremony.

A database writer cannot slip in a key of their own: nothing is sealed to a key that `require_signed` does not return.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from records.vault.errors import UnsignedKey
from records.vault.secret import PublicKey
from records.vault.staff_keys import HolderKey

_DOMAIN = b"amparo.signed-key.1"


@dataclass(frozen=True, slots=True)
class SignedKey:
    """The public keys of one person, and who vouches for them.

    `enrols`: may sign others. `serial`: the person's highest counts, so that a renewed key replaces the old one.
    `signed_by`: the Ed25519 public key of who signed. No part of it is secret.
    """

    person: UUID
    box: PublicKey
    verify: bytes
    enrols: bool
    serial: int
    signed_by: bytes
    signature: bytes


def _said(person: UUID, box: PublicKey, verify: bytes, enrols: bool, serial: int) -> bytes:
    return _DOMAIN + person.bytes + box.raw + verify + bytes([enrols]) + serial.to_bytes(4, "big")


def sign_key(signer: HolderKey, person: UUID, box: PublicKey, verify: bytes, *, enrols: bool, serial: int) -> SignedKey:
    """Vouch for a person's public keys. The caller has checked who they are; the signature is what is left of that."""
    signature = signer.signing.sign(_said(person, box, verify, enrols, serial)).signature
    return SignedKey(person, box, verify, enrols, serial, signer.verify, signature)


def _is_genuine(key: SignedKey) -> bool:
    """Whether the signature fits. Fields of a wrong length were not signed by us, whatever they verify to."""
    if len(key.verify) != 32 or len(key.signed_by) != 32 or len(key.signature) != 64 or not 0 <= key.serial < 2**32:
        return False
    try:
        VerifyKey(key.signed_by).verify(_said(key.person, key.box, key.verify, key.enrols, key.serial), key.signature)
    except CryptoError:
        return False
    return True


def verify_chain(signed_keys: Iterable[SignedKey], ceremony_public_key: bytes) -> Mapping[UUID, SignedKey]:
    """Each person's trusted key. Unsigned, forged and orphaned keys are left out: their persons are not eligible.

    A key is trusted if the ceremony key, or a trusted key that may enrol, signed it. Two different keys of one person
    with the same highest serial: neither. What a replaced key signed holds on while its row is there; taking an
    enrolling holder's rows away takes away all that only they vouched for.
    """
    by_signer: defaultdict[bytes, list[SignedKey]] = defaultdict(list)
    for key in signed_keys:
        by_signer[key.signed_by].append(key)
    newest: dict[UUID, SignedKey] = {}
    disputed: set[tuple[UUID, int]] = set()
    to_follow = [ceremony_public_key]
    while to_follow:
        for key in by_signer.pop(to_follow.pop(), []):  # popped: a circle of signatures is walked once
            if not _is_genuine(key):
                continue
            if key.enrols:
                to_follow.append(key.verify)
            held = newest.get(key.person)
            if held is None or held.serial < key.serial:
                newest[key.person] = key
            elif held.serial == key.serial and (held.box, held.verify) != (key.box, key.verify):
                disputed.add((key.person, key.serial))
    return {person: key for person, key in newest.items() if (person, key.serial) not in disputed}


def enrolling_keys(signed_keys: Iterable[SignedKey], ceremony_public_key: bytes) -> frozenset[bytes]:
    """Every Ed25519 public key whose signature is followed: the ceremony's, and those of trusted keys that may enrol, also such
    as were replaced since and whose row is still there.
    """
    signed = list(signed_keys)
    found, to_follow = {ceremony_public_key}, [ceremony_public_key]
    while to_follow:
        signer = to_follow.pop()
        fresh = {key.verify for key in signed if key.signed_by == signer and key.enrols and _is_genuine(key)} - found
        found |= fresh
        to_follow += fresh
    return frozenset(found)


def require_signed(person: UUID, trusted: Mapping[UUID, SignedKey]) -> PublicKey:
    """The key to seal to for a person; `trusted` is from `verify_chain`.

    Raises UnsignedKey: there is no other way to seal.
    """
    if person not in trusted:
        raise UnsignedKey(person=str(person))
    return trusted[person].box
