"""Starting a process that cannot outlive us, and ending it. Linux only: the death signal is the kernel's."""

import ctypes
import os
import resource
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cli.supervise.account import Account

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)  # loaded here: nothing may be loaded between fork and exec


def spawn(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path,
    log: Path | None = None,
    account: Account | None = None,
    death_signal: signal.Signals = signal.SIGKILL,
) -> subprocess.Popen[bytes]:
    """Start `argv` as our direct child with exactly `env`, in a process group of its own.

    Its own group, so that Ctrl-C in a terminal reaches the supervisor alone, which then stops its children in order.
    The kernel sends `death_signal` to the child when we die, even by `kill -9`; it watches the thread that starts the
    child, so call this from the main thread. No core file is ever written: it would hold what people wrote. What the
    child prints is appended to `log` (0600), or dropped.
    """
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) if log else os.open(os.devnull, os.O_WRONLY)
    try:
        return subprocess.Popen(
            list(argv),
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            umask=0o077,
            process_group=0,
            preexec_fn=_tied_to(os.getpid(), death_signal),  # noqa: PLW1509  (the supervisor has one thread)
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    finally:
        os.close(sink)


def stop(child: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """End `child` by each (signal, seconds to wait) in turn, then by SIGKILL, and what it left in its group with it."""
    for number, seconds in steps:
        if child.poll() is not None:
            break
        child.send_signal(number)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
    _kill_group(child.pid)
    child.wait()


def _kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _tied_to(parent: int, death_signal: signal.Signals) -> Callable[[], None]:
    """What the child does between fork and exec: after the change of account, which would clear the death signal."""

    def tie() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:  # it died before the line above: nobody would ever tell us
            os._exit(1)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):  # a shell's `&` leaves INT and QUIT ignored
            signal.signal(number, signal.SIG_DFL)

    return tie
