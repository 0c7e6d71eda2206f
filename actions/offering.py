"""What a page at the council's door lets people pick from: who serves, which states take part, which bodies meet, functions.

Nothing is decided here: whoever picks something still has to be allowed to do it, by the act itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from actions.deciding_waits import ADOPTION, RECONSIDERATION, RESOLUTION, DecisionsNotOffered, members_of, rules_of
from actions.kernel import access
from actions.kinds.meeting_rules import delegates
from actions.looking import Named, seen
from actions.office import Office
from actions.structure import may
from actions.structure_record import StructureNotOffered, known
from policies.decisions import Method
from policies.meetings import Body, Sort
from policies.members import MembershipUnknown
from records import people
from states.acts import WAIVE
from states.deciding.voters import voters_on


@dataclass(frozen=True, slots=True)
class Ballots:
    """How the house decides: names of its rules of voting, what a vote may be asked about, its kinds of text."""

    rules: tuple[str, ...]
    asks: tuple[str, ...]
    methods: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """A body or a sort of meetings: its short name, and how it is called in each language."""

    code: str
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """Whom a state has accredited, by the id of the accreditation."""

    id: UUID
    state: str
    name: str


def today(office: Office) -> date:
    """The day it is at the office."""
    with office.open() as books:
        return books.today


def may_waive(office: Office, kind: str, matter_id: UUID, *, by: UUID) -> bool:
    """Whether the policy lets this person excuse that a duty of this matter is late. Raises NotFound."""
    with office.open() as books:
        actor, subject = seen(office, books, kind, matter_id, by)
        return access.may(subject.policy, actor, WAIVE, subject.matter)


def serving(office: Office) -> Sequence[Named]:
    """Everybody who holds an office of the house today, by name."""
    with office.open() as books:
        there = {one.person_id for one in people.serving(books, books.today)}
        found = people.names(books, there)
        return sorted((Named(person, name) for person, name in found.items()), key=lambda one: (one.name, one.id))


def functions(office: Office, *, by: UUID) -> Sequence[tuple[str, str]]:
    """Id and name of every function of the house today; none where there is no structure, or the person may not see it."""
    with office.open() as books:
        try:
            if not may(books, by, "read"):
                return ()
            house = known(books).at(books.today, books.today)
        except StructureNotOffered:
            return ()
        return sorted((one.id, one.name) for one in house.functions.values() if one.live)


def states(office: Office, on: date | None = None) -> Sequence[str]:
    """The members that take part on a day (left out: today), by their letters; none where nobody knows."""
    with office.open() as books:
        try:
            return sorted(voters_on(on or books.today, members_of(books)).attending)
        except (DecisionsNotOffered, MembershipUnknown):
            return ()


def sent(office: Office, on: date) -> Sequence[Sent]:
    """Who is accredited on a day, by state and name."""
    with office.open() as books:
        found = [Sent(line, one.state, one.name) for line, one in delegates(books, on).items()]
        return sorted(found, key=lambda one: (one.state, one.name, one.id))


def ballots(office: Office) -> Ballots:
    """How the house decides, by the edition in use; nothing where its pack does not say."""
    with office.open() as books:
        try:
            rules = rules_of(books)
        except DecisionsNotOffered:
            return Ballots((), (), (), ())
    waits = sorted(name for name, lock in rules.locks.items() if lock.waived_by is not None)
    again = (RECONSIDERATION,) if rules.reconsidered_by is not None else ()
    texts = {RESOLUTION, *(text for lock in rules.locks.values() for text in lock.texts)}
    return Ballots(
        rules=tuple(sorted(rules.rules)),
        asks=(ADOPTION, *again, *waits),
        methods=tuple(str(one) for one in Method),
        texts=tuple(sorted(texts)),
    )


def bodies(office: Office) -> Sequence[Called]:
    """The bodies of the house that meet."""
    with office.open() as books:
        found = {} if books.pack.meetings is None else books.pack.meetings.bodies
    return [_called(code, one) for code, one in found.items()]


def sorts(office: Office) -> Sequence[Called]:
    """The sorts of meetings they hold."""
    with office.open() as books:
        found = {} if books.pack.meetings is None else books.pack.meetings.sorts
    return [_called(code, one) for code, one in found.items()]


def _called(code: str, one: Body | Sort) -> Called:
    return Called(code, {str(language): str(word) for language, word in one.name.items()})
