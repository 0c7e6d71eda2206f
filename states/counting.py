"""What a kind adds to the reports, said beside its table: when it is open, how it can end, which marks it leaves.

Nothing that counts names a kind. A kind that comes later enters every report by its declaration alone; what is counted of it is
written by the kernel in the transaction of each move (`docs/decisions/0044-facts-and-counts.md`).
"""

from dataclasses import dataclass
from typing import Literal

Measure = Literal["cases", "visitors", "recommendations", "mediations", "protections", "own"]
"""What is counted together. Cases, the people who talk to the office, what the office asks for, those it watches over and what it
begins by itself are never one number."""
Began = Literal["received", "reopened"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened to a matter and is worth counting by itself: any of these triggers, from any of these stages.

    `within` empty: from whichever stage. A mark says that it happened, never what was written.
    """

    name: str
    on: tuple[str, ...]
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """How one kind is counted.

    `track` names its line of the tables. It is open in the stages `open_in`, and in no other. `outcomes` pairs each trigger that
    can lead out of them with the outcome it is counted as; `ground` names the fact of the act's history that holds a code of
    `grounds`. `duties` are the clocks that are the office's own: whether they were met is reported. `kept` False: matters of
    this kind are destroyed soon after their end and leave tallies by the month instead, so nothing of them can be counted by
    place, person or issue.
    """

    measure: Measure
    track: str
    open_in: tuple[str, ...]
    outcomes: tuple[tuple[str, str], ...]
    ground: str | None = None
    grounds: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    duties: tuple[str, ...] = ()
    kept: bool = True

    @property
    def all_outcomes(self) -> tuple[str, ...]:
        """Every outcome, each once, in the order written."""
        return tuple(dict.fromkeys(outcome for _, outcome in self.outcomes))

    def began(self, source: str | None, dest: str) -> Began | None:
        """Whether an open stretch begins with a move; `source` None: the matter was just opened."""
        if dest not in self.open_in or source in self.open_in:
            return None
        return "received" if source is None else "reopened"

    def outcome(self, trigger: str, source: str | None, dest: str) -> str | None:
        """The outcome with which a move ends an open stretch; None: it ends none. Raises KeyError for a trigger without one."""
        if source not in self.open_in or dest in self.open_in:
            return None
        return dict(self.outcomes)[trigger]

    def marks_of(self, trigger: str, source: str | None) -> tuple[str, ...]:
        """The marks a move leaves."""
        return tuple(mark.name for mark in self.marks if trigger in mark.on and (not mark.within or source in mark.within))
