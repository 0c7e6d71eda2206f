"""Roman numbers, as sessions are counted."""

import re
from typing import Final

_ROMAN: Final = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def to_number(roman: str) -> int | None:
    """The number from 1 to 3999, or None for letters that are no number as it is written: "IIX", "VX", "".

    >>> to_number("XLV"), to_number("IIX")
    (45, None)
    """
    if not roman or not _ROMAN.fullmatch(roman):
        return None
    values = [_VALUES[letter] for letter in roman]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))
