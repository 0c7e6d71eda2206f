"""Whoever came to the office later gets their seats when somebody who holds a seat signs in: then a key is there that opens.

Who may have one is decided as at intake, by the roster, the pack and whom she locked out. It is no reading: of each matter only
the slots are opened that say who must not see it. She sees who can open it, as always. An informal talk is left out: nobody comes
to it later but by her yes.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final
from uuid import UUID, uuid4

import structlog

from actions.desk import hold, write_down
from actions.desk_seats import pass_on_identity
from actions.kernel import access
from actions.kernel.callers import DeskPerson
from actions.kernel.settle import tell
from actions.kernel.watching import Subject
from actions.kinds.handing_over import asks_her
from actions.office import Office
from actions.sealing import Seated, seat_person, writing_epoch
from actions.seating import ALTERNATE, Candidate, candidates, in_line, locked_out
from records import desk, matters, seats, sweeps
from records.books import Books
from records.matters import Matter
from states.acts import SEAT

MOST: Final = 10
"""Matters looked at in one sign-in. Each took a tenth of a second on two busy cores, a new epoch included: signing in takes about
a second more at worst."""
WHERE: Final = "newcomers"

_log = structlog.get_logger(WHERE)


@dataclass(frozen=True, slots=True)
class Looked:
    """What one sign-in did: matters looked at, seats given, matters left for the next time because of an error."""

    matters: int = 0
    seats: int = 0
    failed: int = 0


def seat_newcomers(office: Office, *, by: DeskPerson, most: int = MOST) -> Looked:
    """Give a seat to everybody who should have one by now, in the oldest `most` matters that wait; the rest waits on.

    One matter a transaction. What fails is noted as trouble and keeps nobody from signing in.
    """
    with office.open() as books:
        waiting = list(_waiting(office, books, by))[:most]
    given = failed = 0
    for matter in waiting:
        try:
            given += _look(office, matter, by)
        except Exception as error:  # noqa: BLE001  # whatever it is must not keep anybody from their desk; it is seen
            failed += 1
            _note(office, error)
    return Looked(len(waiting), given, failed)


def _waiting(office: Office, books: Books, by: DeskPerson) -> Iterator[Matter]:
    """The matters in which somebody is in line by the roster alone and was not judged for this roster.

    Oldest first, each case before what grew out of it. Nothing is opened for that: whom she locked out is known only when the
    matter is looked at.
    """
    by.enter(books, None)
    mine = desk.own_matters(books, by.person, under_way=True)
    own = {matter.id: matter for matter in mine if not asks_her(office.kinds[matter.kind].table)}
    seated, done, cases = seats.persons_of(books, own), seats.looked_for(books, own), seats.cases_of(books, own)
    found = {kind: candidates(books, kind) for kind in {matter.kind for matter in own.values()}}
    apart = seats.keeping_their_seats(books, own)
    age = {matter_id: place for place, matter_id in enumerate(own)}
    fresh: set[UUID] = set()
    for matter in sorted(own.values(), key=lambda one: (age.get(cases.get(one.id, one.id), -1), one.id in cases)):
        known, case = found[matter.kind], cases.get(matter.id, matter.id)
        if case not in own or matter.id in apart:
            continue  # who may read the case is not this person's to know; what was said to a mediator follows nobody's seat
        here, there = seated[matter.id], seated[case]
        wanted = _by_roster(books, known, here) if case == matter.id else _following(known, there, here)
        if case in fresh or (wanted and done[matter.id] != _roster(known, here, there)):
            fresh.add(matter.id)
            yield matter


def _look(office: Office, waiting: Matter, by: DeskPerson) -> int:
    """Look at one matter, seat who is in line and not locked out; return how many. Judged again under the matter's lock."""
    with office.open() as books:
        actor, subject = hold(office, books, waiting.kind, waiting.id, by, None)
        matter = subject.matter
        if not access.may(subject.policy, actor, SEAT, matter):
            return 0
        known, seated = candidates(books, matter.kind), seats.persons(books, matter.id)
        given = _entitled(books, subject, known, seated, locked_out(books, matter.id, actor, known))
        for one in given:
            seat_person(books, matter.id, writing_epoch(books, matter.id, actor), one)
            pass_on_identity(books, matter.id, by, one.person, one.key)
            matter = write_down(books, matter, "seated", actor, {"person": str(one.person), "at": "sign_in"})
        case = seats.persons(books, seats.case_of(books, matter.id))
        seats.looked(books, matter.id, _roster(known, seats.persons(books, matter.id), case))
        tell(books)
        return len(given)


def _entitled(
    books: Books, subject: Subject, known: Sequence[Candidate], seated: Collection[UUID], out: Collection[UUID]
) -> list[Seated]:
    matter, roles = subject.matter, books.pack.house.roles
    case = seats.case_of(books, matter.id)
    if case != matter.id:
        return [one for one in _following(known, seats.persons(books, case), seated) if one.person not in out]
    opened = matters.history(books, matter.id)[0]
    heard = [UUID(one) for one in str(opened.facts.get("heard", "")).split(",") if one]
    if subject.kind.show(books, matter).get("same_person_asked"):
        return in_line(known, seated, out, roles, prefer=heard[0] if heard else None)
    apart = books.pack.house.model.separates_tracks
    return in_line(known, seated, {*out, *(set(heard) - {*seated})} if apart else out, roles)


def _by_roster(books: Books, known: Sequence[Candidate], seated: Collection[UUID]) -> list[Seated]:
    return in_line(known, seated, (), books.pack.house.roles)


def _following(known: Sequence[Candidate], case: Collection[UUID], seated: Collection[UUID]) -> list[Seated]:
    """Of what grew out of a case: whoever has a seat in the case has one here, on the last rung that still takes part."""
    return [Seated(one.person, ALTERNATE, one.key) for one in known if one.person in case and one.person not in seated]


def _roster(known: Sequence[Candidate], here: Collection[UUID], there: Collection[UUID]) -> bytes:
    """All that decides, beside what is sealed, who is in line: who is in office, as what, whether away, and who has a seat.

    `there`: in the case it grew out of, else the same.
    """
    told = [f"{one.person} {one.role} {one.absent} {one.person in here} {one.person in there}" for one in known]
    return blake2b("\n".join(sorted(told)).encode(), digest_size=32).digest()


def _note(office: Office, error: Exception) -> None:
    _log.error("matter_not_looked_at", what=type(error).__name__)
    with office.open() as books:
        sweeps.note_trouble(books, uuid4(), WHERE, type(error).__name__)
