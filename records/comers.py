"""Those who come with a matter: who is here, codes by which somebody may join them, and who has said yes to a text so far."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from records.books import Books
from records.once import once
from records.tables import COMER, CONSENT_VOICE, JOINING
from records.vault import PublicKey

OWN, FOR_ANOTHER, CONCERNED = "own", "for_another", "concerned"
"""What somebody comes for: their own matter, somebody else's, or theirs in which somebody else came first."""
_FORGET: Final = text("SELECT forget_own(:everything)")
_FORGET_OTHER: Final = text("SELECT forget_identity(:comer)")
_END_WORDS: Final = text("SELECT end_words(:comer)")
_LOCK_OUT: Final = text("SELECT lock_out_of_grown(:whom)")
_PURGE: Final = text("SELECT purge_joinings(:today)")


@dataclass(frozen=True, slots=True)
class ComerRow:
    """One of those who came. `number` is said instead of a name; `public` is that of their words, empty once they left."""

    id: UUID
    matter_id: UUID
    number: int
    part: str
    public: bytes = field(repr=False)
    here: bool = True


@dataclass(frozen=True, slots=True)
class JoiningRow:
    """A code that somebody was given: it opens what it leads to as a seat does, until it is used, taken back or over."""

    locator: bytes = field(repr=False)
    id: UUID
    matter_id: UUID
    part: str
    public: bytes = field(repr=False)
    epoch: int
    key_sealed: bytes = field(repr=False)
    expires_on: date


_COMERS = select(*(COMER.c[name] for name in ComerRow.__dataclass_fields__))
_COMERS = _COMERS.where(COMER.c.matter_id == bindparam("matter")).order_by(COMER.c.number)
_JOININGS = select(*(JOINING.c[name] for name in JoiningRow.__dataclass_fields__)).order_by(JOINING.c.expires_on, JOINING.c.id)


@once
def of_matter(books: Books, matter_id: UUID) -> list[ComerRow]:
    """Everybody who ever came with a matter, in the order they came."""
    return [ComerRow(*row) for row in books.connection.execute(_COMERS, {"matter": matter_id})]


def concerned_agrees(books: Books, matter_id: UUID) -> bool:
    """Whether whoever a matter is about is in it with words of their own, or nobody came for somebody else."""
    parts = {one.part for one in of_matter(books, matter_id) if one.here}
    return CONCERNED in parts or FOR_ANOTHER not in parts


def add(books: Books, row: ComerRow) -> None:
    """Somebody comes."""
    books.connection.execute(insert(COMER).values({name: getattr(row, name) for name in ComerRow.__dataclass_fields__}))


def key_of(books: Books, comer_id: UUID) -> PublicKey | None:
    """The public key of somebody's words; None: there is no such person here."""
    query = select(COMER.c.public).where(COMER.c.id == comer_id, COMER.c.here)
    raw = books.connection.execute(query).scalar_one_or_none()
    return PublicKey(raw) if raw else None


def left(books: Books, comer_id: UUID) -> None:
    """Somebody is not here any more: nothing is sealed to their words from now on."""
    books.connection.execute(update(COMER).where(COMER.c.id == comer_id).values(here=False, public=b""))


def forget_own(books: Books, *, everything: bool) -> None:
    """Destroy who somebody is whose words were told; with `everything`, also what they wrote alone, and their files."""
    books.connection.execute(_FORGET, {"everything": everything})


def forget_identity(books: Books, comer_id: UUID) -> None:
    """Destroy who somebody was who is not here any more."""
    books.connection.execute(_FORGET_OTHER, {"comer": comer_id})


def end_words(books: Books, comer_id: UUID) -> None:
    """The words of somebody who is not here any more lead nowhere. Where they are one's own, nothing can be written after it."""
    books.connection.execute(_END_WORDS, {"comer": comer_id})


def lock_out_of_grown(books: Books, person_id: UUID) -> None:
    """Somebody of the office loses their seats in all that grew out of the matter whose words or code were told."""
    books.connection.execute(_LOCK_OUT, {"whom": person_id})


def add_joining(books: Books, row: JoiningRow) -> None:
    """Keep where a code leads."""
    books.connection.execute(insert(JOINING).values({name: getattr(row, name) for name in JoiningRow.__dataclass_fields__}))


def joining(books: Books, locator: bytes) -> JoiningRow | None:
    """What a code leads to, as long as it can be used; after `seats.as_words` with its locator."""
    query = _JOININGS.where(JOINING.c.locator == locator, JOINING.c.expires_on >= books.today)
    row = books.connection.execute(query).one_or_none()
    return None if row is None else JoiningRow(*row)


def joinings(books: Books, matter_id: UUID) -> list[JoiningRow]:
    """The codes that can still be used in a matter, that which ends first at the beginning."""
    query = _JOININGS.where(JOINING.c.matter_id == matter_id, JOINING.c.expires_on >= books.today)
    return [JoiningRow(*row) for row in books.connection.execute(query)]


def reseal_joining(books: Books, row_id: UUID, epoch: int, key_sealed: bytes) -> None:
    """A code opens the next epoch, too."""
    books.connection.execute(update(JOINING).where(JOINING.c.id == row_id).values(epoch=epoch, key_sealed=key_sealed))


def drop_joinings(books: Books, matter_id: UUID, locator: bytes | None = None) -> int:
    """Take codes away: one, or with None all of a matter. Return how many."""
    gone = delete(JOINING).where(JOINING.c.matter_id == matter_id)
    return books.connection.execute(gone if locator is None else gone.where(JOINING.c.locator == locator)).rowcount


def purge_joinings(books: Books) -> int:
    """Take away the codes that are over, of every matter. Return how many."""
    return int(books.connection.execute(_PURGE, {"today": books.today}).scalar_one())


def next_number(books: Books, matter_id: UUID) -> int:
    """The number of whoever comes next; the matter is locked."""
    query = select(func.coalesce(func.max(COMER.c.number), 0) + 1).where(COMER.c.matter_id == matter_id)
    return int(books.connection.execute(query).scalar_one())


def say_yes(books: Books, matter_id: UUID, consent_id: UUID, comer_id: UUID) -> None:
    """Write down that somebody agrees to a text, until it is not asked any more."""
    row = upsert(CONSENT_VOICE).values(matter_id=matter_id, consent_id=consent_id, comer_id=comer_id)
    books.connection.execute(row.on_conflict_do_nothing())


def yeses(books: Books, matter_id: UUID) -> set[tuple[UUID, UUID]]:
    """Who has said yes to which text that is still asked, as (consent, comer)."""
    query = select(CONSENT_VOICE.c.consent_id, CONSENT_VOICE.c.comer_id).where(CONSENT_VOICE.c.matter_id == matter_id)
    return {(row.consent_id, row.comer_id) for row in books.connection.execute(query)}
