"""What the intake door takes and gives, as JSON."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from actions.coming import Comes
from actions.days import Day
from actions.front import Afraid
from actions.intake import Track
from actions.kinds.sealed import AnyText, Text
from actions.kinds.times import TakeTime
from api.intake_mediations import Mediation
from api.offered_times_shapes import TakenTime

_Short = Annotated[str, Field(max_length=40)]
_CLOCK = "^[0-2][0-9]:[0-5][0-9]$"


class Told(BaseModel):
    """Something a visitor sends. Unknown fields are refused; an error never repeats the input."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class MustNotSee(Told):
    """Who must not see it: people ticked from the lists of `GET /v1/office`, and free words, which are read by nobody named."""

    ids: Annotated[tuple[UUID, ...], Field(max_length=100)] = ()
    words: AnyText | None = None


class AnswersTold(Told):
    """What she tells about herself and the matter, all of it if she likes. `decision_on`: the day a decision reached her."""

    personnel_class: _Short | None = None
    station: _Short | None = None
    decision_on: Day | None = None
    afraid: Afraid | None = Field(default=None, description="Whether she fears to be treated worse for having come.")
    about: AnyText | None = Field(default=None, description="Who or what it is about.")


class Said(Told):
    """What somebody says who comes to the office. Only the statement is needed, and in which language to answer."""

    track: Track
    language: Annotated[str, Field(max_length=20)]
    statement: Text
    must_not_see: MustNotSee | None = None
    urgent: bool = False
    answers: AnswersTold | None = None
    identity: AnyText | None = Field(default=None, description="Who she is, if she says; sealed under a key of its own.")
    not_official_understood: bool = False
    comes: Comes = Field(default="alone", description="Alone, with others who join later, or for somebody else.")


class Filing(Said):
    """Somebody comes to the office. Only the statement is needed, and in which language to answer."""

    talk: TakeTime | None = Field(default=None, description="A time of `GET /v1/times` at which she would rather talk.")


class Message(Told):
    """She writes."""

    text: Text


class OtherWords(Told):
    """In which language the new words are; left out, that of the matter."""

    language: Annotated[str, Field(max_length=20)] | None = None


class Numbered(Told):
    """The number of something that was destroyed, however it is grouped."""

    number: Annotated[str, Field(max_length=80)]


class Certificate(BaseModel):
    """That something was destroyed. It says nothing of who, of what, or of which case.

    `backups_gone_on`: the last copy that held it is gone since; null: nobody has said so yet. `proof`: for
    `amparo ledger check-proof`, byte for byte; null: there is one from `proof_from` on.
    """

    number: str
    track: Literal["formal", "informal"]
    destroyed_on: date
    backups_gone_on: date | None
    leaf: int | None = Field(description="Which line of the ledger proves it, from 0.")
    head: str | None = Field(description="Under which head it stands, as reports print it.")
    signed_by: str | None = Field(description="The key that signed this head, by its short name.")
    signature: str | None
    proof: str | None
    proof_from: date | None
    said: list[str]


class Limit(BaseModel):
    """Another way she may go. `on`: the day on which its time limit may end, as far as we know one."""

    route: str
    what: str
    limit: str | None
    on: date | None
    explanation: list[str]


class Filed(BaseModel):
    """What she is told once. The receipt is the only way back; it is kept nowhere."""

    receipt: list[str] = Field(repr=False)
    readers: list[str]
    custodians: list[str] | None = Field(
        description="Who lets the office see who she is; null: nobody has to be asked, or she did not say."
    )
    read_by: date | None
    urgent_by: date | None
    explanation: list[str]
    limits: list[Limit]
    notice: list[str]


class Receipt(BaseModel):
    """Other words; the old ones are dead."""

    receipt: list[str] = Field(repr=False)
    notice: list[str]


class Tickable(BaseModel):
    """Somebody who can be ticked: must not see it."""

    id: UUID
    name: str
    role: str


class Vacancy(BaseModel):
    """A post that nobody holds."""

    role: str
    since: date | None
    said: str


class Hours(BaseModel):
    """When somebody of the office is there: on working days, local time of `place`. `next_on`: the next such day, perhaps today.

    `urgent_by`: by when a person looks at what comes now and is urgent.
    """

    place: str
    opens: str = Field(pattern=_CLOCK)
    closes: str = Field(pattern=_CLOCK)
    next_on: date
    urgent_by: date | None


class Office(BaseModel):
    """What is said before she writes."""

    readers: list[Tickable] = Field(description="Who can open what comes in today, if nobody is ticked.")
    others: list[Tickable] = Field(description="Who works here, too, and cannot: they can be ticked as well.")
    officials: list[Tickable]
    read_by: date | None
    vacancy: Vacancy | None
    standing: list[str] = Field(description="Who of the readers is away, or goes soon, and who reads instead.")
    danger: dict[str, str | None]
    hours: Hours
    custodians: list[Tickable] | None = Field(
        default=None, description="Who lets the office see who somebody is, and reads no message; null: a house without them."
    )
    limits: list[Limit]
    personnel_classes: dict[str, str]
    languages: list[str]
    notice: list[str]


class Answer(BaseModel):
    """One of the four answers."""

    question: Literal["read", "next", "asked", "stop"]
    asked: str
    said: list[str]


class Duty(BaseModel):
    """A date, and why it is this one. `late`: it is past, and we have not done it."""

    clock: str
    what: str
    on: date | None
    late: bool
    explanation: list[str]


class Line(BaseModel):
    """Something that was written."""

    id: UUID
    on: date
    mine: bool
    what: str
    label: str
    text: str = Field(repr=False)
    person: int | None = Field(default=None, description="Of several who came, the number of who wrote it.")


class Consent(BaseModel):
    """A text she was asked to agree to, and to whom it would go: exactly this, to exactly them.

    `terms`: what it is for, who would read it, and until when a yes is good, as sentences.
    """

    id: UUID
    status: str
    asked_on: date
    answered_on: date | None
    until: date
    used_on: date | None
    purpose: str
    audience: str
    terms: list[str]
    to: str = Field(repr=False)
    text: str = Field(repr=False)
    said: str = Field(repr=False)


class File(BaseModel):
    """A file in the matter."""

    id: UUID
    on: date
    mine: bool
    name: str = Field(repr=False)
    person: int | None = None


class Opening(BaseModel):
    """Somebody opened it on a day."""

    name: str
    on: date


class IdentityLine(BaseModel):
    """Something about who she is: her office asked, a custodian answered, it was opened."""

    on: date
    said: str


class Possible(BaseModel):
    """Something she can do now."""

    trigger: str
    label: str


class Together(BaseModel):
    """How she stands to the others who came with it. `codes`: the last days of codes that nobody has used."""

    number: int
    part: str
    people: int
    codes: list[date]


class Standing(BaseModel):
    """Everything her words open. The four answers come always in the same order."""

    kind: str
    state: str
    plain: str
    version: int
    opened_on: date
    answers: list[Answer]
    dates: list[Duty]
    late: list[Duty]
    messages: list[Line]
    consents: list[Consent]
    files: list[File]
    opened_by: list[Opening]
    readers: list[str]
    custodians: list[str] | None
    identity: list[IdentityLine]
    mediations: list[Mediation]
    moves: list[Possible]
    time: TakenTime | None
    together: Together | None = Field(description="Null: she came alone, for herself.")


class Done(BaseModel):
    """Where her matter is now."""

    kind: str
    state: str
    version: int


class Kept(BaseModel):
    """A file that came whole."""

    id: UUID
    name: str
