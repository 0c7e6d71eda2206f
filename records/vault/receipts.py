"""Twelve words: the only way back.

They say where the matter is (locator) and open it (key pair); we keep the locator alone.

128 random bits written as BIP-39 words of one of four lists. No slow hash is needed (128 bits cannot be guessed) and
none is wanted (it would tell a hit from a miss by its time, or let anybody burn our processors).
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NewType

from mnemonic import Mnemonic

from records.vault.derive import Purpose, derive, derive_key
from records.vault.secret import KeyPair, Secret

WORDS = 12
ENTROPY_BYTES = 16
MAX_INPUT = 1024  # characters looked at; twelve words have at most 107

Locator = NewType("Locator", bytes)
"""32 bytes by which the matter of a receipt is found. It does not lead back to the words."""

_NAMES = {"en": "english", "es": "spanish", "pt": "portuguese", "fr": "french"}


@dataclass(frozen=True, repr=False)
class Receipt:
    """Twelve words to be shown once. `language` is that of their list: en, es, pt or fr."""

    words: tuple[str, ...]
    language: str

    def written(self) -> str:
        """The words as a line, with accents."""
        return " ".join(self.words)

    def __repr__(self) -> str:
        """Not the words."""
        return "Receipt(hidden)"


def _words(text: str) -> tuple[str, ...]:
    """Words without case, accents and invisible signs; whatever is not a letter parts two words."""
    plain = unicodedata.normalize("NFKD", text[:MAX_INPUT].casefold())
    kept = (c for c in plain if unicodedata.category(c) not in ("Mn", "Mc", "Me", "Cf"))
    return tuple("".join(c if c.isalpha() else " " for c in kept).split())


def _load(language: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", word) for word in Mnemonic(_NAMES[language]).wordlist)


_LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType({language: _load(language) for language in _NAMES})
_PLACES: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {language: {_words(word)[0]: place for place, word in enumerate(words)} for language, words in _LISTS.items()}
)


def _checksum(entropy: bytes) -> int:
    """The four bits BIP-39 appends to 128 bits of entropy."""
    return hashlib.sha256(entropy).digest()[0] >> 4


def _reading(words: tuple[str, ...], places: Mapping[str, int]) -> bytes | None:
    """The entropy of twelve words of one list, or None. Does the same work either way."""
    found = [places.get(word, -1) for word in (*words[:WORDS], *[""] * (WORDS - len(words)))]
    value = 0
    for place in found:
        value = value << 11 | max(place, 0)
    entropy = (value >> 4).to_bytes(ENTROPY_BYTES, "big")
    fits = _checksum(entropy) == value & 0xF
    return entropy if fits and min(found) >= 0 and len(words) == WORDS else None


def read(text: str) -> bytes | None:
    """The entropy that a person's words stand for, or None if they are no receipt of any of the four lists.

    Accents, case and what stands between the words do not matter; only the first 1024 characters are looked at. A
    receipt is of one list: words that are in two lists (123 in English and French) count in each, and if all twelve
    are, the checksum decides, then the order en, es, pt, fr. `new_receipt` never gives out words that this order
    would read otherwise.
    """
    words = _words(text)
    readings = [_reading(words, places) for places in _PLACES.values()]  # always all four
    return next((entropy for entropy in readings if entropy is not None), None)


def write(entropy: bytes, language: str) -> Receipt:
    """The words for 16 bytes of entropy (BIP-39: a checksum of four bits, then eleven bits a word)."""
    if language not in _LISTS or len(entropy) != ENTROPY_BYTES:
        raise ValueError("a receipt is 16 bytes in en, es, pt or fr")
    value = int.from_bytes(entropy, "big") << 4 | _checksum(entropy)
    places = (value >> 11 * (WORDS - 1 - nth) & 0x7FF for nth in range(WORDS))
    return Receipt(tuple(_LISTS[language][place] for place in places), language)


def new_receipt(language: str) -> Receipt:
    """Twelve new words in en, es, pt or fr. Raises ValueError for another language."""
    while True:
        entropy = secrets.token_bytes(ENTROPY_BYTES)
        receipt = write(entropy, language)
        if read(receipt.written()) == entropy:  # else all twelve words are in an earlier list too: one in 10^15
            return receipt


def locate(text: str, pepper: Secret) -> tuple[Locator, KeyPair]:
    """Where the matter of these words is, and the key pair that opens its seat.

    `pepper` is the server's key, never changed.

    Never raises for what people type. Words that are no receipt get a stand-in entropy made from themselves, so that
    wrong, unknown and malformed words lead to the same look-up that finds nothing, by the same steps.
    """
    stand_in = derive(pepper, Purpose.RECEIPT_STAND_IN, " ".join(_words(text)).encode(), ENTROPY_BYTES)
    entropy = read(text) or stand_in
    locator = derive(pepper, Purpose.RECEIPT_LOCATOR, entropy)
    return Locator(locator), KeyPair.from_seed(derive_key(pepper, Purpose.RECEIPT_SEED, entropy))
