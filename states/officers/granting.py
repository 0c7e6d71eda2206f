"""What may be written into the register of officers, and what is refused by name."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from policies.officers import CHAIR, VICE_CHAIR, OfficerRules
from policies.refusal import Refusal
from policies.structure import StructureRules
from states.officers.assignment import Assignment, Purpose, Standing


class _Wrong(Refusal):
    """What was asked for cannot be written down. Nothing was."""

    status: ClassVar[int] = 422


class EndsBeforeBegin(_Wrong):
    """The end is not after the beginning."""

    code: ClassVar[str] = "ends_before_begin"


class UnknownOffice(_Wrong):
    """The pack names no such office, nor a body that decides on the structure."""

    code: ClassVar[str] = "unknown_office"


class TwoHolders(_Wrong):
    """Somebody else holds the office on one of these days."""

    code: ClassVar[str] = "two_holders"


class ActsAlready(_Wrong):
    """The same line stands: taken back once, the power would go on by the other."""

    code: ClassVar[str] = "acts_already"


class DelegatedToItself(_Wrong):
    """Giver and taker are one."""

    code: ClassVar[str] = "delegated_to_itself"


class PowerNotHeld(_Wrong):
    """The giver has not the power that was to be given."""

    code: ClassVar[str] = "power_not_held"


class DelegatedOn(_Wrong):
    """The giver has the power only by a delegation: a delegated power cannot be given on."""

    code: ClassVar[str] = "delegated_on"


def require_order(since: date, until: date | None) -> None:
    """Raise EndsBeforeBegin unless it ends after it began."""
    if until is not None and until <= since:
        raise EndsBeforeBegin(since=since, until=until)


def require_holder(new: Assignment, lines: Iterable[Assignment], rules: OfficerRules) -> None:
    """Judge a holder against those on record. Raises UnknownOffice, EndsBeforeBegin, TwoHolders.

    An office that goes round is held by a state for a stretch that the newest line tells: there a later line rules.
    """
    require_order(new.since, new.until)
    if new.office not in rules.offices:
        raise UnknownOffice(known=", ".join(sorted(rules.offices)))
    if new.office in {CHAIR, VICE_CHAIR} and rules.rota is not None:
        return
    for one in lines:
        if one.office == new.office and one.standing is Standing.HOLDER and one.meets(new.since, new.until):
            raise TwoHolders(office=new.office, since=one.since)


def require_giver(new: Assignment, lines: Iterable[Assignment], rules: OfficerRules, structure: StructureRules | None) -> None:
    """Judge whether the office may let somebody act for it.

    Raises UnknownOffice, EndsBeforeBegin, DelegatedToItself, ActsAlready, PowerNotHeld, DelegatedOn.
    """
    require_order(new.since, new.until)
    known = rules.offices.keys() | _bodies(structure)
    for office in (new.office, new.taker):
        if office is not None and office not in known:
            raise UnknownOffice(known=", ".join(sorted(known)))
    if new.taker == new.office:
        raise DelegatedToItself(office=new.office)
    standing = [one for one in lines if one.meets(new.since, new.until)]
    if any(_what(one) == _what(new) for one in standing):
        raise ActsAlready(office=new.office, since=new.since)
    given = [one for one in standing if one.taker == new.office]
    for purpose in sorted(new.purposes):
        for power in sorted(new.classes) if purpose is Purpose.STRUCTURE else [purpose.value]:
            if not _has(new.office, purpose, power, rules, structure):
                by_delegation = any(purpose in one.purposes and _covers(one, purpose, power) for one in given)
                raise (DelegatedOn if by_delegation else PowerNotHeld)(office=new.office, power=_named(purpose, power, structure))


def _what(line: Assignment) -> tuple[object, ...]:
    """What makes two lines one: all that was given, to whom, from when on and by what."""
    who = (line.office, line.standing, line.taker, line.name, line.person)
    return (*who, line.purposes, line.classes, line.scope, line.since, line.instrument)


def _has(office: str, purpose: Purpose, power: str, rules: OfficerRules, structure: StructureRules | None) -> bool:
    """Whether an office has a power of itself."""
    match purpose:
        case Purpose.SIGNATURE:
            return office in rules.offices and rules.offices[office].signs
        case Purpose.LADDER:
            return office in rules.offices and rules.offices[office].role is not None
        case Purpose.STRUCTURE:
            return structure is not None and office in structure.bodies_for(power)


def _named(purpose: Purpose, power: str, structure: StructureRules | None) -> str:
    """A power as a refusal may name it: by a name of the pack, never by what was sent."""
    named = structure is not None and any(power in one.classes for one in structure.powers.values())
    return power if named else purpose.value


def _covers(line: Assignment, purpose: Purpose, power: str) -> bool:
    return purpose is not Purpose.STRUCTURE or power in line.classes


def _bodies(structure: StructureRules | None) -> frozenset[str]:
    """The bodies that decide on the structure, of themselves or not."""
    if structure is None:
        return frozenset()
    named = [*(power.bodies for power in structure.powers.values()), structure.otherwise.names, structure.organs.names]
    return frozenset(body for bodies in named for body in bodies)
