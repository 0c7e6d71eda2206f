"""Invitations: who may set up a key of their own, and keys that wait to be signed. Nothing is sealed to any of them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from records.books import Books
from records.tables import INVITATION
from records.vault import PublicKey, SignedKey


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One invitation. `box` and `verify` None: nobody has set up a key by it yet. `expires_at` and `not_before` are wall time."""

    id: UUID
    code_hash: bytes = field(repr=False)
    person_id: UUID
    name: str
    login: str
    mail: str | None
    language: str
    roles: tuple[str, ...]
    from_on: date
    until_on: date | None
    enrols: bool
    renew: bool
    invited_by: UUID | None
    expires_at: datetime
    totp_sealed: bytes | None = field(default=None, repr=False)
    last_totp_step: int | None = None
    failures: int = 0
    not_before: datetime | None = None
    box: PublicKey | None = None
    verify: bytes | None = None


_COLUMNS = tuple(INVITATION.c[name] for name in InvitationRow.__dataclass_fields__)


def add(books: Books, row: InvitationRow) -> None:
    """Keep an invitation in the place of one for the same login, and of a key set up by it; those that are too old go."""
    books.connection.execute(delete(INVITATION).where(INVITATION.c.expires_at <= books.wall))
    values = {name: getattr(row, name) for name in InvitationRow.__dataclass_fields__}
    values |= {"roles": list(row.roles), "box": None, "verify": None, "key_wrapped": None}
    new = upsert(INVITATION).values(**values)
    books.connection.execute(new.on_conflict_do_update(index_elements=["login"], set_=values))


def by_code(books: Books, code_hash: bytes) -> InvitationRow | None:
    """The invitation of this code, held until the transaction ends; None for none, and for one that is too old or was used."""
    query = select(*_COLUMNS).where(INVITATION.c.code_hash == code_hash, INVITATION.c.expires_at > books.wall)
    return _row(books.connection.execute(query.where(INVITATION.c.box.is_(None)).with_for_update()).one_or_none())


def lock(books: Books, invitation: UUID) -> InvitationRow | None:
    """The invitation, held until the transaction ends; None for none, and for one that is too old."""
    query = select(*_COLUMNS).where(INVITATION.c.id == invitation, INVITATION.c.expires_at > books.wall)
    return _row(books.connection.execute(query.with_for_update()).one_or_none())


def find(books: Books, login: str) -> UUID | None:
    """The invitation for a login."""
    return books.connection.execute(select(INVITATION.c.id).where(INVITATION.c.login == login)).scalar_one_or_none()


def waiting(books: Books) -> list[InvitationRow]:
    """All invitations that are good, by name."""
    query = select(*_COLUMNS).where(INVITATION.c.expires_at > books.wall).order_by(INVITATION.c.name, INVITATION.c.id)
    return [found for row in books.connection.execute(query) if (found := _row(row)) is not None]


def begin(books: Books, invitation: UUID, totp_sealed: bytes) -> None:
    """Keep the TOTP secret that was shown last."""
    _change(books, invitation, {"totp_sealed": totp_sealed, "last_totp_step": None})


def failed(books: Books, invitation: UUID, failures: int, not_before: datetime | None) -> None:
    """Write down a wrong code of the authenticator."""
    _change(books, invitation, {"failures": failures, "not_before": not_before})


def keep_key(books: Books, invitation: UUID, key_wrapped: bytes, key: PublicKey, verify: bytes, until: datetime) -> bool:
    """Keep a new key, to wait for a signature. False: somebody was quicker, or the invitation is gone."""
    values = {"key_wrapped": key_wrapped, "box": key.raw, "verify": verify, "expires_at": until}
    free = update(INVITATION).where(INVITATION.c.id == invitation, INVITATION.c.box.is_(None))
    return books.connection.execute(free.values(**values)).rowcount == 1


def used(books: Books, invitation: UUID, step: int) -> None:
    """Write down which code of the authenticator was used: it and those before it are used up."""
    _change(books, invitation, {"last_totp_step": step, "failures": 0, "not_before": None})


def admit(books: Books, invitation: UUID, key: SignedKey) -> None:
    """Make a person of an invitation, with offices and a signed key; the database does it, once. The invitation is gone."""
    books.connection.execute(select(func.admit(invitation, key.serial, key.signed_by, key.signature)))


def remove(books: Books, invitation: UUID) -> None:
    """Take an invitation back."""
    books.connection.execute(delete(INVITATION).where(INVITATION.c.id == invitation))


def _change(books: Books, invitation: UUID, values: dict[str, Any]) -> None:
    books.connection.execute(update(INVITATION).where(INVITATION.c.id == invitation).values(**values))


def _row(row: Row[Any] | None) -> InvitationRow | None:
    if row is None:
        return None
    box = None if row.box is None else PublicKey(row.box)
    return InvitationRow(**dict(row._mapping) | {"roles": tuple(row.roles), "box": box})
