"""Starting the process that opens one file, feeding it, and taking what it made. This is all that a door loads of it.

It is given a task and numbers: no environment, so no address and no secret; two pipes; a folder with nothing of ours. It lives
for one file, and is ended when its time is over, when what it makes is too much, and when we end.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore, Timer
from typing import ClassVar, Final

from actions.cleaning.answers import Bounds, Ending, Task
from actions.cleaning.judging import Sort
from policies.files import FileRules
from policies.refusal import Refusal

_TREE: Final = Path(__file__).resolve().parents[2]
_PROGRAM: Final = "import sys; sys.path.insert(0, sys.argv[1]); from actions.cleaning.child import main; main(sys.argv[2:])"
_MEBI: Final = 1024 * 1024
_OVERDONE: Final = (Ending.TOO_MUCH, -signal.SIGKILL, -signal.SIGXCPU)
"""How a process ends that used up its time."""
_AT_ONCE: Final = BoundedSemaphore(2)
"""Files opened at the same time: as many as two processors. Others wait their turn."""
_IN_LINE: Final = BoundedSemaphore(8)
"""Files under way and waiting: each waiting one holds a thread of the door."""


class CannotBeCleaned(Refusal):
    """Of no sort that we clean, damaged, locked, or with a part of which we cannot say what it tells."""

    code: ClassVar[str] = "cannot_be_cleaned"


class TooMuchToOpen(Refusal):
    """Larger, or more work to open, than the house's rules allow."""

    code: ClassVar[str] = "too_much_to_open"


class NotAPicture(Refusal):
    """Only pictures are shown in place."""

    code: ClassVar[str] = "not_a_picture"


class OpeningOthers(Refusal):
    """So many files are being opened that this one is not begun."""

    code: ClassVar[str] = "opening_others"
    status: ClassVar[int] = 503


class NotOpenedHere(Refusal):
    """The machine lacks the walls that a process takes to open a file, or the house has no rules for it."""

    code: ClassVar[str] = "not_opened_here"
    status: ClassVar[int] = 503


@dataclass(frozen=True, slots=True)
class Copy:
    """What was made of a file: its sort, and its bytes."""

    sort: Sort
    content: bytes = field(repr=False)


def bounds_of(rules: FileRules) -> Bounds:
    """The house's rules as the process is told them."""
    sizes, work = rules.sizes, rules.work
    return Bounds(
        size=sizes.most_mib * _MEBI,
        unpacked=sizes.most_unpacked_mib * _MEBI,
        pixels=sizes.most_megapixels * 1_000_000,
        parts=sizes.most_parts,
        memory=work.memory_mib * _MEBI,
        processor_seconds=work.processor_seconds,
        seconds=work.seconds,
        side=rules.shown.picture_pixels,
    )


def made(task: Task, content: bytes, bounds: Bounds) -> Copy:
    """What a process of its own makes of these bytes.

    Raises CannotBeCleaned, TooMuchToOpen, NotAPicture, OpeningOthers, NotOpenedHere. Whatever happens, no process is left.
    """
    with _in_turn(), started(task, bounds) as process:
        told = _talk(process, content, most=bounds.unpacked)
    return _copy(process.returncode, told, most=bounds.unpacked)


@contextmanager
def started(task: Task, bounds: Bounds) -> Iterator["subprocess.Popen[bytes]"]:
    """The process, waiting for the file. It is ended with the block, or when its time is over."""
    argv = [sys.executable, "-I", "-B", "-W", "ignore", "-c", _PROGRAM, str(_TREE), task.value, *map(str, bounds)]
    process = subprocess.Popen(  # noqa: S603  # our own module, with a word and numbers
        argv, env={}, cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    ended = Timer(bounds.seconds, process.kill)
    ended.daemon = True
    ended.start()
    try:
        yield process
    finally:
        ended.cancel()
        process.kill()
        with suppress(BrokenPipeError), process:  # closes the pipes and waits for its end
            pass


@contextmanager
def _in_turn() -> Iterator[None]:
    if not _IN_LINE.acquire(blocking=False):
        raise OpeningOthers()
    try:
        with _AT_ONCE:
            yield
    finally:
        _IN_LINE.release()


def _talk(process: "subprocess.Popen[bytes]", content: bytes, *, most: int) -> bytes:
    """Give it the file and read what it says, to its end or one byte too much."""
    if process.stdin is None or process.stdout is None:
        raise NotOpenedHere()
    with suppress(BrokenPipeError):  # it ended before it had read all: its exit code says why
        process.stdin.write(content)
    with suppress(BrokenPipeError):
        process.stdin.close()
    told = process.stdout.read(most + 1)
    if len(told) <= most:
        process.wait()
    return told


def _copy(code: int, told: bytes, *, most: int) -> Copy:
    if len(told) > most or code in _OVERDONE:
        raise TooMuchToOpen()
    if code == Ending.NO_PICTURE:
        raise NotAPicture()
    if code == Ending.NO_WALLS:
        raise NotOpenedHere()
    sort, line, content = told.partition(b"\n")
    if code != Ending.DONE or not line or sort.decode("ascii", "replace") not in {*Sort}:
        raise CannotBeCleaned()
    return Copy(Sort(sort.decode("ascii")), content)
