"""Whose letter key is whose: signed by somebody who may enrol, after both compared its digits.

An addressee is nobody at the desk. So what is signed here is another sentence than of a colleague's key (`signed_keys.py`): a
database writer who copies the row there makes nobody a reader, and who changes the name beside it is found out.
"""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from records.vault.secret import PublicKey
from records.vault.staff_keys import HolderKey

_DOMAIN: Final = b"amparo.letter-key.1"


@dataclass(frozen=True, slots=True)
class AddresseeKey:
    """The public halves of one person's letter key, with all that is said of them. No part of it is secret."""

    person: UUID
    serial: int
    name: str
    office: str
    box: PublicKey
    verify: bytes = field(repr=False)

    def _said(self) -> bytes:
        told = (self.name.encode(), self.office.encode(), self.box.raw, self.verify)
        whole = b"".join(len(each).to_bytes(2, "big") + each for each in told)
        return _DOMAIN + self.person.bytes + self.serial.to_bytes(4, "big") + whole

    def signed(self, signer: HolderKey) -> bytes:
        """The signature of whoever compared the digits. It is their word that this key is this person's."""
        return signer.signing.sign(self._said()).signature

    def is_signed(self, signed_by: bytes, signature: bytes) -> bool:
        """Whether this is that holder's signature. Fields of a wrong length were not signed by us."""
        if len(self.verify) != 32 or len(signed_by) != 32 or len(signature) != 64 or not 0 <= self.serial < 2**32:
            return False
        try:
            VerifyKey(signed_by).verify(self._said(), signature)
        except CryptoError:
            return False
        return True
