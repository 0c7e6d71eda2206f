"""The parts of a door that its pages lead to: address and name, in the order in which they stand on top of each page."""

from collections.abc import Mapping, Sequence
from typing import Final

from actions.office import Office
from actions.sections import open_to
from actions.sessions import SignedIn

FIRST: Final = "/"
SECTIONS: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "desk": (
        (FIRST, "monday"),
        ("/times", "times"),
        ("/phoned", "phoned"),
        ("/contacts", "contacts"),
        ("/earlier", "earlier"),
        ("/own", "own"),
        ("/reports", "reports"),
        ("/people", "people"),
        ("/record", "office_record"),
    ),
    "council": (
        (FIRST, "due"),
        ("/mandates", "mandates"),
        ("/proposals", "proposals"),
        ("/meetings", "meetings"),
        ("/structure", "structure"),
        ("/texts", "texts"),
        ("/documents", "documents"),
        ("/officers", "officers"),
        ("/reports", "reports"),
        ("/calendar", "calendar"),
        ("/operator", "operator"),
    ),
}


def sections_of(office: Office, door: str, who: SignedIn | None) -> list[tuple[str, str]]:
    """Where somebody is led to: at the council only where their roles may read; nobody signed in: nowhere."""
    if who is None:
        return []
    led = SECTIONS.get(door, ())
    if door != "council":
        return list(led)
    may = open_to(office, who.roles)
    return [(place, name) for place, name in led if place == FIRST or name in may]
