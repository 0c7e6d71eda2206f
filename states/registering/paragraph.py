"""What the register keeps of a text and of each of its operative paragraphs. None means: the text does not say."""

from dataclasses import dataclass
from datetime import date

from policies.said import Said
from policies.wording import Force
from states.citing.citation import Citation
from states.registering.terms import Term


@dataclass(frozen=True, slots=True)
class Place:
    """Signs of a text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """An operative verb and whom it addresses, by the names of the wording and of the pack. No addressee: nobody is named."""

    verb: str
    force: Force
    place: Place
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One operative paragraph or sub-paragraph.

    `number` is its path ("3.a") or None where it has none. A sub-paragraph without a verb of its own has that of the
    paragraph it hangs on, and `inherited` says so; then `due`, `every` and `through` are those above too, unless it says its
    own. `due`, `sunset` and `review` are None where the text says nothing of the kind; a Term in which all is None was said,
    without a time. `reports_to` are those a report goes to, `every` how often. `topics` are the categories whose words it
    uses. All places are those of the whole text.
    """

    number: str | None
    place: Place
    asked: tuple[Asked, ...]
    inherited: bool
    task: Place | None
    through: Place | None
    due: Term | None
    sunset: Term | None
    review: Term | None
    reports_to: tuple[str, ...]
    every: str | None
    budget_year: int | None
    procedural: bool
    topics: tuple[str, ...]
    cites: tuple[Citation, ...]
    warnings: tuple[Said, ...] = ()

    @property
    def verb(self) -> str | None:
        """Its first verb, or None: unknown."""
        return self.asked[0].verb if self.asked else None

    @property
    def addressees(self) -> tuple[str, ...]:
        """Everyone it addresses, in order, each once. Empty: unknown."""
        return tuple(dict.fromkeys(name for asked in self.asked for name in asked.addressees))

    @property
    def asks(self) -> bool:
        """Whether it gives somebody a task."""
        return any(asked.force is Force.ASKS for asked in self.asked)


@dataclass(frozen=True, slots=True)
class Extract:
    """A text, read. `language` None: it could not be told, and no paragraph was read further than its number."""

    language: str | None
    symbol: Citation | None
    adopted: date | None
    preamble: Place
    paragraphs: tuple[Paragraph, ...]
    after: Place
    warnings: tuple[Said, ...] = ()
