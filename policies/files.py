"""What a file may be, and how much work it may take, for a copy of it to be cleaned or shown at the desk."""

from typing import Annotated

from pydantic import Field

from policies.periods import Sourced
from policies.rules import PositiveInt, Rule

MiB = Annotated[int, Field(gt=0, le=1024, strict=True)]
"""Mebibytes, of 1,048,576 bytes."""


class Sizes(Sourced):
    """What is refused before any work is put into it.

    `parts` are pages of a PDF and parts of a packed document; `unpacked_mib` is what these parts may be together; pictures count
    with all their frames.
    """

    most_mib: MiB
    most_unpacked_mib: MiB
    most_megapixels: PositiveInt
    most_parts: PositiveInt


class Work(Sourced):
    """What the process that opens one file may use before it is ended. Processor time is counted apart from waiting."""

    memory_mib: Annotated[int, Field(ge=256, le=8192, strict=True)]
    processor_seconds: PositiveInt
    seconds: PositiveInt


class Shown(Sourced):
    """How much of a file is shown in its place: the longer side of a picture, the beginning of a text."""

    picture_pixels: Annotated[int, Field(ge=16, le=8192, strict=True)]
    text_characters: PositiveInt


class FileRules(Rule):
    """The rules of one house: `files.toml`."""

    sizes: Sizes
    work: Work
    shown: Shown
