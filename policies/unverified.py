"""Which values of a pack nobody has read in their source: in which file, under which key, and what that source is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from policies.pack import Pack

_FILES: Final = {"house": "office.toml"}
"""Parts of a pack whose file is not called as they are."""
_FOLDERS: Final = {"kinds": "", "wordings": "words/"}
"""Parts that are a file each, and the folder these lie in."""


@dataclass(frozen=True, slots=True)
class Unverified:
    """A value that somebody should read in its source. `key` is where it stands in `file`."""

    file: str
    key: str
    source: str


def unverified_of(pack: Pack) -> Iterator[Unverified]:
    """Every one of them, in the order of the pack."""
    for name, source in pack.unverified():
        part, _, key = name.partition(".")
        if part in _FOLDERS:
            own, _, key = key.partition(".")
            yield Unverified(f"{_FOLDERS[part]}{own}.toml", key, source)
        else:
            yield Unverified(_FILES.get(part, f"{part}.toml"), key, source)
