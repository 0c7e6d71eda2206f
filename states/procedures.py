"""All procedures there are, in the order they are shown."""

from typing import ClassVar

from policies.refusal import Refusal
from states.complaint import COMPLAINT
from states.consultation import CONSULTATION
from states.mandate import MANDATE
from states.mediation import MEDIATION
from states.meeting import MEETING
from states.own_initiative import OWN_INITIATIVE
from states.proposal import PROPOSAL
from states.protection import PROTECTION
from states.recommendation import RECOMMENDATION
from states.report import REPORT
from states.table import StateTable
from states.transmittal import TRANSMITTAL
from states.upward_feedback import UPWARD_FEEDBACK

PROCEDURES: tuple[StateTable, ...] = (
    COMPLAINT,
    CONSULTATION,
    RECOMMENDATION,
    MEDIATION,
    PROTECTION,
    UPWARD_FEEDBACK,
    OWN_INITIATIVE,
    MANDATE,
    PROPOSAL,
    MEETING,
    REPORT,
    TRANSMITTAL,
)


class UnknownProcedure(Refusal):
    """No kind of matter has this name. Names those that exist."""

    code: ClassVar[str] = "unknown_procedure"
    status: ClassVar[int] = 404


def procedure(kind: str) -> StateTable:
    """The table of this kind. Raises UnknownProcedure."""
    for table in PROCEDURES:
        if table.kind == kind:
            return table
    raise UnknownProcedure(kind=kind, procedures=", ".join(table.kind for table in PROCEDURES))
