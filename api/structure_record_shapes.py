"""What answers about the record of the structure look like: registrations, what-ifs, reports.

`structure_record_telling.py` fills them.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from api.structure_shapes import DifferenceLine, FindingLine, TouchedLine


class RegistrationLine(BaseModel):
    """Something that became known of the structure. `order`: the executive order and revision that brought it."""

    number: int
    known_on: date
    recorded_at: datetime
    why: str
    label: str
    source: str
    proposal: UUID | None
    order: str | None
    revision: int | None
    adds: int
    corrects: int
    withdraws: int


class Registrations(BaseModel):
    """The record, the first registration first. `after` continues it; null: these are the last."""

    registrations: list[RegistrationLine]
    after: int | None


class RecordedLine(BaseModel):
    """An operation in a registration, and what became of it by today. `origin`: its id in the version that was adopted."""

    id: str
    what: str
    standing: str
    standing_label: str
    origin: str | None
    on: date | None
    declared: bool | None
    assumed: bool | None
    operation: dict[str, Any] | None


class Registration(BaseModel):
    """One registration with its operations. `after` continues them; null: these are the last."""

    registration: RegistrationLine
    operations: list[RecordedLine]
    after: int | None


class Fault(BaseModel):
    """What blocks of the house as it is now known to have been, and did not before."""

    rule: str
    sort: str
    subject: str


class Corrected(BaseModel):
    """What was registered, and what a correction brought to light."""

    registration: int
    operations: int
    faults: list[Fault]


class RefusedLine(BaseModel):
    """An operation that cannot be done, and the claim that does not hold."""

    id: str
    on: date
    subject: str
    claim: str
    what: str


class Headcount(BaseModel):
    """Posts of a fund, and how many of them somebody holds."""

    fund: str
    posts: int
    holders: int


class Figure(BaseModel):
    """A figure of one unit or owner, without the version and with it."""

    id: str
    without: int
    with_it: int


class Figures(BaseModel):
    """Figures of a day. `depth`: units on the longest way down."""

    units: int
    functions: int
    depth: int
    headcount: list[Headcount]


class WhatIf(BaseModel):
    """The house on a day with a version of a proposal and without it. Nothing of it is written.

    `spans`, `owned` and `owed` name only whose figure differs: units under it, functions it owns, duties it answers for.
    `appeared`: what the rules find on that day only with it; `mended`: only without it.
    """

    version: int
    on: date
    dates: list[date]
    refused: list[RefusedLine]
    without: Figures
    with_it: Figures
    spans: list[Figure]
    owned: list[Figure]
    owed: list[Figure]
    differences: list[DifferenceLine]
    appeared: list[FindingLine]
    mended: list[FindingLine]
    impact: list[TouchedLine]


class Reported(BaseModel):
    """The report that was written down."""

    report: UUID


class Matched(BaseModel):
    """A thing that a report shows, and the name it shows it by."""

    sort: str
    id: str
    shown: str


class Thing(BaseModel):
    """A unit or a function."""

    sort: str
    id: str


class ComparedLine(BaseModel):
    """A report against the structure of a day. `unknown`: not shown by a source that is cut, so nobody knows."""

    report: UUID
    unit: str
    reported_on: date
    compared_on: date
    source: str
    is_cut: bool
    agrees: bool
    matched: list[Matched]
    missing: list[Thing]
    unknown: list[Thing]
    unplanned: list[str] = Field(repr=False)
    unreadable: list[str] = Field(repr=False)


class Compared(BaseModel):
    """Every report that stands, compared anew."""

    reports: list[ComparedLine]
