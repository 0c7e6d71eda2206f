"""How many, said as none, some, or so many and more: for what goes to the chair alone."""

from typing import Final, Literal

from reports.shape import Cell, Key

Band = Literal["none", "some", "many"]
BANDS: Final[tuple[Band, ...]] = ("none", "some", "many")


def band_of(count: int, least: int) -> Band:
    """The band of a number; `many` from `least` on."""
    if not count:
        return "none"
    return "many" if count >= least else "some"


def banded(band: Band, least: int, key: Key) -> Cell:
    """The cell of a band: `none` is a zero, `some` reaches from one to one below `least`, `many` has no end."""
    match band:
        case "none":
            return Cell(key=key, count=0, low=0, high=0)
        case "some":
            return Cell(key=key, count=None, low=1, high=least - 1)
        case "many":
            return Cell(key=key, count=None, low=least, high=None)
