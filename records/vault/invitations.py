"""The code that lets somebody set up their key, and the digits by which a holder knows the key they sign.

A code has 100 random bits, said as five groups of four signs: Crockford's base 32, which has no letter that looks like a digit.
"""

import secrets
from hashlib import blake2b
from typing import Final
from uuid import UUID

from records.vault.derive import Purpose, derive
from records.vault.secret import PublicKey, Secret

CODE_SIGNS: Final = 20
DIGITS: Final = 24
"""About 80 bits: whoever could change the row would have to make that many keys to find one with the same digits."""
_GROUP: Final = 4
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_HEARD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
_PERSON: Final = b"amparo.finger.1."


def new_code() -> str:
    """A code, to be shown once and kept nowhere."""
    return "-".join(_grouped("".join(secrets.choice(_ALPHABET) for _ in range(CODE_SIGNS))))


def code_locator(code: str, server_key: Secret) -> bytes:
    """By which an invitation is found: a keyed hash of the code as typed. Case, spaces, hyphens and O for 0 do not matter.

    Wrong, unknown and malformed codes take the same steps.
    """
    return derive(server_key, Purpose.SETUP_CODE, plain_code(code))


def plain_code(code: str) -> bytes:
    """What a code says, however it was typed."""
    return code.upper().translate(_HEARD).encode("utf-8", "surrogatepass")


def key_digits(person: UUID, box: PublicKey, verify: bytes) -> str:
    """What two people compare by voice before one signs the other's key: six groups of four digits.

    All of it is in there: a key moved to another person, or half of it changed, has other digits.
    """
    told = blake2b(person.bytes + box.raw + verify, digest_size=32, person=_PERSON).digest()
    return " ".join(_grouped(str(int.from_bytes(told, "big") % 10**DIGITS).zfill(DIGITS)))


def same_digits(typed: str, digits: str) -> bool:
    """Whether somebody typed these digits; only digits count."""
    return "".join(sign for sign in typed if sign in "0123456789") == digits.replace(" ", "")


def _grouped(signs: str) -> list[str]:
    return [signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP)]
