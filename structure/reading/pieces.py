"""What the pieces of a case file have in common: ids, dates in any precision, prose, sources, stated values."""

import re
from datetime import date
from typing import Annotated, Any, Final, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from structure.operation import Id, Reference
from structure.things import UNKNOWN

NEW: Final = "none_new"
"""The origin of a function that nobody had before."""
NO_DATE: Final = "no_date"
"""How pydantic's errors name what should be a date and is none."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH: Final = re.compile(r"[0-9]{4}(-[0-9]{2})?")


class Piece(BaseModel):
    """A part of a case file. A key it does not have is refused; errors never show the input."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, coerce_numbers_to_str=True, validate_by_name=True
    )

    src: "Listed[Prose]" = ()
    note: "Prose | None" = None


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


def _when(value: object) -> object:
    """A date, `unknown`, or a year or month as far as it is known. A number is no date: it might be seconds."""
    if isinstance(value, date) or value == UNKNOWN:
        return value
    written = str(value)
    try:
        if _DAY.fullmatch(written):
            return date.fromisoformat(written)
        if _MONTH.fullmatch(written):
            date.fromisoformat(f"{written}-01-01"[:10])
            return written
    except ValueError:
        pass  # said below, like everything else that is no date
    raise PydanticCustomError(NO_DATE, "a date is written year-month-day")


T = TypeVar("T")
Prose = Annotated[str, Field(min_length=1, max_length=20_000)]
Word = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._:/-]{0,119}$")]
Symbol = Annotated[str, Field(min_length=1, max_length=200)]
Listed = Annotated[tuple[T, ...], BeforeValidator(_listed)]
"""One value or several."""
When = Annotated[date | str, Field(union_mode="left_to_right"), BeforeValidator(_when)]


class Stated(Piece, Generic[T]):
    """A value and how it is known. A bare value is read as one about which nothing more is said."""

    value: T
    precision: Word | None = None
    qualifier: Word | None = None
    status: Word | None = None
    as_of: When | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, given: Any) -> Any:
        return given if isinstance(given, dict) and "value" in given else {"value": given}


def day_of(stated: "Stated[When] | None") -> date | None:
    """The day, if it is known to the day."""
    return stated.value if stated is not None and isinstance(stated.value, date) else None


__all__ = ["NEW", "Id", "Listed", "Piece", "Prose", "Reference", "Stated", "Symbol", "When", "Word", "day_of"]
