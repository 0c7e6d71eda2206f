"""The numbers of one vote. Numbers that cannot be true are refused by name; none is mended."""

from dataclasses import dataclass
from typing import ClassVar, Final

from policies.decisions import Base
from policies.refusal import Refusal

LARGEST: Final = 1_000_000
"""More than any body's members; it keeps a slip of the finger out of the sentences."""


class NegativeCount(Refusal):
    """A number below nothing."""

    code: ClassVar[str] = "negative_count"
    status: ClassVar[int] = 422


class CountTooLarge(Refusal):
    """A number no body has: a slip of the finger."""

    code: ClassVar[str] = "count_too_large"
    status: ClassVar[int] = 422


class NobodyToDecide(Refusal):
    """No members, or none left when the parties are taken away."""

    code: ClassVar[str] = "nobody_to_decide"
    status: ClassVar[int] = 422


class MoreEntitledThanMembers(Refusal):
    """More may vote than are members."""

    code: ClassVar[str] = "more_entitled_than_members"
    status: ClassVar[int] = 422


class MorePresentThanMembers(Refusal):
    """More are there than may vote."""

    code: ClassVar[str] = "more_present_than_members"
    status: ClassVar[int] = 422


class MoreVotesThanVoters(Refusal):
    """More votes than there are members that may vote."""

    code: ClassVar[str] = "more_votes_than_voters"
    status: ClassVar[int] = 422


class MoreVotesThanPresent(Refusal):
    """More votes than there are members present."""

    code: ClassVar[str] = "more_votes_than_present"
    status: ClassVar[int] = 422


class MoreAbsentThanLeft(Refusal):
    """Those absent and those there are together more than may vote."""

    code: ClassVar[str] = "more_absent_than_left"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Tally:
    """One vote in numbers; it cannot be made of numbers that contradict each other.

    `entitled` None: all members but the parties may vote. `present` None: nobody counted; those who voted or abstained were
    there. `absent` is checked and told, and decides nothing. `parties` are members that a dispute is about.
    """

    members: int
    for_: int
    against: int
    abstain: int
    present: int | None = None
    absent: int | None = None
    entitled: int | None = None
    spoiled: int = 0
    parties: int = 0

    def __post_init__(self) -> None:
        """Raises a refusal of this file for numbers that cannot be true together."""
        for name in ("members", "for_", "against", "abstain", "present", "absent", "entitled", "spoiled", "parties"):
            count = getattr(self, name) or 0
            if count < 0:
                raise NegativeCount(name=name.rstrip("_"))
            if count > LARGEST:
                raise CountTooLarge(name=name.rstrip("_"), most=LARGEST)
        if self.members <= self.parties:
            raise NobodyToDecide()
        self._refuse_too_many()

    def _refuse_too_many(self) -> None:
        if self.attendable > self.members:
            raise MoreEntitledThanMembers(entitled=self.attendable, members=self.members)
        if self.handed_in > self.voters:
            raise MoreVotesThanVoters(votes=self.handed_in, voters=self.voters)
        if self.present is not None and self.present > self.attendable:
            raise MorePresentThanMembers(present=self.present, members=self.attendable)
        if self.present is not None and self.handed_in > self.present:
            raise MoreVotesThanPresent(votes=self.handed_in, present=self.present)
        if self.absent is not None and self.absent + self.attending > self.attendable:
            raise MoreAbsentThanLeft(absent=self.absent, present=self.attending, members=self.attendable)

    @property
    def handed_in(self) -> int:
        """Every vote, abstention and spoiled paper."""
        return self.for_ + self.against + self.abstain + self.spoiled

    @property
    def attendable(self) -> int:
        """How many can be there: the suspended cannot, parties can."""
        return self.members if self.entitled is None else self.entitled + self.parties

    @property
    def voters(self) -> int:
        """How many may vote."""
        return self.members - self.parties if self.entitled is None else self.entitled

    @property
    def attending(self) -> int:
        """How many are there: as counted, or at least those who voted or abstained."""
        return self.handed_in if self.present is None else self.present

    def count_of(self, base: Base) -> int:
        """How many a base holds. Parties are not among the members and the entitled."""
        match base:
            case Base.MEMBERS:
                return self.members - self.parties
            case Base.ENTITLED:
                return self.voters
            case Base.PRESENT:
                return self.attending
            case Base.CAST:
                return self.for_ + self.against
            case Base.CAST_WITH_ABSTENTIONS:
                return self.handed_in
            case Base.VALID:
                return self.handed_in - self.spoiled
