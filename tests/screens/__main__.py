"""Photograph every page of every door: `python -m tests.screens [--only PARTS] [--languages en,es] [--looks wide,narrow,dark]`.

It is pytest that runs it, so that a door stands on a fresh database as it does in tests, with the same fixtures. Each door's
module says what there is to see; tests/screens/photograph_doors.py goes to each.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.browser import Pages
from tests.fixtures.serving import Serve
from tests.screens.camera import LOOKS, Camera, Wanted
from web.messages import LANGUAGES

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "docs" / "screens"


class Photographing:
    """What pytest is told: which photographs are wanted."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.made: list[Path] = []

    @pytest.fixture
    def camera(self, serve: Serve, open_page: Pages) -> Iterator[Camera]:
        camera = Camera(self._wanted, serve, open_page)
        yield camera
        self.made += camera.made


def wanted_of(arguments: list[str]) -> Wanted:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description="Photograph every page of every door.")
    parser.add_argument("--only", default="", help="parts of names, such as desk-case,times")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--looks", default=",".join(LOOKS))
    parser.add_argument("--folder", type=Path, default=FOLDER)
    asked = parser.parse_args(arguments)
    return Wanted(asked.folder, tuple(asked.languages.split(",")), tuple(asked.looks.split(",")), asked.only)


def main(arguments: list[str]) -> int:
    """Make the photographs; 0 when every page was there."""
    wanted = wanted_of(arguments)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    told = ["-q", "-p", "no:cacheprovider", "-W", "ignore", "-o", "python_functions=photograph_*"]
    photographing = Photographing(wanted)
    ended = pytest.main([*told, str(HERE / "photograph_doors.py")], plugins=[photographing])
    sys.stdout.write(f"{len(photographing.made)} photographs in {wanted.folder}\n")
    return int(ended)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
