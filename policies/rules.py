"""The shapes of a pack's rules: clocks, ladders, pauses, access, retention. A misspelt key stops the start, not a case."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from policies.identity import IdentityRules
from policies.periods import Period, Sourced

PositiveInt = Annotated[int, Field(gt=0, strict=True)]
NonNegativeInt = Annotated[int, Field(ge=0, strict=True)]
"""Numbers as numbers: `true` is not 1, and "7" is a text."""


class Rule(BaseModel):
    """A frozen piece of a pack. Errors never show the input."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class TimedClock(Period):
    """How long a duty of the product may take, and the ladder that watches it."""

    ladder: str
    calendar: Literal["office", "station"] = "office"


class GivenClock(Sourced):
    """A duty whose date the matter itself brings (a mandate's due day, a sunset). No date given: no clock."""

    unit: Literal["given"]
    ladder: str
    calendar: Literal["office", "station"] = "office"


CLOCK_TAGS = ("timed", "given")
"""How the two shapes of a clock are told apart; no key of any file."""


def _which_clock(value: object) -> str:
    unit = value.get("unit") if isinstance(value, dict) else getattr(value, "unit", None)
    return "given" if unit == "given" else "timed"


ClockRule = Annotated[
    Annotated[TimedClock, Tag("timed")] | Annotated[GivenClock, Tag("given")],
    Discriminator(_which_clock),
]


class Act(StrEnum):
    """What a rung does. None of them changes a state."""

    REMIND = "remind"
    """Remind whoever is responsible."""
    TELL_OVERSEER = "tell_overseer"
    """Tell the overseer that a duty is late; no content."""
    ASK_HANDOVER = "ask_handover"
    """Ask a person to decide on handing over."""
    HAND_OVER = "hand_over"
    """Hand over by itself, only on a recorded absence, a vacancy or an exclusion."""
    TELL_CHAIR = "tell_chair"
    """Tell the chair. For sealed matters this is only a number in the weekly band."""


class Rung(Rule):
    """One step of a ladder.

    `working_days` counts from the due day: negative before it, 0 on it, 1 the first working day on which it is late. It fires
    at the opening hour of the calendar's day. `repeat_every` makes the last rung come again, so that no ladder falls silent.
    """

    name: str
    working_days: Annotated[int, Field(strict=True)]
    act: Act
    repeat_every: PositiveInt | None = None


class Ladder(Sourced):
    """The steps a late duty climbs, in order of days; the last one reaches someone outside the office."""

    rungs: tuple[Rung, ...] = Field(min_length=1)


class PauseRule(Sourced):
    """How long one pause, and all pauses of this name together, may hold a clock (calendar days)."""

    each: PositiveInt
    total: PositiveInt


class WaiverRule(Sourced):
    """That the lateness of one clock may be excused, and for how many calendar days after its due day at most."""

    most_days: PositiveInt


class RetentionRule(Sourced):
    """When a matter's sealed content is destroyed: `keep` after it came to rest, announced `announce_days` before."""

    keep_months: NonNegativeInt
    announce_days: PositiveInt = 30
    least_swept_days: PositiveInt = 7


class Number(Sourced):
    """A threshold with its source. `unknown` stays unknown."""

    value: Annotated[int, Field(strict=True)] | Literal["unknown"]


class KindPolicy(Rule):
    """One kind's numbers, ladders' names and who may do what. Names are those of the kind's table."""

    clocks: dict[str, ClockRule]
    access: dict[str, tuple[str, ...]]
    """Trigger (also `open`, `read`, and the acts of `states/acts.py`) to grants `role:relation`; the relation may be any, seat,
    handler, self or clock."""
    pauses: dict[str, PauseRule] = Field(default_factory=dict)
    waivers: dict[str, WaiverRule] = Field(default_factory=dict)
    """The clocks that can be waived. What protects the person who came is not among them."""
    numbers: dict[str, Number] = Field(default_factory=dict)
    retention: RetentionRule | None = None


class Role(Sourced):
    """An office a person can be appointed to.

    `door` is where they sign in. `overseer` is the role told when their duty is late: one of this pack, or nobody for the top
    of a chain. `holders` is the least and the most people who hold it at once; a role that at most 0 people can hold is
    refused.
    """

    door: Literal["intake", "desk", "council"]
    overseer: str | None = None
    handles: tuple[str, ...] = ()
    """Kinds of matter that someone in this role can be responsible for, first choice first."""
    stands_in_for: tuple[str, ...] = ()
    outside_office: bool = False
    least: NonNegativeInt = 0
    most: NonNegativeInt | None = None


class OfficeModel(Sourced):
    """The kind of ombuds office (IOA): it decides whether one person may hear a consultation and handle the formal case."""

    name: Literal["organisational", "hybrid", "classical"]
    separates_tracks: bool
    """True: whoever heard the consultation does not handle the formal case unless the visitor asks."""


class Notices(Sourced):
    """When mails go out, office time: the desk's constant daily mail and the chair's fixed weekly note in bands."""

    desk_hour: int = Field(ge=0, le=23, strict=True)
    chair_weekday: int = Field(ge=0, le=6, strict=True)
    chair_hour: int = Field(ge=0, le=23, strict=True)
    band_from: PositiveInt


class Invitations(Sourced):
    """How somebody new at the desk sets up their own key in a browser."""

    days: PositiveInt
    """How long the code is good, and then how long the new key waits to be signed."""
    by: tuple[str, ...] = Field(min_length=1)
    """The offices whose holders may invite and sign at the desk, if their own key may enrol."""
    offices: tuple[str, ...] = Field(min_length=1)
    """The offices one may be invited to at the desk; to others only on the command line."""


class Terms(Sourced):
    """What happens before somebody's last day in office, in calendar days."""

    first_days: PositiveInt
    """So long before it, the list of what they have open is there."""
    again_days: PositiveInt
    """So long before it, their overseer hears whether it is done; and who talks with them that it may end with the term."""
    least_days: PositiveInt
    """What she was told later than so long before it does not end with the term."""

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Self:
        if not self.first_days > self.again_days > self.least_days:
            raise ValueError("first_days, again_days and least_days come one after the other")
        return self


class Danger(Sourced):
    """The number to call in danger at a station. Unknown: say to call the emergency number where one is."""

    number: str


class Elsewhere(Sourced):
    """A public page that anybody may have open: where the intake leads whoever must leave it quickly."""

    address: Annotated[str, Field(pattern="^https://")]


class Operating(Sourced):
    """Who may see how the installation runs, in counts: no matter, no person."""

    read: tuple[str, ...] = Field(min_length=1)
    """Roles of the council's door."""


class House(Rule):
    """Who the house is: `office.toml`."""

    name: dict[str, str]
    languages: tuple[str, ...] = Field(min_length=1)
    kinds: tuple[str, ...]
    """The kinds of matter this house carries; each has its file beside this one."""
    model: OfficeModel
    notices: Notices
    min_readers: Number
    roles: dict[str, Role]
    danger: dict[str, Danger]
    invitations: Invitations | None = None
    """None: nobody is invited at the desk; keys are made on the command line."""
    terms: Terms | None = None
    """None: nobody is told of an end of a time in office, and no talk ends with one."""
    elsewhere: Elsewhere | None = None
    """None: the pages of the intake have no way to leave quickly."""
    operating: Operating | None = None
    """None: how the installation runs is told on the command line alone."""
    identity: IdentityRules | None = None
    """None: as with the gate `consent`."""

    @model_validator(mode="after")
    def _invites_to_offices_of_the_desk(self) -> Self:
        named = {*self.invitations.by, *self.invitations.offices} if self.invitations else set()
        strange = sorted(name for name in named if name not in self.roles or self.roles[name].door != "desk")
        if strange:
            raise ValueError(f"invitations name offices that are not at the desk: {', '.join(strange)}")
        return self

    @model_validator(mode="after")
    def _is_run_by_roles_of_the_council(self) -> Self:
        named = self.operating.read if self.operating else ()
        strange = sorted(name for name in named if name not in self.roles or self.roles[name].door != "council")
        if strange:
            raise ValueError(f"operating names roles that are not at the council's door: {', '.join(strange)}")
        return self

    @model_validator(mode="after")
    def _keeps_identities_with_nobody_who_can_have_a_seat(self) -> Self:
        rules = self.identity.custodian if self.identity else None
        if rules is None:
            return self
        role, by = self.roles.get(rules.role), self.invitations.by if self.invitations else ()
        if role is None or role.door != "desk" or role.most == 0:
            raise ValueError(f"identity names a custodian that nobody at the desk can be: {rules.role}")
        if role.handles or role.stands_in_for or rules.role in by:
            raise ValueError(f"whoever holds {rules.role} could have a seat in a case, or give somebody one")
        if any(rules.role in other.stands_in_for for other in self.roles.values()):
            raise ValueError(f"somebody who can have a seat in a case stands in for {rules.role}")
        return self


class Route(Sourced):
    """Another way a person may go, and what limit it has: said with the time-limit notice."""

    title: str
    personnel_classes: tuple[str, ...]
    stations: tuple[Literal["headquarters", "field"], ...] = ("headquarters", "field")
    limit: str | None = None
    """Name of a limit in `limits.toml`; None when no limit is known (then none is said)."""
