"""The second factor and the growing delay: the same at every door."""

import base64
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final

import pyotp

from records.vault import Secret

LONGEST_DELAY: Final = timedelta(minutes=1)
"""At a guess a minute, six digits and a passphrase outlast the attacker, and nobody is kept out of work for long."""
SECRET_BYTES: Final = 20
"""As RFC 4226, section 4, R6 recommends."""


def totp_of(secret: Secret) -> pyotp.TOTP:
    """The codes of a TOTP secret (RFC 6238: six digits, half a minute each)."""
    return pyotp.TOTP(base64.b32encode(secret.reveal()).decode("ascii"))


def step_of(secret: Secret, code: str, at: datetime) -> int | None:
    """The half minute whose code this is: the present one, the one before or the one after. None: of none of them.

    Whoever accepts a code keeps its step and takes none that is not later: a code works once (S12).
    """
    totp, typed = totp_of(secret), code.encode("utf-8", "surrogatepass")  # an encoding error would carry what was typed
    now = totp.timecode(at)
    same = [step for step in (now - 1, now, now + 1) if compare_digest(totp.generate_otp(step).encode(), typed)]
    return max(same, default=None)


def delay_after(failures: int) -> timedelta:
    """How long an account takes no try after so many failures in a row: 1, 2, 4 ... 60 seconds. One account's own (S28)."""
    return min(timedelta(seconds=2 ** min(failures - 1, 10)), LONGEST_DELAY)
