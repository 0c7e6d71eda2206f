"""Whom a version of a proposal touches, on the house as it is known today."""

from collections.abc import Iterator
from uuid import UUID

from actions.kinds.proposal_plans import Judged, judge
from actions.looking import seen
from actions.office import Office
from actions.structure_record import known
from actions.versions import KIND
from records import mandate, versions
from records.books import Books
from records.versions import NoSuchVersion
from structure.impact import Line, Obligation, impact

MANDATE = "mandate"
"""The register of what is owed that this house keeps."""


def impact_of(office: Office, matter_id: UUID, number: int | None = None, *, by: UUID) -> tuple[Line, ...]:
    """What a version (left out: the newest) does to units, functions, posts, powers and mandates, date by date.

    Raises NotFound, NoSuchVersion, PlanCircle.
    """
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        version = versions.newest(books, matter_id) if number is None else versions.one(books, matter_id, number)
        if version is None:
            raise NoSuchVersion(number=0)
        judged = judge(books, matter_id, version)
        plan = (*known(books).whole(books.today).plan, *judged.attempt.done)
        return tuple(impact(judged.attempt.timeline, plan, tuple(_owed(books, judged)), judged.case.delegations))


def _owed(books: Books, judged: Judged) -> Iterator[Obligation]:
    """Each mandate by the function that answers for it today: an earlier restructuring may have moved it already."""
    record = known(books)
    for matter_id, function in mandate.owed(books).items():
        id = str(matter_id)
        today = record.responsible(function, books.today, books.today, id).functions
        chosen = frozenset(owing for owed, owing in judged.case.obligations.items() if owed == id)
        yield Obligation(id, MANDATE, id, today[0] if len(today) == 1 else function, record.named.get(id, frozenset()) | chosen)
