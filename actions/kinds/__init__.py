"""The kinds of matter this product carries: one line each."""

from collections.abc import Mapping

from actions.kernel.kind import Kind
from actions.kinds import complaint, consultation, mandate, meeting, proposal, recommendation, report, transmittal

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        complaint.KIND,
        consultation.KIND,
        recommendation.KIND,
        mandate.KIND,
        proposal.KIND,
        meeting.KIND,
        report.KIND,
        transmittal.KIND,
    )
}
