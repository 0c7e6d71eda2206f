"""The list of somebody whose time in office ends: what is theirs to settle; and, for their overseer, only whether it is done.

Nobody hears how many talks a colleague has: an overseer reads one yes or no, written by the house's own process.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from actions.kernel.callers import DeskPerson
from actions.kinds.handing_over import asked_about, asks_her
from actions.looking import Named
from actions.office import Office
from actions.plain_term import ANSWER
from actions.terms import roster_of_desk
from records import clocks, desk, matters, people, terms
from records.books import Books
from records.matters import Matter
from states.ladders import Roster


@dataclass(frozen=True, slots=True)
class OwnMatter:
    """Something one answers for. `asked`: whom she was asked about, until `answer_by`; `told`: she knows when it ends."""

    id: UUID
    kind: str
    state: str
    asked: Named | None = None
    answer_by: date | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """One's own end. `informal` has to be settled by oneself; `formal` goes to the next in line by itself."""

    last_on: date
    days: int
    informal: tuple[OwnMatter, ...]
    formal: tuple[OwnMatter, ...]


@dataclass(frozen=True, slots=True)
class OverTerm:
    """The end of somebody's whom one oversees: whether it is done, and no number."""

    who: Named
    last_on: date
    done: bool


@dataclass(frozen=True, slots=True)
class Ends:
    """What somebody at the desk is told of ends today. `own` None: theirs is not near, or not known."""

    own: OwnTerm | None
    over: tuple[OverTerm, ...]


@dataclass(frozen=True, slots=True)
class Nearing:
    """What the first page says of it: one's own last day if it is near, and how it stands with those one oversees."""

    last_on: date | None
    over: tuple[OverTerm, ...]


def ends_of(office: Office, *, by: DeskPerson) -> Ends:
    """The list, if one's own end is near, and what one hears of others. Looking changes nothing, and opens nothing."""
    with office.open() as books:
        by.enter(books, None)
        last = _near(books, by.person)
        return Ends(_own(office, books, by.person, last) if last else None, _over(books, by.person))


def nearing(office: Office, *, by: DeskPerson) -> Nearing:
    """The same in short, for the first page."""
    with office.open() as books:
        return Nearing(_near(books, by.person), _over(books, by.person))


def told_of(office: Office) -> tuple[OverTerm, ...]:
    """Every end that somebody was told of, for the operator: name, day, done or not."""
    with office.open() as books:
        found = terms.watches(books)
        names = people.names(books, [watch.person for watch in found])
        return tuple(OverTerm(Named(watch.person, names[watch.person]), watch.last_on, watch.done) for watch in found)


def _near(books: Books, person: UUID) -> date | None:
    """One's own last day, once the list is there. By the appointments of this moment, whatever was told before."""
    rules, last = books.pack.house.terms, roster_of_desk(books).last.get(person)
    if rules is None or last is None or (last - books.today).days > rules.first_days:
        return None
    return last


def _own(office: Office, books: Books, person: UUID, last: date) -> OwnTerm:
    seated = desk.own_matters(books, person, under_way=True)
    handling = people.responsible(books, [one.id for one in seated])
    mine = [one for one in seated if one.rested_on is None and handling.get(one.id) == person]
    informal = [one for one in mine if asks_her(office.kinds[one.kind].table)]
    return OwnTerm(
        last_on=last,
        days=(last - books.today).days,
        informal=_informal(books, informal),
        formal=tuple(OwnMatter(one.id, one.kind, one.state) for one in mine if one not in informal),
    )


def _informal(books: Books, mine: Sequence[Matter]) -> tuple[OwnMatter, ...]:
    due = {(row.matter_id, row.name): row.due_on for row in clocks.running(books, [one.id for one in mine])}
    asked = {one.id: asked_about(matters.history(books, one.id)) for one in mine}
    names = people.names(books, [person for person in asked.values() if person])
    return tuple(
        OwnMatter(
            one.id,
            one.kind,
            one.state,
            asked=Named(person, names[person]) if (person := asked[one.id]) else None,
            answer_by=due.get((one.id, ANSWER)),
            told=(one.id, terms.CLOCK_NAME) in due,
        )
        for one in mine
    )


def _over(books: Books, me: UUID) -> tuple[OverTerm, ...]:
    """Those of whose end one was told as their overseer: who holds an office right above theirs."""
    found = [watch for watch in terms.watches(books) if watch.again_on is not None and watch.person != me]
    chain, mine = Roster((), books.pack.house.roles), people.roles_of(books, me, books.today)
    over = [
        watch
        for watch in found
        if any(mine & set(chain.overseers(role)) for role in people.roles_of(books, watch.person, books.today))
    ]
    names = people.names(books, [watch.person for watch in over])
    return tuple(OverTerm(Named(watch.person, names[watch.person]), watch.last_on, watch.done) for watch in over)
