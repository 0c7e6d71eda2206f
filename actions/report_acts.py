"""What is done with a report that is out: each mission receives it, it is noted, its holder opens a correction."""

from typing import Final
from uuid import UUID

from actions.kernel.callers import DeskPerson, HousePerson
from actions.kernel.kind import Act
from actions.kernel.move import lock_with_ties, move_in, open_in
from actions.kernel.step import subject_of
from actions.kinds.report_shapes import Because, Wanted
from actions.kinds.transmittal import RECEIVING, Noting, Receipt
from actions.looking import Matter
from actions.office import Office
from actions.replays import Repeatable, matter_once
from actions.report_looking import KIND as REPORT
from actions.report_looking import enter_report
from actions.report_releases import seen
from records import report
from records.books import Books

NOTE: Final = "note"


def receive(
    office: Office, matter_id: UUID, told: Receipt, *, by: UUID, version: int | None = None, request: Repeatable | None = None
) -> Matter:
    """Write down that a mission has it, for its state, or the one person it goes to.

    Which step that is, the last receipt or one of many, follows from who has it already. Raises NotFound, NotAllowed,
    StaleVersion, NoSuchMove, MoveRefused (who has it, or is no member), KeyReused.
    """

    def first(books: Books) -> Matter:
        lock_with_ties(office, books, matter_id)
        trigger = _step(office, books, matter_id, told, by)
        return move_in(office, books, matter_id, trigger, told, by=HousePerson(by), version=version)

    with office.open() as books:
        seen(office, books, matter_id, by)
        return matter_once(books, request, lambda: first(books), by=by)


def note(
    office: Office, matter_id: UUID, told: Noting, *, by: UUID, version: int | None = None, request: Repeatable | None = None
) -> Matter:
    """Write down that the Council took note of it. Raises as `receive`, and NotACitation."""
    with office.open() as books:
        seen(office, books, matter_id, by)
        return matter_once(
            books,
            request,
            lambda: move_in(office, books, matter_id, NOTE, told, by=HousePerson(by), version=version),
            by=by,
        )


def correct(office: Office, matter_id: UUID, because: Because, *, by: DeskPerson, request: Repeatable | None = None) -> Matter:
    """Open the next edition of a report that is out, because something in it is wrong.

    Raises NotFound, NotAllowed, NothingToCorrect (it is not the newest edition that is out), KeyReused.
    """

    def first(books: Books) -> Matter:
        row = report.detail(books, matter_id)
        wanted = Wanted(kind=row.report_kind, period=row.period, corrects=row.edition, because=because)
        return open_in(office, books, REPORT, wanted, by=by)

    with office.open() as books:
        enter_report(office, books, matter_id, by)
        return matter_once(books, request, lambda: first(books), by=by.person)


def _step(office: Office, books: Books, matter_id: UUID, told: Receipt, by: UUID) -> str:
    """The receiving step whose claims hold; else the first that leads on from here, which will say what is missing."""
    actor, subject, _ = seen(office, books, matter_id, by)
    kind = subject_of(office.kinds, books, subject.matter).kind
    facts = kind.facts(books, subject.matter, Act("", told, actor, books.today, books.now))
    possible = {
        trigger: unmet for trigger, unmet in kind.machine.permitted(subject.matter.state, facts).items() if trigger in RECEIVING
    }
    return next((trigger for trigger, unmet in possible.items() if not unmet), next(iter(possible), RECEIVING[0]))
