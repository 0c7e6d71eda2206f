"""What a case is about: the Uniform Reporting Categories of the International Ombuds Association, as reference data.

The list is not ours to change: it has an edition, and a code means the same wherever it stands. Its names in four languages
are kept with it, because they belong to the edition.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from policies.reading import read
from policies.refusal import Refusal
from policies.rules import Rule

FILE = Path(__file__).parent / "reference" / "ioa.toml"
Text = Annotated[str, Field(min_length=1)]


class NoSuchIssue(Refusal):
    """No sub-code of the categories."""

    code: ClassVar[str] = "no_such_issue"
    status: ClassVar[int] = 422


class Name(Rule):
    """One name in the four languages of the product."""

    en: Text
    es: Text
    pt: Text
    fr: Text


class Category(Rule):
    """One of the nine: its name, and its sub-codes' names by letter."""

    name: Name
    issues: dict[Annotated[str, Field(pattern=r"^[A-Z]$")], Name] = Field(min_length=1)


class Categories(Rule):
    """The whole list in one edition. A sub-code is written `2H`: the category's number and a letter."""

    edition: Text
    source: Text
    categories: dict[Annotated[str, Field(pattern=r"^[1-9]$")], Category] = Field(min_length=1)

    @model_validator(mode="after")
    def _letters_have_no_gap(self) -> Self:
        for number, category in self.categories.items():
            if list(category.issues) != [chr(ord("A") + place) for place in range(len(category.issues))]:
                raise ValueError(f"the letters of category {number} are not in order")
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """Every sub-code, in the order of the list."""
        return tuple(number + letter for number, category in self.categories.items() for letter in category.issues)

    def require(self, code: str) -> str:
        """The sub-code as it is written. Raises NoSuchIssue."""
        written = code.strip().upper()
        if written not in self.codes:
            raise NoSuchIssue(issue=code[:5])
        return written

    def label(self, code: str, language: str) -> str:
        """The name of a category (`2`) or a sub-code (`2H`) in a language. Raises NoSuchIssue; KeyError for another language."""
        category = self.categories.get(code[:1])
        name = None if category is None else category.name if len(code) == 1 else category.issues.get(code[1:])
        if name is None:
            raise NoSuchIssue(issue=code[:5])
        return str(dict(name)[language])


@cache
def categories() -> Categories:
    """The edition in use. Raises RulesUnreadable."""
    return read(FILE, Categories)


def label(code: str, language: str) -> str:
    """The name of a category or a sub-code in a language, as `Categories.label`."""
    return categories().label(code, language)
