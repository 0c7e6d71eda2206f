"""What is wrong with a file: which fault, where, on which line. Never what somebody wrote there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from policies.refusal import Refusal
from policies.said import Said

Path = tuple[str | int, ...]
"""Keys and places from the top of a file."""
_SAYABLE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:/-]{0,79}")
NAMED: Final = 20
"""How many places a refusal names in its one sentence; `faults` has all."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `kind` ends its message's key; `name` is the key, id or reference it is about; `line` counts from 1, 0: none."""

    kind: str
    where: Path = ()
    name: str = ""
    line: int = 0
    values: str = "-"
    """What may stand there, as a list, where that is few."""

    @property
    def place(self) -> str:
        """The place as a reader writes it: `structure_after.units[3].parents`."""
        written = "".join(f"[{part}]" if isinstance(part, int) else f".{sayable(part)}" for part in self.where)
        return written.lstrip(".") or "-"

    @property
    def said(self) -> Said:
        """The sentence to show."""
        return Said(
            f"fault.{self.kind}", {"place": self.place, "line": self.line, "name": sayable(self.name), "values": self.values}
        )


class CaseFileRefused(Refusal):
    """A file that cannot be taken as it is. Names every fault at once."""

    code: ClassVar[str] = "case_file_refused"
    status: ClassVar[int] = 422

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults), key=lambda fault: (fault.line, fault.place, fault.kind, fault.name)))
        named = [f"{fault.place} ({sayable(fault.name)})" if fault.name else fault.place for fault in self.faults[:NAMED]]
        more = ", ..." if len(self.faults) > NAMED else ""
        super().__init__(count=len(self.faults), places=", ".join(named) + more)


def sayable(name: str) -> str:
    """A key, id or reference that may be shown; what does not look like one is text, and stays unsaid."""
    return name if _SAYABLE.fullmatch(name) else "?" if name else ""
