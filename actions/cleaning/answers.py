"""What the process that opens a file was told to do, within which bounds, and how it says how that ended."""

from enum import IntEnum, StrEnum
from typing import NamedTuple


class Task(StrEnum):
    """What to make of a file."""

    CLEAN = "clean"
    """The same sort of file without what tells who made it."""
    PICTURE = "picture"
    """A PNG of it, to look at."""


class Ending(IntEnum):
    """How the process ended: its exit code."""

    DONE = 0
    NOT_CLEANABLE = 65
    TOO_MUCH = 66
    NO_WALLS = 67
    NO_PICTURE = 68


class Bounds(NamedTuple):
    """Numbers of the house's `files.toml`, in bytes, pixels and seconds."""

    size: int
    unpacked: int
    pixels: int
    parts: int
    memory: int
    processor_seconds: int
    seconds: int
    side: int


class NotCleanable(Exception):
    """It is of no sort that we clean, it is damaged or locked, or it holds a part of which we cannot say what it tells."""


class TooMuch(Exception):
    """It is larger, or takes more work, than the house's rules allow."""


class NoPicture(Exception):
    """It is no picture."""
