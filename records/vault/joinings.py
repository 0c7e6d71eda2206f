"""A code by which somebody joins what another person brought: where it leads, and the key pair that opens it.

It is said as an invitation's is (`invitations.py`) and works as words do (`receipts.py`): we keep the locator alone.
"""

from records.vault.derive import Purpose, derive, derive_key
from records.vault.invitations import plain_code
from records.vault.receipts import Locator
from records.vault.secret import KeyPair, Secret


def locate_code(code: str, pepper: Secret) -> tuple[Locator, KeyPair]:
    """Where a code leads, and the key pair that opens it. `pepper` is the server's key, never changed.

    Case, spaces, hyphens and O for 0 do not matter. Wrong, unknown and malformed codes take the same steps.
    """
    told = plain_code(code)
    return Locator(derive(pepper, Purpose.JOINING_LOCATOR, told)), KeyPair.from_seed(
        derive_key(pepper, Purpose.JOINING_SEED, told)
    )
