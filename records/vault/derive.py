"""Keyed BLAKE2b: how one secret becomes several that tell nothing about each other."""

from enum import Enum

from nacl.bindings import crypto_generichash_blake2b_salt_personal

from records.vault.secret import KEY_BYTES, Secret

MIN_KEY_BYTES = 16


class Purpose(Enum):
    """BLAKE2b personalisations: 16 bytes each, frozen.

    A new use gets a new line; none is ever changed or used twice.
    """

    RECEIPT_LOCATOR = b"amparo.locator.1"
    RECEIPT_SEED = b"amparo.receipt.1"
    RECEIPT_STAND_IN = b"amparo.standin.1"
    CONTENT_KEY = b"amparo.content.1"
    CONTEXT_TAG = b"amparo.context.1"
    HOLDER_BOX = b"amparo.h-box..1."
    HOLDER_SIGNING = b"amparo.h-sign.1."
    SESSION_LOCATOR = b"amparo.sessloc.1"
    SESSION_KEY = b"amparo.sesskey.1"
    SERVER_TOTP = b"amparo.totp...1."
    SETUP_CODE = b"amparo.setup..1."
    JOINING_LOCATOR = b"amparo.joinloc.1"
    JOINING_SEED = b"amparo.joining.1"
    REPLAY_LOCATOR = b"amparo.replayl.1"
    REPLAY_KEY = b"amparo.replayk.1"
    PERSON_REPLAY_LOCATOR = b"amparo.preplyl.1"
    PERSON_REPLAY_KEY = b"amparo.preplyk.1"
    CONSENT_MARK = b"amparo.consent.1"


def derive(key: Secret, purpose: Purpose, data: bytes = b"", size: int = KEY_BYTES) -> bytes:
    """Return `size` bytes that depend on all of key, purpose and data. Raises ValueError for a key under 128 bits.

    Source: BLAKE2 (RFC 7693) in its keyed mode with personalisation, as libsodium's crypto_generichash_blake2b.
    """
    if len(key.reveal()) < MIN_KEY_BYTES:
        raise ValueError("a key has at least 16 bytes")  # libsodium would take an empty key for "unkeyed"
    return crypto_generichash_blake2b_salt_personal(data, digest_size=size, key=key.reveal(), person=purpose.value)


def derive_key(key: Secret, purpose: Purpose, data: bytes = b"") -> Secret:
    """As `derive`, for what must stay hidden itself."""
    return Secret(derive(key, purpose, data))
