"""Who guards identities, where a house has custodians, and whom the key to one is sealed to.

A custodian has no seat and opens nothing of a case. How one who comes later gets a copy: `actions/custody_later.py`.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

from actions.sealing import trusted_keys
from actions.seating import Candidate
from policies.identity import CustodianRules
from policies.refusal import Refusal
from records import identities, people, seats
from records.books import Books
from records.identities import CUSTODIAN, RECOVERY, CopyRow, RequestRow
from records.ledger import Entry, store
from records.vault import (
    IdentityKey,
    KeyPair,
    PublicKey,
    copy_context,
    custody_grant_context,
    give_copy,
    lock_to_case,
    open_box,
    open_copy,
    seal_to,
)


class NoCustodian(Refusal):
    """The pack of this house has no custodian of identities: whoever has a seat can open who somebody is."""

    code: ClassVar[str] = "no_custodian"


def rules_of(books: Books) -> CustodianRules | None:
    """The rules in use today; None: this house has no custodian."""
    return books.pack.house.identity.custodian if books.pack.house.identity else None


def custodians(books: Books) -> list[Candidate]:
    """Everybody who guards identities today and whose key is trusted, in the order of their appointment.

    Whoever also holds an office that can have seats is none: to know a case and to let somebody know a name are two people's.
    Raises NoCeremony.
    """
    rules = rules_of(books)
    if rules is None:
        return []
    roles, trusted, serving = books.pack.house.roles, trusted_keys(books), people.serving(books, books.today)
    seatable = {each.person_id for each in serving if each.role in roles and roles[each.role].handles}
    found = {each.person_id: each for each in serving if each.role == rules.role}
    names = people.names(books, list(found))
    return [
        Candidate(person, names[person], rules.role, each.absent, outside=False, key=trusted[person].box)
        for person, each in found.items()
        if person in trusted and person not in seatable
    ]


def take_into_custody(
    books: Books, identity: UUID, matter_id: UUID, key: IdentityKey, out: Collection[UUID], recovery: PublicKey
) -> None:
    """Seal who somebody is to the case as it is now, and what comes of that to recovery and each custodian who is not `out`.

    With no custodian in office it waits: recovery's copy opens nothing by itself.
    """
    epoch = seats.epochs(books, matter_id)[0]
    custody = lock_to_case(key, PublicKey(epoch.public), identity, matter_id, epoch.number)
    fit = [one for one in custodians(books) if one.person not in out]
    for holder, person, public in [(RECOVERY, None, recovery), *((CUSTODIAN, one.person, one.key) for one in fit)]:
        row = uuid4()
        copy = give_copy(custody, public, copy_context(row, matter_id, epoch.number))
        asks = custody.pair.public.raw
        identities.add_copy(books, CopyRow(row, identity, matter_id, holder, person, epoch.number, asks, copy))


def guardians(books: Books, matter_id: UUID, of: Collection[UUID] | None = None) -> tuple[str, ...] | None:
    """Who can let the office see who somebody is, by name. `of`: these identities alone. None: no custodian guards any."""
    found = [row for row in identities.copies(books, [matter_id]) if of is None or row.identity_id in of]
    if not found:
        return None
    persons = dict.fromkeys(row.person_id for row in found if row.person_id is not None and row.key_sealed is not None)
    names = people.names(books, list(persons))
    return tuple(names[person] for person in persons if person in {one.person for one in custodians(books)})


def note_request(
    books: Books, row: RequestRow, what: str, person: UUID | None, facts: Mapping[str, str | int | date] | None = None
) -> None:
    """A line in the ledger, where there are lines of such matters; it goes when the matter goes."""
    if row.in_ledger:
        by = None if person is None else str(person)
        store.append(books, Entry(books.today, f"identity.{what}", str(row.id), by, facts or {}), row.matter_id)


def end_custody(books: Books) -> int:
    """Once a day: requests that nobody answered lapse, approvals that are over lose their keys. Returns how many of both."""
    late = identities.overdue(books)
    identities.lapse(books, [row.id for row in late])
    for row in late:
        note_request(books, row, "lapsed", None)
    return len(late) + identities.end_grants(books)


def seal_again(books: Books, person: UUID, old: KeyPair, new: PublicKey) -> None:
    """Seal all that somebody holds of identities to their new key: a custodian's copies, and what was approved for them."""
    for row in identities.held_by(books, person):
        context = copy_context(row.id, row.matter_id, row.epoch)
        identities.reseal_copy(books, row.id, give_copy(open_copy(old, row.key_sealed or b"", context), new, context))
    for grant in identities.granted_to(books, person):
        place = custody_grant_context(grant.request_id, grant.matter_id, grant.epoch)
        identities.reseal_grant(books, grant.request_id, seal_to(new, open_box(old, grant.key_sealed or b"", place), place))
