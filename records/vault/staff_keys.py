"""The keys of people who work here: made once, wrapped under a passphrase, lent to a session, never held by the server.

Layout 4, passphrase:  04 | cost 1 | salt 16 | layout 1 (the seed, under the key that Argon2id makes of the passphrase)
"""

import secrets
import threading
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple, NoReturn
from uuid import UUID

from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13, crypto_pwhash_SALTBYTES
from nacl.signing import SigningKey

from records.vault.boxes import open_text, seal_text
from records.vault.context import NO_MATTER, Author, Context, Layout, Visibility
from records.vault.derive import Purpose, derive, derive_key
from records.vault.errors import NotThisRow, PassphraseTooLong, Unreadable, WrongPassphrase
from records.vault.secret import KEY_BYTES, KeyPair, Secret
from records.vault.slots import SESSION_KEY, STAFF_KEY, STAFF_TOTP


class Cost(NamedTuple):
    """How much work one guess of a passphrase is: passes over memory, and bytes of memory."""

    passes: int
    memory: int


COSTS = {1: Cost(passes=3, memory=256 * 2**20)}
"""By the number kept in the wrapped key; frozen, so that old keys open. 1 is libsodium's crypto_pwhash MODERATE for
Argon2id, above the second choice of RFC 9106, section 4 (3 passes over 64 MiB). Numbers read from the database
choose from this table only, so nobody can order a costlier one by writing there.
"""

CURRENT_COST = 1
MAX_PASSPHRASE = 256  # characters; refused before any work is done on it (S24)
AT_ONCE = 2  # times 256 MiB: what a flood of sign-ins can take
_ARGON2 = threading.BoundedSemaphore(AT_ONCE)
_SALT_AT = 2
_BODY_AT = _SALT_AT + crypto_pwhash_SALTBYTES


@dataclass(frozen=True, slots=True)
class HolderKey:
    """Everything one holder (a person, or the ceremony) can do with keys, from one seed."""

    seed: Secret

    @property
    def box(self) -> KeyPair:
        """Seats and letters are sealed to its public half."""
        return KeyPair.from_seed(derive_key(self.seed, Purpose.HOLDER_BOX))

    @property
    def signing(self) -> SigningKey:
        """Signs the keys of those this holder enrols."""
        return SigningKey(derive(self.seed, Purpose.HOLDER_SIGNING))

    @property
    def verify(self) -> bytes:
        """The public half of `signing`, 32 bytes."""
        return bytes(self.signing.verify_key)


def new_holder_key() -> HolderKey:
    """The key of a new person, or of the ceremony."""
    return HolderKey(Secret.random())


def _key_of(passphrase: str, salt: bytes, cost: Cost) -> Secret:
    if len(passphrase) > MAX_PASSPHRASE:
        raise PassphraseTooLong(limit=MAX_PASSPHRASE)
    # NFKC: the same passphrase from another keyboard. surrogatepass: an encoding error would carry the passphrase.
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    with _ARGON2:
        return Secret(crypto_pwhash_alg(KEY_BYTES, typed, salt, cost.passes, cost.memory, crypto_pwhash_ALG_ARGON2ID13))


def staff_context(person: UUID) -> Context:
    """What a person's wrapped key is bound to."""
    return Context(STAFF_KEY, person, NO_MATTER, 0, Author.PROGRAM, Visibility.OWN)


def wrap_under_passphrase(key: HolderKey, passphrase: str, context: Context) -> bytes:
    """Wrap a key so that only the passphrase opens it. Half a second of work. Raises PassphraseTooLong before it."""
    salt = secrets.token_bytes(crypto_pwhash_SALTBYTES)
    wrapping = _key_of(passphrase, salt, COSTS[CURRENT_COST])
    return bytes([Layout.PASSPHRASE, CURRENT_COST]) + salt + seal_text(wrapping, key.seed.reveal(), context)


def unwrap_with_passphrase(wrapped: bytes, passphrase: str, context: Context) -> HolderKey:
    """Open a wrapped key. Raises WrongPassphrase (also for another person's key), PassphraseTooLong, or Unreadable."""
    if len(wrapped) <= _BODY_AT or wrapped[0] != Layout.PASSPHRASE or wrapped[1] not in COSTS:
        raise Unreadable
    wrapping = _key_of(passphrase, wrapped[_SALT_AT:_BODY_AT], COSTS[wrapped[1]])
    try:
        return _holder(open_text(wrapping, wrapped[_BODY_AT:], context))
    except NotThisRow:
        raise WrongPassphrase from None


def refuse_unknown(passphrase: str) -> NoReturn:
    """For a name that does not exist: the same work and the same answer as for a wrong passphrase (S07)."""
    _key_of(passphrase, bytes(crypto_pwhash_SALTBYTES), COSTS[CURRENT_COST])
    raise WrongPassphrase


def _holder(seed: bytes) -> HolderKey:
    if len(seed) != KEY_BYTES:
        raise Unreadable
    return HolderKey(Secret(seed))


def session_locator(cookie: Secret) -> bytes:
    """By which a session is found: 32 bytes that do not lead back to the secret in the cookie."""
    return derive(cookie, Purpose.SESSION_LOCATOR)


def session_context(session: UUID) -> Context:
    """What a session's wrapped key is bound to."""
    return Context(SESSION_KEY, session, NO_MATTER, 0, Author.PROGRAM, Visibility.OWN)


def wrap_for_session(key: HolderKey, cookie: Secret, context: Context) -> bytes:
    """Wrap a key under the secret of the person's session cookie, which the server forgets after each answer."""
    return seal_text(derive_key(cookie, Purpose.SESSION_KEY), key.seed.reveal(), context)


def unwrap_from_session(wrapped: bytes, cookie: Secret, context: Context) -> HolderKey:
    """Open the key of a session. Raises NotThisRow for another cookie or session, Unreadable for damage."""
    return _holder(open_text(derive_key(cookie, Purpose.SESSION_KEY), wrapped, context))


def totp_context(person: UUID) -> Context:
    """What a person's TOTP secret is bound to."""
    return Context(STAFF_TOTP, person, NO_MATTER, 0, Author.PROGRAM, Visibility.OWN)


def seal_totp(server_key: Secret, totp: Secret, context: Context) -> bytes:
    """Seal a TOTP secret under the server's key: it is checked before any key of the person is at hand."""
    return seal_text(derive_key(server_key, Purpose.SERVER_TOTP), totp.reveal(), context)


def open_totp(server_key: Secret, sealed: bytes, context: Context) -> Secret:
    """Open a TOTP secret. Raises NotThisRow or Unreadable."""
    return Secret(open_text(derive_key(server_key, Purpose.SERVER_TOTP), sealed, context))
