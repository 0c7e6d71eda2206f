"""Whom a state has sent to the house, as what, and who speaks for it on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from policies.members import Membership, MembershipUnknown
from policies.officers import OfficerRules
from policies.refusal import Refusal
from states.officers.granting import require_order


class UnknownCapacity(Refusal):
    """The pack names no such capacity."""

    code: ClassVar[str] = "unknown_capacity"
    status: ClassVar[int] = 422


class NotAMember(Refusal):
    """The state was no member on that day."""

    code: ClassVar[str] = "state_not_a_member"
    status: ClassVar[int] = 422


class TwoHeads(Refusal):
    """The delegation has somebody in this capacity on one of these days, and there is one at a time."""

    code: ClassVar[str] = "two_heads_of_a_delegation"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Accreditation:
    """One person in a state's delegation, from the day credentials were presented up to the day before `until`."""

    id: UUID
    state: str
    name: str
    capacity: str
    since: date
    until: date | None
    source: str

    def holds(self, on: date) -> bool:
        """Whether it stands on a day."""
        return self.since <= on and (self.until is None or on < self.until)


def require_accreditation(
    new: Accreditation, lines: Iterable[Accreditation], rules: OfficerRules, members: Membership | None
) -> None:
    """Judge an accreditation against those on record and the members of its first day.

    A day about which nobody knows who was a member refuses nothing.

    Raises UnknownCapacity, EndsBeforeBegin, NotAMember, TwoHeads.
    """
    if new.capacity not in rules.capacities:
        raise UnknownCapacity(known=", ".join(sorted(rules.capacities)))
    require_order(new.since, new.until)
    if members is not None and not _may_be_member(members, new.state, new.since):
        raise NotAMember(country=new.state, day=new.since)
    if rules.capacities[new.capacity].heads is None:
        return
    for one in lines:
        same = (one.state, one.capacity) == (new.state, new.capacity)
        if same and (new.until is None or one.since < new.until) and (one.until is None or new.since < one.until):
            raise TwoHeads(country=new.state, capacity=new.capacity, since=one.since)


def speaks(lines: Iterable[Accreditation], state: str, on: date, rules: OfficerRules) -> Accreditation | None:
    """Who speaks for a state on a day: whoever is in the place of its head, else the head. None: the register does not know."""
    places: Mapping[str | None, int] = {"in_place": 0, "itself": 1}
    found = [one for one in lines if one.state == state and one.holds(on) and _heads(rules, one) in places]
    return min(found, key=lambda one: (places[_heads(rules, one)], one.since), default=None)


def has_no_principal(lines: Iterable[Accreditation], state: str, on: date, rules: OfficerRules) -> bool:
    """Whether the register knows that a state had a principal representative who left, and none since (Statutes, art. 7)."""
    principals = [one for one in lines if one.state == state and is_principal(one, rules) and one.since <= on]
    return bool(principals) and not any(one.holds(on) for one in principals)


def is_principal(line: Accreditation, rules: OfficerRules) -> bool:
    """Whether somebody is the head of a delegation itself, not in its place."""
    return _heads(rules, line) == "itself"


def _heads(rules: OfficerRules, line: Accreditation) -> str | None:
    capacity = rules.capacities.get(line.capacity)  # a capacity that the pack named once and names no more heads nothing
    return capacity.heads if capacity is not None else None


def _may_be_member(members: Membership, state: str, on: date) -> bool:
    try:
        return state in members.on(on).members
    except MembershipUnknown:
        return True
