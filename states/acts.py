"""What people do with a matter besides moves: no table has a row for it, every policy says who may."""

from typing import Final

from states.table import StateTable

ASSIGN: Final = "assign"
"""Make somebody with a seat responsible."""
SEAT: Final = "seat"
"""Let one more person read it."""
RECUSE: Final = "recuse"
"""Step down from it."""
LATE_CONFLICT: Final = "late_conflict"
"""Take away the seat of somebody in whom a conflict was found."""
NOTE: Final = "note"
"""Keep words that stay in the office."""
PAUSE: Final = "pause"
"""Begin or end a pause; the procedure's own move has its own grant besides."""
WAIVE: Final = "waive"
"""Excuse the lateness of a clock until a day."""
HOLD: Final = "hold"
"""Keep it from being destroyed, or no longer."""
LINK: Final = "link"
"""Say that it is about the same person or the same facts as another, or take that back."""

AT_THE_DESK: Final = (ASSIGN, SEAT, RECUSE, LATE_CONFLICT, NOTE, HOLD, LINK, PAUSE, WAIVE)


def acts_of(table: StateTable) -> tuple[str, ...]:
    """The acts there are for matters of this kind: seats, notes and holds only where they are sealed."""
    if not table.sealed:
        return (WAIVE,)
    return tuple(act for act in AT_THE_DESK if act != PAUSE or table.pauses)
