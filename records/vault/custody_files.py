"""Recovery's copies of identities on their way out, to another machine, and back to a custodian: still sealed, line by line.

Nothing in such a file opens a case: a copy holds what a custodian hands on and cannot open. The lines are read as those of seats.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from records.vault.custody import copy_context, give_copy, open_copy
from records.vault.errors import SeatsFileBroken
from records.vault.secret import PublicKey
from records.vault.staff_keys import HolderKey

_HEAD: Final = {"file": "amparo-identities-1"}


@dataclass(frozen=True, slots=True)
class ExportedCopy:
    """One copy on its way, sealed to whoever it was exported for."""

    copy: UUID
    identity: UUID
    matter: UUID
    epoch: int
    sealed: bytes = field(repr=False)


def holds_copies(lines: Sequence[str]) -> bool:
    """Whether a file holds copies of identities, and no seats."""
    try:
        return bool(lines) and json.loads(lines[0]) == _HEAD
    except (ValueError, RecursionError):
        return False


def write_copies(copies: Iterable[ExportedCopy]) -> Iterator[str]:
    """A head, one line a copy, and how many there were, so that a cut is noticed."""
    yield json.dumps(_HEAD) + "\n"
    count = 0
    for count, one in enumerate(copies, start=1):  # noqa: B007  # the last number is the count
        line = {"copy": str(one.copy), "identity": str(one.identity), "matter": str(one.matter), "epoch": one.epoch}
        yield json.dumps({**line, "sealed": base64.b64encode(one.sealed).decode("ascii")}) + "\n"
    yield json.dumps({"identities": count}) + "\n"


def read_copies(lines: Sequence[str]) -> list[ExportedCopy]:
    """The copies of such a file. Raises SeatsFileBroken with the line."""
    if not holds_copies(lines):
        raise SeatsFileBroken(line=1)
    found = [_copy(line, number) for number, line in enumerate(lines[1:-1], start=2)]
    if _entry(lines[-1], len(lines)) != {"identities": len(found)}:
        raise SeatsFileBroken(line=len(lines))
    return found


def reseal_copies(lines: Sequence[str], recovery: HolderKey, to: PublicKey) -> list[str]:
    """Open recovery's copies and seal them to a custodian, each under a new id.

    Raises SeatsFileBroken, NotThisRow, Unreadable.
    """
    again = []
    for one in read_copies(lines):
        custody = open_copy(recovery.box, one.sealed, copy_context(one.copy, one.matter, one.epoch))
        fresh = uuid4()
        box = give_copy(custody, to, copy_context(fresh, one.matter, one.epoch))
        again.append(ExportedCopy(fresh, one.identity, one.matter, one.epoch, box))
    return list(write_copies(again))


def _entry(line: str, number: int) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise SeatsFileBroken(line=number) from None


def _copy(line: str, number: int) -> ExportedCopy:
    match _entry(line, number):
        case {
            "copy": str(copy),
            "identity": str(identity),
            "matter": str(matter),
            "epoch": int(epoch),
            "sealed": str(sealed),
        } if 0 < epoch < 2**32:
            try:
                opened = base64.b64decode(sealed, validate=True)
                return ExportedCopy(UUID(copy), UUID(identity), UUID(matter), epoch, opened)
            except ValueError:
                raise SeatsFileBroken(line=number) from None
        case _:
            raise SeatsFileBroken(line=number)
