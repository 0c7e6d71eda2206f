"""What the office writes down about itself, and who may: the shapes of `office_record.toml`."""

from typing import Annotated

from pydantic import Field

from policies.contacts import Codes
from policies.periods import Sourced
from policies.rules import PositiveInt, Rule

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""ISO 4217."""


class IndependenceRules(Sourced):
    """The record of the office's independence. `things`: what access can be asked to."""

    by: Codes
    things: Codes
    currencies: Annotated[tuple[Currency, ...], Field(min_length=1)]
    most_characters: PositiveInt
    """Of what is said in words of one entry."""


class OutreachRules(Sourced):
    """The log of how people learn that there is this office."""

    by: Codes
    sorts: Codes
    regions: Codes
    languages: Codes


class OfficeRecordRules(Rule):
    """The rules of one house: `office_record.toml`."""

    independence: IndependenceRules
    outreach: OutreachRules
