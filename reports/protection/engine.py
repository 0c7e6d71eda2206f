"""The engine's process: solve numbered problems in a folder. Run as a file by argus.py; knows nothing else of ours.

    python -I engine.py FOLDER COUNT MINUTES

For each `N.in` ("JJ" format) it writes `N.answer`, the numbers to hide, one a line; none where the engine finds no solution.
"""

import sys
from pathlib import Path

from pytauargus import HiTaSCtrl

SOLVED = (0, 1)
"""What the engine answers when it has a solution (`pytauargus.engine.Engine._suppress_opt`)."""


def solve(folder: Path, count: int, minutes: int) -> None:
    """Solve the problems one after the other. An answer stands under its name only when it is whole."""
    for number in range(count):
        written = folder / f"{number}.out"
        code = HiTaSCtrl().full_jj(in_file_jj=str(folder / f"{number}.in"), out_file=str(written), max_time=minutes)
        if code in SOLVED and written.exists():
            written.rename(folder / f"{number}.answer")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
