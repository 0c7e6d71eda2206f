"""What answers about the structure look like. `structure_telling.py` fills them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class _Dated(BaseModel):
    """From a day on, until (not including) another; null: no end known, or from before the record."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    since: date | None = Field(alias="from")
    until: date | None


class HeadLine(BaseModel):
    """A unit above. `matters`: on what it decides; none: on everything."""

    head: str
    kind: str
    matters: list[str]


class UnitLine(BaseModel):
    """A unit on the day asked about. `formerly`: earlier names, oldest first."""

    id: str
    name: str
    type: str
    rank: str
    state: str
    heads: list[HeadLine]
    coordinates_with: list[str]
    reports_to: list[str]
    formerly: list[str]
    autonomous: bool
    tags: list[str]
    source: str


class FunctionLine(BaseModel):
    """A function on the day asked about. More than one owner is a fault, told as it is.

    `origin`: the unit that had it before the record began, `unknown` if no source says; null: it began where it is.
    """

    id: str
    name: str
    owners: list[str]
    contributors: list[str]
    part_of: str | None
    legal_basis: list[str]
    origin: str | None
    source: str


class PostOnDay(BaseModel):
    """A post on the day asked about. `holder`: who holds it, for those who may know; `-` for the rest."""

    id: str
    title: str
    unit: str
    fund: str
    grade: str
    vacant: bool
    holder: str | None
    source: str


class Structure(BaseModel):
    """What is live on `as_of`, as known on `known_at`. `stops_on`: from this date on, what was ordered could not be applied."""

    as_of: date
    known_at: date
    stops_on: date | None
    units: list[UnitLine]
    functions: list[FunctionLine]
    posts: list[PostOnDay]


class DifferenceLine(BaseModel):
    """One field of one thing. `began` and `ended` are about the thing as a whole."""

    sort: str
    id: str
    field: str
    before: list[str]
    after: list[str]


class Differences(BaseModel):
    """What differs between two days."""

    differences: list[DifferenceLine]


class PostHistory(_Dated):
    """A post as it was between two days."""

    id: str
    title: str
    unit: str
    fund: str
    grade: str
    vacant: bool
    holder: str | None
    source: str


class Posts(BaseModel):
    """The ledger of posts, by post and day."""

    posts: list[PostHistory]


class Loaded(BaseModel):
    """What was registered."""

    registration: int
    operations: int


class ChosenLine(BaseModel):
    """What was decided of one conflict."""

    conflict: str
    choice: str


class MergedFrom(BaseModel):
    """The two versions that a version came of, and how. `left_out`: what could not be done without what was not chosen."""

    version: int
    sha256: str
    other: UUID
    other_version: int
    other_sha256: str
    choices: list[ChosenLine]
    left_out: list[str]


class VersionLine(BaseModel):
    """A version. `sha256` stands for operations, terms and texts together: what an adoption pins and an order must carry.

    It is that of the version as it is kept, with the holders of posts that are hidden (`-`) from some of its readers.
    """

    number: int
    label: str
    author: str
    made_at: datetime
    base: int
    sha256: str
    text_sha256: dict[str, str]
    operations: list[dict[str, Any]]
    terms: dict[str, Any]
    texts: dict[str, list[str]]
    merged_from: MergedFrom | None


class Versions(BaseModel):
    """All versions of a proposal."""

    versions: list[VersionLine]


class FindingLine(_Dated):
    """A rule that does not hold. `inherited`: the house has this fault already, and the plan neither makes nor mends it."""

    rule: str
    severity: str
    sort: str
    subject: str
    message: str = Field(repr=False)
    waived: bool
    inherited: bool


class Findings(BaseModel):
    """What the rules say today of a version. `may_go_on`: nothing blocks, and every warning is waived."""

    version: int
    on: date
    may_go_on: bool
    counts: dict[str, int]
    findings: list[FindingLine]


class TouchedLine(BaseModel):
    """Whom the plan touches: what today, what after it, from when, whether somebody has to act. No holder of a post is named."""

    sort: str
    id: str
    what: str
    today: list[str]
    after: list[str]
    on: date | None
    acts: bool


class Impact(BaseModel):
    """What a version changes."""

    lines: list[TouchedLine]


class SideLine(BaseModel):
    """One side of a conflict: the value it leads to (none: it ends, or has none), and from when."""

    value: list[str]
    since: date = Field(alias="from")

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


class ConflictLine(BaseModel):
    """One thing on which two versions are at odds: the operations of each, and whether both may hold. `id` is decided on."""

    id: str
    kind: str
    sort: str
    subject: str
    detail: str
    ours: list[str]
    theirs: list[str]
    our_side: SideLine
    their_side: SideLine
    both: bool
    message: str = Field(repr=False)


class MergedLine(BaseModel):
    """An operation of the merge, as it stands now."""

    id: str
    on: date
    kind: str


class Merge(BaseModel):
    """What two versions do to each other: where they are at odds, and what is wrong only together. A person decides.

    `operations` are those that stand with the choices made; `waiting` those that cannot be done without what is left out.
    """

    version: int
    sha256: str
    other: UUID
    other_version: int
    other_sha256: str
    whole: bool
    conflicts: list[ConflictLine]
    findings: list[FindingLine]
    operations: list[MergedLine]
    waiting: list[MergedLine]
