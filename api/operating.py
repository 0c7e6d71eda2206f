"""How the house's installation runs, at the council's door: counts, days and times, for its operator and the auditor."""

from fastapi import APIRouter

from actions.operating import operating
from api import operating_shapes as shapes
from api import operating_telling as telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.kinds_routes import WordsDep

router = APIRouter(tags=["operator"])


@router.get("/v1/operator", **needs("operator.read", 404))
def show_operating(office: OfficeDep, person: PersonDep, words: WordsDep) -> shapes.OperatingState:
    """What is due and how late, what is stuck, what nobody has verified, and the ledger's newest head. Of this database alone."""
    return telling.state(operating(office, by=person.person), words)
