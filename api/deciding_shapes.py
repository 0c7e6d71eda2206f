"""What answers about deciding look like. `deciding_telling.py` fills them."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field


class AnswerLine(BaseModel):
    """A state that voted. `choice` and `at` null: it handed in a paper, and nobody can tell what it says."""

    state: str
    choice: str | None
    at: datetime | None


class StatementLine(BaseModel):
    """What a state has written beside a decision. `paragraph` null: on all of it."""

    kind: str
    number: int
    state: str
    paragraph: str | None
    at: datetime
    text: str = Field(repr=False)


class Count(BaseModel):
    """The numbers of a vote that is over. `present` and `absent` null: nobody called the roll."""

    members: int
    entitled: int | None
    parties: int
    present: int | None
    absent: int | None
    for_: int = Field(serialization_alias="for")
    against: int
    abstain: int
    spoiled: int


class Outcome(BaseModel):
    """How many must have been for it, of how many in which base."""

    needed: int
    base: str
    counted: int


class QuestionLine(BaseModel):
    """A question that was put to a body. `asks`: adoption, reconsideration, or the wait to be lifted.

    `open`: it is not over. `adopted` null: it is open, or void. `why` says how the result came about, in order.
    """

    id: UUID
    number: int
    body: str
    method: str
    rule: str | None
    asks: str
    version: int | None
    opened_at: datetime
    until: datetime | None
    over_at: datetime | None
    open: bool
    void: bool
    adopted: bool | None
    result: str
    why: list[str]


class Questions(BaseModel):
    """Every question about a proposal."""

    decidings: list[QuestionLine]


class Sheet(QuestionLine):
    """A question with all that hangs on it. `text_sha256`: the text it was about, by language."""

    title: str
    day: date
    members: list[str]
    suspended: list[str]
    parties: list[str]
    voters: list[str]
    present: list[str] | None
    not_yet: list[str]
    answers: list[AnswerLine]
    statements: list[StatementLine]
    objecting: list[str]
    count: Count | None
    outcome: Outcome | None
    text_sha256: dict[str, str]
    void_reason: str | None = Field(repr=False)


class WaitLine(BaseModel):
    """Whether one step may be taken now. `not_before` null: it may, or something else must happen first."""

    allowed: bool
    not_before: datetime | None
    why: list[str]


class Waits(BaseModel):
    """What the newest version must still wait for."""

    at: datetime
    distributed: dict[str, datetime]
    admit: WaitLine
    discuss: WaitLine
    vote: WaitLine


class EditLine(BaseModel):
    """One change at one paragraph."""

    change: str
    at: str
    texts: dict[str, str] = Field(repr=False)


class AmendmentLine(BaseModel):
    """An amendment to a version. `carried_into` null: it was not carried out."""

    version: int
    name: str
    by: str
    made_at: datetime
    carried_into: int | None
    edits: list[EditLine]


class ClashLine(BaseModel):
    """Two amendments that cannot both be carried out."""

    language: str
    first: str
    second: str
    at: str
    why: str


class Amendments(BaseModel):
    """All amendments, and the conflicts among those to the newest version."""

    newest: int
    amendments: list[AmendmentLine]
    conflicts: list[ClashLine]


class ParagraphLine(BaseModel):
    """A paragraph with its key."""

    key: str
    text: str = Field(repr=False)


class RunLine(BaseModel):
    """Words in a row that stand in both texts, only in the first, or only in the second."""

    kind: str
    words: str = Field(repr=False)


class PairLine(BaseModel):
    """A paragraph beside its likeness; null where there is none. `alike` in percent: a help for the eye."""

    first: ParagraphLine | None
    second: ParagraphLine | None
    alike: int
    runs: list[RunLine]


class Comparison(BaseModel):
    """Two texts side by side."""

    pairs: list[PairLine]


class AdviceLine(BaseModel):
    """What a committee advised. `differs`: the operations on which the body decided otherwise."""

    body: str
    on: date
    verdict: str
    version: int | None
    parts: dict[str, str]
    document: str | None
    differs: list[str]


class AllAdvice(BaseModel):
    """All advice on a proposal."""

    advice: list[AdviceLine]
