"""Packed documents (zip): their parts read within bounds, and written so that only what they hold is left.

Written anew, nothing stays of the times, the system and the extra fields of the package, nor of what stood between its parts.
"""

import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Final

from actions.cleaning import pictures
from actions.cleaning.answers import Bounds, NotCleanable, TooMuch
from actions.cleaning.judging import PICTURES, Sort, sort_of
from actions.cleaning.markup import Marks

Parts = dict[str, bytes]
"""What a package holds, by name."""
DRAWING: Final = Marks(
    elements=frozenset({"metadata", "script", "namedview"}),
    attributes=frozenset({"docname", "export-filename"}),
    near=frozenset({("image", "href"), ("use", "href")}),
)
"""What a drawing (SVG) in a document tells of its maker."""
_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that a package can tell."""
_LOCKED: Final = 0x1
_BROKEN: Final = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError, zlib.error)


def unpacked(content: bytes, bounds: Bounds) -> Parts:
    """All parts. Raises TooMuch before it has unpacked more than it may, NotCleanable if it is damaged, locked or ambiguous."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            listed = [info for info in package.infolist() if not info.is_dir()]
            if len(listed) > bounds.parts or sum(info.file_size for info in listed) > bounds.unpacked:
                raise TooMuch
            names = {info.filename.casefold() for info in listed}
            if len(names) < len(listed) or any(info.flag_bits & _LOCKED for info in listed):
                raise NotCleanable
            return _read(package, listed, bounds.unpacked)
    except _BROKEN:
        raise NotCleanable from None


def _read(package: zipfile.ZipFile, listed: Iterable[zipfile.ZipInfo], left: int) -> Parts:
    parts: Parts = {}
    for info in listed:
        with package.open(info) as part:
            parts[info.filename] = part.read(left + 1)
        left -= len(parts[info.filename])
        if left < 0:
            raise TooMuch
    return parts


def packed(parts: Parts, first: str, *, plain_first: bool = False) -> bytes:
    """A package of these parts: `first` leads, uncompressed if its format wants that; the others follow by name."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in [first, *sorted(parts.keys() - {first})]:
            info = zipfile.ZipInfo(name, _NO_DAY)
            info.compress_type = zipfile.ZIP_STORED if plain_first and name == first else zipfile.ZIP_DEFLATED
            package.writestr(info, parts[name])
    return out.getvalue()


def picture(content: bytes, bounds: Bounds) -> bytes:
    """A picture in a document, cleaned as one alone. Raises NotCleanable for any other part."""
    sort: Sort | None = sort_of(content)
    if sort is None or sort not in PICTURES:
        raise NotCleanable
    return pictures.cleaned(content, sort, bounds)
