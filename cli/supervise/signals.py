"""INT, TERM and HUP as a wish to stop, heard at once and acted on in order."""

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from cli.supervise.made_by import Make


class StopWish:
    """Whether somebody asked us to stop. Nothing is interrupted: whoever waits looks here."""

    def __init__(self, wakes: int) -> None:
        self.asked: signal.Signals | None = None
        self._wakes = wakes
        self._make = Make()

    def __bool__(self) -> bool:
        """True once somebody asked, us or the `make` that started us."""
        return self.asked is not None or self._make.gave_up()

    def note(self, number: int, _frame: FrameType | None) -> None:
        """The handler: keeps the first wish; a child's end only wakes us."""
        if number != signal.SIGCHLD and self.asked is None:
            self.asked = signal.Signals(number)

    def ask(self) -> None:
        """Ask it ourselves, from any thread."""
        os.kill(os.getpid(), signal.SIGTERM)

    def pause(self, seconds: float) -> None:
        """Wait `seconds`, or less when a signal comes or a child ends."""
        if select.select([self._wakes], [], [], seconds)[0]:
            os.read(self._wakes, 4096)


@contextmanager
def listening() -> Iterator[StopWish]:
    """Hear the signals until the block ends, also when a shell's `&` started us with INT ignored."""
    wakes, wake = os.pipe()
    os.set_blocking(wakes, False)
    os.set_blocking(wake, False)
    wish = StopWish(wakes)
    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGCHLD]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # `nohup` ignores it: we are to outlive the terminal
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, wish.note) for number in numbers}
    woke = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    try:
        yield wish
    finally:
        signal.set_wakeup_fd(woke)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(wakes)
        os.close(wake)
