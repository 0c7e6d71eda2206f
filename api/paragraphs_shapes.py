"""What answers about the register look like. `paragraphs_telling.py` fills them. Null: the text does not say, nobody decided."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class SpanOfText(BaseModel):
    """Signs of a text, from `start` up to (not including) `end`."""

    start: int
    end: int
    words: str = Field(repr=False)


class TermOfText(SpanOfText):
    """A time as the text says it. `day` is the last day; `before`: the text says before it. A period has count and unit."""

    day: date | None
    before: bool
    count: int | None
    unit: str | None
    since: date | None
    session: int | None
    year: int | None


class ProposedLabel(BaseModel):
    """A label the rules propose, and why. Nothing is decided by it."""

    label: str
    reason: str


class RegisterStep(BaseModel):
    """One step of a trail: who did what, on which day, by which document."""

    what: str
    on: date
    by: str
    status: str | None
    category: str | None
    criteria: dict[str, int | str] | None
    body: str | None
    since: date | None
    mandate: UUID | None
    authority: str | None
    reason: str | None = Field(repr=False)


class ScoreLine(BaseModel):
    """What one criterion gives. Several points: two bands of the rules hold the number."""

    criterion: str
    points: list[int]
    warnings: list[str]


class Weight(BaseModel):
    """A score. `low` and `high` differ where bands overlap; not `complete`: some criterion is unknown and added nothing."""

    low: int
    high: int
    complete: bool
    scores: list[ScoreLine]


class RegisterParagraph(BaseModel):
    """An operative paragraph: what the text says, what is proposed, what people decided."""

    place: int
    number: str | None
    verb: str | None
    verbs: list[str]
    inherited: bool
    asks: bool
    addressees: list[str]
    words: SpanOfText
    task: SpanOfText | None
    through: SpanOfText | None
    due: TermOfText | None
    sunset: TermOfText | None
    review: TermOfText | None
    reports_to: list[str]
    every: str | None
    cites: list[str]
    warnings: list[str]
    status_proposed: list[ProposedLabel]
    category_proposed: list[ProposedLabel]
    status: str | None
    category: str | None
    with_body: str | None
    weight: Weight | None
    mandate: UUID | None
    trail: list[RegisterStep]


class RegisterText(BaseModel):
    """A text of the register. `version` is what If-Match takes; `edition` the rules and words it was read by."""

    id: UUID
    symbol: str
    body: str
    adopted_on: date | None
    language: str
    sha256: str
    edition: str
    paragraphs: int
    source: str
    on: date
    version: int
    withdrawn_on: date | None


class RegisterTexts(BaseModel):
    """A page of texts by symbol. `after` continues it; null: it is the last."""

    items: list[RegisterText]
    after: str | None


class RegisterTextDetail(RegisterText):
    """A text with its paragraphs, as of `as_of`; `steps` are those about the whole text."""

    as_of: date
    by: str
    warnings: list[str]
    items: list[RegisterParagraph]
    steps: list[RegisterStep]


class Acted(BaseModel):
    """What an act led to. `mandate`: the matter that a paragraph became; `warnings`: what to look at."""

    text: UUID
    symbol: str
    version: int
    paragraphs: int
    mandate: UUID | None
    warnings: list[str]


class Obligation(BaseModel):
    """Who owes what by when. `day` null: the text gives none; `every` says how often; `units` answer for the mandate today.

    `before`: the text says before that day, so that the day before is the last one.
    """

    day: date | None
    before: bool
    year: int | None
    every: str | None
    who: list[str]
    task: str = Field(repr=False)
    verb: str | None
    reports_to: list[str]
    symbol: str
    text: UUID
    place: int
    number: str | None
    body: str
    status: str | None
    category: str | None
    with_body: str | None
    mandate: UUID | None
    state: str | None
    units: list[str]


class Obligations(BaseModel):
    """The table of a year; `undated`: no year is said; `set_aside`: a person decided that it is not owed."""

    year: int
    as_of: date
    edition: str
    owed: list[Obligation]
    undated: list[Obligation]
    set_aside: list[Obligation]


class BandOverlap(BaseModel):
    """Two bands of one criterion that hold the same numbers, both ends counted; no `until`: any number above."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    criterion: str
    since: int = Field(alias="from")
    until: int | None


class RankLine(BaseModel):
    """A paragraph's rank, by the lower total. `may_pass`: those behind it whose higher total is more than its lower one."""

    rank: int
    text: UUID
    symbol: str
    place: int
    number: str | None
    criteria: dict[str, int | str]
    weight: Weight
    tied_with: list[str]
    may_pass: list[str]


class Ranking(BaseModel):
    """Every weighed paragraph that is owed. `sha256` stands for rules and what was told: equal, and the ranking is equal."""

    edition: str
    sha256: str
    overlaps: list[BandOverlap]
    ranked: list[RankLine]
