"""Who is a member of a house, from when to when, and who was suspended: dated, and honest about dates nobody knows."""

from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from policies.periods import Sourced
from policies.reading import read
from policies.refusal import Refusal
from policies.rules import Rule

State = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""A state by its two letters of ISO 3166-1."""


class MembershipUnknown(Refusal):
    """On this day nobody knows whether the state was a member or suspended: sources give only a year, or differ."""

    code: ClassVar[str] = "membership_unknown"
    status: ClassVar[int] = 422


class Change(Sourced):
    """Something that took hold on one day between `earliest` and `latest`; both the same where the day is known."""

    states: tuple[State, ...] = Field(min_length=1)
    earliest: date
    latest: date

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.latest < self.earliest:
            raise ValueError("`latest` is before `earliest`")
        return self

    def holds(self, day: date) -> bool | None:
        """Whether it had happened by `day`; None where nobody knows."""
        return False if day < self.earliest else True if day >= self.latest else None


class Suspension(Change):
    """From when states take no part; they stay members. `until` is the first day they take part again, None: still out."""

    until: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        if self.until is not None and self.until <= self.latest:
            raise ValueError("a suspension ends after it began")
        return self


class Roll(Rule):
    """The members of one day. The suspended are members that may not vote."""

    day: date
    members: frozenset[str]
    suspended: frozenset[str]

    @property
    def entitled(self) -> frozenset[str]:
        """The members that may vote."""
        return self.members - self.suspended


class Membership(Rule):
    """What is known of the members. Each state joins once and leaves at most once; a suspension does not end membership."""

    joined: tuple[Change, ...] = Field(min_length=1)
    left: tuple[Change, ...] = ()
    suspended: tuple[Suspension, ...] = ()

    @model_validator(mode="after")
    def _one_story_a_state(self) -> Self:
        joined = _each("joined", self.joined)
        for state, change in _each("left", self.left).items():
            if state not in joined or change.earliest <= joined[state].latest:
                raise ValueError(f"{state} leaves before it has joined")
        for suspension in self.suspended:
            for state in suspension.states:
                if state not in joined or suspension.earliest < joined[state].latest:
                    raise ValueError(f"{state} is suspended before it has joined")
        return self

    def on(self, day: date) -> Roll:
        """The members of `day`, and those among them that may not vote. Raises MembershipUnknown, naming the state."""
        members = _sure(self.joined, day) - _sure(self.left, day)
        current = tuple(one for one in self.suspended if one.until is None or day < one.until)
        return Roll(day=day, members=members, suspended=_sure(current, day) & members)


def load(path: Path) -> Membership:
    """Read a pack's `members.toml`. Raises RulesUnreadable with file, key and reason."""
    return read(path, Membership)


def _sure(changes: tuple[Change, ...], day: date) -> frozenset[str]:
    for change in changes:
        if change.holds(day) is None:
            raise MembershipUnknown(state=change.states[0], day=day)
    return frozenset(state for change in changes if change.holds(day) for state in change.states)


def _each(what: str, changes: tuple[Change, ...]) -> dict[str, Change]:
    found: dict[str, Change] = {}
    for change in changes:
        for state in change.states:
            if state in found:
                raise ValueError(f"{state} is named twice under `{what}`")
            found[state] = change
    return found
