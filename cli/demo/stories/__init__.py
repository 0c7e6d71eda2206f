"""The stories the demo replays, on real input where there is some."""

from cli.demo.script import Step
from cli.demo.stories import (
    about_the_head,
    complaint,
    consultation,
    contacts,
    group,
    mediation,
    meeting,
    modernization,
    outage,
    own_initiative,
    phoned,
    protection,
    reports,
    restructuring,
    sunset,
    term,
    unread,
    upward_feedback,
)

SIZES = (1, 2, 4)
"""Offices of so many people, the alternate besides: stories 5 and 6 are told with each."""

STORIES: tuple[tuple[Step, ...], ...] = (
    modernization.steps(),
    sunset.steps(),
    outage.steps(),
    complaint.steps(),
    *(unread.steps(size) for size in SIZES),
    *(about_the_head.steps(size) for size in SIZES),
    consultation.steps(),
    restructuring.steps(),
    meeting.steps(),
    reports.steps(),
    mediation.steps(),
    protection.steps(),
    contacts.steps(),
    phoned.steps(),
    upward_feedback.steps(),
    group.steps(),
    term.steps(),
    own_initiative.steps(),
)
