"""Who may have a seat in a matter of the ombudsperson's office, who gets one, and whom she locked out."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.kernel.actor import Actor
from actions.kernel.driving import DRIVES
from actions.matching import meant, mentioned
from actions.sealing import NoCeremony, Reader, Seated, trusted_keys
from policies.refusal import Refusal
from policies.rules import Role
from records import matters, people, sealed, seats
from records.books import Books
from records.people import Serving
from records.seats import PERSON, RECOVERY, EpochRow, SeatRow
from records.vault import ABOUT, MUST_NOT_SEE, Author, Epoch, PublicKey, SignedKey, new_epoch, seat_context, seat_for
from records.vault import RECOVERY as CEREMONY

FIRST, STAND_IN, ALTERNATE, LAST = 0, 1, 2, 9
DESK: Final = "desk"
BEGUN_FROM: Final = "begun_from"
"""The tie of a matter that the office begins by itself to the case it is begun from."""


class NoReader(Refusal):
    """Too few people are left who may open it. Nothing was kept."""

    code: ClassVar[str] = "no_reader"
    status: ClassVar[int] = 503


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in office today to whose signed key a matter may be sealed. `outside`: an alternate from outside the office."""

    person: UUID
    name: str
    role: str
    absent: bool
    outside: bool
    key: PublicKey


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets a seat, by rung, and who is responsible."""

    seated: tuple[Seated, ...]
    handler: UUID

    @property
    def persons(self) -> list[UUID]:
        """Who can open it, first handler first."""
        return [seated.person for seated in self.seated]


def candidates(books: Books, kind: str | None = None) -> list[Candidate]:
    """Everybody at the desk today whose key is trusted, each once, by the pack's order of roles, then by appointment.

    `kind`: only those whose role handles such matters. Who is away stands in it, marked; who has no signed key is left out:
    nothing can be sealed to them. Raises NoCeremony.
    """
    roles = {name: role for name, role in books.pack.house.roles.items() if role.door == DESK}
    order = [name for name, role in roles.items() if kind is None or kind in role.handles]
    trusted = trusted_keys(books)
    serving = [each for each in people.serving(books, books.today) if each.role in order and each.person_id in trusted]
    first: dict[UUID, Serving] = {}
    for each in sorted(serving, key=lambda each: order.index(each.role)):
        first.setdefault(each.person_id, each)
    names = people.names(books, list(first))
    return [
        Candidate(person, names[person], each.role, each.absent, roles[each.role].outside_office, trusted[person].box)
        for person, each in first.items()
    ]


def choose(
    books: Books, kind: str, excluded: Collection[UUID], *, aside: Collection[UUID] = (), prefer: UUID | None = None
) -> Choice:
    """Choose the first handler, one stand-in and the alternates; nobody who is excluded, nor who answers to one of them.

    Whoever is there comes before whoever is away. The first who is there is responsible; if all are away, the first. Those
    `aside` get no seat, which says nothing about who works under them; `prefer` is somebody the visitor asks for. Raises
    NoReader below the pack's least number, and NoCeremony.
    """
    found, roles = candidates(books, kind), books.pack.house.roles
    out = {*excluded, *under(found, excluded, roles), *aside}
    left = [one for one in found if one.person not in out]
    least = books.pack.house.min_readers.value
    if len(left) < max(least if isinstance(least, int) else 1, 1):
        raise NoReader()
    rungs = _rungs(left, roles, prefer, seated=())
    handler = next((one for one, _ in rungs if not one.absent), rungs[0][0])
    return Choice(tuple(Seated(one.person, rung, one.key) for one, rung in rungs), handler.person)


def in_line(
    found: Sequence[Candidate],
    seated: Collection[UUID],
    out: Collection[UUID],
    roles: Mapping[str, Role],
    *,
    prefer: UUID | None = None,
) -> list[Seated]:
    """Who would get a seat if the matter came today, and has none; nobody who is `out`.

    Whoever has a seat comes before their equals and counts as there: an absence makes nobody a reader.
    """
    left = [replace(one, absent=False) if one.person in seated else one for one in found if one.person not in out]
    if not left:
        return []
    rungs = _rungs(left, roles, prefer, seated=seated)
    return [Seated(one.person, rung, one.key) for one, rung in rungs if one.person not in seated]


def locked_out(books: Books, matter_id: UUID, actor: Actor, found: Sequence[Candidate]) -> set[UUID]:
    """Those of `found` who must not see a matter: ticked or named by her, or because they left it.

    As at intake, nobody is seated who works under somebody she locked out. What grew out of a case is judged with it. The
    program looks for the holder, who is told nothing but the answer: it is no reading. What cannot be opened stops the act. Of
    what gathers several cases, whoever has no seat in one of them is out.
    """
    names = {one.person: one.name for one in found}
    hers: set[UUID] = set()
    left: set[UUID] = set()
    for case in dict.fromkeys((matter_id, seats.case_of(books, matter_id))):
        reader = Reader(books, case, actor)
        for row in sealed.texts(books, case, [ABOUT.name, MUST_NOT_SEE.name]):
            if row.slot == ABOUT.name:
                hers |= mentioned(reader.open(row, ABOUT).text, names)
                continue
            told = json.loads(reader.open(row, MUST_NOT_SEE).text)
            ticked = {UUID(one) for one in told["ids"]}
            if row.author == Author.VISITOR:
                hers |= ticked | meant(told["words"], names)
            else:
                left |= ticked
    for case in gathered(books, matter_id):
        left |= {one.person for one in found} - seats.persons(books, case)
    return hers | left | under(found, hers, books.pack.house.roles)


def gathered(books: Books, matter_id: UUID) -> list[UUID]:
    """The cases that a matter of the office's own was begun from or gathers: who may not read each of them does not read it."""
    return [to for own, to, what in matters.links(books, matter_id) if own == matter_id and what in {BEGUN_FROM, DRIVES}]


def under(found: Sequence[Candidate], excluded: Collection[UUID], roles: Mapping[str, Role]) -> set[UUID]:
    """Those of whose overseers nobody is left once the excluded are gone: they would work under one of them."""
    leading = {one.role for one in found} - {one.role for one in found if one.person not in excluded}
    return {one.person for one in found if roles[one.role].overseer in leading}


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


def _rungs(
    left: Sequence[Candidate], roles: Mapping[str, Role], prefer: UUID | None, *, seated: Collection[UUID]
) -> list[tuple[Candidate, int]]:
    order = list(roles)

    def rank(one: Candidate) -> tuple[bool, bool, int, bool]:
        return one.person != prefer, one.absent, order.index(one.role), one.person not in seated

    inside = sorted((one for one in left if not one.outside), key=rank)
    outside = sorted((one for one in left if one.outside), key=rank)
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
