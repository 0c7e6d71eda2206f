"""The process that opens one file: everything it needs is loaded, the walls are closed, and then the first byte is read.

It is started by running.py with a task and numbers, an empty environment, and two pipes; it writes what it made, after a line
that says of what sort it is, and ends. Whatever goes wrong is an exit code: no word of the file leaves by another way.
"""

import codecs
import os
import sys
from typing import Final

from actions.cleaning import odf, ooxml, pdf, pictures, walls
from actions.cleaning.answers import Bounds, Ending, NoPicture, NotCleanable, Task, TooMuch
from actions.cleaning.judging import ODF, OOXML, PICTURES, Sort, sort_of

_IN, _OUT = 0, 1
_PIECE: Final = 1024 * 1024
_WRITTEN: Final = ("cp437", "cp1252", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "ascii", "latin-1")
"""How names and texts in files may be written: Python loads each when it is first met."""


def main(told: list[str]) -> None:
    """Do one task and end. `told`: the task, then the bounds."""
    walls.die_with_parent()
    bounds = Bounds(*map(int, told[1:]))
    for how in _WRITTEN:
        codecs.lookup(how)
    pdf.load()
    try:
        walls.close(bounds.memory, bounds.processor_seconds)
    except (walls.NoWalls, ValueError, OSError):
        os._exit(Ending.NO_WALLS)
    os._exit(_ended(Task(told[0]), bounds))


def _ended(task: Task, bounds: Bounds) -> Ending:
    try:
        sort, made = _made(task, _read(), bounds)
        _write(f"{sort}\n".encode() + made)
    except NoPicture:
        return Ending.NO_PICTURE
    except (TooMuch, MemoryError, RecursionError):
        return Ending.TOO_MUCH
    except Exception:  # noqa: BLE001  whatever else a hostile file brings about, its words end here
        return Ending.NOT_CLEANABLE
    return Ending.DONE


def _made(task: Task, content: bytes, bounds: Bounds) -> tuple[Sort, bytes]:
    sort = sort_of(content)
    if task is Task.PICTURE:
        return Sort.PNG, pictures.shown(content, sort, bounds)
    if sort is None:
        raise NotCleanable
    return sort, cleaned(content, sort, bounds)


def cleaned(content: bytes, sort: Sort, bounds: Bounds) -> bytes:
    """The copy. A plain text shows all that it tells, and is as it was. Raises NotCleanable, TooMuch."""
    if sort in PICTURES:
        return pictures.cleaned(content, sort, bounds)
    if sort is Sort.PDF:
        return pdf.cleaned(content, bounds)
    if sort in OOXML:
        return ooxml.cleaned(content, bounds)
    if sort in ODF:
        return odf.cleaned(content, bounds)
    return content


def _read() -> bytes:
    pieces = []
    while piece := os.read(_IN, _PIECE):
        pieces.append(piece)
    return b"".join(pieces)


def _write(content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(_OUT, rest) :]


if __name__ == "__main__":
    main(sys.argv[1:])
