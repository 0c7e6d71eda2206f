"""Whom somebody locks out who joins later: their seats end before a word of hers is written, as after a conflict found late.

Whoever sits down in their place is chosen as at the beginning. What they could open until then, they have read: she is told so.
"""

from collections.abc import Collection
from uuid import UUID, uuid4

from actions.kernel.actor import Actor
from actions.sealing import seat_person, writing_epoch
from actions.seating import Candidate, NoReader, candidates, in_line, locked_out, under
from records import comers, matters, people, seats
from records.books import Books
from records.matters import Matter


def lock_out(books: Books, matter: Matter, by: Actor, persons: Collection[UUID]) -> None:
    """End the seats of these people, and of who works under them, in a matter and in what grew out of it.

    Raises NoReader where too few would be left; then nothing was written.
    """
    everybody, known = candidates(books), candidates(books, matter.kind)
    out = {*persons, *under(everybody, persons, books.pack.house.roles)}
    leaving = seats.persons(books, matter.id) & out
    if not leaving:
        return
    out |= locked_out(books, matter.id, by, known)
    staying = seats.persons(books, matter.id) - leaving
    fresh = in_line(known, staying, out, books.pack.house.roles)
    there = ({one.person for one in known} & staying) | {one.person for one in fresh}
    least = books.pack.house.min_readers.value
    if len(there) < max(least if isinstance(least, int) else 1, 1):
        raise NoReader()
    for person in leaving:
        seats.unseat(books, matter.id, person, books.now)
        comers.lock_out_of_grown(books, person)
    seats.mark_stale(books, matter.id)
    for one in fresh:
        seat_person(books, matter.id, writing_epoch(books, matter.id, by), one)
    _hand_on(books, matter.id, leaving, known)
    for grown in _grown(books, matter.id):
        _hand_on(books, grown.id, leaving, known)
        matters.change(books, grown, state=grown.state, rested_on=grown.rested_on)


def _grown(books: Books, matter_id: UUID) -> list[Matter]:
    found = [own for own, to, what in matters.links(books, matter_id) if to == matter_id and seats.is_grown(what)]
    return list(matters.lock(books, sorted(found)).values())


def _hand_on(books: Books, matter_id: UUID, leaving: Collection[UUID], known: Collection[Candidate]) -> None:
    """What was theirs to answer for is answered for by the first who is left, whoever is there before whoever is away."""
    if people.responsible(books, [matter_id]).get(matter_id) not in leaving:
        return
    away = {one.person: one.absent for one in known}
    rows = (seat.person_id for seat in seats.of_matter(books, matter_id))
    left = sorted((one for one in dict.fromkeys(rows) if one in away), key=lambda one: away[one])
    if left:
        people.make_responsible(books, uuid4(), matter_id, left[0], at=books.now, why="recused")
