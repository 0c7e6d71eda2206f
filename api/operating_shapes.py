"""What is answered about the running installation. `operating_telling.py` fills it."""

from datetime import datetime

from pydantic import BaseModel


class OperatingLine(BaseModel):
    """One figure: what it is called, its value as it is (`value`) and as people read it (`said`), and what an operator does.

    `alarm`: somebody has to do something now. `do` empty: nothing is to be done about it.
    """

    name: str
    label: str
    value: int | str | None
    said: str
    alarm: bool
    do: str


class OperatingGroup(BaseModel):
    """Figures that belong together."""

    name: str
    label: str
    lines: list[OperatingLine]


class SweepRun(BaseModel):
    """One run of the sweep. `ended_at` null: under way, or killed. `lag_seconds`: how long the oldest duty had waited."""

    began_at: datetime
    ended_at: datetime | None
    through: str
    through_label: str
    fired: int
    failed: int
    lag_seconds: int


class TroubleCount(BaseModel):
    """Errors of one class in one place within a day; what they were about is kept nowhere."""

    where: str
    what: str
    count: int
    newest: datetime


class UnverifiedValue(BaseModel):
    """A value of the rules that nobody has read in its source yet."""

    file: str
    key: str
    source: str


class OperatingState(BaseModel):
    """How the house's installation runs. `says`: whether somebody has to do something; `other_house`: where the rest is told."""

    well: bool
    says: str
    other_house: str
    office_time: datetime
    groups: list[OperatingGroup]
    runs: list[SweepRun]
    troubles: list[TroubleCount]
    unverified: list[UnverifiedValue]
