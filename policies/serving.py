"""Who can be served a letter about whom: the shape of `serving.toml`.

What concerns somebody is never served on that person, nor on whoever works under them.
"""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from policies.consents import Code
from policies.officers import Name
from policies.periods import Sourced
from policies.rules import Rule


class ServedOffice(Sourced):
    """An office whose holder can be served. `names`: as people write it, in any language; whoever is named by one is meant.

    `audience`: the code of `consents.toml` that the person who came reads of it. `under`: whoever its holder works under. `role`:
    their role in `office.toml`, if it is not called as the office.
    """

    names: Annotated[tuple[Name, ...], Field(min_length=1)]
    audience: Code
    under: Code | None = None
    role: Code | None = None


class Subject(Sourced):
    """What or whom a letter is about. `to`: the offices whose holders can be served it, the nearest first."""

    to: Annotated[tuple[Code, ...], Field(min_length=1)]


class ServingRules(Rule):
    """The rules of one house. A subject that is called like an office is about whoever holds it."""

    offices: Annotated[dict[Code, ServedOffice], Field(min_length=1)]
    subjects: Annotated[dict[Code, Subject], Field(min_length=1)]

    def office_of(self, role: str) -> str | None:
        """The office whose holder has this role of `office.toml`; None: none that can be served."""
        return next((name for name, office in self.offices.items() if (office.role or name) == role), None)

    def above(self, office: str) -> Iterator[str]:
        """The offices above one, the nearest first."""
        told = self.offices.get(office)
        while told is not None and told.under is not None:
            yield told.under
            told = self.offices.get(told.under)

    @model_validator(mode="after")
    def _never_to_whom_it_is_about(self) -> Self:
        for name, office in self.offices.items():
            if office.under is not None and office.under not in self.offices:
                raise ValueError(f"{name} works under an office that is not named: {office.under}")
        for name in self.offices:
            self._has_a_top(name)
        for name, subject in self.subjects.items():
            for to in subject.to:
                if to not in self.offices:
                    raise ValueError(f"what is about {name} goes to an office that is not named: {to}")
                if name in (to, *self.above(to)):
                    raise ValueError(f"what is about {name} would go to {to}")
        return self

    def _has_a_top(self, name: str) -> None:
        seen = [name]
        while (under := self.offices[seen[-1]].under) is not None:
            if under in seen or under not in self.offices:
                raise ValueError(f"{name} has nobody at the top")
            seen.append(under)
