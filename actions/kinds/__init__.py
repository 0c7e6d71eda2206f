"""The kinds of matter this product carries: one line each."""

from collections.abc import Mapping

from actions.kernel.kind import Kind
from actions.kinds import (
    complaint,
    consultation,
    mandate,
    mediation,
    meeting,
    own_initiative,
    proposal,
    protection,
    recommendation,
    report,
    transmittal,
    upward_feedback,
)

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        complaint.KIND,
        consultation.KIND,
        recommendation.KIND,
        mediation.KIND,
        protection.KIND,
        upward_feedback.KIND,
        own_initiative.KIND,
        mandate.KIND,
        proposal.KIND,
        meeting.KIND,
        report.KIND,
        transmittal.KIND,
    )
}
