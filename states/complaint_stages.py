"""Where a complaint can rest, and the groups of stages that its moves and clocks name."""

from enum import StrEnum


class State(StrEnum):
    """Where a complaint can rest."""

    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    SCREENING = "screening"
    INQUIRY = "inquiry"
    DRAFT_FINDINGS = "draft_findings"
    FINDINGS = "findings"
    FOLLOW_UP = "follow_up"
    REVIEW = "review"
    REOPENED = "reopened"
    DECLINED = "declined"
    REFERRED = "referred"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


S = State
WORK = (S.ACKNOWLEDGED, S.SCREENING, S.INQUIRY, S.DRAFT_FINDINGS, S.FINDINGS, S.FOLLOW_UP, S.REVIEW, S.REOPENED)
AT_REST = (S.DECLINED, S.REFERRED, S.CLOSED)
"""Decided, but a second look may still be asked for."""
OVER = (S.WITHDRAWN, S.ENDED)
"""We have finished. If somebody treats her worse because she came, she can still tell us with the same words."""
LIVE = (S.SUBMITTED, *WORK)
