"""How a house registers mandates: whom its texts address, which labels it gives, how it counts weight, what looks the same.

The register proposes by these rules; a person decides.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from policies.periods import FirstDay, Sourced
from policies.reading import read
from policies.rules import Rule
from policies.wording import Phrases


class Status(StrEnum):
    """What a mandate of the inventory is called. The committees' own words."""

    FULFILLED = "fulfilled"
    DUPLICATE = "duplicate"
    NON_MANDATE = "non_mandate"
    PROCEDURAL = "procedural"
    SUPERSEDED = "superseded"
    CURRENT = "current"
    EXPIRED = "expired"


class Category(StrEnum):
    """A: policy or general guideline. B: a specific measure that supports A. C: administrative or financial, operational."""

    A = "A"
    B = "B"
    C = "C"


class Label(Sourced):
    """A status this house uses, and which of its committees gave it."""

    used_by: tuple[str, ...] = Field(min_length=1)


class Meant(Sourced):
    """What a category means here, and who judges those in it."""

    judged_by: str


class Addressee(Sourced):
    """Someone a text may give a task or a report to, as it is called in any language."""

    names: Phrases = Field(min_length=1)


class Band(Rule):
    """From how many to how many, both counted, and what that scores. No end: any number above."""

    since: NonNegativeInt
    until: NonNegativeInt | None = None
    points: NonNegativeInt

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise ValueError("a band ends where it begins, or later")
        return self

    def holds(self, value: int) -> bool:
        """Whether a number falls into it."""
        return self.since <= value and (self.until is None or value <= self.until)


class Bands(Sourced):
    """A criterion that is counted. Bands may overlap, because a house's own do: a number in two of them has two scores."""

    bands: tuple[Band, ...] = Field(min_length=1)


class Levels(Sourced):
    """A criterion that is judged in words. `points` None: the words have an order, and no points are known."""

    words: tuple[str, ...] = Field(min_length=1, repr=False)
    points: tuple[NonNegativeInt, ...] | None = None

    @model_validator(mode="after")
    def _as_many(self) -> Self:
        if self.points is not None and len(self.points) != len(self.words):
            raise ValueError("a level has its points, each one, or none has")
        return self


class Alike(Sourced):
    """When two paragraphs look the same: runs of `run` words, of which this share of a hundred is in both."""

    run: PositiveInt
    percent: Annotated[int, Field(ge=1, le=100)]
    least_words: PositiveInt


class Sessions(Sourced):
    """Which sessions of the pack's citations an assembly's are, and the mark of its regular and special ones."""

    series: str
    regular: Annotated[str, Field(pattern=r"^[A-Z]$")]
    special: Annotated[str, Field(pattern=r"^[A-Z]$")]


class FirstDays(Sourced):
    """Whether the day a period is counted from is its first day: of a duty, and of what is in force for a time."""

    duty: FirstDay
    force: FirstDay


class Channels(Sourced):
    """The committees and councils that a mandate can be given to, by the names they have as addressees."""

    names: tuple[str, ...] = Field(min_length=1)


RegisterAct = Literal["read", "register", "withdraw", "decide", "weigh", "channel"]
"""What people do with the register. That a paragraph becomes a mandate is the opening of a mandate, and given with that."""


class MandateRules(Rule):
    """The rules of one house's register."""

    statuses: dict[Status, Label]
    categories: dict[Category, Meant]
    addressees: dict[str, Addressee] = Field(min_length=1)
    counted: dict[str, Bands] = Field(default_factory=dict)
    judged: dict[str, Levels] = Field(default_factory=dict)
    alike: Alike
    first_days: FirstDays
    sessions: Sessions | None = None
    channels: Channels | None = None
    """None: this house gives its mandates to no committee."""
    access: dict[RegisterAct, tuple[str, ...]] = Field(default_factory=dict)
    """Act -> the roles that may do it, as grants `role:any`. An act that is not named is given to nobody."""

    @model_validator(mode="after")
    def _known_channels(self) -> Self:
        if self.channels is not None and set(self.channels.names) - set(self.addressees):
            raise ValueError("a channel is one of the addressees")
        return self

    def overlaps(self) -> tuple[tuple[str, int, int | None], ...]:
        """Where two bands of one criterion meet: (criterion, from, to). Known and warned of, never mended silently."""
        return tuple(
            (name, max(one.since, other.since), _earlier(one.until, other.until))
            for name, criterion in self.counted.items()
            for at, one in enumerate(criterion.bands)
            for other in criterion.bands[at + 1 :]
            if other.holds(one.since) or one.holds(other.since)
        )


def load(path: Path) -> MandateRules:
    """Read a pack's `mandates.toml`. Raises RulesUnreadable with file, key and reason."""
    return read(path, MandateRules)


def _earlier(one: int | None, other: int | None) -> int | None:
    return min((end for end in (one, other) if end is not None), default=None)
