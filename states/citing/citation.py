"""What a citation says: its parts, its one clean form, the work it is of, and its place among that work's expressions."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from policies.said import Said


class Work(NamedTuple):
    """What all expressions of one work share. `year` only where numbers begin again each year; `part` of a shelf mark."""

    body: str
    kind: str
    number: int | None
    session: str | None
    year: int | None
    part: str | None


@dataclass(frozen=True, slots=True, order=True)
class Suffix:
    """One step from a work to an expression: `rev. 4`. `number` None: written without one, which means the first."""

    rank: int
    place: int
    letter: str
    word: str
    number: int | None

    def __str__(self) -> str:
        """As it is written clean."""
        number = "" if self.number is None else f" {self.number}"
        return f"{self.word}.{number}{f'.{self.letter}' if self.letter else ''}"


@dataclass(frozen=True, slots=True)
class Citation:
    """A symbol, read.

    `number` is None where it is lost, or where the symbol has none. `session` is written as `XLV-O`; `meeting` is the number
    of the meeting at which a council adopted it, which is no session and no year. `year` has four digits and is None where
    the symbol names none. `warnings` say what to look at; they make no other citation.
    """

    canonical: str
    body: str
    kind: str
    number: int | None
    session: str | None
    year: int | None
    suffixes: tuple[Suffix, ...]
    work: Work
    meeting: int | None = None
    part: str | None = None
    numbered: bool = True
    warnings: tuple[Said, ...] = field(default=(), compare=False)

    def same_work(self, other: "Citation") -> bool:
        """Whether both are expressions of one work. Never, where a number that should be there is lost."""
        return self.work == other.work and (self.number is not None or not self.numbered)

    @property
    def order(self) -> tuple[Suffix, ...]:
        """Sorts the expressions of one work: base, corrections of the base, rev. 1, rev. 1 corr. 1, rev. 2."""
        return self.suffixes

    def facts(self) -> dict[str, Any]:
        """The parts for programs; the keys that `amparo cite --json` writes, without the warnings."""
        return {
            "canonical": self.canonical,
            "body": self.body,
            "kind": self.kind,
            "number": self.number,
            "session": self.session,
            "year": self.year,
            "suffixes": [str(suffix) for suffix in self.suffixes],
        }
