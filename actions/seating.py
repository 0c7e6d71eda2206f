"""Who gets a seat in a new matter of the ombudsperson's office: chosen once, before anything is sealed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid4

from actions.sealing import NoCeremony, Seated, trusted_keys
from policies.refusal import Refusal
from policies.rules import Role
from records import people, seats
from records.books import Books
from records.seats import PERSON, RECOVERY, EpochRow, SeatRow
from records.vault import RECOVERY as CEREMONY
from records.vault import Epoch, PublicKey, SignedKey, new_epoch, seat_context, seat_for

FIRST, STAND_IN, ALTERNATE, LAST = 0, 1, 2, 9


class NoReader(Refusal):
    """Too few people are left who may open it. Nothing was kept."""

    code: ClassVar[str] = "no_reader"
    status: ClassVar[int] = 503


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in office today whose key is signed. `outside` is an alternate from outside the office."""

    person: UUID
    role: str
    absent: bool
    outside: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets a seat, by rung, and who is responsible."""

    seated: tuple[Seated, ...]
    handler: UUID

    @property
    def persons(self) -> list[UUID]:
        """Who can open it, first handler first."""
        return [seated.person for seated in self.seated]


def candidates(books: Books, kind: str) -> list[Candidate]:
    """Everybody who could be given a seat in a matter of this kind, each once, in the pack's order of roles."""
    roles, trusted = books.pack.house.roles, trusted_keys(books)
    serving = [each for each in people.serving(books, books.today) if each.person_id in trusted]
    found: dict[UUID, Candidate] = {}
    for name, role in roles.items():
        if role.door == "desk" and kind in role.handles:
            for each in serving:
                if each.role == name and each.person_id not in found:
                    found[each.person_id] = Candidate(each.person_id, name, each.absent, role.outside_office)
    return list(found.values())


def choose(
    books: Books, kind: str, excluded: Collection[UUID], *, aside: Collection[UUID] = (), prefer: UUID | None = None
) -> Choice:
    """Choose the first handler, one stand-in and the alternates; nobody who is excluded, nor who answers to one of them.

    Whoever is there comes before whoever is away. The first who is there is responsible; if all are away, the first. Those
    `aside` get no seat, which says nothing about who works under them; `prefer` is somebody the visitor asks for. Raises
    NoReader below the pack's least number, and NoCeremony.
    """
    may = _not_under(candidates(books, kind), excluded, books.pack.house.roles)
    left = [one for one in may if one.person not in aside]
    least = books.pack.house.min_readers.value
    if len(left) < max(least if isinstance(least, int) else 1, 1):
        raise NoReader()
    rungs = _rungs(left, books.pack.house.roles, prefer)
    trusted = trusted_keys(books)
    handler = next((one for one, _ in rungs if not one.absent), rungs[0][0])
    return Choice(tuple(Seated(one.person, rung, trusted[one.person].box) for one, rung in rungs), handler.person)


def recovery_key(trusted: Mapping[UUID, SignedKey]) -> PublicKey:
    """What recovery's seats are sealed to. Raises NoCeremony if nobody vouched for it: no matter is ever without recovery."""
    if CEREMONY not in trusted:
        raise NoCeremony()
    return trusted[CEREMONY].box


def found_at_desk(books: Books, matter_id: UUID, own: Seated, others: Sequence[Seated], recovery: PublicKey) -> Epoch:
    """Begin the first epoch of a matter that somebody at the desk opens: their own seat first, by which they see the rest."""
    epoch = new_epoch()
    _seat(books, matter_id, epoch, PERSON, own.person, own.rung, own.key)
    seats.add_epoch(books, EpochRow(uuid4(), matter_id, epoch.number, epoch.pair.public.raw, False, None))
    for seated in others:
        _seat(books, matter_id, epoch, PERSON, seated.person, seated.rung, seated.key)
    _seat(books, matter_id, epoch, RECOVERY, None, LAST, recovery)
    return epoch


def _seat(books: Books, matter_id: UUID, epoch: Epoch, holder: str, person: UUID | None, rung: int, key: PublicKey) -> None:
    row = uuid4()
    key_sealed = seat_for(epoch, key, seat_context(row, matter_id, epoch.number))
    seats.add(books, SeatRow(row, matter_id, holder, person, rung, epoch.number, key_sealed, None, books.now))


def _not_under(
    found: Sequence[Candidate], excluded: Collection[UUID], roles: Mapping[str, Role]
) -> list[Candidate]:
    """Without the excluded, and without those of whose overseers nobody else is left: they would work under one of them."""
    left = [one for one in found if one.person not in excluded]
    leading = {one.role for one in found} - {one.role for one in left}
    return [one for one in left if roles[one.role].overseer not in leading]


def _rungs(left: Sequence[Candidate], roles: Mapping[str, Role], prefer: UUID | None) -> list[tuple[Candidate, int]]:
    inside = sorted((one for one in left if not one.outside), key=lambda one: (one.person != prefer, one.absent))
    outside = sorted((one for one in left if one.outside), key=lambda one: (one.person != prefer, one.absent))
    if prefer in {one.person for one in outside}:
        inside, outside = [outside[0], *inside], outside[1:]
    first, *rest = inside or outside
    fit = [one for one in rest if not one.outside and _may_stand_in(one, first, roles)]
    stand_in = next(iter(fit), None)
    alternates = [one for one in (outside if inside else rest) if one not in {first, stand_in}]
    second = [(stand_in, STAND_IN)] if stand_in is not None else []
    return [(first, FIRST), *second, *((one, ALTERNATE) for one in alternates)]


def _may_stand_in(one: Candidate, first: Candidate, roles: Mapping[str, Role]) -> bool:
    return one.role == first.role or first.role in roles[one.role].stands_in_for
