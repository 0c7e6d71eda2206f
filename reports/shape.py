"""The one report object: everything that is published, and nothing else. What is hidden is not in it.

`report.json` is this object written out. The attacker, the renderings and the checks of signatures read it and nothing besides.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

TOTAL = "total"
"""The value of a dimension that stands for all its values."""

Key = dict[str, str]
"""Dimension to value, or to `total`. A table without dimensions has one cell, with an empty key."""


class Published(BaseModel):
    """A frozen piece of what is published."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Cell(Published):
    """One number of a table. `count` None: hidden, or said as a band by `low` and `high` (both ends counted; None: no end)."""

    key: Key
    count: Annotated[int, Field(ge=0)] | None
    low: Annotated[int, Field(ge=0)] | None = None
    high: Annotated[int, Field(ge=0)] | None = None


class Table(Published):
    """Counts by dimensions.

    `kind` "flow": what happened in the period, so that periods add up; "stock": how many there are at its end. `measure` names
    what is counted: tables of one measure count the same things, and agree wherever they overlap. Of a dimension the values
    listed make up its total. `state` "too_small": nothing of it can be said; it has no cells then.
    """

    name: str
    kind: Literal["flow", "stock"]
    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]
    measure: str
    state: Literal["published", "too_small"] = "published"


class Grouping(Published):
    """That a value of the coarse dimension is the sum of some values of the fine one: `station` to `region`."""

    fine: str
    coarse: str
    members: dict[str, str]
    """Fine value to coarse value."""


class Place(Published):
    """One cell of one table; `sign` -1 where an identity subtracts it."""

    table: str
    key: Key
    sign: Literal[1, -1] = 1


class Identity(Published):
    """Cells that add up to nothing: open at start + received + reopened - closed - open at end."""

    name: str
    terms: tuple[Place, ...]


class Figure(Published):
    """A number that is no count: a percentage of one cell in another, or a duration in days.

    `value` None: not said, because too few stand behind it. `part` and `whole` for percentages only; `decimals` as rounded.
    """

    name: str
    unit: Literal["percent", "days", "number"]
    value: float | None
    decimals: int = 0
    part: Place | None = None
    whole: Place | None = None


class Period(Published):
    """The days a report is about, both ends counted. In `report.json` they stand as `from` and `to`."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_by_name=True, validate_by_alias=True
    )

    from_on: date = Field(alias="from")
    to_on: date = Field(alias="to")


class Sentence(Published):
    """A sentence of the report: the key of a message and its facts. A fact is a text, a number that no case stands behind (a
    date's part, a rule's number), a date, a cell, or the name of a figure; renderings say "too few to say" for what is hidden."""

    key: str
    facts: dict[str, str | int | date | Place | None] = Field(default_factory=dict)
    figures: dict[str, str] = Field(default_factory=dict)
    """Fact's name to figure's name."""


class Words(Published):
    """What the ombudsperson wrote, as she wrote it. Shown in every language in which she wrote it, else in the first."""

    section: str
    text: Annotated[dict[str, str], Field(min_length=1, repr=False)]
    """Language to text."""


class Chart(Published):
    """A picture of one table: drawn from its published cells alone."""

    name: str
    table: str
    mark: Literal["bar", "stacked", "line", "flow"]
    across: str
    """Dimension along the axis."""
    colour: str | None = None


class Chapter(Published):
    """A part of the report: its title's key, what it says, which tables and charts it shows, and her words."""

    name: str
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    words: tuple[Words, ...] = ()


class Origin(Published):
    """What the figures rest on: the day they were taken, the rules' edition, how many values nobody has verified, the ledger."""

    taken_on: date
    policy_edition: str
    unverified: int
    ledger_date: date | None = None
    ledger_root: str | None = None


class Report(Published):
    """One edition of one report. A correction is a new edition; an edition never changes once it is released."""

    format: Literal["amparo-report-1"] = "amparo-report-1"
    series: str
    kind: str
    """ombuds, annex, mandates, chair_week."""
    edition: str
    """Period and number of the edition: `2026.1`; a correction is `2026.2`."""
    period: Period
    house: str
    """Code of the pack."""
    symbol: str | None = None
    shelf: str | None = None
    receiver: str
    corrects: str | None = None
    """The edition it corrects."""
    merged: tuple[str, ...] = ()
    """Codes of earlier periods, too small to be reported alone, that it covers too."""
    tables: tuple[Table, ...] = ()
    groupings: tuple[Grouping, ...] = ()
    identities: tuple[Identity, ...] = ()
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    origin: Origin

    def table(self, name: str) -> Table:
        """The table called `name`. Raises KeyError."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)

    def cell(self, place: Place) -> Cell:
        """The cell at a place. Raises KeyError."""
        for cell in self.table(place.table).cells:
            if cell.key == place.key:
                return cell
        raise KeyError(str(sorted(place.key.items())))

    def figure(self, name: str) -> Figure:
        """The figure called `name`. Raises KeyError."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise KeyError(name)

    def written(self) -> str:
        """The text of `report.json`: the same bytes for the same object."""
        return self.model_dump_json(by_alias=True, indent=1, exclude_defaults=False) + "\n"

    @classmethod
    def read(cls, text: str | bytes) -> "Report":
        """Read `report.json`. Raises ValidationError."""
        return cls.model_validate_json(text)


Releases = Mapping[tuple[str, str], Report]
"""Series and edition to what was released."""
