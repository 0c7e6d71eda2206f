"""Who may act for whom in a house: its offices, the capacities of a delegation, and the turn by which the chair goes round."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from policies.members import State
from policies.periods import Sourced
from policies.rules import PositiveInt, Rule

Name = Annotated[str, Field(min_length=1, max_length=80)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z_]{0,39}$")]
CHAIR: Final = "chair"
VICE_CHAIR: Final = "vice_chair"
Chairing = Literal["chair", "vice_chair"]
"""The two offices that go round among the states."""


class Office(Sourced):
    """An office that somebody holds and others may act for."""

    names: Annotated[tuple[Name, ...], Field(min_length=1)]
    """As documents write it, in any language; whoever signs by one of them signs as the office."""
    signs: bool = False
    """Whether it signs executive orders of itself."""
    role: str | None = None
    """The role of `office.toml` whose rungs also reach whoever acts for this office; None: no ladder leads to it."""


class Capacity(Sourced):
    """What somebody is accredited as. `heads`: at the head of a delegation, or in the place of its head. Else beside them."""

    heads: Literal["itself", "in_place"] | None = None


class Turn(Sourced):
    """Who chaired in the term that began on a day, as a source tells: from here the order is followed."""

    on: date
    chair: State
    vice_chair: State


class Names(Sourced):
    """The states' names as the turn goes by them."""

    of: Mapping[State, Name]


class Rota(Sourced):
    """The chair goes from state to state by name, letter by letter, the vice-chair the other way; never both to one state."""

    months: PositiveInt
    names: Names
    known: Annotated[tuple[Turn, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if 12 % self.months:
            raise ValueError("terms of this length do not begin on the same days each year")
        days = [turn.on for turn in self.known]
        if days != sorted(set(days)):
            raise ValueError("known turns stand in order of their days, each once")
        for turn in self.known:
            if turn.on != self.term_of(turn.on)[0]:
                raise ValueError(f"no term begins on {turn.on}")
            unknown = {turn.chair, turn.vice_chair} - self.names.of.keys()
            if unknown:
                raise ValueError(f"{min(unknown)} has no name in the order")
        return self

    def term_of(self, day: date) -> tuple[date, date]:
        """The first day of the term that a day is in, and the first day of the next one."""
        begins = date(day.year, (day.month - 1) // self.months * self.months + 1, 1)
        year, month = divmod(begins.year * 12 + begins.month - 1 + self.months, 12)
        return begins, date(year, month + 1, 1)

    def place_of(self, state: str) -> tuple[str, str]:
        """Where a state stands in the order. Spaces and accents count nothing: Santa Lucía comes before San Vicente."""
        plain = unicodedata.normalize("NFKD", self.names.of[state]).casefold()
        return "".join(letter for letter in plain if letter.isalnum()), state


Act = Literal["read", "record"]
"""What people do with the register of officers."""


class OfficerRules(Rule):
    """The offices of a house, whom a delegation has, how the chair goes round, and who keeps the register."""

    offices: Annotated[dict[Code, Office], Field(min_length=1)]
    capacities: Annotated[dict[Code, Capacity], Field(min_length=1)]
    rota: Rota | None = None
    """None: the chair of this house goes by another rule, or by none that is known."""
    access: dict[Act, tuple[str, ...]] = Field(default_factory=dict)
    """Act -> the roles that may do it, as grants `role:any`. An act that is not named is given to nobody."""

    @model_validator(mode="after")
    def _names_each_office_once(self) -> Self:
        seen: dict[str, str] = {}
        for code, office in self.offices.items():
            for name in {name.casefold() for name in (code, *office.names)}:
                if seen.setdefault(name, code) != code:
                    raise ValueError(f"two offices are called {name}")
        return self
