"""What answers about documents look like. `document_telling.py` fills them."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field


class DocumentKept(BaseModel):
    """A document right after an act. The symbol is that of its number, for good."""

    id: UUID
    symbol: str
    version: int


class DocumentNamed(BaseModel):
    """A document by its symbol. `void`: its number stays without a document."""

    id: UUID
    symbol: str
    void: bool


class DocumentCall(BaseModel):
    """A meeting to come that has the document on its order of business. `hour` at the seat; null: not said."""

    meeting: UUID
    title: str
    day: date
    hour: str | None


class StepLine(BaseModel):
    """A step of a language. `at` null: it happened, nobody knows when. `sha256` null: no hash was told with it."""

    step: str
    at: datetime | None
    sha256: str | None
    hash_of: str | None
    recorded_at: datetime


class CorrectionLine(BaseModel):
    """What was corrected after the text went out, and the hash of the text as corrected."""

    number: int
    what: str = Field(repr=False)
    at: datetime
    sha256: str
    hash_of: str
    recorded_at: datetime


class LanguageLine(BaseModel):
    """A document in one language. `next_step` null: it went out. `sha256`: of the text as it stands; null: nobody told it."""

    language: str
    name: str
    original: bool
    steps: list[StepLine]
    next_step: str | None
    distributed_at: datetime | None
    sha256: str | None
    hash_of: str | None
    corrections: list[CorrectionLine]


class DocumentCarries(BaseModel):
    """The version of a proposal that a document carries."""

    proposal: UUID
    version: int


class DocumentShown(BaseModel):
    """A document. `missing`: languages in which it did not go out; `needed_by`: until when they must, null: unknown.

    `said`: the same as a sentence. `void_on`: since when its number stays without a document, and why.
    """

    id: UUID
    symbol: str
    series: str
    number: int
    suffix: str | None
    year: int
    meeting: int | None
    session: str | None
    title: str
    original: str
    source: str
    carries: DocumentCarries | None
    wanted_at: datetime | None
    missing: list[str]
    needed_by: datetime | None
    late: bool
    said: str
    void_on: date | None
    void_reason: str | None = Field(repr=False)
    version: int
    recorded_at: datetime
    parent: DocumentNamed | None
    parts: list[DocumentNamed]
    meetings: list[DocumentCall]
    languages: list[LanguageLine]


class SeriesLine(BaseModel):
    """A series. `asks`: what must be told besides: meeting, session. `last`: the last number given; null: none yet, or each
    document has the number of its meeting. `again`: the same for each year or session in which numbers began again.

    `verified`: somebody read in the source how its numbers run.
    """

    series: str
    body: str
    numbers: str
    asks: list[str]
    last: int | None
    again: dict[str, int]
    source: str
    verified: bool


class SeriesList(BaseModel):
    """Every series of the house."""

    series: list[SeriesLine]


class Documents(BaseModel):
    """A page of documents, the newest first. `after` continues it; null: it is the last."""

    documents: list[DocumentShown]
    after: UUID | None
