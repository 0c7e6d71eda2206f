"""Looking at how bodies decided on a proposal: questions with their results, and what the text must still wait for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from actions.deciding import Decided, decided, told_of
from actions.deciding_acts import KIND
from actions.deciding_waits import permission
from actions.looking import seen
from actions.office import Office
from policies.decisions import Name as TextKind
from policies.decisions import Step
from records import deciding as records
from records import versions
from records.documents import distributed
from states.deciding.locks import Permission


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question with the symbol-free facts a result sheet shows: the title, and the hash of the text by language."""

    decided: Decided
    title: str
    hashes: Mapping[str, str]
    on: date


@dataclass(frozen=True, slots=True)
class Waits:
    """What the newest version must still wait for, step by step, and when it went out in which language."""

    at: datetime
    distributed: Mapping[str, datetime]
    steps: Mapping[Step, Permission]


def questions(office: Office, matter_id: UUID, *, by: UUID) -> Sequence[Decided]:
    """Every time a proposal was put to a body, the first one first. Raises NotFound."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        return [told_of(books, row) for row in records.of_matter(books, matter_id)]


def question(office: Office, matter_id: UUID, deciding_id: UUID, *, by: UUID) -> Sheet:
    """One of them. Raises NotFound, NoSuchDeciding."""
    with office.open() as books:
        _, subject = seen(office, books, KIND, matter_id, by)
        found = decided(books, matter_id, deciding_id)
        number = found.row.version
        hashes = {} if number is None else versions.one(books, matter_id, number).hashes
        return Sheet(found, subject.kind.show(books, subject.matter)["title"], hashes, books.today)


def waits(office: Office, matter_id: UUID, *, kind: TextKind | None = None, session: date | None = None, by: UUID) -> Waits:
    """Whether the newest version may be admitted, discussed and voted on now, and why. Raises NotFound, DecisionsNotOffered."""
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        steps = {step: permission(books, matter_id, step, kind=kind, session=session) for step in Step}
        return Waits(books.now, distributed(books, matter_id), steps)
