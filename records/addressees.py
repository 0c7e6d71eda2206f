"""Those to whom letters are served: the public halves of their keys in both databases, the wrapped key in the house alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from records.books import Books
from records.people import serves
from records.tables import ADDRESSEE, APPOINTMENT, LETTER_KEY
from records.vault import AddresseeKey, PublicKey, key_digits


@dataclass(frozen=True, slots=True)
class AddresseeRow:
    """One letter key's public half. Signed by nobody: nothing is sealed to it. From `ended_on` on neither."""

    person_id: UUID
    serial: int
    name: str
    office: str
    language: str
    box: bytes
    verify: bytes
    made_on: date
    signed_by: bytes | None = None
    signature: bytes | None = None
    signed_on: date | None = None
    ended_on: date | None = None

    @property
    def key(self) -> AddresseeKey:
        """What is signed."""
        return AddresseeKey(self.person_id, self.serial, self.name, self.office, PublicKey(self.box), self.verify)

    @property
    def digits(self) -> str:
        """What the addressee and whoever signs compare."""
        return key_digits(self.person_id, self.key.box, self.verify)


@dataclass(frozen=True, slots=True)
class LetterKeyRow:
    """A person's own letter key, wrapped under their passphrase."""

    person_id: UUID
    serial: int
    key_wrapped: bytes = field(repr=False)


_ADDRESSEES = select(*(ADDRESSEE.c[name] for name in AddresseeRow.__dataclass_fields__))


def add(books: Books, row: AddresseeRow) -> None:
    """Keep a key's public half; one that is there already stays as it is."""
    values = {name: getattr(row, name) for name in AddresseeRow.__dataclass_fields__}
    books.connection.execute(insert(ADDRESSEE).values(values).on_conflict_do_nothing())


def everyone(books: Books) -> list[AddresseeRow]:
    """All keys, by name, the newest of a person first."""
    rows = books.connection.execute(_ADDRESSEES.order_by(ADDRESSEE.c.name, ADDRESSEE.c.person_id, ADDRESSEE.c.serial.desc()))
    return [AddresseeRow(*row) for row in rows]


def newest(books: Books, person: UUID) -> AddresseeRow | None:
    """A person's newest key; None: they have none."""
    query = _ADDRESSEES.where(ADDRESSEE.c.person_id == person).order_by(ADDRESSEE.c.serial.desc()).limit(1)
    row = books.connection.execute(query).one_or_none()
    return None if row is None else AddresseeRow(*row)


def lock(books: Books, person: UUID, serial: int) -> AddresseeRow | None:
    """One key, held until the transaction ends."""
    mine = (ADDRESSEE.c.person_id == person) & (ADDRESSEE.c.serial == serial)
    row = books.connection.execute(_ADDRESSEES.where(mine).with_for_update()).one_or_none()
    return None if row is None else AddresseeRow(*row)


def sign(books: Books, person: UUID, serial: int, signed_by: bytes, signature: bytes, on: date) -> None:
    """It counts from now on, and those before it do not."""
    mine = (ADDRESSEE.c.person_id == person) & (ADDRESSEE.c.serial == serial)
    values = {"signed_by": signed_by, "signature": signature, "signed_on": on}
    books.connection.execute(update(ADDRESSEE).where(mine).values(**values))
    before = (ADDRESSEE.c.person_id == person) & (ADDRESSEE.c.serial < serial) & ADDRESSEE.c.ended_on.is_(None)
    books.connection.execute(update(ADDRESSEE).where(before).values(ended_on=on))


def told_signed(books: Books, person: UUID, serial: int, on: date) -> None:
    """In the house: the office signed it on that day."""
    mine = (ADDRESSEE.c.person_id == person) & (ADDRESSEE.c.serial == serial)
    books.connection.execute(update(ADDRESSEE).where(mine).values(signed_on=on))


def end(books: Books, person: UUID, serial: int, on: date) -> None:
    """Nothing is sealed to it from that day on; one that had ended before stays so."""
    mine = (ADDRESSEE.c.person_id == person) & (ADDRESSEE.c.serial == serial) & ADDRESSEE.c.ended_on.is_(None)
    books.connection.execute(update(ADDRESSEE).where(mine).values(ended_on=on))


def vouched_by(books: Books, verify: bytes) -> bool:
    """Whether a key that counts hangs on this holder's signature."""
    query = select(func.count()).where(ADDRESSEE.c.signed_by == verify, ADDRESSEE.c.ended_on.is_(None))
    return bool(books.connection.execute(query).scalar_one())


def out_of_office(books: Books, role: str, on: date) -> list[AddresseeRow]:
    """In the house: keys of people who hold the role no longer on that day."""
    held = select(APPOINTMENT.c.id).where(
        APPOINTMENT.c.person_id == ADDRESSEE.c.person_id, APPOINTMENT.c.role == role, serves(on)
    )
    rows = books.connection.execute(_ADDRESSEES.where(ADDRESSEE.c.ended_on.is_(None), ~held.exists()))
    return [AddresseeRow(*row) for row in rows]


def in_office(books: Books, role: str, on: date) -> list[UUID]:
    """In the house: people who hold the role on that day and have a key that was not ended."""
    held = select(APPOINTMENT.c.id).where(
        APPOINTMENT.c.person_id == ADDRESSEE.c.person_id, APPOINTMENT.c.role == role, serves(on)
    )
    query = select(ADDRESSEE.c.person_id).where(ADDRESSEE.c.ended_on.is_(None), held.exists()).distinct()
    return sorted(books.connection.execute(query).scalars())


def keep_own(books: Books, row: LetterKeyRow) -> None:
    """A person's own key, in place of the one before."""
    values: Mapping[str, Any] = {name: getattr(row, name) for name in LetterKeyRow.__dataclass_fields__}
    kept = insert(LETTER_KEY).values(values)
    books.connection.execute(kept.on_conflict_do_update(index_elements=["person_id"], set_=dict(values)))


def own(books: Books, person: UUID) -> LetterKeyRow | None:
    """A person's own key; None: they made none."""
    query = select(*(LETTER_KEY.c[name] for name in LetterKeyRow.__dataclass_fields__))
    row = books.connection.execute(query.where(LETTER_KEY.c.person_id == person)).one_or_none()
    return None if row is None else LetterKeyRow(*row)


def name(books: Books, person: UUID) -> None:
    """In the office: make them one of those whom somebody who comes can name, while a key of theirs is signed; else no more."""
    books.connection.execute(select(func.name_addressee(person, books.today)))
