"""What answers of the register of officers look like. `officers_telling.py` fills them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class _Dated(BaseModel):
    """From a day on, until (not including) another; null: no end known."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    since: date | None = Field(alias="from")
    until: date | None


class OfficerLine(BaseModel):
    """The line that was written, or that an end was written for."""

    id: UUID


class TurnLine(BaseModel):
    """Which country has an office, and what that is known by. Null: nobody knows."""

    country: str | None
    basis: str
    what: str
    source: str


class ToldLine(_Dated):
    """What the register tells of an office that goes round."""

    office: str
    country: str
    sets_order: bool
    source: str


class ChairTerm(_Dated):
    """One term, as it begins; `recorded` tells what was otherwise within it."""

    chair: TurnLine
    vice_chair: TurnLine
    recorded: list[ToldLine]


class ChairTerms(BaseModel):
    """The terms of a year."""

    year: int
    terms: list[ChairTerm]


class PurposeLine(BaseModel):
    """What somebody may do for an office."""

    name: str
    what: str


class HolderLine(_Dated):
    """Who holds an office: a person, or a country."""

    id: UUID
    office: str
    name: str | None
    country: str | None
    source: str


class ActingLine(_Dated):
    """Who acts for an office, in what, by which instrument."""

    id: UUID
    office: str
    name: str | None
    taker: str | None
    purposes: list[PurposeLine]
    classes: list[str]
    scope: list[str]
    instrument: str | None
    source: str


class AccreditedLine(_Dated):
    """Whom a state has sent, as what."""

    id: UUID
    country: str
    name: str
    capacity: str
    source: str


class PresidingLine(BaseModel):
    """Which country presides, in which place, and who speaks for it as far as the register knows."""

    country: str | None
    place: str
    what: str
    representative: str | None


class Officers(BaseModel):
    """The register on a day. `chair`, `vice_chair` and `presiding` are null in a house whose chair goes by no known order."""

    on: date
    chair: TurnLine | None
    vice_chair: TurnLine | None
    presiding: PresidingLine | None
    holders: list[HolderLine]
    acting: list[ActingLine]
    accredited: list[AccreditedLine]


class PowerLine(_Dated):
    """A delegation by which a version is judged. `told`: its author says so, the register does not have it."""

    giver: str
    taker: str
    classes: list[str]
    scope: list[str]
    source: str
    told: bool
    what: str


class Powers(BaseModel):
    """Every delegation by which a version is judged."""

    powers: list[PowerLine]


class SignatureLine(BaseModel):
    """Who signed an order, and as what, by what the register knows today."""

    symbol: str
    revision: int
    signed_by: str
    on: date
    signed_as: str
    office: str
    what: str
    source: str


class Signatures(BaseModel):
    """Every order of a proposal with its signature."""

    signatures: list[SignatureLine]
