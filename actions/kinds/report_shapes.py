"""What the acts on a report bring: what is wanted, why it is held, words for it, what the next draft leaves out."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, SecretStr

from actions.kernel.kind import Payload
from actions.kinds.sealed import Text
from policies.reports import ReportKind
from states.clocks import OPEN

Period = Annotated[str, Field(pattern=r"^[0-9]{4}(-(H[12]|Q[1-4]))?$")]
Edition = Annotated[str, Field(pattern=r"^[0-9]{4}(-(H[12]|Q[1-4]))?\.[1-9][0-9]{0,2}$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""A table, a chapter, a dimension or an item of a checklist."""
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]

Because = Literal["figures_wrong", "figures_restated", "words_wrong", "rule_wrong"]
"""Why an edition corrects another. A code: what it says besides stands in the edition itself."""
HeldFor = Literal["figures_wrong", "words_not_ready", "somebody_at_risk", "other"]
"""Why a report is held. The chair learns that it is, and never this."""


class Wanted(Payload):
    """A report is to be made: opened by the flow on its cut-off date; a correction, by its holder, with a reason."""

    kind: ReportKind
    period: Period
    corrects: Edition | None = None
    because: Because | None = None


class HeldBack(Payload):
    """It is held, and why."""

    reason: HeldFor | None = Field(default=None, repr=False)


class Annotate(Payload):
    """Words for one chapter, in the languages they are written in. No language: what was written for it is taken back."""

    section: Name
    text: Annotated[dict[Language, Text], Field(repr=False)]

    def written(self) -> Mapping[str, SecretStr]:
        """Language to text."""
        return self.text


class ReadWords(Payload):
    """The second reader has read one version of the words, and says yes to each item of the checklist."""

    version: Annotated[int, Field(ge=1, le=9_999)]
    checked: Annotated[tuple[Name, ...], Field(max_length=50)] = ()


class Choice(Payload):
    """What the next draft does with one table: says it more coarsely in a dimension, or leaves it out."""

    act: Literal["coarsen", "drop"]
    table: Name
    dimension: Name | None = None


class Redraft(Payload):
    """Figures are taken again, with these choices."""

    choices: Annotated[tuple[Choice, ...], Field(max_length=100)] = ()


PAYLOADS: Mapping[str, type[Payload]] = {
    OPEN: Wanted,
    "hold": HeldBack,
    "annotate": Annotate,
    "read_words": ReadWords,
    "redraft": Redraft,
}
