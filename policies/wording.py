"""The words of operative paragraphs, a file a language: what asks, what names a day, what ends, what is only said.

They are words of a language, not of a house; whom a house addresses and how it counts stand in its pack (`mandates.toml`).
A word is found whole, whatever its case and with or without accents.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, Field, PositiveInt

from policies.periods import Sourced
from policies.reading import read

FOLDER: Final = Path(__file__).parent / "words"
Phrase = Annotated[str, Field(min_length=1, max_length=80)]
Phrases = tuple[Phrase, ...]
Unit = Literal["calendar_days", "working_days", "weeks", "months", "years"]
Topic = Literal["A", "B", "C"]


class Force(StrEnum):
    """What an operative verb does."""

    ASKS = "asks"
    """It gives somebody a task: to instruct, to request, to urge."""
    DECIDES = "decides"
    """It changes something by itself: to approve, to extend."""
    REPEALS = "repeals"
    """It takes an earlier text's place or ends it."""
    SAYS = "says"
    """It gives no task: to recognise, to thank, to take note."""


class Verb(BaseModel, frozen=True, extra="forbid"):
    """One operative verb under the name it has in every language. `forms` are whole words as they stand at the head."""

    force: Force
    forms: Phrases = Field(min_length=1)


class Sessions(BaseModel, frozen=True, extra="forbid"):
    """How sessions of an assembly are called, and what stands for the coming one."""

    regular: Phrases = Field(min_length=1)
    special: Phrases = Field(min_length=1)
    coming: Phrases = Field(min_length=1)


class Cues(BaseModel, frozen=True, extra="forbid"):
    """What stands before a time, or says that one is meant. `lasting` counts as an end only in what a body decides."""

    by: Phrases
    before: Phrases
    within: Phrases
    at: Phrases
    since: Phrases
    adoption: Phrases
    adopted: Phrases
    sunset: Phrases
    lasting: Phrases
    review: Phrases
    report: Phrases
    to: Phrases
    through: Phrases
    year_end: Phrases
    budget: Phrases
    procedural: Phrases


class Wording(Sourced, frozen=True, extra="forbid"):
    """One language. `marks` are small words by which a text in it is known; `articles` may stand before a name or a day."""

    marks: Phrases = Field(min_length=1)
    openings: Phrases = Field(min_length=1)
    closings: Phrases
    leads: Phrases
    adverbs: Phrases
    articles: Phrases
    joins: Phrases
    of: Phrases
    verbs: dict[str, Verb] = Field(min_length=1)
    cues: Cues
    sessions: Sessions
    months: tuple[Phrases, ...] = Field(min_length=12, max_length=12)
    units: dict[Unit, Phrases]
    numbers: dict[Phrase, PositiveInt]
    ordinals: dict[Phrase, PositiveInt]
    quarters: Phrases
    halves: Phrases
    every: dict[Literal["monthly", "quarterly", "semiannual", "annual"], Phrases]
    topics: dict[Topic, Phrases]


def load_all(folder: Path = FOLDER) -> dict[str, Wording]:
    """Every language there is words for, by its code. Raises RulesUnreadable with file, key and reason."""
    return {path.stem: read(path, Wording) for path in sorted(folder.glob("*.toml"))}
