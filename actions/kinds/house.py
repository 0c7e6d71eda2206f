"""What payloads of the house's kinds have in common: days, citations, given dates, decisions of bodies."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from actions.days import Day as WrittenDay
from actions.kernel.kind import Payload
from policies.periods import LONGEST, FirstDay
from states.calendars import FIRST_YEAR, LAST_YEAR

_MORE_THAN_BLANKS: Final = Field(json_schema_extra={"pattern": r"[^\s\x1c-\x1f\x85]"})

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), _MORE_THAN_BLANKS]
"""A title or a task, paraphrased. The register of mandates is not secret."""
Citation = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), _MORE_THAN_BLANKS]
"""A document's symbol, or the name of a body, a unit or an office."""


class HousePayload(Payload):
    """An act of the house. `on` is the day it happened if a source says so; left out it is unknown and never guessed."""

    on: WrittenDay | None = None

    def happened_on(self) -> date | None:
        """The told day."""
        return self.on


_FIRST, _LAST = date(FIRST_YEAR, 1, 2), date(LAST_YEAR, 12, 31)


def _is_in_the_calendars(day: date) -> date:
    if not _FIRST <= day <= _LAST:
        raise PydanticCustomError("day_not_in_calendars", "no calendar of ours has this day")
    return day


Day = Annotated[WrittenDay, AfterValidator(_is_in_the_calendars), Field(description=f"From {_FIRST} to {_LAST}.")]
"""A day that the calendars know."""


class GivenDay(Payload):
    """A duty's last day, as an instrument sets it."""

    on: Day

    def kept(self) -> dict[str, Any]:
        """As it is written down."""
        return self.model_dump(mode="json")


class GivenPeriod(Payload):
    """A duty's length, as an instrument sets it. `first_day` counted: 180 days from 2015-05-26 end on 2015-11-21."""

    start: Day
    count: Annotated[int, Field(gt=0, le=LONGEST)]
    unit: Literal["calendar_days", "working_days", "months"] = "calendar_days"
    first_day: FirstDay = "excluded"

    @field_validator("first_day")
    @classmethod
    def _can_be_counted(cls, first_day: FirstDay, told: ValidationInfo) -> FirstDay:
        if first_day == "counted" and told.data.get("unit") == "months":
            raise ValueError("first_day 'counted' is defined for days only")
        return first_day

    def kept(self) -> dict[str, Any]:
        """As it is written down."""
        return self.model_dump(mode="json")


Given = GivenDay | GivenPeriod


def kept(given: Given | None) -> dict[str, Any] | None:
    """A given date as it is written down; None when the instrument gives none."""
    return None if given is None else given.kept()


class Decision(HousePayload):
    """What a body decided. What nobody knows is left out, and the claim that needs it says so."""

    body: Citation | None = None
    instrument: Citation | None = None
    method: Literal["consensus", "acclamation", "roll_call", "vote", "secret_ballot", "silence", "unknown"] = "unknown"
    text_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None

    @property
    def is_complete(self) -> bool:
        """Body, date and instrument are told."""
        return self.body is not None and self.on is not None and self.instrument is not None

    def row(self) -> dict[str, Any]:
        """As it is written down."""
        digest = bytes.fromhex(self.text_sha256) if self.text_sha256 else None
        told = {"body": self.body, "on_day": self.on, "instrument": self.instrument, "method": self.method}
        return told | {"text_hash": digest}
