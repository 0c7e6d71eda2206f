"""The house's structure at two dates: what it is, how it differs, and how it enters the record once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Final
from uuid import UUID

from pydantic import Field

from actions.kernel.actor import Actor, NotAllowed, as_permitted
from actions.kernel.kind import Payload
from actions.kinds.house import Day, Words
from actions.kinds.proposal_shapes import AnyOperation
from actions.office import Office
from actions.replays import Repeatable, once
from actions.structure_record import known, register, rules_of
from policies.refusal import Refusal
from policies.structure import Act
from records import structure
from records.books import Books
from records.ledger import Entry, store
from records.structure import Reason
from structure.diff import Difference, diff
from structure.history import Registration
from structure.organisation import Organisation
from structure.responsible import Heirs
from structure.things import Ref
from structure.timeline import Planned

MOST_LOADED: Final = 100_000


class LoadedBefore(Refusal):
    """There is a structure on record: what changes it is a proposal, or a correction of record."""

    code: ClassVar[str] = "structure_loaded_before"


class TooMuchToLoad(Refusal):
    """More operations than a structure is loaded with at once."""

    code: ClassVar[str] = "too_much_to_load"
    status: ClassVar[int] = 422


class Load(Payload):
    """The structure the house has, as the operations that make it, all in force from one day; `source` says where it stands."""

    as_of: Day
    source: Words
    operations: Annotated[tuple[AnyOperation, ...], Field(min_length=1, max_length=MOST_LOADED)]


@dataclass(frozen=True, slots=True)
class Seen:
    """The organisation on a day as known on another. `sources`: thing -> where what last changed it stands.

    `stops_on`: the first date that cannot be applied; what is shown for it and later is how it stood before.
    """

    as_of: date
    known_at: date
    organisation: Organisation
    sources: Mapping[Ref, str]
    stops_on: date | None
    holders: bool
    """Whether the reader may know who holds a post."""
    heirs: Heirs
    """What became of functions that went into others."""


@dataclass(frozen=True, slots=True)
class Done:
    """A registration that was made: its number, and how many operations it has."""

    registration: int
    operations: int


def require(books: Books, by: UUID, act: Act) -> Actor:
    """The person, if the pack gives them this act. Raises NotAllowed, StructureNotOffered."""
    return as_permitted(books, by, "structure", act, rules_of(books).access.get(act, ()))


def may(books: Books, by: UUID, act: Act) -> bool:
    """Whether the pack gives a person this act. Raises StructureNotOffered."""
    try:
        require(books, by, act)
    except NotAllowed:
        return False
    return True


def allowed(office: Office, act: Act, *, by: UUID) -> None:
    """Raise NotAllowed or StructureNotOffered unless this person may do this."""
    with office.open() as books:
        require(books, by, act)


def organisation(office: Office, as_of: date | None, known_at: date | None, *, by: UUID) -> Seen:
    """The organisation on a day (left out: today), as known on a day (left out: today). Raises NotAllowed."""
    with office.open() as books:
        require(books, by, "read")
        on, known_on = as_of or books.today, known_at or books.today
        whole = known(books).whole(known_on)
        stops = whole.failure.on if whole.failure is not None and whole.failure.on <= on else None
        return Seen(on, known_on, whole.timeline.at(on), whole.sources_on(on), stops, may(books, by, "holders"), whole.heirs)


def differences(office: Office, since: date, until: date, known_at: date | None, *, by: UUID) -> Sequence[Difference]:
    """What differs between two days, thing by thing and field by field. Raises NotAllowed."""
    with office.open() as books:
        require(books, by, "read")
        record, known_on = known(books), known_at or books.today
        return diff(record.at(since, known_on), record.at(until, known_on))


def load(office: Office, told: Load, *, by: UUID, request: Repeatable | None = None) -> Done:
    """Register the structure the house has, once.

    Raises NotAllowed, LoadedBefore, PlanRefused, PlanCircle; then nothing is written.
    """
    adds = [Planned(f"initial/{place}", told.as_of, one) for place, one in enumerate(told.operations, 1)]
    with office.open() as books:
        require(books, by, "load")

        def first() -> dict[str, Any]:
            structure.hold(books)
            if structure.mark(books).count:
                raise LoadedBefore()
            return registered(books, Registration(books.today, tuple(adds)), Reason("load", told.source), by)

        return Done(**once(books, request, first, by=by))


def registered(books: Books, new: Registration, reason: Reason, by: UUID) -> dict[str, Any]:
    """Register, and write it into the ledger; return what `Done` is made of. Raises as `register`."""
    seq = register(books, new, reason, by=by)
    count = len(new.adds) + len(new.corrects) + len(new.withdraws)
    facts = {"registration": seq, "adds": len(new.adds), "corrects": len(new.corrects), "withdraws": len(new.withdraws)}
    store.append(books, Entry(books.today, "structure.registered", None, str(by), facts), None)
    return {"registration": seq, "operations": count}
