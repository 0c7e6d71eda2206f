"""The `make` that started us. It hands a TERM on to us, but keeps an INT to itself and waits for us in silence; and when it is
killed nobody tells us. So we look."""

import os
import signal
from contextlib import suppress
from pathlib import Path

_CALLED = {"make", "gmake"}
_CATCHES = "SigCgt:"  # in proc_pid_status(5): the signals a process has a handler for, as one hexadecimal number


class Make:
    """Our parent, if it is `make`; anybody else may end, or be asked to end, without our stopping."""

    def __init__(self) -> None:
        self._pid = os.getppid()
        self._is_make = _name_of(self._pid) in _CALLED
        self._could_hear = self._is_make and _catches(self._pid, signal.SIGINT)

    def gave_up(self) -> bool:
        """Whether it is gone, or was asked by INT to stop: GNU make gives up its own handler at the first INT.

        A `make` that a shell started with INT ignored hears none, and so tells us nothing.
        """
        if not self._is_make:
            return False
        if os.getppid() != self._pid:
            return True
        return self._could_hear and not _catches(self._pid, signal.SIGINT)


def _name_of(pid: int) -> str:
    with suppress(OSError):
        return Path("/proc", str(pid), "comm").read_text(encoding="ascii", errors="replace").strip()
    return ""


def _catches(pid: int, number: signal.Signals) -> bool:
    with suppress(OSError, ValueError):
        for line in Path("/proc", str(pid), "status").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith(_CATCHES):
                return bool(int(line.removeprefix(_CATCHES), 16) >> (number - 1) & 1)
    return False
