"""Values of one dimension, listed differently, cut into the pieces that all lists are made of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Final

MOST_PIECES: Final = 400
"""Beyond so many pieces two lists are not compared value by value any more; only their totals are."""

Names = frozenset[str]
Piece = tuple[str | None, ...]
"""The value a piece belongs to in each list; None where the list has no value for it."""

_BAND: Final = re.compile(r"(\d+)\s*(?:-|–|—|to|\.\.)\s*(\d+)|(\d+)\s*\+|[≥>]=?\s*(\d+)|[<≤]=?\s*(\d+)|(\d+)")


@dataclass(frozen=True)
class Listing:
    """The values one table lists, each made of names that all tables share. `complete`: they make up a total."""

    values: Mapping[str, Names]
    complete: bool


def pieces_of(listings: Sequence[Listing]) -> list[Piece] | None:
    """The finest pieces that the lists tell apart. None where there would be too many.

    Equal names are equal things. What one complete list names and another does not must lie within what only the other names.
    """
    belongs: dict[str, list[str | None]] = {}
    for number, listing in enumerate(listings):
        for value, names in listing.values.items():
            for name in names:
                belongs.setdefault(name, [None] * len(listings))[number] = value
    complete = [number for number, listing in enumerate(listings) if listing.complete]
    pieces = {tuple(piece): _is_cut(name) for name, piece in belongs.items()}
    settled = [piece for piece, cut in pieces.items() if cut or all(piece[number] is not None for number in complete)]
    open_ones = dict.fromkeys(piece for piece in pieces if piece not in set(settled))
    for number in complete:
        filled: dict[Piece, None] = {}
        fillers = [piece for piece in open_ones if piece[number] is not None]
        for piece in open_ones:
            if piece[number] is not None:
                filled[piece] = None
                continue
            joined = [_joined(piece, filler) for filler in fillers if _agree(piece, filler)]
            filled.update(dict.fromkeys(joined or [piece]))
            if len(filled) > MOST_PIECES:
                return None
        open_ones = filled
    return list(dict.fromkeys((*settled, *open_ones)))


def _agree(one: Piece, other: Piece) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _joined(one: Piece, other: Piece) -> Piece:
    return tuple(b if a is None else a for a, b in zip(one, other, strict=True))


def cut_bands(lists: Sequence[Mapping[str, Names]]) -> list[Mapping[str, Names]]:
    """Replace number bands by the stretches that all lists' ends cut them into. Lists without bands come back as they are.

    Where bands of one list touch (`0-1`, `1-2`), their upper end is not counted.
    """
    found = [{name: band for names in values.values() for name in names if (band := _band(name))} for values in lists]
    if all(band[1] - band[0] < 1 for bands in found for band in bands.values()):
        return list(lists)
    half_open = any(a[1] == b[0] for bands in found for a, b in pairwise(sorted(bands.values())) if a[0] < a[1])
    spans = [
        {name: (low, high if half_open and high > low else high + 1) for name, (low, high) in bands.items()} for bands in found
    ]
    if any(a[1] > b[0] for bands in spans for a, b in pairwise(sorted(bands.values()))):
        return list(lists)
    ends = sorted({end for bands in spans for span in bands.values() for end in span})
    return [
        {value: frozenset(part for name in names for part in _parts(name, bands, ends)) for value, names in values.items()}
        for values, bands in zip(lists, spans, strict=True)
    ]


def _band(name: str) -> tuple[float, float] | None:
    """First and last number of a band, both counted; None where the name is none."""
    read = _BAND.fullmatch(name.strip())
    if read is None:
        return None
    low, high, plus, above, below, one = read.groups()
    if low is not None:
        return (float(low), float(high)) if int(low) <= int(high) else None
    if plus is not None:
        return float(plus), inf
    if above is not None:
        return float(above) + ("=" not in name and "≥" not in name), inf
    if below is not None:
        return 0.0, float(below) - ("=" not in name and "≤" not in name)
    return float(one), float(one)


def _parts(name: str, bands: Mapping[str, tuple[float, float]], ends: Sequence[float]) -> list[str]:
    if name not in bands:
        return [name]
    low, high = bands[name]
    return [f"[{a:g},{b:g})" for a, b in pairwise(ends) if low <= a and b <= high]


def _is_cut(name: str) -> bool:
    return name.startswith("[") and name.endswith(")")
