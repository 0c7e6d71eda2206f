"""Who may vote: a snapshot, taken when a vote opens. Whoever joins, leaves or is suspended later changes nothing in it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from policies.members import Membership
from policies.refusal import Refusal

_STATE: Final = re.compile("[A-Z]{2}")


class NotAMember(Refusal):
    """On the day of the snapshot this state was no member."""

    code: ClassVar[str] = "not_a_member"
    status: ClassVar[int] = 422


class NotAVoter(Refusal):
    """A member that may not vote on this: it is suspended, or a party to what is decided."""

    code: ClassVar[str] = "not_a_voter"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Voters:
    """The members of a day. The suspended count as members and may not vote; parties neither."""

    day: date
    members: frozenset[str]
    suspended: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()

    @property
    def attending(self) -> frozenset[str]:
        """Those that take part: parties too, the suspended not."""
        return self.members - self.suspended

    @property
    def entitled(self) -> frozenset[str]:
        """Those that may vote."""
        return self.attending - self.parties

    def refuse_strangers(self, states: Collection[str]) -> None:
        """Raises NotAMember for the first state, by its letters, that is none."""
        for state in sorted(states):
            if state not in self.members:
                raise NotAMember(state=state if _STATE.fullmatch(state) else "?", day=self.day)

    def refuse_who_may_not_vote(self, state: str) -> None:
        """Raises NotAMember or NotAVoter."""
        self.refuse_strangers({state})
        if state not in self.entitled:
            raise NotAVoter(state=state)


def voters_on(day: date, membership: Membership, *, parties: Collection[str] = ()) -> Voters:
    """The snapshot of `day`. Raises MembershipUnknown where nobody knows it, NotAMember for a party that is none."""
    roll = membership.on(day)
    voters = Voters(day, roll.members, roll.suspended, frozenset(parties))
    voters.refuse_strangers(parties)
    return voters
