"""What a killed run left: a `postmaster.pid`, perhaps with a PostgreSQL still behind it."""

import os
import signal
from pathlib import Path

from cli.supervise.troubles import PostgresOfAnother
from cli.supervise.waiting import wait_until

_ENDS_WITHIN = 30.0  # seconds for a fast shutdown, then again for an immediate one


def clear_leftovers(cluster: Path) -> int | None:
    """Make sure that nothing runs on the data folder `cluster`; return the pid of the orphan that was stopped, if any.

    A pid file whose process is gone, or now is another program, is removed. A PostgreSQL that really works in this
    very folder is asked to stop (SIGINT), then made to (SIGQUIT): both leave data that recovers. Raises
    PostgresOfAnother when it is not ours to stop. The caller holds the lock of the data folder, so no living supervisor
    stands behind it.
    """
    pid_file = cluster / "postmaster.pid"
    pid = _pid_in(pid_file)
    if pid is None or not _is_postgres_of(pid, cluster):
        pid_file.unlink(missing_ok=True)
        return None
    for number in (signal.SIGINT, signal.SIGQUIT):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            break
        except PermissionError:
            raise PostgresOfAnother(pid=str(pid)) from None
        if wait_until(lambda: not _is_postgres_of(pid, cluster), seconds=_ENDS_WITHIN):
            break
    else:
        raise PostgresOfAnother(pid=str(pid))
    pid_file.unlink(missing_ok=True)
    return pid


def _pid_in(pid_file: Path) -> int | None:
    try:
        first = pid_file.read_text(encoding="utf-8").partition("\n")[0]
    except FileNotFoundError:
        return None
    return abs(int(first)) if first.strip().lstrip("-").isdigit() else None


def _is_postgres_of(pid: int, cluster: Path) -> bool:
    """Whether process `pid` is a PostgreSQL that works in `cluster`: pids are given out again, so ask the kernel."""
    process = Path("/proc") / str(pid)
    try:
        program = os.readlink(process / "exe").removesuffix(" (deleted)")  # so marked when its .venv was removed
        works_in = os.readlink(process / "cwd")
    except PermissionError:
        raise PostgresOfAnother(pid=str(pid)) from None
    except OSError:  # gone, or a zombie, which has neither
        return False
    return Path(program).name == "postgres" and Path(works_in) == cluster.resolve()
