"""Whom a version of a proposal touches, on the house as it is known today."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from actions.kinds.proposal_plans import judge
from actions.looking import seen
from actions.office import Office
from actions.structure_record import known
from actions.versions import KIND, version_of
from records import mandate
from records.books import Books
from structure.impact import Line, Obligation, impact

MANDATE = "mandate"
"""The register of what is owed that this house keeps."""


def impact_of(office: Office, matter_id: UUID, number: int | None = None, *, by: UUID) -> tuple[Line, ...]:
    """What a version (left out: the newest) does to units, functions, posts, powers and mandates, date by date.

    Raises NotFound, NoSuchVersion, PlanCircle.
    """
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        judged = judge(books, matter_id, version_of(books, matter_id, number))
        plan = (*known(books).whole(books.today).plan, *judged.attempt.done)
        return tuple(impact(judged.attempt.timeline, plan, owed_by(books, judged.case.obligations), judged.case.delegations))


def owed_by(books: Books, heirs: Mapping[str, str] | None = None) -> tuple[Obligation, ...]:
    """Each mandate by the function that answers for it today: an earlier restructuring may have moved it already.

    `heirs`: mandate -> the function that is to owe it by a plan.
    """
    return tuple(_owed(books, heirs or {}))


def _owed(books: Books, heirs: Mapping[str, str]) -> Iterator[Obligation]:
    record = known(books)
    for matter_id, function in mandate.owed(books).items():
        id = str(matter_id)
        today = record.responsible(function, books.today, books.today, id).functions
        chosen = frozenset((heirs[id],)) if id in heirs else frozenset()
        yield Obligation(id, MANDATE, id, today[0] if len(today) == 1 else function, record.named.get(id, frozenset()) | chosen)
