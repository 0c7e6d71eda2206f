"""What a door does when something breaks: it is noted without its text, and what is said is a reference."""

from typing import ClassVar
from uuid import UUID, uuid4

import structlog

from actions.kernel.sweep import note_error
from actions.office import DatabaseAway, Office
from policies.refusal import Refusal
from records.readiness import AWAY

_log = structlog.get_logger("door")


class Broken(Refusal):
    """Something went wrong on our side. `ref` finds the note that was taken."""

    code: ClassVar[str] = "broken"
    status: ClassVar[int] = 500


def refusal_of(office: Office, where: str, error: Exception) -> Refusal:
    """Note an error that nobody foresaw and return what may be said of it. Never raises."""
    kind = type(error).__name__
    if isinstance(error, AWAY):
        _log.error("database_away", where=where, what=kind)
        return DatabaseAway()
    return Broken(ref=str(_noted(office, where, error)))


def _noted(office: Office, where: str, error: Exception) -> UUID:
    try:
        ref = note_error(office, where, error)
    except Exception as worse:  # noqa: BLE001 - the note could not be kept; the log has the reference all the same
        ref = uuid4()
        _log.error("not_noted", where=where, what=type(worse).__name__, ref=str(ref))
    _log.error("door_failed", where=where, what=type(error).__name__, ref=str(ref))
    return ref
