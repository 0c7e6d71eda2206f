"""How people sign in: accounts and sessions. Nothing stands here by which somebody could sign in."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, text, update

from records.books import Books
from records.people import PersonRow, serves
from records.tables import ACCOUNT, APPOINTMENT, PERSON, SESSION


@dataclass(frozen=True, slots=True)
class AccountRow:
    """What one person signs in with. `not_before` and the session's instants are wall time."""

    person_id: UUID
    login: str
    passphrase_hash: str = field(repr=False)
    totp_sealed: bytes = field(repr=False)
    last_totp_step: int | None = None
    failures: int = 0
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One person signed in. Found by a hash of the secret that only the person's side holds.

    `key_wrapped` is the person's own key under that secret, bound to `id`; None where people hold no key.
    """

    token_hash: bytes = field(repr=False)
    id: UUID
    person_id: UUID
    made_at: datetime
    seen_at: datetime
    key_wrapped: bytes | None = field(default=None, repr=False)


_ACCOUNT = select(*(ACCOUNT.c[name] for name in AccountRow.__dataclass_fields__))
_ROLES = select(func.array_agg(APPOINTMENT.c.role)).where(APPOINTMENT.c.person_id == PERSON.c.id, serves(bindparam("on")))
_SESSION = (*(SESSION.c[name] for name in SessionRow.__dataclass_fields__),)
_OWNER = (*(PERSON.c[name] for name in PersonRow.__dataclass_fields__),)
_RECOGNISED = (
    select(*_SESSION, *_OWNER, _ROLES.scalar_subquery())
    .join(PERSON, PERSON.c.id == SESSION.c.person_id)
    .where(SESSION.c.token_hash == bindparam("token"))
)


def add(books: Books, account: AccountRow) -> None:
    """Write down an account."""
    books.connection.execute(insert(ACCOUNT).values({name: getattr(account, name) for name in AccountRow.__dataclass_fields__}))


def by_login(books: Books, login: str) -> AccountRow | None:
    """The account with this login, which is written in small letters; None if there is none."""
    row = books.connection.execute(_ACCOUNT.where(ACCOUNT.c.login == login)).one_or_none()
    return None if row is None else AccountRow(**row._mapping)


def lock(books: Books, person_id: UUID) -> AccountRow | None:
    """The person's account, held until the transaction ends; None if there is none."""
    row = books.connection.execute(_ACCOUNT.where(ACCOUNT.c.person_id == person_id).with_for_update()).one_or_none()
    return None if row is None else AccountRow(**row._mapping)


def logins(books: Books, people: Collection[UUID]) -> dict[UUID, str]:
    """Logins by person."""
    query = select(ACCOUNT.c.person_id, ACCOUNT.c.login).where(ACCOUNT.c.person_id.in_(people))
    return {row.person_id: row.login for row in books.connection.execute(query)}


def succeeded(books: Books, person_id: UUID, step: int) -> None:
    """Write down that the person signed in with the code of this step: it and those before it are used up."""
    values = {"last_totp_step": step, "failures": 0, "not_before": None}
    books.connection.execute(update(ACCOUNT).where(ACCOUNT.c.person_id == person_id).values(**values))


def failed(books: Books, person_id: UUID, failures: int, not_before: datetime | None) -> None:
    """Write down a try that failed, without waiting for the disk: how long the answer takes must not tell that there was
    an account to write to. A power cut may forget one failure; it cannot forget a success.
    """
    books.connection.execute(text("SET LOCAL synchronous_commit TO off"))
    values = {"failures": failures, "not_before": not_before}
    books.connection.execute(update(ACCOUNT).where(ACCOUNT.c.person_id == person_id).values(**values))


def begin_session(books: Books, session: SessionRow) -> None:
    """Write down that somebody is signed in."""
    books.connection.execute(insert(SESSION).values({name: getattr(session, name) for name in SessionRow.__dataclass_fields__}))


def session(books: Books, token_hash: bytes, on: date) -> tuple[SessionRow, PersonRow, frozenset[str]] | None:
    """The session found by this hash, whose it is, and the offices they hold on a day: every request of every door asks that."""
    row = books.connection.execute(_RECOGNISED, {"token": token_hash, "on": on}).one_or_none()
    if row is None:
        return None
    *told, roles = row
    return SessionRow(*told[: len(_SESSION)]), PersonRow(*told[len(_SESSION) :]), frozenset(roles or ())


def seen(books: Books, token_hash: bytes) -> None:
    """Write down that the session is in use."""
    books.connection.execute(update(SESSION).where(SESSION.c.token_hash == token_hash).values(seen_at=books.wall))


def lend_key(books: Books, token_hash: bytes, key_wrapped: bytes) -> None:
    """Let a session hold its person's own key, wrapped under the secret of their side."""
    books.connection.execute(update(SESSION).where(SESSION.c.token_hash == token_hash).values(key_wrapped=key_wrapped))


def end_session(books: Books, token_hash: bytes) -> None:
    """Forget a session."""
    books.connection.execute(delete(SESSION).where(SESSION.c.token_hash == token_hash))


def end_stale(books: Books, person_id: UUID, *, made_before: datetime, seen_before: datetime) -> None:
    """Forget those sessions of a person that are over."""
    over = or_(SESSION.c.made_at < made_before, SESSION.c.seen_at < seen_before)
    books.connection.execute(delete(SESSION).where(and_(SESSION.c.person_id == person_id, over)))
