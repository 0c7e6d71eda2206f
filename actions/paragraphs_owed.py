"""The yearly table: who owes what by when, from the operative paragraphs of every text that stands in the register.

A paragraph that a person set aside (a duplicate, no mandate, superseded, ...) is told apart with what was decided; a proposal
alone takes nothing out. Nothing of the table is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from actions.kernel.actor import as_person
from actions.looking import may_read
from actions.obligations import owing
from actions.office import Office
from actions.paragraphs import require, rules_of
from actions.paragraphs_looking import mandate_of, of_paragraph, stands, trail_of
from actions.structure_record import known
from policies.refusal import Refusal
from records import paragraphs as records
from records import registers
from records.books import Books
from records.matters import Matter
from records.paragraphs import TextRow, Wanted
from states.registering.channels import with_whom
from states.registering.owing import Owed, owed_in
from states.registering.paragraph import Paragraph
from states.registering.standing import Standing

KIND: Final = "mandate"


class NoSuchAddressee(Refusal):
    """Nobody of this name is in the pack's list of addressees."""

    code: ClassVar[str] = "no_such_addressee"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Carried:
    """The mandate that a paragraph became, and the units that answer for it today."""

    matter: Matter
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `task` are the words of the text; `day` None: the text gives none, and perhaps says how often instead."""

    symbol: str
    text: UUID
    body: str
    place: int
    paragraph: Paragraph
    task: str = field(repr=False)
    day: date | None
    stands: Standing
    with_body: str | None
    mandate: Carried | None


@dataclass(frozen=True, slots=True)
class Table:
    """What is owed within a year, by day; what no year is said for; and what people set aside. `edition`: by which rules."""

    year: int
    on: date
    edition: str
    owed: tuple[Line, ...]
    undated: tuple[Line, ...]
    set_aside: tuple[Line, ...]


def obligations(office: Office, year: int, *, by: UUID, body: str | None = None, addressee: str | None = None) -> Table:
    """The table of a year; of the texts of one body, or of the tasks of one addressee. Raises NotAllowed, NoSuchAddressee."""
    with office.open() as books:
        require(books, by, "read")
        if addressee is not None and addressee not in (names := rules_of(books.pack).addressees):
            raise NoSuchAddressee(known=", ".join(names))
        rows = {row.symbol: row for row in records.texts(books, Wanted(body=body))}
        found = owed_in([(row.symbol, row.extract) for row in rows.values()], year)
        made = _Made(office, books, by, list(rows.values()))
        owed, undated = (
            [made.line(rows[one.text], one) for one in lines if addressee is None or addressee in one.who]
            for lines in (found.owed, found.undated)
        )
        return Table(
            year=year,
            on=books.today,
            edition=books.pack.edition,
            owed=tuple(line for line in owed if line.stands.is_owed),
            undated=tuple(line for line in undated if line.stands.is_owed),
            set_aside=tuple(line for line in (*owed, *undated) if not line.stands.is_owed),
        )


class _Made:
    """Makes lines, with what was looked up once for all of them."""

    def __init__(self, office: Office, books: Books, by: UUID, rows: Sequence[TextRow]) -> None:
        ids, actor = [row.id for row in rows], as_person(books, by)
        self._today = books.today
        self._steps = records.steps(books, ids)
        found = [matter for matter in records.mandates(books, ids).values() if may_read(office, books, actor, matter)]
        self._carried = _carried(books, found)

    def line(self, row: TextRow, one: Owed) -> Line:
        place = next(at for at, other in enumerate(row.extract.paragraphs, 1) if other.place == one.paragraph.place)
        steps = of_paragraph(self._steps[row.id], place)
        where, mandate = one.paragraph.task or one.paragraph.place, mandate_of(steps)
        return Line(
            symbol=row.symbol,
            text=row.id,
            body=row.body,
            place=place,
            paragraph=one.paragraph,
            task=" ".join(row.text[where.start : where.end].split()),
            day=one.day,
            stands=stands(steps),
            with_body=with_whom(trail_of(steps), self._today),
            mandate=None if mandate is None else self._carried.get(mandate),
        )


def _carried(books: Books, found: Sequence[Matter]) -> Mapping[UUID, Carried]:
    """The units that answer today, mandate by mandate."""
    if not found:
        return {}
    record, details = known(books), registers.details(books, KIND, [matter.id for matter in found])
    return {
        matter.id: Carried(matter, tuple(owing(books, matter.id, details[matter.id], record=record).units)) for matter in found
    }
