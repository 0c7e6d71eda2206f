"""How a house numbers its documents, in which languages they appear, and by which steps a language gets there."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from policies.decisions import Language
from policies.periods import Sourced
from policies.rules import Rule

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Step = Literal["requested", "received", "revised", "distributed"]
STEPS: Final[tuple[Step, ...]] = ("requested", "received", "revised", "distributed")
"""The steps of a language version, in their order."""
BASE: Final = "base"
"""Where a suffix stands upon a document that has none."""


class Series(Sourced):
    """One run of symbols. `form` is one of the forms of the pack's citations, `organ` what stands for `{organ}` in it.

    `numbers`: on: they never begin again; yearly: each year at 1; meeting: a document has the number of its meeting.
    `again_in`: marks of sessions in each of which numbers begin again, as special sessions of an assembly have it.
    """

    body: Annotated[str, Field(min_length=1, max_length=20)]
    form: Name
    organ: Annotated[str, Field(min_length=1, max_length=20)] | None = None
    numbers: Literal["on", "yearly", "meeting"] = "on"
    again_in: tuple[Annotated[str, Field(pattern=r"^[A-Z]$")], ...] = ()


class Languages(Sourced):
    """The languages in which every document is to appear."""

    codes: tuple[Language, ...] = Field(min_length=1)


class Way(Sourced):
    """The steps of a language version, none of which is passed over."""

    steps: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order_up_to_the_last(self) -> Self:
        if list(self.steps) != [step for step in STEPS if step in self.steps] or self.steps[-1] != STEPS[-1]:
            raise ValueError(f"steps come in this order, each once, and the last is there: {', '.join(STEPS)}")
        return self


class Upon(Sourced):
    """Upon what a suffix may stand: upon a document without one (`base`), or upon other suffixes."""

    on: tuple[Annotated[str, Field(min_length=1, max_length=20)], ...] = Field(min_length=1)


Act = Literal["read", "register", "stamp", "correct", "void"]
"""What people do with documents."""


class DocumentRules(Rule):
    """All rules of one house about its documents."""

    languages: Languages
    original: Way
    """The language it was written in."""
    translation: Way
    """Every other language."""
    suffixes: Mapping[str, Upon]
    series: Mapping[Name, Series] = Field(min_length=1)
    access: Mapping[Act, tuple[str, ...]] = Field(default_factory=dict)
    """Act -> the roles that may do it, as grants `role:any`. An act that is not named is given to nobody."""

    def way(self, language: str, original: str) -> tuple[Step, ...]:
        """The steps of a language of a document written in `original`."""
        return (self.original if language == original else self.translation).steps
