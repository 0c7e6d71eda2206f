"""Pictures inside a PDF, as they stand there: without the parts that hold no pixel. Their pixels are not coded anew.

A PDF says by itself how the colours of a picture are to be read, so a picture coded anew could look otherwise.
"""

import struct
from typing import Final

from actions.cleaning.answers import NotCleanable

_BEGIN, _END, _SCAN = 0xD8, 0xD9, 0xDA
_COMMENT, _JFIF, _ADOBE = 0xFE, 0xE0, 0xEE
_APPLICATIONS: Final = range(0xE0, 0xF0)
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length."""
_BOXES: Final = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
"""What a JPEG 2000 file needs; the others hold descriptions."""
_STREAM: Final = b"\xff\x4f\xff\x51"
_J2K_COMMENT, _J2K_TILE = 0x64, 0x90


def bare_jpeg(content: bytes) -> bytes:
    """A JPEG without its application parts and comments, and without what stands behind its end. Raises NotCleanable."""
    if not content.startswith(b"\xff\xd8"):
        raise NotCleanable
    kept, place = [b"\xff\xd8"], 2
    try:
        while (marker := _marker(content, place)) != _END:
            if marker in _ALONE:
                place += 2
                continue
            (length,) = struct.unpack_from(">H", content, place + 2)
            after = place + 2 + length
            if marker == _SCAN:
                after = _end_of_scan(content, after)
            kept.append(_segment(marker, content[place:after]))
            place = after
    except (struct.error, IndexError):
        raise NotCleanable from None
    return b"".join([*kept, b"\xff\xd9"])


def _marker(content: bytes, place: int) -> int:
    if place >= len(content):
        return _END  # cut short: readers show what there is
    if content[place] != 0xFF:
        raise NotCleanable
    return content[place + 1]


def _segment(marker: int, segment: bytes) -> bytes:
    if marker == _JFIF and segment[4:9] == b"JFIF\0":
        return segment[:2] + b"\0\x10" + segment[4:16] + b"\0\0"  # without its small picture
    if marker == _ADOBE and segment[4:9] == b"Adobe" and len(segment) >= 16:
        return segment[:2] + b"\0\x0e" + segment[4:16]  # says how the colours are coded
    return b"" if marker in _APPLICATIONS or marker == _COMMENT else segment


def _end_of_scan(content: bytes, place: int) -> int:
    while (found := content.find(b"\xff", place)) >= 0 and found + 1 < len(content):
        if content[found + 1] and content[found + 1] not in _ALONE:
            return found
        place = found + 2
    return len(content)


def bare_jpeg2000(content: bytes) -> bytes:
    """A JPEG 2000 without boxes and comments that describe it. Raises NotCleanable."""
    if content.startswith(_STREAM):
        return _bare_stream(content)
    kept, place = [], 0
    while place < len(content):
        head = content[place : place + 8]
        if len(head) < 8:
            raise NotCleanable
        length, name = struct.unpack(">I4s", head)
        whole = len(content) - place if length == 0 else length
        if whole < 8 or place + whole > len(content):
            raise NotCleanable
        if name in _BOXES:
            inside = content[place + 8 : place + whole]
            inside = _bare_stream(inside) if name == b"jp2c" else inside
            kept.append(struct.pack(">I4s", len(inside) + 8, name) + inside)
        place += whole
    return b"".join(kept)


def _bare_stream(content: bytes) -> bytes:
    """The code of the pixels, without the comments in its head."""
    kept, place = [content[:2]], 2
    while place + 4 <= len(content):
        sign, marker, length = struct.unpack_from(">BBH", content, place)
        if sign != 0xFF:
            raise NotCleanable
        if marker == _J2K_TILE:
            return b"".join([*kept, content[place:]])
        if marker != _J2K_COMMENT:
            kept.append(content[place : place + 2 + length])
        place += 2 + length
    raise NotCleanable
