"""The record of the structure at the council's door: how it grew, how it is taken back or mended, what reports show of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from actions.days import Day
from actions.reconciling import NewReport, compared, record
from actions.structure import allowed
from actions.structure_mending import Mending, Undoing, Withdrawal, correct, undo, withdraw
from actions.structure_registrations import registration, registrations
from api import structure_record_shapes as shapes
from api import structure_record_telling as telling
from api import structure_shapes
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.kinds_routes import WordsDep
from api.repeating import RepeatDep

router = APIRouter(prefix="/v1/structure", tags=["structure"])
MOST = 2**31 - 1
After = Annotated[int, Query(ge=0, le=MOST, description="What the answer before ended with.")]
AsOf = Annotated[Day | None, Query(description="Against the structure of this day; left out: of each report's own.")]
KnownAt = Annotated[Day | None, Query(description="As it was known on this day; left out: today.")]


def _may_correct(office: OfficeDep, person: PersonDep) -> None:
    allowed(office, "correct", by=person.person)


def _may_report(office: OfficeDep, person: PersonDep) -> None:
    allowed(office, "report", by=person.person)


MayCorrect = Annotated[None, Depends(_may_correct)]
MayReport = Annotated[None, Depends(_may_report)]


@router.get("/registrations", **needs("structure.read", 404, 422))
def list_registrations(office: OfficeDep, person: PersonDep, words: WordsDep, after: After = 0) -> shapes.Registrations:
    """How the structure became known: loads, orders and their revisions, withdrawals, corrections, undoings."""
    found, more = registrations(office, after, by=person.person)
    return telling.registrations(found, more, words)


@router.get("/registrations/{number}", **needs("structure.read", 404, 422))
def show_registration(
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    number: Annotated[int, Path(ge=1, le=MOST)],
    after: After = 0,
) -> shapes.Registration:
    """One registration: its operations, and whether each waits for its day, is in effect, or was withdrawn."""
    return telling.registration(registration(office, number, after, by=person.person), words)


@router.post("/withdrawals", status_code=201, **needs("structure.correct", 404, 409, body=Withdrawal))
def withdraw_operations(
    office: OfficeDep,
    person: PersonDep,
    _: MayCorrect,
    repeat: RepeatDep,
    told: Annotated[Withdrawal, Depends(reads(Withdrawal))],
) -> structure_shapes.Loaded:
    """Take back what has not taken effect."""
    done = withdraw(office, told, by=person.person, request=repeat)
    return structure_shapes.Loaded(registration=done.registration, operations=done.operations)


@router.post("/undoings", status_code=201, **needs("structure.correct", 404, 409, body=Undoing))
def undo_operations(
    office: OfficeDep,
    person: PersonDep,
    _: MayCorrect,
    repeat: RepeatDep,
    told: Annotated[Undoing, Depends(reads(Undoing))],
) -> structure_shapes.Loaded:
    """Append, from a day on, what leads back from operations that took effect."""
    done = undo(office, told, by=person.person, request=repeat)
    return structure_shapes.Loaded(registration=done.registration, operations=done.operations)


@router.post("/corrections", status_code=201, **needs("structure.correct", 404, 409, body=Mending))
def correct_operations(
    office: OfficeDep,
    person: PersonDep,
    _: MayCorrect,
    repeat: RepeatDep,
    told: Annotated[Mending, Depends(reads(Mending))],
) -> shapes.Corrected:
    """Mend the record: both times stay, what was known before and what is known now."""
    return telling.corrected(correct(office, told, by=person.person, request=repeat))


@router.get("/reports", **needs("structure.read", 404, 422))
def compare_reports(office: OfficeDep, person: PersonDep, as_of: AsOf = None, known_at: KnownAt = None) -> shapes.Compared:
    """What was ordered against what reports show: matched, missing, unplanned, and what a source that is cut leaves unknown."""
    return telling.compared(compared(office, as_of, known_at, by=person.person))


@router.post("/reports", status_code=201, **needs("structure.report", 404, body=NewReport))
def record_report(
    office: OfficeDep,
    person: PersonDep,
    _: MayReport,
    repeat: RepeatDep,
    told: Annotated[NewReport, Depends(reads(NewReport))],
) -> shapes.Reported:
    """Write down what a report shows under a unit, as it is printed. It is compared whenever somebody looks."""
    return shapes.Reported(report=record(office, told, by=person.person, request=repeat))
