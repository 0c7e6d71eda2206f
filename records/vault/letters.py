"""What is served on somebody outside the office: a document under its own key, and an answer that only the case can
open.

The bytes cross from one database to the other as they are. A letter's own id stands where the matter's would, so that
the other side learns no id of a matter. The padded document tells its size in steps; its key opens nothing else.
"""

from dataclasses import dataclass, field
from uuid import UUID

from records.vault.boxes import open_box, open_text, seal_text, seal_to
from records.vault.context import Author, Context, Visibility
from records.vault.errors import Unreadable
from records.vault.secret import KEY_BYTES, KeyPair, PublicKey, Secret
from records.vault.slots import REPLY, SERVED_DOCUMENT, SERVED_KEY


@dataclass(frozen=True, slots=True)
class Letter:
    """A served document as it is kept: the sealed text, and its key sealed to the addressee."""

    document: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Served:
    """A letter as its addressee reads it. `answer_to`: the case's public key and epoch, to seal the answer to."""

    text: bytes = field(repr=False)
    answer_to: PublicKey
    epoch: int


def _document(letter: UUID) -> Context:
    return Context(SERVED_DOCUMENT, letter, letter, 0, Author.OFFICE, Visibility.SERVED)


def _key(letter: UUID) -> Context:
    return Context(SERVED_KEY, letter, letter, 0, Author.OFFICE, Visibility.SERVED)


def _answer(reply: UUID, letter: UUID, epoch: int) -> Context:
    return Context(REPLY, reply, letter, epoch, Author.ADDRESSEE, Visibility.OFFICE)


def serve(text: bytes, letter: UUID, addressee: PublicKey, case: PublicKey, epoch: int) -> Letter:
    """Seal a document to its addressee (a signed key).

    `case` and `epoch` travel sealed with its key, for the answer.
    """
    key = Secret.random()
    enclosed = key.reveal() + case.raw + epoch.to_bytes(4, "big")
    return Letter(seal_text(key, text, _document(letter)), seal_to(addressee, enclosed, _key(letter)))


def open_letter(pair: KeyPair, kept: Letter, letter: UUID) -> Served:
    """Read a letter served on oneself. Raises Unreadable for somebody else's, NotThisRow for another letter's parts."""
    enclosed = open_box(pair, kept.key, _key(letter))
    if len(enclosed) != 2 * KEY_BYTES + 4:
        raise Unreadable
    key, case, epoch = enclosed[:KEY_BYTES], enclosed[KEY_BYTES : 2 * KEY_BYTES], enclosed[2 * KEY_BYTES :]
    text = open_text(Secret(key), kept.document, _document(letter))
    return Served(text, PublicKey(case), int.from_bytes(epoch, "big"))


def seal_answer(text: bytes, reply: UUID, letter: UUID, served: Served) -> bytes:
    """Seal the addressee's answer to the case. Not even the addressee can open it again."""
    return seal_to(served.answer_to, text, _answer(reply, letter, served.epoch))


def open_answer(case: KeyPair, sealed: bytes, reply: UUID, letter: UUID, epoch: int) -> bytes:
    """Open an answer with the pair of the epoch it was sealed to. Raises Unreadable or NotThisRow."""
    return open_box(case, sealed, _answer(reply, letter, epoch))
