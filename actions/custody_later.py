"""How a custodian who comes later gets copies: when somebody signs in, because then a key is there that opens.

Somebody with a seat says, by what she told, who may have a copy; somebody who holds one makes it. Neither can do it alone, and
whoever she locked out gets none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final
from uuid import uuid4

import structlog

from actions.custody import custodians
from actions.desk import hold
from actions.kernel.callers import DeskPerson
from actions.kernel.sweep import note_error
from actions.office import Office
from actions.seating import Candidate, locked_out
from records import desk, identities, seats
from records.books import Books
from records.identities import CUSTODIAN, RECOVERY
from records.ledger import Entry, store
from records.matters import Matter
from records.vault import copy_context, give_copy, open_copy

MOST: Final = 10
"""Matters looked at in one sign-in, as for seats."""
WHERE: Final = "custody"
_log = structlog.get_logger(WHERE)


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """What one sign-in did: people admitted, copies made, matters left for the next time because of an error."""

    admitted: int = 0
    copied: int = 0
    failed: int = 0


def look_after(office: Office, *, by: DeskPerson) -> LookedAfter:
    """When somebody signs in: say who may have copies in their matters, and make those that wait for them.

    What fails is noted as trouble and keeps nobody from signing in.
    """
    house = office.shelf.pack.house
    if house.identity is None or house.identity.custodian is None:
        return LookedAfter()
    with office.open() as books:
        waiting = _waiting(books, by)[:MOST]
    admitted = failed = copied = 0
    for matter in waiting:
        try:
            admitted += _admit(office, matter, by)
        except Exception as error:  # noqa: BLE001  # whatever it is must not keep anybody from their desk; it is seen
            failed += 1
            _note(office, error)
    try:
        copied = _pass_on(office, by)
    except Exception as error:  # noqa: BLE001  # as above
        failed += 1
        _note(office, error)
    return LookedAfter(admitted, copied, failed)


def _waiting(books: Books, by: DeskPerson) -> list[Matter]:
    """Own matters with somebody's identity that was not looked at for the custodians of today, oldest first."""
    by.enter(books, None)
    own = {matter.id: matter for matter in desk.own_matters(books, by.person, under_way=True)}
    roster = _roster(custodians(books))
    stale = {row.matter_id for row in identities.copies(books, own) if row.holder == RECOVERY and row.roster != roster}
    return [matter for matter_id, matter in own.items() if matter_id in stale]


def _admit(office: Office, waiting: Matter, by: DeskPerson) -> int:
    """Say who may have copies in one matter; judged under its lock. Whom she locked out, and who left it, may not."""
    with office.open() as books:
        actor, subject = hold(office, books, waiting.kind, waiting.id, by, None)
        known, rows = custodians(books), identities.copies(books, [waiting.id])
        # who still has a seat here from before would hold both locks
        out, given = locked_out(books, waiting.id, actor, known) | seats.persons(books, waiting.id), 0
        for own in [row for row in rows if row.holder == RECOVERY]:
            there = {row.person_id for row in rows if row.identity_id == own.identity_id}
            for one in known:
                if one.person not in there and one.person not in out:
                    fresh = replace(own, id=uuid4(), holder=CUSTODIAN, person_id=one.person, key_sealed=None, roster=None)
                    identities.add_copy(books, fresh)
                    facts = {"person": str(one.person)}
                    entry = Entry(books.today, f"{waiting.kind}.custodian_admitted", str(waiting.id), str(by.person), facts)
                    store.enter(books, subject.matter, entry)
                    given += 1
            identities.looked(books, own.id, _roster(known))
        return given


def _pass_on(office: Office, by: DeskPerson) -> int:
    """Make the copies that others may have and wait for, of what this person holds. Returns how many."""
    with office.open() as books:
        by.enter(books, None)
        keys = {one.person: one.key for one in custodians(books)}
        held = {row.identity_id: row for row in identities.held_by(books, by.person)} if by.person in keys else {}
        made = 0
        for row in identities.waiting_copies(books, held):
            if row.person_id not in keys:
                continue
            own = held[row.identity_id]
            custody = open_copy(by.pair, own.key_sealed or b"", copy_context(own.id, own.matter_id, own.epoch))
            copy = give_copy(custody, keys[row.person_id], copy_context(row.id, row.matter_id, row.epoch))
            made += identities.fill_copy(books, row.id, copy)
        if made:
            store.append(books, Entry(books.today, "identity.copies_made", by=str(by.person), facts={"count": made}), None)
        return made


def _roster(known: Sequence[Candidate]) -> bytes:
    """Who guards identities today, as one number that tells nobody who does not know already."""
    return blake2b("\n".join(sorted(str(one.person) for one in known)).encode(), digest_size=32).digest()


def _note(office: Office, error: Exception) -> None:
    _log.error("identity_not_looked_after", what=type(error).__name__)
    note_error(office, WHERE, error)
