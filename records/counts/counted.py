"""What was counted, before anything is protected. Never leaves the process that counts; the protected object is what does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountedCell:
    """How many, and about whom: one cell at the finest level, without totals.

    `heads`: cases about one head each (a random tag, never a name), at most the ten heads with the most, by tag; `other_heads`:
    cases about further heads; `unknown`: cases of which nobody has said yet whom they are about (treated as one head, because
    they may be); the rest of `count` is about nobody in particular, and each such case stands for itself.
    """

    key: Mapping[str, str] = field(repr=False)
    count: int = field(repr=False)
    heads: Mapping[str, int] = field(default_factory=dict, repr=False)
    other_heads: int = field(default=0, repr=False)
    unknown: int = field(default=0, repr=False)


@dataclass(frozen=True, slots=True)
class CountedTable:
    """A table as counted. `values` is each dimension's whole list: what is not among `cells` is zero.

    `about_heads` False: the rules about heads do not apply, because nothing of it is about anybody (mandates, clocks' rungs).
    `protected` False: nothing in it is confidential; it is published as it is.
    """

    name: str
    measure: str
    kind: Literal["flow", "stock"]
    dimensions: tuple[str, ...]
    values: Mapping[str, Values]
    cells: tuple[CountedCell, ...] = field(repr=False)
    unsummed: Values = ()
    """Dimensions whose values add up to nothing (the movements of a flow): they have no total."""
    about_heads: bool = True
    protected: bool = True
