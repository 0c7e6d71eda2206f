"""What the pictures are drawn of. Every name, date and label comes in the reader's language; the code has no words.

`href` is a local address (`/...`, `?...`, `#...`); empty: no link.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Mark = Literal["", "created", "abolished", "renamed", "moved", "merged", "split", "changed", "suspended"]
"""What happened to a unit; each has a sign of its own."""
Passage = Literal["passed", "here", "ahead", "not_taken"]
"""How a matter stands to a stage."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What names a picture. `id` is unique on its page; the description tells in a sentence what there is to see."""

    id: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that functions come from or go to. `note`: a few words beneath its name."""

    id: str
    name: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """A function, and the ids of the units that had it and that have it.

    No origin: it is new. No destination: nobody has it (an orphan), or it was ended in order. `into`: the name of the function
    that it was merged into; those of one name in one unit arrive together.
    """

    id: str
    name: str
    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    note: str = ""
    href: str = ""
    into: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class FlowLabels:
    """The heads of the columns, the three places that are no units, and what the legend says of each sign."""

    before: str
    after: str
    new: str
    orphan: str
    ended: str
    kept: str
    moved: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Functions from units to units. An id that no place has is drawn under itself. `grouped`: one band from unit to unit."""

    frame: Frame
    labels: FlowLabels
    before: tuple[Place, ...]
    after: tuple[Place, ...]
    functions: tuple[Carried, ...]
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class TreeUnit:
    """A unit in a tree, under its first head; further heads are dotted lines. `said`: the mark in words, and what else counts."""

    id: str
    name: str
    heads: tuple[str, ...] = ()
    mark: Mark = ""
    said: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """The organisation of one day, in the order in which units of one head are to stand. `heading` is drawn above it."""

    heading: str
    units: tuple[TreeUnit, ...]


@dataclass(frozen=True, slots=True)
class Trees:
    """One tree, or two side by side: before and after. `became`: ids before and after that are joined by a line, besides units
    that are marked and stand on both sides. `legend`: what is said of each mark, and of the dotted line of a further head.
    """

    frame: Frame
    before: Tree
    after: Tree | None = None
    became: tuple[tuple[str, str], ...] = ()
    legend: tuple[tuple[Mark, str], ...] = ()
    further_head: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Something that held from a day until (not including) another; None: from before, or no end known.

    `tone`: its colour, 0 to 5. `planned`: it is not so yet, and is drawn as a rim.
    """

    since: date | None
    until: date | None
    label: str
    tone: int = 0
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened on a day; `label` tells day and what."""

    on: date
    label: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One unit, function, or field of one."""

    label: str
    spans: tuple[Span, ...]
    changes: tuple[Change, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows on one axis of years. `since` and `until` None: as far as the rows tell. A day marked has its label: today, chosen."""

    frame: Frame
    rows: tuple[TimelineRow, ...]
    since: date | None = None
    until: date | None = None
    today: Change | None = None
    chosen: Change | None = None
    changes_named: bool = True
    """Whether changes are written beneath their row, or only told on pointing at them: for many rows."""


@dataclass(frozen=True, slots=True)
class Ancestor:
    """An instrument or matter in a lineage. `said`: a few words beneath (state, day). `this`: the one whose page it is."""

    id: str
    name: str
    said: str = ""
    href: str = ""
    this: bool = False


@dataclass(frozen=True, slots=True)
class Descent:
    """What leads from the earlier to the later one, in words. `whole`: False for a tie that leaves the earlier one in force."""

    earlier: str
    later: str
    label: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Lineage:
    """What came before and what came of it, from left to right."""

    frame: Frame
    members: tuple[Ancestor, ...]
    ties: tuple[Descent, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a procedure. `note`: a few words beneath, as the day it was reached."""

    label: str
    passage: Passage
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatesMap:
    """The stages in order. `here` is written at the one where the matter is."""

    frame: Frame
    stages: tuple[Stage, ...]
    here: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, as it is written, and what it is."""

    on: date
    day: str
    label: str


@dataclass(frozen=True, slots=True)
class Rung:
    """What a clock does on a day. `outcome`: what came of it, or that it is to come."""

    on: date
    day: str
    label: str
    fired: bool
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """A clock's line. No `due`: it is paused or runs no more, and `open_end` says so. `stopped`: the duty was done."""

    frame: Frame
    start: Moment
    today: Moment
    due: Moment | None
    rungs: tuple[Rung, ...] = ()
    stopped: Moment | None = None
    open_end: str = ""
    late: str = ""
    """Written between the due day and today once it is late."""
