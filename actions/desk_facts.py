"""What the one who handles a case says of it in codes, for the reports: where, who, what about, and whether about one head.

No name is ever told here. Cases about one head of a unit share a random tag; the handler says "the same as in that other case of
mine", and the tag goes along. It is what tells a number about ten people from a number about one.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from actions.desk import enter, write_down
from actions.desk_acting import act
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.kernel.kind import Kind
from actions.kernel.watching import Subject
from actions.office import Office
from actions.replays import Repeatable
from policies.categories import categories
from policies.pack import Pack
from policies.refusal import Refusal
from records import desk, facts, matters
from records.books import Books
from records.facts import FactsRow
from records.matters import Matter
from states.acts import NOTE

About = Literal["unknown", "nobody", "head"]
Code = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
MOST_ISSUES = 20
MOST_HEADS = 200
"""Cases that are offered as being about the same head."""


class UnknownStation(Refusal):
    """The pack has no duty station with this code."""

    code: ClassVar[str] = "unknown_station"
    status: ClassVar[int] = 422


class UnknownPersonnel(Refusal):
    """The pack has no such class of people."""

    code: ClassVar[str] = "unknown_personnel"
    status: ClassVar[int] = 422


class NoHeadThere(Refusal):
    """Nobody has said of the other case that it is about a head, so this one cannot be about the same."""

    code: ClassVar[str] = "no_head_there"


class HeadContradicted(Refusal):
    """A head is pointed to, and the case is said not to be about one."""

    code: ClassVar[str] = "head_contradicted"
    status: ClassVar[int] = 422


class Classification(BaseModel):
    """What is said of a case. Left out: not known.

    `about` head: it is about the head of some unit. Then `same_as` is another case of yours that is about the same one;
    `another` says that it is about another head than was said of it before. Without either, what was said before stays.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    station: Code | None = None
    personnel: Code | None = None
    about: About = Field(default="unknown", repr=False)
    same_as: UUID | None = None
    another: bool = False
    issues: Annotated[tuple[Code, ...], Field(max_length=MOST_ISSUES)] = ()


@dataclass(frozen=True, slots=True)
class Classified:
    """What is said of a case. `on` None: nothing yet. `same_head`: own cases of the looker that are about the same head."""

    version: int
    station: str | None
    personnel: str | None
    about: str = field(repr=False)
    issues: tuple[str, ...]
    on: date | None
    same_head: tuple[UUID, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be said: the codes of the pack and of the categories."""

    stations: tuple[str, ...]
    personnel: tuple[str, ...]
    issues: tuple[str, ...]


def is_classified(kind: Kind) -> bool:
    """Whether anything can be said of matters of this kind: of cases that are kept. What grows out of a case shares its facts."""
    counted = kind.table.counted
    return counted is not None and counted.measure == "cases" and counted.kept


def classify(
    office: Office,
    kind: str,
    matter_id: UUID,
    told: Classification,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Say it, in the place of what was said before. History keeps that it was said, not what.

    Raises NotFound, also for a `same_as` without a seat; NotAllowed, StaleVersion, UnknownStation, UnknownPersonnel, NoSuchIssue,
    NoHeadThere, HeadContradicted, KeyReused; then nothing was written.
    """

    def do(books: Books, actor: Actor, subject: Subject) -> Matter:
        before = facts.facts(books, subject.matter.id)
        row = FactsRow(
            station=_station(books.pack, told.station),
            personnel=_personnel(books.pack, told.personnel),
            about=told.about,
            subject=_head(office, books, told, before, by),
            version=before.version + 1 if before else 1,
            set_by=by.person,
            set_on=books.today,
            issues=tuple(sorted({categories().require(code) for code in told.issues})),
        )
        facts.set_facts(books, subject.matter.id, row)
        return write_down(books, subject.matter, "classified", actor, {"time": row.version})

    return act(office, kind, matter_id, do, may=NOTE, by=by, version=version, request=request)


def classified(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson) -> Classified:
    """What is said of a case. It opens nothing sealed. Raises NotFound."""
    with office.open() as books:
        _, subject = enter(office, books, kind, matter_id, by)
        return classified_in(books, subject)


def classified_in(books: Books, subject: Subject) -> Classified:
    """The same of a matter that was entered already."""
    matter_id, version = subject.matter.id, subject.matter.version
    row = facts.facts(books, matter_id)
    if row is None:
        return Classified(version, None, None, "unknown", (), None)
    same = () if row.subject is None else tuple(facts.about_the_same(books, row.subject))
    others = tuple(each for each in same if each != matter_id)
    return Classified(version, row.station, row.personnel, row.about, row.issues, row.set_on, others)


def unclassified(office: Office, *, by: DeskPerson) -> tuple[UUID, ...]:
    """Those of somebody's cases of which nobody has said whom they are about: a report must treat them as all about one head."""
    kinds = [name for name, kind in office.kinds.items() if is_classified(kind)]
    with office.open() as books:
        by.enter(books, None)
        return tuple(facts.unclassified(books, kinds))


def without_codes(office: Office, *, by: DeskPerson) -> tuple[tuple[Matter, date], ...]:
    """The same, the oldest first, with the day each came. It opens nothing."""
    kinds = [name for name, kind in office.kinds.items() if is_classified(kind)]
    with office.open() as books:
        by.enter(books, None)
        missing = set(facts.unclassified(books, kinds))
        own = [matter for matter in desk.own_matters(books, by.person) if matter.id in missing]
        return tuple((matter, books.calendar(matter.calendar).local_date(matter.opened_at)) for matter in own)


def about_a_head(office: Office, *, by: DeskPerson) -> tuple[tuple[UUID, date], ...]:
    """Those of somebody's cases, the newest, that are about the head of some unit, with the day each came."""
    with office.open() as books:
        by.enter(books, None)
        return tuple((one, books.calendar().local_date(opened)) for one, opened in facts.about_a_head(books, MOST_HEADS))


def choices(office: Office) -> Choices:
    """What can be said of a case in this house."""
    pack = office.shelf.pack
    return Choices(_stations(pack), tuple(pack.reports.personnel) if pack.reports else (), categories().codes)


def _stations(pack: Pack) -> tuple[str, ...]:
    return tuple(station.code for station in pack.calendars.stations if station.staffed)


def _station(pack: Pack, code: str | None) -> str | None:
    known = _stations(pack)
    if code is not None and code not in known:
        raise UnknownStation(known=", ".join(known))
    return code


def _personnel(pack: Pack, code: str | None) -> str | None:
    known = tuple(pack.reports.personnel) if pack.reports else ()
    if code is not None and code not in known:
        raise UnknownPersonnel(known=", ".join(known))
    return code


def _head(office: Office, books: Books, told: Classification, before: FactsRow | None, by: DeskPerson) -> UUID | None:
    """The tag of the head it is about: that of the other case, the one it has, or a fresh one that says nothing."""
    if told.about != "head":
        if told.same_as is not None or told.another:
            raise HeadContradicted()
        return None
    if told.same_as is not None:
        if told.another:
            raise HeadContradicted()
        return _same_as(office, books, told.same_as, by)
    kept = before.subject if before is not None else None
    return kept if kept is not None and not told.another else uuid4()


def _same_as(office: Office, books: Books, other: UUID, by: DeskPerson) -> UUID:
    enter(office, books, matters.find(books, other).kind, other, by)
    said = facts.facts(books, other)
    if said is None or said.subject is None:
        raise NoHeadThere()
    return said.subject
