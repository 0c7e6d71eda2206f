"""What the lower layers say: a key and its facts. `web/` turns it into a sentence in the person's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Fact = str | int | date | datetime


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, not yet in any language.

    `key` is a message id of the catalogues. `params` are ids, dates, counts and rule names; never words that people wrote.
    A date is written in the reader's language when the sentence is made.
    """

    key: str
    params: Mapping[str, Fact] = field(default_factory=dict)
