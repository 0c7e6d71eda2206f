"""What the office writes down about itself, as it is sent: an entry on its independence, a line of outreach."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from actions.contacts_shapes import Code
from actions.days import Day
from actions.kinds.sealed import AnyText
from records.office_record import EntryKind

MOST: Final = 1_000_000_000_000
"""Of an amount, in whole units of its currency."""
Amount = Annotated[int, Field(ge=0, le=MOST)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class IndependenceEntry(BaseModel):
    """One entry. Which fields it has follows from its kind (`FIELDS`); `unit` and `text` are sealed, and about the office alone.

    `on`: asked for; of an interference, the day it happened. `given_on`, `given_amount` left out: not until now.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: EntryKind
    on: Day
    thing: Code | None = None
    unit: Annotated[AnyText | None, Field(max_length=200, repr=False)] = None
    refused_on: Day | None = None
    given_on: Day | None = None
    currency: Currency | None = None
    asked_amount: Amount | None = None
    given_amount: Amount | None = None
    text: Annotated[AnyText | None, Field(max_length=4_000, repr=False)] = None


FIELDS: Final[dict[EntryKind, tuple[frozenset[str], frozenset[str]]]] = {
    "access_refused": (frozenset({"thing", "unit", "refused_on"}), frozenset({"given_on", "text"})),
    "budget": (frozenset({"currency", "asked_amount"}), frozenset({"given_amount", "text"})),
    "interference": (frozenset({"text"}), frozenset({"unit"})),
}
"""What an entry of each kind must say besides kind and day, and what it may say."""


class OutreachLine(BaseModel):
    """One line of the log. `people` left out: nobody counted them."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    on: Day
    sort: Code
    region: Code
    language: Code
    people: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
