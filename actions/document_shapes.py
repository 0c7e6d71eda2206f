"""What people tell of a document: what it is, how far a language is, what was corrected, why a number stays without one."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, model_validator

from actions.instants import Instant
from actions.kernel.kind import Payload
from actions.kinds.house import Words
from actions.kinds.proposal_shapes import Text
from policies.decisions import Language
from policies.documents import Name, Step
from states.calendars import FIRST_YEAR, LAST_YEAR

MOST_STAMPS = 40
Number = Annotated[int, Field(ge=1, le=999_999)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Session = Annotated[str, Field(pattern=r"^[IVXLCDM]{1,15}-[A-Z]$", description="A roman number and its mark: XLV-O.")]
Suffix = Annotated[str, Field(pattern=r"^[a-z]{1,20}$", description="One of the house's suffixes: rev, corr, add.")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file, in hex.")]


class Carried(Payload):
    """The version of a proposal that a document carries."""

    proposal: UUID
    version: Annotated[int, Field(ge=1, le=9999)]


class _Telling(Payload):
    title: Words
    original: Language
    source: Words
    number: Number | None = None
    carries: Carried | None = None
    wanted_at: Instant | None = None


class NewDocument(_Telling):
    """A document. `number` left out: the next of its series; told: the series begins there, or the document is older than it.

    `year` left out: this one. `wanted_at`: when it is to be discussed; left out, nobody knows yet.
    """

    series: Name
    year: Year | None = None
    meeting: Number | None = None
    session: Session | None = None


class NewPart(_Telling):
    """A revision, correction or addendum of a document: a document of its own, tied to it."""

    suffix: Suffix


class _Hashed(Payload):
    """A text by its hash, or by its paragraphs, of which only the hash is kept."""

    sha256: Hash | None = None
    paragraphs: Annotated[Text | None, Field(repr=False)] = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.sha256 is not None and self.paragraphs is not None:
            raise ValueError("a text is told by its hash or by its paragraphs")
        return self


class Stamped(_Hashed):
    """A step of a language. `at` null: it happened, and nobody knows when; a distribution needs its instant."""

    language: Language
    step: Step
    at: Instant | None

    @model_validator(mode="after")
    def _text_is_there(self) -> Self:
        if self.step == "requested" and (self.sha256, self.paragraphs) != (None, None):
            raise ValueError("what was only asked for has no text yet")
        return self


class Stamps(Payload):
    """Steps of languages, in the order in which they happened: all are written down, or none."""

    stamps: Annotated[tuple[Stamped, ...], Field(min_length=1, max_length=MOST_STAMPS)]


class NewCorrection(_Hashed):
    """What was corrected in one language after it went out. The text as corrected is told by its hash or its paragraphs."""

    language: Language
    what: Annotated[Words, Field(repr=False)]
    at: Instant

    @model_validator(mode="after")
    def _new_text(self) -> Self:
        if self.sha256 is None and self.paragraphs is None:
            raise ValueError("the corrected text is told by its hash or by its paragraphs")
        return self


class Voided(Payload):
    """Why a number stays without a document."""

    reason: Annotated[Words, Field(repr=False)]


class WantedAt(Payload):
    """When a document is to be discussed; null: nobody knows any more."""

    at: Instant | None


def told_of(new: NewDocument | NewPart) -> dict[str, Any]:
    """What is kept as it was told."""
    carried = new.carries
    return {
        "title": new.title,
        "original": new.original,
        "source": new.source,
        "matter_id": None if carried is None else carried.proposal,
        "proposal_version": None if carried is None else carried.version,
        "wanted_at": new.wanted_at,
    }
