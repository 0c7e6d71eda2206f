"""Somebody plays on a house that runs: the demo, in a thread beside the supervisor."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from cli.supervise.data_folder import DataFolder
from cli.supervise.kept import Kept
from cli.supervise.signals import StopWish


@dataclass(frozen=True, slots=True)
class Running:
    """A house that runs: where its doors answer, and its processes by name."""

    folder: DataFolder
    addresses: Mapping[str, str]
    children: Mapping[str, Kept]
    wish: StopWish


Play = Callable[[Running], bool]
"""What somebody does with it. True: stop the house when it returns."""


@contextmanager
def playing(play: Play, running: Running) -> Iterator[None]:
    """Let `play` run while the block does. An error of its own asks the house to stop, and is raised when the block ends."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            done = play(running)
        except BaseException as failure:  # noqa: BLE001  # carried over to the thread that must end the house
            failures.append(failure)
            done = True
        if done:
            running.wish.ask()

    player = threading.Thread(target=run, name="play", daemon=True)
    player.start()
    yield
    if failures:
        raise failures[0]
