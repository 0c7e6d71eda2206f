"""Which parts of the council's door hold something for somebody's roles: nobody is led to a page that is refused to them.

Only what is led to is decided here. Whether a page is shown, each page decides by itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from actions.letter_keys import is_addressee
from actions.office import Office
from actions.operating import may_operate
from policies.pack import Pack

_KINDS: Final = {"mandates": "mandate", "proposals": "proposal", "meetings": "meeting", "reports": "transmittal"}
"""Sections that are registers of a kind."""


def open_to(office: Office, roles: frozenset[str]) -> frozenset[str]:
    """The names of sections that these roles may read."""
    pack = office.shelf.pack
    found = {name for name, kind in _KINDS.items() if kind in pack.kinds and _reads(pack.kinds[kind].access, roles)}
    found |= {name for name, access in _registers(pack).items() if access is not None and _reads(access, roles)}
    if found & {"mandates", "proposals", "meetings", "reports"}:
        found.add("calendar")
    if may_operate(office, roles):
        found.add("operator")
    if is_addressee(office, roles):
        found.add("letters")
    return frozenset(found)


def may(office: Office, roles: frozenset[str], section: str, act: str) -> bool:
    """Whether these roles may do an act in a register: what is offered. Whether it is done, the act itself decides."""
    access = _registers(office.shelf.pack).get(section)
    return access is not None and _reads(access, roles, act)


def _registers(pack: Pack) -> dict[str, Mapping[Any, Sequence[str]] | None]:
    return {
        "structure": None if pack.structure is None else pack.structure.access,
        "officers": None if pack.officers is None else pack.officers.access,
        "documents": None if pack.documents is None else pack.documents.access,
        "texts": None if pack.mandates is None else pack.mandates.access,
    }


def _reads(access: Mapping[Any, Sequence[str]], roles: frozenset[str], act: str = "read") -> bool:
    return any(grant.partition(":")[0] in roles for grant in access.get(act, ()))
