"""The parts of a door that its pages lead to: address and name, in the order in which they stand on top of each page."""

from collections.abc import Mapping, Sequence
from typing import Final

from actions.office import Office
from actions.sections import open_to
from actions.sessions import SignedIn

FIRST: Final = "/"
IDENTITY: Final = "identity"
SECTIONS: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "desk": (
        (FIRST, "monday"),
        ("/times", "times"),
        ("/phoned", "phoned"),
        ("/contacts", "contacts"),
        ("/earlier", "earlier"),
        ("/holds", "holds"),
        ("/own", "own"),
        ("/reports", "reports"),
        ("/people", "people"),
        ("/record", "office_record"),
        ("/identity", IDENTITY),
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
        ("/letters", "letters"),
        ("/operator", "operator"),
    ),
}


def sections_of(office: Office, door: str, who: SignedIn | None) -> list[tuple[str, str]]:
    """Where somebody is led to: at the council only where their roles may read; nobody signed in: nowhere."""
    if who is None:
        return []
    led = SECTIONS.get(door, ())
    if door == "desk":
        return [(place, name) for place, name in led if name in _at_the_desk(office, who, [name for _, name in led])]
    if door != "council":
        return list(led)
    may = open_to(office, who.roles)
    return [(place, name) for place, name in led if place == FIRST or name in may]


def _at_the_desk(office: Office, who: SignedIn, names: Sequence[str]) -> set[str]:
    """A custodian of identities is led to requests and to who is away; nobody else is led to requests."""
    rules = office.shelf.pack.house.identity.custodian if office.shelf.pack.house.identity else None
    if rules is None or rules.role not in who.roles:
        return {*names} - {IDENTITY}
    return {*names} if who.roles - {rules.role} else {"monday", "people", IDENTITY}
