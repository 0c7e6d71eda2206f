"""Copies of identities on their way back: when no custodian is left who could pass one on, two of three papers can.

Exported and sealed again as seats are (`actions/key_recovery.py`), and brought in by the custodian they were sealed to. Whoever
was not admitted to an identity, because she locked them out or nobody with a seat has looked yet, gets none of it. What stands in
a file, seats or copies, its first line says.
"""

from collections.abc import Sequence
from typing import TextIO

from actions import key_recovery
from actions.custody import custodians
from actions.desk_sessions import prove
from actions.key_recovery import Imported, Recovered, SeatsOfAnother, fingerprint, reader_in, write_keys
from actions.keys import enter
from actions.office import Office
from records import identities
from records.identities import RECOVERY, CopyRow
from records.vault import (
    Custody,
    ExportedCopy,
    HolderKey,
    NotThisRow,
    Unreadable,
    copy_context,
    give_copy,
    holds_copies,
    open_copy,
    read_copies,
    reseal_copies,
    write_copies,
)


def export_copies(office: Office, to: TextIO, keys_to: TextIO) -> int:
    """Write recovery's copies of identities, still sealed, and beside them everybody's signed public keys. Returns how many."""
    with office.open() as books:
        write_keys(books, keys_to)
        rows = identities.held_by(books, None)
        for line in write_copies(
            ExportedCopy(one.id, one.identity_id, one.matter_id, one.epoch, one.key_sealed or b"") for one in rows
        ):
            to.write(line)
        enter(books, "keys.identities_exported", {"copies": len(rows)})
        return len(rows)


def recover(lines: Sequence[str], keys_from: str, shares: Sequence[str], to: str) -> Recovered:
    """Open what recovery holds with two shares, and seal it to somebody: seats, or copies for a custodian.

    Raises as `key_recovery.recover`.
    """
    if not holds_copies(lines):
        return key_recovery.recover(lines, keys_from, shares, to)
    ceremony, person, key = reader_in(keys_from, shares, to)
    try:
        again = reseal_copies(lines, ceremony, key)
    except (NotThisRow, Unreadable):
        raise SeatsOfAnother() from None
    return Recovered(tuple(again), len(again) - 2, person, fingerprint(key), 0)  # without its first line and its last


def bring_in(office: Office, login: str, passphrase: str, code: str, lines: Sequence[str]) -> Imported:
    """Bring in what was sealed to oneself, seats or copies. Raises as `key_recovery.import_seats`."""
    if holds_copies(lines):
        return import_copies(office, login, passphrase, code, lines)
    return key_recovery.import_seats(office, login, passphrase, code, lines)


def import_copies(office: Office, login: str, passphrase: str, code: str, lines: Sequence[str]) -> Imported:
    """Bring in copies that were sealed to oneself; each is opened, and found to be of that very identity, before it is written.

    `restored`: copies that one's key did not open any more, or that one may have and nobody has made. Raises as
    `desk_sessions.sign_in`; SeatsFileBroken; SeatsOfAnother.
    """
    proven = prove(office, login, passphrase, code)
    with office.open() as books:
        opened = {one.identity: _opened(one, proven.key) for one in read_copies(lines)}
        if proven.person not in {one.person for one in custodians(books)}:
            return Imported(0, 0, len(opened))
        rows = identities.of_identities(books, opened)
        public = {row.identity_id: row.public for row in rows if row.holder == RECOVERY}
        if any(identity in public and public[identity] != custody.pair.public.raw for identity, custody in opened.items()):
            raise SeatsOfAnother()
        mine = [row for row in rows if row.person_id == proven.person and not _opens(row, proven.key)]
        for row in mine:
            place = copy_context(row.id, row.matter_id, row.epoch)
            identities.reseal_copy(books, row.id, give_copy(opened[row.identity_id], proven.key.box.public, place))
        left_out = len(opened) - len(mine)
        enter(books, "keys.identities_imported", {"restored": len(mine), "left_out": left_out, "person": str(proven.person)})
        return Imported(len(mine), 0, left_out)


def _opened(one: ExportedCopy, key: HolderKey) -> Custody:
    try:
        return open_copy(key.box, one.sealed, copy_context(one.copy, one.matter, one.epoch))
    except (NotThisRow, Unreadable):
        raise SeatsOfAnother() from None


def _opens(row: CopyRow, key: HolderKey) -> bool:
    try:
        open_copy(key.box, row.key_sealed or b"", copy_context(row.id, row.matter_id, row.epoch))
    except (NotThisRow, Unreadable):
        return False
    return True
