"""The shelf: the edition in use, and what happens when a file is broken while running."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from os import scandir
from pathlib import Path

from policies.pack import Pack, PolicyRefused, load_pack
from policies.wording import FOLDER as WORDS


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something an operator must look at. `refusal` says file, key and reason."""

    refusal: PolicyRefused


class Shelf:
    """Keeps the last good edition of one pack.

    The first load must succeed (a house never starts on broken rules). Later, a file broken while running leaves the last
    good edition in use and gives an Alarm each time it is looked at, until it is mended.
    """

    def __init__(self, folder: Path, check: Callable[[Pack], None], words: Path = WORDS) -> None:
        """`check` joins the pack with the state tables and raises PolicyRefused on the first contradiction."""
        self._folder = folder
        self._words = words
        self._check = check
        self._stamp = self._stamps()
        self._alarm: Alarm | None = None
        self.pack = self._load()

    def refresh(self) -> Alarm | None:
        """Look at the files again; return the standing alarm, if any. Costs a few `stat` calls when nothing changed."""
        stamp = self._stamps()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self.pack, self._alarm = self._load(), None
            except PolicyRefused as refusal:
                self._alarm = Alarm(refusal)
        return self._alarm

    def _load(self) -> Pack:
        pack = load_pack(self._folder, self._words)
        self._check(pack)
        return pack

    def _stamps(self) -> tuple[tuple[str, int, int], ...]:
        stamps = []
        for folder in (self._folder, self._words):
            with suppress(OSError), scandir(folder) as found:  # one may vanish between two looks: the next one sees that
                for file in sorted(found, key=lambda each: each.name):
                    if file.name.endswith(".toml"):
                        seen = file.stat()
                        stamps.append((file.path, seen.st_mtime_ns, seen.st_size))
        return tuple(stamps)
