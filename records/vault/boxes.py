"""Sealing text under a key, and sealing to a public key. Both are bound to the place where the bytes are kept.

Layout 1, text:  01 | tag 16 | nonce 24 | XChaCha20-Poly1305-IETF(padded text, associated data = context)
Layout 2, box:   02 | crypto_box_seal(padded(length 2 | context | content))

The tag of layout 1 is a keyed hash of the context: it commits to the key, and tells a swapped row from a damaged one.
"""

import secrets

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    crypto_box_seal,
    crypto_box_seal_open,
    crypto_box_SEALBYTES,
)
from nacl.bindings.utils import sodium_memcmp
from nacl.exceptions import CryptoError

from records.vault.context import Context, Layout
from records.vault.derive import Purpose, derive
from records.vault.errors import CannotSeal, NotThisRow, Unreadable
from records.vault.padding import pad, unpad
from records.vault.secret import KeyPair, PublicKey, Secret

TAG_BYTES = 16
_NONCE_AT = 1 + TAG_BYTES
_BODY_AT = _NONCE_AT + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_MIN_TEXT = _BODY_AT + crypto_aead_xchacha20poly1305_ietf_ABYTES
_MIN_BOX = 1 + crypto_box_SEALBYTES


def context_tag(key: Secret, bound: bytes) -> bytes:
    """16 bytes that show, to those who hold the key alone, which place something was sealed for."""
    return derive(key, Purpose.CONTEXT_TAG, bound, TAG_BYTES)


def seal_text(key: Secret, plaintext: bytes, context: Context) -> bytes:
    """Seal under a key of 32 bytes, padded as the slot says. Raises CannotSeal; never returns anything unsealed."""
    bound = context.encoded(Layout.TEXT)
    nonce = secrets.token_bytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    try:
        body = crypto_aead_xchacha20poly1305_ietf_encrypt(pad(plaintext, context.slot.block), bound, nonce, key.reveal())
    except CryptoError:
        raise CannotSeal from None
    return bytes([Layout.TEXT]) + context_tag(key, bound) + nonce + body


def open_text(key: Secret, sealed: bytes, context: Context) -> bytes:
    """Open what `seal_text` made for this context.

    Raises NotThisRow for another context or key, Unreadable for damage.
    """
    if len(sealed) < _MIN_TEXT or sealed[0] != Layout.TEXT:
        raise Unreadable
    bound = context.encoded(Layout.TEXT)
    for_here = sodium_memcmp(sealed[1:_NONCE_AT], context_tag(key, bound))
    try:
        padded = crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[_BODY_AT:], bound, sealed[_NONCE_AT:_BODY_AT], key.reveal())
    except CryptoError:
        raise (Unreadable if for_here else NotThisRow) from None
    if not for_here:  # the text is this row's, so the tag itself was damaged
        raise Unreadable
    return unpad(padded, context.slot.block)


def seal_to(public_key: PublicKey, plaintext: bytes, context: Context) -> bytes:
    """Seal so that only the holder of the private key can open; the sealer cannot.

    Raises CannotSeal for an unusable key.
    """
    bound = context.encoded(Layout.BOX)
    content = len(bound).to_bytes(2, "big") + bound + plaintext
    try:
        return bytes([Layout.BOX]) + crypto_box_seal(pad(content, context.slot.block), public_key.raw)
    except CryptoError:
        raise CannotSeal from None


def open_box(pair: KeyPair, sealed: bytes, context: Context) -> bytes:
    """Open what was sealed to `pair`. Raises Unreadable for damage or another pair, NotThisRow for another context."""
    if len(sealed) < _MIN_BOX or sealed[0] != Layout.BOX:
        raise Unreadable
    try:
        padded = crypto_box_seal_open(sealed[1:], pair.public.raw, pair.private.reveal())
    except CryptoError:
        raise Unreadable from None
    bound = context.encoded(Layout.BOX)
    content = unpad(padded, context.slot.block)
    ends = 2 + int.from_bytes(content[:2], "big")
    if not sodium_memcmp(content[2:ends], bound):
        raise NotThisRow
    return content[ends:]
