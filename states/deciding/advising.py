"""What a committee advises: a pointer to a decision, kept apart from it. It moves nothing by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """What a body does with a text, a paragraph or an operation."""

    ADOPT = "adopt"
    ADOPT_IN_PART = "adopt_in_part"
    REJECT = "reject"
    DEFER = "defer"
    RETURN_WITH_INSTRUCTIONS = "return_with_instructions"
    TAKE_NOTE = "take_note"


@dataclass(frozen=True, slots=True)
class Advice:
    """A committee's advice on a text; `parts` where it differs for a paragraph or an operation, by its key."""

    body: str
    on: date
    verdict: Verdict
    parts: Mapping[str, Verdict] = field(default_factory=dict)

    def for_part(self, part: str) -> Verdict:
        """What it advises for one part. Advice to adopt in part says no to what it does not name."""
        otherwise = Verdict.REJECT if self.verdict == Verdict.ADOPT_IN_PART else self.verdict
        return self.parts.get(part, otherwise)

    def differs_from(self, decided: Mapping[str, Verdict]) -> tuple[str, ...]:
        """The parts the body decided otherwise, in their order. For people to see: advice binds nobody."""
        return tuple(part for part, verdict in decided.items() if self.for_part(part) != verdict)
