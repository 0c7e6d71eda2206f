"""The ceremony, and the way back after keys are lost: no escrow, but two of three people with paper, away from the
server.

At the ceremony one key is made: seats are sealed to its box key, the first enrolling holders are signed by its
signing key. Its seed exists on paper only, in three shares. To recover, seats are exported, re-sealed on another
machine, and imported.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from records.vault.boxes import open_box, seal_to
from records.vault.epochs import seat_context
from records.vault.errors import SeatsFileBroken, SeatsFileTooOld, SharesDoNotFit
from records.vault.identity import grant_context, grant_identity, open_grant
from records.vault.secret import KEY_BYTES, PublicKey, Secret
from records.vault.signed_keys import SignedKey, sign_key
from records.vault.staff_keys import HolderKey

NEEDED, SHARES = 2, 3
RECOVERY = UUID(int=1)
"""The id under which the ceremony's own key stands among the signed keys; recovery is seated like anybody."""

_FILE = "amparo-seats-2"
_BEFORE_IDENTITIES = "amparo-seats-1"


@dataclass(frozen=True, repr=False)
class Share:
    """One of three papers: 33 words of SLIP-39. Alone it tells nothing."""

    words: tuple[str, ...]

    def written(self) -> str:
        """The words as a line."""
        return " ".join(self.words)

    def __repr__(self) -> str:
        """Not the words."""
        return "Share(hidden)"


def vouch_for_recovery(key: HolderKey) -> SignedKey:
    """The ceremony's own public keys, signed by itself: the first row of the signed keys."""
    return sign_key(key, RECOVERY, key.box.public, key.verify, enrols=True, serial=1)


def split(key: HolderKey) -> tuple[Share, ...]:
    """Three shares, any two of which give the key back (SLIP-39, one group, no passphrase)."""
    (group,) = generate_mnemonics(1, [(NEEDED, SHARES)], key.seed.reveal())
    return tuple(Share(tuple(mnemonic.split())) for mnemonic in group)


def combine(shares: Iterable[str]) -> HolderKey:
    """The key from two shares as typed; case and spaces do not matter. Raises SharesDoNotFit, never quoting a word."""
    typed = [" ".join(share.lower().split()) for share in shares]
    try:
        seed = combine_mnemonics(typed)
    except (MnemonicError, ValueError):
        raise SharesDoNotFit(needed=NEEDED) from None
    if len(seed) != KEY_BYTES:
        raise SharesDoNotFit(needed=NEEDED)
    return HolderKey(Secret(seed))


@dataclass(frozen=True, slots=True)
class ExportedSeat:
    """One seat on its way: still sealed to whoever it was exported for. `identity` is its grant of the key to who she is."""

    seat: UUID
    matter: UUID
    epoch: int
    sealed: bytes
    identity: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ExportedText:
    """Words of the office's own record on their way, still sealed: which version of which entry they are."""

    text: UUID
    entry: UUID
    version: int
    sealed: bytes


def write_seats(seats: Iterable[ExportedSeat], texts: Iterable[ExportedText] = ()) -> Iterator[str]:
    """A file of seats, line by line: a head, one JSON object a seat, then one a text, and how many, so that a cut is
    noticed.
    """
    yield json.dumps({"file": _FILE}) + "\n"
    count = 0
    for count, seat in enumerate(seats, start=1):  # noqa: B007  # the last number is the count
        line = {"seat": str(seat.seat), "matter": str(seat.matter), "epoch": seat.epoch, "sealed": _written(seat.sealed)}
        identity = None if seat.identity is None else _written(seat.identity)
        yield json.dumps({**line, "identity": identity}) + "\n"
    words = 0
    for words, text in enumerate(texts, start=1):  # noqa: B007  # the last number is the count
        told = {"words": str(text.text), "entry": str(text.entry), "version": text.version, "sealed": _written(text.sealed)}
        yield json.dumps(told) + "\n"
    yield json.dumps({"seats": count} | ({"words": words} if words else {})) + "\n"


def read_exported(lines: Iterable[str]) -> Iterator[ExportedSeat | ExportedText]:
    """All that is in such a file, in order.

    Raises SeatsFileTooOld for one that carries nobody's identity, so that none is lost unseen; SeatsFileBroken with the line.
    Import only after the last came without either.
    """
    count = words = 0
    ended = False
    number = 0
    for number, line in enumerate(lines, start=1):
        entry = _entry(line, number)
        if number == 1 and entry == {"file": _BEFORE_IDENTITIES}:
            raise SeatsFileTooOld
        if ended or (number == 1) != (entry == {"file": _FILE}):
            raise SeatsFileBroken(line=number)
        if number == 1:
            continue
        if "seats" in entry:
            ended = entry == {"seats": count} | ({"words": words} if words else {})
            if not ended:
                raise SeatsFileBroken(line=number)
            continue
        if "words" in entry:
            words += 1
            yield _text(entry, number)
            continue
        if words:
            raise SeatsFileBroken(line=number)
        count += 1
        yield _seat(entry, number)
    if not ended:
        raise SeatsFileBroken(line=number + 1)


def _entry(line: str, number: int) -> dict[str, object]:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        raise SeatsFileBroken(line=number) from None
    if not isinstance(entry, dict):
        raise SeatsFileBroken(line=number)
    return entry


def _seat(entry: dict[str, object], number: int) -> ExportedSeat:
    match entry:
        case {
            "seat": str(seat),
            "matter": str(matter),
            "epoch": int(epoch),
            "sealed": str(sealed),
            "identity": str() | None as identity,
        } if len(entry) == 5 and 0 < epoch < 2**32:
            try:
                return ExportedSeat(UUID(seat), UUID(matter), epoch, _read(sealed), None if identity is None else _read(identity))
            except ValueError:
                raise SeatsFileBroken(line=number) from None
        case _:
            raise SeatsFileBroken(line=number)


def _text(entry: dict[str, object], number: int) -> ExportedText:
    match entry:
        case {"words": str(text), "entry": str(about), "version": int(version), "sealed": str(sealed)} if (
            len(entry) == 4 and 0 < version < 2**31
        ):
            try:
                return ExportedText(UUID(text), UUID(about), version, _read(sealed))
            except ValueError:
                raise SeatsFileBroken(line=number) from None
        case _:
            raise SeatsFileBroken(line=number)


def _written(sealed: bytes) -> str:
    return base64.b64encode(sealed).decode("ascii")


def _read(written: str) -> bytes:
    return base64.b64decode(written, validate=True)


def reseal(seats: Iterable[ExportedSeat], recovery: HolderKey, to: PublicKey) -> Iterator[ExportedSeat]:
    """Open seats of recovery and seal them to `to`, each with a new seat id, to which its grant of an identity is bound as well.
    A swapped seat or grant raises NotThisRow.
    """
    for seat in seats:
        opened = open_box(recovery.box, seat.sealed, seat_context(seat.seat, seat.matter, seat.epoch))
        fresh = uuid4()
        identity = None
        if seat.identity is not None:
            key = open_grant(recovery.box, seat.identity, grant_context(seat.seat, seat.matter))
            identity = grant_identity(key, to, grant_context(fresh, seat.matter))
        sealed = seal_to(to, opened, seat_context(fresh, seat.matter, seat.epoch))
        yield replace(seat, seat=fresh, sealed=sealed, identity=identity)
